import { encodeId } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { scopesOf } from '@marquee/subgraph';
import { accountsById } from '../accounts/account-rows.ts';
import { membershipsOf } from '../members/member-rows.ts';
import { grantedScopes } from '../members/granted-scopes.ts';
import { sessionByGrant } from '../sessions/session-rows.ts';

/** What an access token says beside who it is; the gateway makes the viewer from it. */
export type AccessClaims = {
  /** The session: what a revocation names. */
  readonly sid: string;
  readonly org: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly eventIds?: readonly string[];
  readonly email: string;
  readonly name: string;
};

/**
 * Read anew for each token, so that a refreshed one says what holds now; null where the session ended. Who is no member
 * of the organisation is its guest.
 */
export async function claimsOfGrant(database: Database, grantId: string): Promise<AccessClaims | null> {
  return database.transaction(systemScope, async (tx) => {
    const session = await sessionByGrant(tx, grantId);
    if (!session || session.revokedAt || session.expiresAt <= new Date()) return null;
    const [account] = await accountsById(tx, [session.accountId]);
    if (!account) return null;
    const memberships = await membershipsOf(tx, session.accountId);
    const member = memberships.find(({ organisationId }) => organisationId === session.organisationId);
    const role = member?.role ?? 'GUEST';
    await tx.execute('update session set last_used_at = now() where grant_id = $1', [grantId]);
    return {
      sid: encodeId('SignInSession', session.id),
      org: session.organisationId,
      role,
      scopes: member ? grantedScopes(member) : scopesOf(role),
      ...(member?.eventIds && { eventIds: member.eventIds }),
      email: account.email,
      name: account.name,
    };
  });
}
