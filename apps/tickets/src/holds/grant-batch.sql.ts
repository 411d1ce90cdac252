import { firstEventsSql } from '@marquee/event-log';

/**
 * Many holds of one occurrence in one statement: their idempotency keys, the seats, the holds, the claims on quotas, and
 * an event each. $1 the organisation, $2 the occurrence, $3 when they expire, $4 the operation of the keys, $5 the shapes
 * of holds, from $6 on the holds, an array for each column, and $14 how many seats they have.
 *
 * Nothing is skipped in silence: where a key is used already (a unique violation) or fewer seats could be had than were
 * asked for (`overtaken`) the statement fails, and the batch is judged anew. The order of the locks is law (see
 * capacity.ts): the seats come after the keys, hence the condition that reads the keys first, and both are sorted.
 *
 * What many holds have in common is their shape, told once for all of them: the lines as they are kept and the event
 * but for what is the hold's own. In a rush all want the same, and what is sent for each (250 bytes instead of
 * 2,000) was the greatest part of what it cost on both sides. With that, and the events in the same statement, a batch of
 * 400 costs the server 44 µs a hold instead of 65; the columns as arrays, written as text, another 4 less than as JSON.
 * The keys were 43 % of what was left: each kept the whole answer (1,170 bytes of the log a hold, now 550), and `on conflict`
 * looks twice and logs twice. The answer is the hold's id, and who repeats a request is shown the hold.
 */
export const grantHoldsSql = `
with shape as materialized (
  select place, quantity, total, currency, lines, quotas, seats, event
  from rows from (jsonb_to_recordset($5::jsonb) as (quantity integer, total bigint, currency text, lines jsonb,
      quotas jsonb, seats jsonb, event jsonb))
    with ordinality as shape (quantity, total, currency, lines, quotas, seats, event, place)
), wanted as materialized (
  select hold.id, subject, key, hash, event_id, 'hold-' || id as stream_id, 'tickets.hold-placed.v1' as type,
    event || jsonb_build_object('holdId', id) as data, correlation, subject as actor, trace, shape.*
  from unnest($6::uuid[], $7::text[], $8::text[], $9::text[], $10::uuid[], $11::text[], $12::text[], $13::integer[])
    as hold (id, subject, key, hash, event_id, correlation, trace, place) join shape using (place)
), keyed as (
  insert into idempotency_key (organisation_id, subject, operation, key, request_hash, outcome)
  select $1::uuid, subject, $4::text, key, hash, jsonb_build_object('value', id)
  from wanted order by subject, key
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
), ${firstEventsSql('wanted', '$1::uuid')}
select case
  when (select count(*) from seated) < $14::integer then overtaken('a seat was taken meanwhile')
end`;

/**
 * The turn of a batch, and the ticket types that it takes places of: shared, so that whoever changes their prices or
 * quotas waits. Batches share the turn: the guards of what they write judge between them. One that lost to another has
 * it to itself the next time, also among processes, and so sees what those before it took.
 */
const takeTurnSql = (lock: string) => `
with turn as materialized (select ${lock}(hashtextextended($1, 0)) as taken)
select type.id from turn, ticket_type type
where turn.taken is not null and type.id = any($2) order by type.id for key share of type`;

export const shareTurn = { name: 'share-turn', sql: takeTurnSql('pg_advisory_xact_lock_shared') };
export const takeTurn = { name: 'take-turn', sql: takeTurnSql('pg_advisory_xact_lock') };
