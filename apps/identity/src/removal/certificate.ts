import { createPublicKey, type KeyObject } from 'node:crypto';
import { headKeyId } from '@marquee/event-log';
import { CompactSign } from 'jose';
import type { Removal } from './removal.ts';

/**
 * Certifies what was erased of an organisation, by a JWS that whoever has the published key verifies with any library:
 * how many rows of which table in which service, when its stream had forgotten the events, and what was sold, which the
 * books must still say.
 */
export async function signRemoval(
  {
    organisationId,
    removal,
    certifiedAt,
  }: { readonly organisationId: string; readonly removal: Removal; readonly certifiedAt: string },
  privateKey: KeyObject,
): Promise<string> {
  const { id: removalId, requestedBy, requestedAt, archive, ledger, reports: services } = removal;
  const facts = {
    organisationId,
    removalId,
    requestedBy,
    requestedAt,
    certifiedAt,
    archive,
    ledger,
    services,
  };
  return new CompactSign(Buffer.from(JSON.stringify(facts)))
    .setProtectedHeader({
      alg: 'EdDSA',
      kid: headKeyId(createPublicKey(privateKey)),
      typ: 'marquee-removal+jws',
    })
    .sign(privateKey);
}
