import { systemScope, type Database } from '@marquee/postgres';

const atOnce = 5_000;

/**
 * Forgets what is older than the log is kept: deliveries that are done, those that nobody will take (kept for an endpoint
 * that nobody resumed in all that time, or of one that was deleted), then events that nothing refers to. Answers how many
 * deliveries went.
 */
export async function sweepDeliveries(database: Database, retentionDays: number): Promise<number> {
  let total = 0;
  for (;;) {
    const swept = await database.transaction(systemScope, (tx) =>
      tx.execute(deliveriesSql, [retentionDays, atOnce]),
    );
    total += swept;
    if (swept < atOnce) break;
  }
  for (const sql of [eventsSql, endpointsSql])
    while (
      (await database.transaction(systemScope, (tx) => tx.execute(sql, [retentionDays, atOnce]))) === atOnce
    );
  return total;
}

const deliveriesSql = `
delete from webhook_delivery where ctid = any (array(
  select d.ctid from webhook_delivery d
  join webhook_endpoint e on e.organisation_id = d.organisation_id and e.id = d.endpoint_id
  where d.created_at < now() - make_interval(days => $1)
    and (d.status <> 'PENDING' and coalesce(d.done_at, d.created_at) < now() - make_interval(days => $1)
         or d.status = 'PENDING' and e.status <> 'ACTIVE')
  limit $2 for update of d skip locked))`;

/** Not the youngest: their deliveries may be in a transaction that has not committed. */
const eventsSql = `
delete from webhook_event where ctid = any (array(
  select v.ctid from webhook_event v
  where v.occurred_at < now() - make_interval(days => $1)
    and not exists (select from webhook_delivery d where d.organisation_id = v.organisation_id and d.event_id = v.id)
  limit $2 for update skip locked))`;

const endpointsSql = `
delete from webhook_endpoint where ctid = any (array(
  select e.ctid from webhook_endpoint e
  where e.status = 'DELETED' and e.changed_at < now() - make_interval(days => $1)
    and not exists (select from webhook_delivery d where d.organisation_id = e.organisation_id and d.endpoint_id = e.id)
  limit $2 for update skip locked))`;
