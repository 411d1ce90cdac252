import { faultsOf, meteredBatch, type MeteredBatch } from '@marquee/contracts';
import type { Clock } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { dayOf, periodOf } from '../plans/plan.ts';
import { defaultPlanOf } from '../plans/plans.ts';
import type { PriceLists } from '../plans/price-lists.ts';

export type Recording = {
  readonly database: Database;
  readonly clock: Clock;
  readonly priceLists: PriceLists;
  readonly logger: Logger;
};

/** Takes a batch from the queue. What is none is told and dropped: it would come again for ever. */
export async function takeBatch(recording: Recording, message: unknown): Promise<void> {
  const faults = faultsOf(meteredBatch, message);
  if (faults.length > 0) recording.logger.error({ faults }, 'a batch of metered requests is malformed');
  else await recordUsage(recording, message as MeteredBatch);
}

/**
 * Counts requests, each id once however often it comes, rows and sums in one transaction. The subscriptions are shared
 * until the commit: no invoice is made meanwhile, and one that was made before is seen.
 */
export async function recordUsage(
  { database, clock, priceLists }: Omit<Recording, 'logger'>,
  { requests }: MeteredBatch,
): Promise<void> {
  if (requests.length === 0) return;
  const now = clock.now();
  const period = periodOf(now);
  const { code } = defaultPlanOf((await priceLists.read(now))(period));
  const organisationIds = [...new Set(requests.map(({ organisationId }) => organisationId))].toSorted();
  await database.transaction(systemScope, async (tx) => {
    await tx.execute(subscribeSql, [organisationIds, code, dayOf(period.start)]);
    await tx.rows(shareSql, [organisationIds]);
    await tx.rows(countSql, [JSON.stringify(requests)], { name: 'count-usage' });
  });
}

const subscribeSql = `
insert into plan_subscription (organisation_id, plan, invoiced_until)
select id, $2, $3::date from unnest($1::uuid[]) as id
on conflict do nothing`;

/** In one order, as everybody locks them who locks several. */
const shareSql = `
select from plan_subscription where organisation_id = any($1::uuid[]) order by organisation_id for share`;

const countSql = `
with fresh as (
  insert into usage_request (organisation_id, id, key_id, operation, at, day)
  select r."organisationId", r.id, r."keyId", r.operation, r.at,
    greatest((r.at at time zone 'UTC')::date, s.invoiced_until)
  from jsonb_to_recordset($1::jsonb)
    as r (id uuid, "organisationId" uuid, "keyId" uuid, operation text, at timestamptz)
  join plan_subscription s on s.organisation_id = r."organisationId"
  on conflict do nothing
  returning organisation_id, day, key_id, operation
)
insert into usage_day as d (organisation_id, day, key_id, operation, requests)
select organisation_id, day, key_id, operation, count(*) from fresh group by 1, 2, 3, 4 order by 1, 2, 3, 4
on conflict (organisation_id, day, key_id, operation) do update set requests = d.requests + excluded.requests`;

/** Longer than the queue keeps anything: of a request whose row is gone nothing comes again. */
const keptDays = 35;
const atOnce = 5_000;

/** Forgets rows of requests whose sums are kept; answers how many. */
export async function sweepUsage(database: Database): Promise<number> {
  let total = 0;
  for (;;) {
    const swept = await database.transaction(systemScope, (tx) => tx.execute(sweepSql, [keptDays, atOnce]));
    total += swept;
    if (swept < atOnce) return total;
  }
}

const sweepSql = `
delete from usage_request where ctid = any (array(
  select ctid from usage_request where recorded_at < now() - make_interval(days => $1)
  order by recorded_at limit $2 for update skip locked))`;
