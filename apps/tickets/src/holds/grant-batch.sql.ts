/**
 * Many holds of one occurrence in one statement: their idempotency keys, the seats and the claims on quotas. $1 the
 * organisation, $2 the occurrence, $3 when they expire, $4 the holds as one JSON array, $5 the operation of the keys.
 *
 * Nothing is skipped in silence: the answer counts the keys and the seats that could be had, and where they are fewer
 * than were asked for the transaction is rolled back and the batch judged anew. The order of the locks is law (see
 * capacity.ts): the seats come after the keys, hence the condition that reads the keys first, and both are sorted.
 *
 * One jsonb parameter, taken apart by the server: arrays of values were a third slower to send (see append.sql.ts).
 */
export const grantHoldsSql = `
with wanted as materialized (
  select * from jsonb_to_recordset($4::jsonb) as hold (id uuid, subject text, key text, hash text, outcome jsonb,
    lines jsonb, quantity integer, total bigint, currency text, quotas jsonb, seats jsonb)
), keyed as (
  insert into idempotency_key (organisation_id, subject, operation, key, request_hash, outcome)
  select $1::uuid, subject, $5::text, key, hash, outcome from wanted order by subject, key
  on conflict do nothing
  returning 1
), seated as (
  insert into seat_claim as taken (organisation_id, occurrence_id, seat_id, owner_id, expires_at)
  select $1::uuid, $2::uuid, seat::uuid, id, $3::timestamptz
  from wanted, jsonb_array_elements_text(seats) as seat
  where seats is not null and (select count(*) from keyed) >= 0
  order by seat::uuid
  on conflict (organisation_id, occurrence_id, seat_id) do update
    set owner_id = excluded.owner_id, expires_at = excluded.expires_at
    where taken.expires_at <= now()
  returning 1
), placed as (
  insert into hold (organisation_id, id, occurrence_id, status, lines, quantity, total_minor, currency, placed_by,
                    expires_at)
  select $1::uuid, id, $2::uuid, 'ACTIVE', lines, quantity, total, currency, subject, $3::timestamptz from wanted
), claimed as (
  insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
  select $1::uuid, id, claim.q, $2::uuid, claim.n, $3::timestamptz
  from wanted, jsonb_to_recordset(quotas) as claim (q uuid, n integer)
)
select (select count(*) from keyed)::integer as keys, (select count(*) from seated)::integer as seats`;

/** Batches of one occurrence take turns, also those of other processes: each sees what those before it took. */
export const takeTurnSql = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';
