import { createPublicKey, type KeyObject } from 'node:crypto';
import type { ErasureReport } from '@marquee/contracts';
import { headKeyId } from '@marquee/event-log';
import { CompactSign } from 'jose';

/** What is certified of an erasure: nothing of the person, everything of what was done. */
export type Certified = {
  readonly organisationId: string;
  readonly requestId: string;
  readonly guestId: string;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly certifiedAt: string;
  readonly services: Readonly<Record<string, ErasureReport>>;
};

/** Signs what was erased as a compact JWS, which whoever has the published key verifies with any library. */
export async function signCertificate(facts: Certified, privateKey: KeyObject): Promise<string> {
  const kid = headKeyId(createPublicKey(privateKey));
  return new CompactSign(Buffer.from(JSON.stringify(facts)))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'marquee-erasure+jws' })
    .sign(privateKey);
}
