/**
 * The common table expressions of a statement that writes new things and the first event of each in one go: on the
 * hottest path a second statement, with a second copy of what both tell, is half of the cost. `source` names an
 * expression before these with a row for each event:
 *
 *   event_id uuid, stream_id text, type text, data jsonb, correlation text, actor text, trace text
 *
 * The streams are new: one that exists already ends the statement with a unique violation. `tenant` is SQL for the
 * organisation's id. The caller answers for the events being valid (`assertValidEvent`)
 * and for the transaction reaching the disk (`mustReachDisk`). No order is kept among them,
 * for each is the first of a stream of its own. Written as `moved` and `written` of `coalescedSql` would (which see).
 */
export function firstEventsSql(source: string, tenant: string): string {
  return `first_streams as (
  insert into event_stream (organisation_id, stream_id, version, last_tx)
  select ${tenant}, stream_id, 1, pg_current_xact_id() from ${source}
), first_events as (
  insert into event_log
    (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor, traceparent, tx, occurred_at)
  select event_id, ${tenant}, stream_id, 1, type, data, correlation, actor, trace, pg_current_xact_id(),
    date_trunc('milliseconds', clock_timestamp())
  from ${source}
)`;
}
