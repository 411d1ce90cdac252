import { createPublicKey } from 'node:crypto';
import { headKeyId, parseLogKey } from '@marquee/event-log';

/** A public key as it is published, named as heads name it. */
export type LedgerKey = {
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
};

/** The public half of the key that signs the log; none where there is no key. */
export function ledgerKeysOf(jwk: unknown): LedgerKey[] {
  if (!jwk) return [];
  const publicKey = createPublicKey(parseLogKey(jwk));
  const { x } = publicKey.export({ format: 'jwk' });
  return [{ kid: headKeyId(publicKey), kty: 'OKP', crv: 'Ed25519', x: x! }];
}
