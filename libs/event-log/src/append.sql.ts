/**
 * Appends many events to many streams in one statement: $1 the events as a JSON array, $2 the organisation, $3 to $5
 * correlation id, actor and trace context.
 *
 * One jsonb parameter: 83-120K events/s in batches of 500, against 66-72K with unnest and 90K with multi-row VALUES.
 *
 * The stream's row is the lock: whoever updates it owns the stream until the commit, so versions have no gaps and no
 * doubles. Rows are taken in the order of their ids, so that two appends to the same streams cannot deadlock. The
 * expected version is judged at the very end, against the row as it was when the lock was got.
 *
 * tx is the reader's sort key. A transaction gets its id with its first write, perhaps long before it gets the
 * stream, so a later version may come from an earlier id; ordered by bare ids the reader would hand out version 2
 * before version 1. Hence the greatest id that ever wrote the stream, which is still one that ended before the
 * reader's horizon whenever it is below it.
 *
 * Answers a row a stream, with its new version and the time of its events: taken once the stream is locked, so that it
 * never runs against the versions. A row an event, to be told what follows from this, cost 4 µs an event on both sides.
 */
export const appendSql = `
with input as materialized (
  select * from jsonb_to_recordset($1::jsonb)
    as event (place integer, id uuid, stream text, ordinal integer, expected integer, type text, data jsonb)
), wanted as (
  select stream, count(*)::integer as events, max(expected) as expected from input group by stream
), moved as (
  insert into event_stream as known (organisation_id, stream_id, version, last_tx)
  select $2::uuid, stream, events, pg_current_xact_id() from wanted order by stream
  on conflict (organisation_id, stream_id) do update
    set version = known.version + excluded.version, last_tx = greatest(known.last_tx, excluded.last_tx)
  returning stream_id, version, last_tx, date_trunc('milliseconds', clock_timestamp()) as now
), written as (
  insert into event_log
    (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor, traceparent, tx, occurred_at)
  select id, $2::uuid, stream,
  case when wanted.expected is null or moved.version - events = wanted.expected
    then moved.version - events + ordinal
    else event_log_refuse(stream, wanted.expected, moved.version - events)
  end,
  type, data, $3, $4, $5, moved.last_tx, moved.now
  from input join wanted using (stream) join moved on moved.stream_id = stream
  order by place
)
select stream_id as stream, version, now from moved`;
