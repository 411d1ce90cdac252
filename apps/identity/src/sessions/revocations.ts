import { systemScope, type Database, type Transaction } from '@marquee/postgres';

/** What a gateway must refuse although its signature is right and its time is not over. */
export type Revocation = {
  readonly kind: 'session' | 'account';
  /** A session's id, or an account's within the organisation. */
  readonly subject: string;
  readonly organisationId: string;
  /** Tokens of an account that were issued before are refused; a session's are, whenever. */
  readonly revokedAt: Date;
};

export async function noteRevocation(
  tx: Transaction,
  kind: Revocation['kind'],
  subject: string,
): Promise<void> {
  await tx.execute(
    'insert into revocation (organisation_id, kind, subject, revoked_at) values ($1, $2, $3, clock_timestamp())',
    [tx.organisationId, kind, subject],
  );
}

/** What any token of the transaction's organisation says holds no more, but for what its bearers ask for anew. */
export async function noteRevocationOfAll(tx: Transaction): Promise<void> {
  await tx.execute(
    `insert into revocation (organisation_id, kind, subject, revoked_at)
     select distinct organisation_id, 'account', account_id, clock_timestamp() from session where revoked_at is null`,
  );
}

/**
 * All that was revoked within the life of an access token. The whole of it each time, rather than what is new: a reader
 * by position misses what commits late, and there are only ever a few minutes of it.
 */
export async function recentRevocations(database: Database, withinSeconds: number): Promise<Revocation[]> {
  return database.read(systemScope, (tx) =>
    tx.rows<Revocation>(
      `select kind, subject, organisation_id as "organisationId", revoked_at as "revokedAt" from revocation
        where revoked_at > now() - make_interval(secs => $1) order by position desc limit 20000`,
      [withinSeconds],
    ),
  );
}
