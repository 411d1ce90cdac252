import { readFileSync } from 'node:fs';
import { createLocalJWKSet, type JSONWebKeySet } from 'jose';

export type KeySet = ReturnType<typeof createLocalJWKSet>;

/** An issuer's public keys, as they are kept here. */
export type KeySource = {
  /** The set, read where it is older than a minute. Throws where it could not be read yet. */
  current(): Promise<KeySet>;
  /** The set read anew, for a token of an unknown key; null where that was done a moment ago. */
  anew(): Promise<KeySet | null>;
};

const freshMs = 60_000;
/** A token of an unknown key makes the set be read again, but not more often than this. */
const rereadAfterMs = 5_000;

function createSource(read: () => Promise<JSONWebKeySet>, now: () => number, keepsOld: boolean): KeySource {
  let keys: KeySet | undefined;
  let readAtMs = Number.NEGATIVE_INFINITY;
  let reading: Promise<KeySet> | undefined;
  const reread = () =>
    (reading ??= (async () => {
      readAtMs = now();
      try {
        keys = createLocalJWKSet(await read());
      } catch (error) {
        if (!keys || !keepsOld) throw error;
      }
      return keys;
    })().finally(() => (reading = undefined)));
  return {
    current: async () => (keys && now() - readAtMs < freshMs ? keys : reread()),
    anew: async () => (now() - readAtMs > rereadAfterMs ? reread() : null),
  };
}

/** From a file, which is this machine's: that it cannot be read is a fault. */
export function fileKeys(file: string, now: () => number): KeySource {
  return createSource(async () => JSON.parse(readFileSync(file, 'utf8')) as JSONWebKeySet, now, false);
}

/** From a service, which may be down: the keys that are known go on. */
export function servedKeys(read: () => Promise<JSONWebKeySet>, now: () => number): KeySource {
  return createSource(read, now, true);
}
