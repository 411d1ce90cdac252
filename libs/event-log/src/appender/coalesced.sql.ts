/**
 * Appends the events of many callers, to many streams of many tenants, in one statement: $1 the events as a JSON array,
 * $2 the expected version of each stream that has one, as a JSON object by `<organisation>/<stream>`, $3 the streams.
 *
 * As `appendSql` (which see for the order of locks and for tx), but a stream that is not at its expected version is
 * left out instead of ending the statement: it returns no row. The judge must be in the upsert itself, for only there the
 * row is as it is once the lock is got. What is proposed for insertion cannot carry the expected version, hence the
 * look-up in $2.
 *
 * A stream that must exist and does not is left out before the upsert would create it. The statement's own snapshot is
 * good enough for that: who expects a version has seen it committed.
 */
export const coalescedSql = `
with input as (
  select id, type, data, coalesce(s, 0) as s, correlation, actor, trace, place::integer
  from rows from (jsonb_to_recordset($1::jsonb)
      as (id uuid, type text, s integer, data jsonb, correlation text, actor text, trace text))
    with ordinality as event (id, type, s, data, correlation, actor, trace, place)
), wanted as materialized (
  select * from jsonb_to_recordset($3::jsonb)
    as append (s integer, organisation uuid, stream text, events integer, before integer, expected integer)
), moved as (
  insert into event_stream as known (organisation_id, stream_id, version, last_tx)
  select organisation, stream, events, pg_current_xact_id() from wanted
  where expected is null or expected = 0 or exists (
    select from event_stream there where there.organisation_id = organisation and there.stream_id = stream)
  order by organisation, stream
  on conflict (organisation_id, stream_id) do update
    set version = known.version + excluded.version, last_tx = greatest(known.last_tx, excluded.last_tx)
    where known.version
      = coalesce(($2::jsonb ->> (known.organisation_id || '/' || known.stream_id))::integer, known.version)
  returning organisation_id, stream_id, version, last_tx, date_trunc('milliseconds', clock_timestamp()) as now
), written as (
  insert into event_log
    (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor, traceparent, tx, occurred_at)
  select id, organisation, stream, moved.version - events + place - before, type, data, correlation, actor, trace,
    moved.last_tx, moved.now
  from input join wanted using (s)
    join moved on moved.organisation_id = organisation and moved.stream_id = stream
  order by place
)
select organisation_id || '/' || stream_id as stream, version, now from moved`;

/** The versions of streams: $1 organisations, $2 streams. A stream that does not exist is not among them. */
export const versionsSql = `
select organisation_id as organisation, stream_id as stream, version
from unnest($1::uuid[], $2::text[]) as asked (organisation, stream)
  join event_stream on organisation_id = organisation and stream_id = stream`;
