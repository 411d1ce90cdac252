import { encodeId } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { scopesOf } from '@marquee/subgraph';
import { accountsById } from '../accounts/account-rows.ts';
import { membershipsOf } from '../members/member-rows.ts';
import { grantedScopes } from '../members/granted-scopes.ts';
import { scopesWhileRemoved } from '../removal/removal.ts';
import { isBeingRemoved } from '../removal/removal-rows.ts';
import { sessionByGrant } from '../sessions/session-rows.ts';

/** What an access token says beside who it is; the gateway makes the viewer from it. */
export type AccessClaims = {
  /** The session: what a revocation names. */
  readonly sid: string;
  /**
   * When and how the person proved who it is (RFC 9068): an application sees what a step-up would ask for. Without a time
   * where another issuer did not say it.
   */
  readonly auth_time?: number;
  readonly amr: readonly string[];
  readonly org: string;
  readonly role: string;
  readonly scopes: readonly string[];
  readonly eventIds?: readonly string[];
  readonly email: string;
  readonly name: string;
};

/**
 * Read anew for each token, so that a refreshed one says what holds now; null where the session ended. Who is no member
 * of the organisation is its guest, and so is everyone but its owners while it is removed.
 */
export async function claimsOfGrant(database: Database, grantId: string): Promise<AccessClaims | null> {
  return database.transaction(systemScope, async (tx) => {
    const session = await sessionByGrant(tx, grantId);
    if (!session || session.revokedAt || session.expiresAt <= new Date()) return null;
    const [account] = await accountsById(tx, [session.accountId]);
    if (!account) return null;
    const memberships = await membershipsOf(tx, session.accountId);
    const removed = await isBeingRemoved(tx, session.organisationId);
    const member = memberships.find(
      ({ organisationId, role }) =>
        organisationId === session.organisationId && (!removed || role === 'OWNER'),
    );
    const role = member?.role ?? 'GUEST';
    const scopes = member ? grantedScopes(member) : scopesOf(role);
    await tx.execute('update session set last_used_at = now() where grant_id = $1', [grantId]);
    return {
      sid: encodeId('SignInSession', session.id),
      ...(session.provedAt && { auth_time: Math.floor(session.provedAt.getTime() / 1_000) }),
      amr: session.methods,
      org: session.organisationId,
      role,
      scopes: removed ? scopesWhileRemoved(scopes) : scopes,
      ...(member?.eventIds && { eventIds: member.eventIds }),
      email: account.email,
      name: account.name,
    };
  });
}
