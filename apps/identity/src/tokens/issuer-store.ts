import { asTenant, systemScope, type Database } from '@marquee/postgres';
import { Provider, errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { endAndTell } from '../sessions/revoke-session.ts';
import { sessionByGrant } from '../sessions/session-rows.ts';

/** Ends the session that stands on a grant, where there is one. */
export async function endSessionOfGrant(
  database: Database,
  grantId: string,
  because: 'signed-out' | 'token-reused',
): Promise<void> {
  await database.transaction(systemScope, async (tx) => {
    const session = await sessionByGrant(tx, grantId);
    if (session)
      await asTenant(tx, session.organisationId, (own) => endAndTell(own, { id: session.id }, because));
  });
}

type Stored = { readonly payload: AdapterPayload; readonly consumed: number | null };

const read = `select payload, extract(epoch from consumed_at)::integer as consumed from issuer_record
  where model = $1 and (expires_at is null or expires_at > now())`;

const payloadOf = (row: Stored | undefined): AdapterPayload | undefined =>
  row && { ...row.payload, ...(row.consumed !== null && { consumed: row.consumed }) };

/** What oidc-provider keeps, in one table. */
export class IssuerStore implements Adapter {
  readonly #database: Database;
  readonly #model: string;

  constructor(database: Database, model: string) {
    this.#database = database;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    await this.#database.transaction(systemScope, (tx) =>
      tx.execute(
        `insert into issuer_record (model, id, payload, grant_id, uid, user_code, expires_at)
         values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7))
         on conflict (model, id) do update set payload = excluded.payload, grant_id = excluded.grant_id,
           uid = excluded.uid, user_code = excluded.user_code, expires_at = excluded.expires_at`,
        [
          this.#model,
          id,
          payload,
          payload.grantId ?? null,
          payload.uid ?? null,
          payload.userCode ?? null,
          expiresIn ?? null,
        ],
      ),
    );
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#one(`${read} and id = $2`, id);
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.#one(`${read} and uid = $2`, uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.#one(`${read} and user_code = $2`, userCode);
  }

  async #one(sql: string, key: string): Promise<AdapterPayload | undefined> {
    const [row] = await this.#database.read(systemScope, (tx) => tx.rows<Stored>(sql, [this.#model, key]));
    return payloadOf(row);
  }

  /**
   * The library looks whether a code or a refresh token was used, and marks it in a second step: of two that come at
   * once both would pass. The row judges: who comes second is a thief or was robbed, and the whole family ends.
   */
  async consume(id: string): Promise<void> {
    const [taken] = await this.#database.transaction(systemScope, (tx) =>
      tx.rows<{ first: boolean; grant: string | null }>(
        `with taken as (
           update issuer_record set consumed_at = now()
            where model = $1 and id = $2 and consumed_at is null returning grant_id
         )
         select true as first, grant_id as grant from taken
         union all
         select false, grant_id from issuer_record
          where model = $1 and id = $2 and not exists (select from taken)`,
        [this.#model, id],
      ),
    );
    if (taken?.first) return;
    if (taken?.grant) {
      await this.revokeByGrantId(taken.grant);
      await new IssuerStore(this.#database, 'Grant').destroy(taken.grant);
    }
    throw new errors.InvalidGrant('already used');
  }

  async destroy(id: string): Promise<void> {
    await this.#database.transaction(systemScope, (tx) =>
      tx.execute('delete from issuer_record where model = $1 and id = $2', [this.#model, id]),
    );
    if (this.#model !== 'Grant') return;
    // A grant that ends at the token end-point ended because a token came twice.
    const because = Provider.ctx?.oidc.route === 'token' ? 'token-reused' : 'signed-out';
    await endSessionOfGrant(this.#database, id, because);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#database.transaction(systemScope, (tx) =>
      tx.execute('delete from issuer_record where grant_id = $1', [grantId]),
    );
  }
}

/** Removes what has expired, a batch at a time. Answers how much that was. */
export async function sweepIssuerStore(database: Database): Promise<number> {
  return database.transaction(systemScope, async (tx) => {
    await tx.execute(`delete from one_time_secret where expires_at < now()`);
    await tx.execute(`delete from attempt where window_starts < now() - interval '1 day'`);
    // Each holds somebody's address; one that could not be sent for so long says nothing any more.
    await tx.execute(`delete from mail where created_at < now() - interval '7 days'`);
    await tx.execute(`delete from revocation where revoked_at < now() - interval '1 day'`);
    return tx.execute(
      `delete from issuer_record where (model, id) in (
         select model, id from issuer_record where expires_at < now() limit 5000)`,
    );
  });
}
