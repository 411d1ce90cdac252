import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A secret that several processes share is text; while it is exchanged for another it is both, with a comma between
 * them (`old,new`, then `new,old`, then `new`): the first signs, each verifies. Whoever verifies has to know a secret
 * before anybody signs with it, so the newest is not the one that signs until it stands first.
 */
export function secretsOf(text: string): readonly string[] {
  return text.split(',').map((secret) => secret.trim());
}

/** A secret of its own for one purpose, so that nothing signed there means anything elsewhere; as many as there are. */
export function deriveSecret(text: string, purpose: string): string {
  return secretsOf(text)
    .map((secret) => createHmac('sha256', secret).update(purpose).digest('hex'))
    .join();
}

const signatureForm = /^(?:([\w-]{8})~)?([\w-]{43})$/;

type Part = string | Uint8Array;

/** Signs with the first of the secrets, and verifies what any of them signed. */
export type Keyring = {
  /**
   * HMAC-SHA256 of the parts, base64url. Where there are several secrets the id of the one that signed stands before
   * it (`id~mac`), so that one alone has to be tried; where there is one it is bare, as before secrets had ids.
   */
  sign(...parts: readonly Part[]): string;
  verify(signature: string, ...parts: readonly Part[]): boolean;
};

/** The secrets of `text`, as `secretsOf` reads it. */
export function keyring(text: string): Keyring {
  const keys = secretsOf(text).map((secret) => ({ secret, id: keyIdOf(secret) }));
  const [signing] = keys;
  return {
    sign: (...parts) => {
      const mac = macOf(signing!.secret, parts).toString('base64url');
      return keys.length > 1 ? `${signing!.id}~${mac}` : mac;
    },
    verify: (signature, ...parts) => {
      const [, id, mac] = signatureForm.exec(signature) ?? [];
      if (mac === undefined) return false;
      const given = Buffer.from(mac, 'base64url');
      const fitting = id === undefined ? keys : keys.filter((key) => key.id === id);
      return fitting.some(({ secret }) => timingSafeEqual(given, macOf(secret, parts)));
    },
  };
}

/** Tells secrets apart and nothing of what they are. */
function keyIdOf(secret: string): string {
  return createHmac('sha256', secret).update('marquee-key-id-v1').digest('base64url').slice(0, 8);
}

function macOf(secret: string, parts: readonly Part[]): Buffer {
  const mac = createHmac('sha256', secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}
