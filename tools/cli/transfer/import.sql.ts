/**
 * The events of $1, an array of exported lines, as rows. The database parses the data: in JavaScript a number of more
 * than 53 bits would be rounded.
 */
const input = `
  input as materialized (
    select place::integer, (item->>'id')::uuid as event_id, (item->>'organisationId')::uuid as organisation_id,
           item->>'streamId' as stream_id, (item->>'version')::integer as version, item->>'type' as type,
           item->'data' as data, (item->>'occurredAt')::timestamptz as occurred_at,
           item->>'correlationId' as correlation_id, item->>'actor' as actor, item->>'traceparent' as traceparent
    from jsonb_array_elements($1::jsonb) with ordinality as line (item, place)
  )`;

/** Which of the events are in the log already, and whether as in the file. */
export const knownSql = `
  with ${input}
  select input.event_id as id,
    (log.organisation_id, log.stream_id, log.version, log.type, log.data, log.occurred_at, log.correlation_id,
     log.actor, log.traceparent)
    is not distinct from
    (input.organisation_id, input.stream_id, input.version, input.type, input.data, input.occurred_at,
     input.correlation_id, input.actor, input.traceparent) as same
  from input join event_log as log using (event_id)`;

/** Locks the streams of $1 (organisations) and $2 (ids) in one order, and answers their versions. */
export const versionsSql = `
  select organisation_id, stream_id, version from event_stream
  where (organisation_id, stream_id) in (select * from unnest($1::uuid[], $2::text[]))
  order by organisation_id, stream_id
  for update`;

/**
 * Appends the events with the ids, versions and times they have; the place in the log is new, in the order given. The
 * stream's row moves as in an append, and `tx` is the greatest that wrote the stream, for the same reason as there.
 */
export const insertSql = `
  with ${input}, wanted as (
    select organisation_id, stream_id, max(version) as version from input group by organisation_id, stream_id
  ), moved as (
    insert into event_stream as known (organisation_id, stream_id, version, last_tx)
    select organisation_id, stream_id, version, pg_current_xact_id() from wanted
    order by organisation_id, stream_id
    on conflict (organisation_id, stream_id) do update
      set version = excluded.version, last_tx = greatest(known.last_tx, excluded.last_tx)
    returning organisation_id, stream_id, last_tx
  )
  insert into event_log
    (event_id, organisation_id, stream_id, version, type, data, occurred_at, correlation_id, actor, traceparent, tx)
  select event_id, organisation_id, stream_id, input.version, type, data, occurred_at, correlation_id, actor,
         traceparent, moved.last_tx
  from input join moved using (organisation_id, stream_id)
  order by place`;
