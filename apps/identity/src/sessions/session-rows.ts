import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Session } from './session.ts';

// Rows of releases before the column have none: whoever proved it here did so when the session began.
const columns = `id, organisation_id as "organisationId", account_id as "accountId", client_id as "clientId", methods,
  coalesce(proved_at, case when not 'fed' = any(methods) then created_at end) as "provedAt", address, agent,
  created_at as "createdAt", last_used_at as "lastUsedAt", expires_at as "expiresAt", revoked_at as "revokedAt"`;

export type StoredSession = Session & { readonly grantId: string };

/** In the system scope: a grant is known to the issuer alone. */
export async function sessionByGrant(tx: Transaction, grantId: string): Promise<StoredSession | null> {
  const [session] = await tx.rows<StoredSession>(
    `select ${columns}, grant_id as "grantId" from session where grant_id = $1`,
    [grantId],
  );
  return session ?? null;
}

export async function sessionsById(tx: Transaction, ids: readonly string[]): Promise<Session[]> {
  return tx.rows<Session>(`select ${columns} from session where id = any($1::uuid[])`, [ids]);
}

/** Where somebody is signed in, the newest first; in the system scope in each organisation. */
export async function liveSessions(
  tx: Transaction,
  accountId: string,
  { first, after }: KeysetPage,
): Promise<Session[]> {
  const [createdAt, id] = after ?? [null, null];
  return tx.rows<Session>(
    `select ${columns} from session
      where account_id = $1 and revoked_at is null and expires_at > now()
        and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
      order by created_at desc, id desc limit $4`,
    [accountId, createdAt, id, first + 1],
  );
}

export async function insertSession(
  tx: Transaction,
  session: Omit<StoredSession, 'createdAt' | 'lastUsedAt' | 'revokedAt' | 'organisationId'>,
): Promise<void> {
  await tx.execute(
    `insert into session (organisation_id, id, account_id, grant_id, client_id, methods, proved_at, address, agent,
                          expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.organisationId,
      session.id,
      session.accountId,
      session.grantId,
      session.clientId,
      [...session.methods],
      session.provedAt,
      session.address,
      session.agent?.slice(0, 300) ?? null,
      session.expiresAt,
    ],
  );
}

/** The sessions that this ended; none of them twice, however many end them at once. */
export async function endSessions(
  tx: Transaction,
  where: { readonly id: string } | { readonly accountId: string; readonly exceptId?: string | null },
  because: string,
): Promise<StoredSession[]> {
  const [id, accountId, exceptId] =
    'id' in where ? [where.id, null, null] : [null, where.accountId, where.exceptId ?? null];
  return tx.rows<StoredSession>(
    `update session set revoked_at = now(), revoked_because = $4
      where revoked_at is null and ($1::uuid is null or id = $1) and ($2::uuid is null or account_id = $2)
        and id is distinct from $3::uuid
      returning ${columns}, grant_id as "grantId"`,
    [id, accountId, exceptId, because],
  );
}
