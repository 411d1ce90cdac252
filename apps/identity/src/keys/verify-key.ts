import { encodeId } from '@marquee/kernel';
import { asTenant, systemScope } from '@marquee/postgres';
import { isApiKey, type Viewer } from '@marquee/subgraph';
import type { Services } from '../command.ts';
import { grantedScopes } from '../members/granted-scopes.ts';
import { markUsed, usableKey } from './api-key-rows.ts';

export type VerifiedKey = {
  readonly viewer: Viewer;
  /** Where it may be used from; null: anywhere. The gateway, which knows the caller's address, judges it. */
  readonly networks: readonly string[] | null;
};

/** Whom a key stands for, or null where it is good for nothing: unknown, revoked, expired, malformed alike. */
export async function verifyKey({ database, secrets }: Services, key: string): Promise<VerifiedKey | null> {
  if (!isApiKey(key)) return null;
  const found = await database.read(systemScope, (tx) => usableKey(tx, secrets.digestKey(key)));
  if (!found) return null;
  // Once a minute: that it is used is worth knowing, not worth a write on each request.
  if (!found.usedLately)
    await database.transaction(systemScope, (tx) =>
      asTenant(tx, found.organisationId, (own) => markUsed(own, found.id)),
    );
  return {
    viewer: {
      subject: encodeId('ApiKey', found.id),
      organisationId: found.organisationId,
      role: found.role,
      scopes: grantedScopes(found),
      ...(found.eventIds && { eventIds: found.eventIds }),
    },
    networks: found.networks,
  };
}
