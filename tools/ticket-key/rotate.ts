import { generateKeyPairSync } from 'node:crypto';

/** A key of the file, as docs/ticket-credentials.md says: `nbf` and `exp` in seconds since 1970. */
export type StoredKey = {
  readonly x: string;
  readonly d?: string;
  readonly nbf?: number;
  readonly exp?: number;
};

export type KeyFile = { readonly keys: readonly StoredKey[] };

const hourMs = 3_600_000;
const seconds = (at: number) => Math.ceil(at / 1_000);

/** One private key or `{ "keys": […] }`: both are what the service takes. */
export function readKeyFile(text: string): KeyFile {
  const json = JSON.parse(text) as StoredKey | KeyFile;
  return 'keys' in json ? json : { keys: [json] };
}

/** Which of the keys signs at `now`: of those that have begun and not ended, the one that began last. */
export function signingKey({ keys }: KeyFile, now: Date): StoredKey | null {
  const at = now.getTime() / 1_000;
  const signing = keys.filter(({ d, nbf = 0, exp = Infinity }) => d && nbf <= at && exp > at);
  return signing.toSorted((a, b) => (b.nbf ?? 0) - (a.nbf ?? 0))[0] ?? null;
}

/** The keys that wait for their turn. */
export function successors({ keys }: KeyFile, now: Date): StoredKey[] {
  return keys.filter(({ nbf = 0 }) => nbf * 1_000 > now.getTime());
}

/**
 * With a successor that signs from `leadHours` on: until then every device has time to fetch it. The others stay and go
 * on verifying, where told no longer than `keepDays` after that.
 */
export function rotate(
  file: KeyFile,
  now: Date,
  { leadHours, keepDays }: { readonly leadHours: number; readonly keepDays: number | null },
): KeyFile {
  const from = now.getTime() + leadHours * hourMs;
  const successor = {
    ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
    alg: 'EdDSA',
    use: 'sig',
    nbf: seconds(from),
  } as StoredKey;
  const ends = keepDays === null ? null : seconds(from + keepDays * 24 * hourMs);
  const kept = file.keys.map((key) => (ends === null || key.exp !== undefined ? key : { ...key, exp: ends }));
  return { keys: [...kept, successor] };
}
