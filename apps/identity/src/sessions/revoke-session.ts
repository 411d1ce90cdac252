import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import { asTenant, systemScope, type Transaction } from '@marquee/postgres';
import type { Command, Services } from '../command.ts';
import { accountIdOf } from '../viewer.ts';
import { noteRevocation } from './revocations.ts';
import { endSessions, sessionsById, type StoredSession } from './session-rows.ts';

type Because = 'signed-out' | 'revoked' | 'token-reused' | 'member-removed' | 'password-changed';

/**
 * Ends sessions within the organisation of the transaction: the row, what gateways must hear, the event. What the
 * issuer keeps of them (its refresh tokens) is of no use without the row, and is swept with time.
 */
export async function endAndTell(
  tx: Transaction,
  where: Parameters<typeof endSessions>[1],
  because: Because,
): Promise<readonly StoredSession[]> {
  const ended = await endSessions(tx, where, because);
  for (const { id, accountId } of ended) {
    await noteRevocation(tx, 'session', id);
    await appendEvents(tx, {
      streamId: streamId('session', id),
      events: [{ type: 'identity.session-revoked.v1', data: { sessionId: id, accountId, because } }],
    });
  }
  return ended;
}

/** Somebody's tokens in this organisation say what holds no more; with `sessions`, who holds them must sign in again. */
export async function revokeTokensOf(
  tx: Transaction,
  accountId: string,
  { sessions }: { readonly sessions?: Because } = {},
): Promise<void> {
  await noteRevocation(tx, 'account', accountId);
  if (sessions) await endAndTell(tx, { accountId }, sessions);
}

/** Ends one of the viewer's own sessions, in whichever organisation; with `members:manage` any of the viewer's own one. */
export async function revokeSession(
  { database, viewer, onCommit }: Command,
  sessionId: string,
): Promise<Outcome<{ readonly sessionId: string }, NotFound>> {
  return database.transaction(systemScope, async (tx) => {
    const [session] = await sessionsById(tx, [sessionId]);
    const isOwn = session !== undefined && session.accountId === accountIdOf(viewer);
    const manages =
      session?.organisationId === viewer.organisationId && viewer.scopes.includes('members:manage');
    if (!session || !(isOwn || manages)) return notFound('The session');
    await asTenant(tx, session.organisationId, (own) => endAndTell(own, { id: sessionId }, 'revoked'));
    tx.afterCommit(onCommit);
    return accept({ sessionId });
  });
}

/** Ends every session of an account, in all its organisations, but one. Answers how many. */
export async function revokeAllSessions(
  { database, onCommit }: Services,
  accountId: string,
  { exceptId = null, because }: { readonly exceptId?: string | null; readonly because: Because },
): Promise<number> {
  return database.transaction(systemScope, async (tx) => {
    const rows = await tx.rows<{ organisationId: string }>(
      `select distinct organisation_id as "organisationId" from session
        where account_id = $1 and revoked_at is null order by 1`,
      [accountId],
    );
    let ended = 0;
    for (const { organisationId } of rows) {
      ended += (
        await asTenant(tx, organisationId, (own) => endAndTell(own, { accountId, exceptId }, because))
      ).length;
    }
    tx.afterCommit(onCommit);
    return ended;
  });
}
