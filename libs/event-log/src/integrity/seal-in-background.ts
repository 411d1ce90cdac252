import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { assert } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import type { Logger, Metrics } from '@marquee/telemetry';
import { startSealer, type Sealer } from './sealer.ts';
import { createHeadSigner } from './tree-head.ts';

/** An Ed25519 private key from its JWK, as the file that `npm start` makes for each service holds it. */
export function parseLogKey(jwk: unknown): KeyObject {
  const { kty, crv, d } = (jwk ?? {}) as JsonWebKey;
  assert(kty === 'OKP' && crv === 'Ed25519' && d, 'a log is signed with an Ed25519 private key, as a JWK');
  return createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
}

/**
 * Seals a service's log for as long as the service runs: what each main does with one line. Without a key the chains
 * grow all the same, so that a change of the log is found out; that chain and log were not both made anew can then not be
 * shown, which is said once.
 */
export function sealInBackground(
  database: Database,
  {
    log,
    key,
    logger,
    metrics,
  }: {
    /** The service's name. */
    readonly log: string;
    /** The private key as a JWK. */
    readonly key: unknown;
    readonly logger: Logger;
    readonly metrics?: Metrics;
  },
): Sealer {
  const signer = key ? createHeadSigner({ log, privateKey: parseLogKey(key) }) : undefined;
  if (!signer) logger.warn('the log is sealed without signatures: MARQUEE_LOG_KEY_FILE names no key');
  const sealed = metrics?.counter('marquee_log_sealed_total', 'Events of the log that were sealed.');
  const failures = metrics?.counter('marquee_log_seal_failures_total', 'Sealing passes that failed.');
  return startSealer(database, {
    ...(signer && { signer }),
    onSealed: (pass) => sealed?.add(pass.sealed, { log }),
    onError: (error) => {
      failures?.add(1, { log });
      logger.warn({ error }, 'the log was not sealed this time');
    },
  });
}
