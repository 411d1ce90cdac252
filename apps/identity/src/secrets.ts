import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What the service's one secret is good for; each purpose has a key of its own, so that none opens another's things. */
export type Secrets = {
  /** AES-256-GCM: nonce, ciphertext and tag together. `context` must be the same to open it again. */
  seal(plain: string, context: string): Buffer;
  open(sealed: Uint8Array, context: string): string;
  /** HMAC-SHA256 under the pepper of API keys. */
  digestKey(secret: string): Buffer;
  /** HMAC-SHA256 for what is signed and read by this service alone. */
  sign(text: string): Buffer;
  /** Signs the issuer's cookies. */
  readonly cookieKey: string;
};

/** `root` has at least 32 characters and is kept as a password is. */
export function createSecrets(root: string): Secrets {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', root, 'marquee-identity', purpose, 32));
  const sealing = keyFor('seal');
  const pepper = keyFor('api-key-pepper');
  const signing = keyFor('sign');
  return {
    seal: (plain, context) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(context));
      return Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open: (sealed, context) => {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, 12))
        .setAAD(Buffer.from(context))
        .setAuthTag(bytes.subarray(-16));
      return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
    },
    digestKey: (secret) => createHmac('sha256', pepper).update(secret).digest(),
    sign: (text) => createHmac('sha256', signing).update(text).digest(),
    cookieKey: keyFor('cookies').toString('base64url'),
  };
}

/** A secret of 256 bits as it stands in a link, and what is stored of it: it is too long to be guessed from that. */
export function newToken(): { readonly token: string; readonly digest: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: digestOf(token) };
}

export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
