import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';

/** A public key by which tickets are verified, as it is published: a JWK with the times of its life. */
export type PublishedTicketKey = {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
  /** The first 4 bytes of SHA-256 of `x`, in hex; credentials carry the first 2 or all 4 of them. */
  readonly kid: string;
  readonly alg: 'EdDSA';
  readonly use: 'sig';
  /** Signs from then on (seconds since 1970); absent where it always did. */
  readonly nbf?: number;
  /** Verifies until then; absent where no end is set. */
  readonly exp?: number;
};

export type TicketKey = {
  readonly published: PublishedTicketKey;
  readonly publicKey: KeyObject;
  readonly keyId: Buffer;
};
export type SigningKey = TicketKey & {
  readonly privateKey: KeyObject;
  /** From which the chains of rotating credentials are derived; never leaves this process. */
  readonly rotationSecret: Buffer;
};

/**
 * The keys that tickets are signed and verified with. A successor is added with an `nbf` ahead: it is published at once,
 * so that every device knows it before the first ticket carries it, and signs from that instant on. The old key keeps
 * verifying (its private part may go) until its `exp`, or for good where it has none.
 */
export type KeyRing = {
  /** The key that signs now: of those that have begun and not ended, the one that began last. */
  signingKey(now: Date): SigningKey;
  /** All that verify now or will. */
  verifying(now: Date): readonly TicketKey[];
  published(now: Date): readonly PublishedTicketKey[];
};

const wrongKey =
  'the ticket key must be an Ed25519 private key as JWK, or {"keys": […]} with one that signs now';

/** From one private JWK or `{ "keys": [JWK, …] }`; throws a TypeError on anything else. */
export function readKeyRing(json: unknown, now = new Date()): KeyRing {
  const listed = (json as { keys?: unknown } | null)?.keys;
  const keys = (Array.isArray(listed) ? (listed as unknown[]) : [json]).map(readKey);
  const alive = (at: Date) => keys.filter(({ published: { exp } }) => !exp || exp * 1_000 > at.getTime());
  const signs = (at: Date) =>
    alive(at)
      .filter(
        (key): key is SigningKey => 'privateKey' in key && (key.published.nbf ?? 0) * 1_000 <= at.getTime(),
      )
      .toSorted((a, b) => (b.published.nbf ?? 0) - (a.published.nbf ?? 0))[0];
  if (!signs(now)) throw new TypeError(wrongKey);
  return {
    signingKey: (at) => {
      const key = signs(at);
      if (!key) throw new Error('no ticket key signs now: add a successor to the key file');
      return key;
    },
    verifying: alive,
    published: (at) => alive(at).map(({ published }) => published),
  };
}

/** What a device makes of the published document. Throws a TypeError on a key that is not Ed25519. */
export function readPublishedKeys(keys: readonly unknown[]): TicketKey[] {
  return keys.map(readPublicKey);
}

type Jwk = Readonly<Record<string, unknown>>;

function readPublicKey(json: unknown): TicketKey {
  const { kty, crv, x, nbf, exp } = (json ?? {}) as Jwk;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') throw new TypeError(wrongKey);
  const keyId = createHash('sha256').update(x).digest().subarray(0, 4);
  const kid = keyId.toString('hex');
  const times = {
    ...(typeof nbf === 'number' && { nbf }),
    ...(typeof exp === 'number' && { exp }),
  };
  return {
    published: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig', ...times },
    publicKey: createPublicKey({ key: { kty, crv, x }, format: 'jwk' }),
    keyId,
  };
}

function readKey(json: unknown): TicketKey | SigningKey {
  const { kty, crv, d, x } = (json ?? {}) as Jwk;
  if (typeof d !== 'string') {
    // Only its public half was kept: a key that signs no more.
    if (typeof x === 'string' && (json as Jwk)['exp'] !== undefined) return readPublicKey(json);
    throw new TypeError(wrongKey);
  }
  if (kty !== 'OKP' || crv !== 'Ed25519') throw new TypeError(wrongKey);
  const privateKey = createPrivateKey({ key: json as Record<string, string>, format: 'jwk' });
  const key = readPublicKey({ ...(json as Jwk), ...createPublicKey(privateKey).export({ format: 'jwk' }) });
  const secret = hkdfSync('sha256', Buffer.from(d, 'base64url'), '', 'marquee ticket rotation', 32);
  return { ...key, privateKey, rotationSecret: Buffer.from(secret) };
}
