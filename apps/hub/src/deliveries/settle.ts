import { asTenant, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { disableEndpoint } from '../endpoints/endpoint-rows.ts';
import { appendAbout } from '../endpoints/manage-endpoints.ts';
import type { Attempted } from './attempt.ts';
import type { OpenedBreaker } from './endpoint-breakers.ts';

/** How long an open breaker keeps everybody away before one attempt tries. */
export const breakerRestSeconds = 30;
/** An endpoint that has failed for so long, and lost so many events for good, is disabled. */
const mostFailingDays = 5;
const mostExhausted = 10;

export type Settling = {
  readonly attempted: readonly Attempted[];
  readonly opened: readonly OpenedBreaker[];
};

/**
 * Writes down what came of many claims in one commit: every attempt, where its delivery stands now, and what that means
 * for the endpoint, with the events that tell of it. Where it fails nothing of it happened; the leases run out and the
 * attempts are made again, under the same `webhook-id`.
 */
export async function settle(
  database: Database,
  { attempted, opened }: Settling,
  onEvents: () => void,
): Promise<void> {
  await database.transaction(systemScope, async (tx) => {
    // Endpoints first and in one order, as everybody locks them who locks several.
    await settleEndpoints(tx, attempted, opened);
    if (attempted.length > 0)
      await tx.rows(settleSql, [JSON.stringify(attempted.map(toRow))], { name: 'settle' });
    const telling = attempted.filter(({ status, gone }) => gone || status === 'EXHAUSTED');
    if (telling.length === 0) return;
    tx.afterCommit(onEvents);
    const byTenant = Map.groupBy(telling, ({ of }) => of.organisationId);
    for (const [organisationId, those] of byTenant)
      await asTenant(tx, organisationId, async (own) => {
        for (const each of those) await tell(own, each);
      });
  });
}

const toRow = ({ of, ...each }: Attempted) => ({
  organisationId: of.organisationId,
  id: of.id,
  claim: of.claim,
  status: each.status,
  nextInMs: each.nextInMs,
  startedAt: each.startedAt,
  durationMs: each.durationMs,
  statusCode: each.statusCode,
  error: each.error,
  response: each.response,
});

/** Of a claim that another has taken over meanwhile nothing is written: it is that other's now. One is settled once. */
const settleSql = `
with result as (
  select * from jsonb_to_recordset($1::jsonb) as r ("organisationId" uuid, id uuid, claim uuid, status text,
    "nextInMs" float8, "startedAt" timestamptz, "durationMs" int, "statusCode" int, error text, response text)
), moved as (
  update webhook_delivery d set
    status = case r.status when 'POSTPONED' then 'PENDING' else r.status end,
    attempts = d.attempts + case r.status when 'POSTPONED' then 0 else 1 end,
    tries = d.tries + case r.status when 'POSTPONED' then 0 else 1 end,
    next_attempt_at = now() + make_interval(secs => r."nextInMs" / 1000),
    claim = null,
    done_at = case when r.status in ('DELIVERED', 'EXHAUSTED') then now() end
  from result r
  where d.organisation_id = r."organisationId" and d.id = r.id and d.claim = r.claim
  returning d.organisation_id, d.id, d.attempts
)
insert into webhook_attempt (organisation_id, delivery_id, number, started_at, duration_ms, status_code, error, response)
select m.organisation_id, m.id, m.attempts, r."startedAt", r."durationMs", r."statusCode", r.error, r.response
from moved m join result r on r."organisationId" = m.organisation_id and r.id = m.id
where r.status <> 'POSTPONED'
on conflict do nothing`;

/** What the attempts say of their endpoints. Of one that is well and was well nothing is written. */
async function settleEndpoints(
  tx: Transaction,
  attempted: readonly Attempted[],
  opened: readonly OpenedBreaker[],
): Promise<void> {
  const made = attempted.filter(({ status }) => status !== 'POSTPONED');
  const well = made.filter(({ status, of }) => status === 'DELIVERED' && (of.failing || of.trial));
  const wellIds = new Set(well.map(({ of }) => of.endpointId));
  const failed = made.filter(({ status, of }) => status !== 'DELIVERED' && !wellIds.has(of.endpointId));
  const tenants = new Map(
    [...made.map(({ of }) => of), ...opened].map((of) => [of.endpointId, of.organisationId]),
  );
  const notes = [
    ...[...wellIds].map((id) => ({ id, well: true, opens: false, exhausted: 0 })),
    ...[...Map.groupBy(failed, ({ of }) => of.endpointId)].map(([id, those]) => ({
      id,
      well: false,
      exhausted: those.filter(({ status }) => status === 'EXHAUSTED').length,
      opens: those.some(({ of }) => of.trial) || opened.some(({ endpointId }) => endpointId === id),
    })),
    ...opened
      .filter(({ endpointId }) => !failed.some(({ of }) => of.endpointId === endpointId))
      .map(({ endpointId }) => ({ id: endpointId, well: false, opens: true, exhausted: 0 })),
  ].toSorted((one, other) => one.id.localeCompare(other.id));
  // A failure beside others that are known already changes nothing: no write, no lock.
  for (const { id, well: isWell, opens, exhausted } of notes)
    await tx.rows(noteSql, [id, isWell, opens, exhausted, breakerRestSeconds, tenants.get(id)]);
}

const noteSql = `
update webhook_endpoint set
  failing_since = case when $2 then null else coalesce(failing_since, now()) end,
  exhausted = case when $2 then 0 else exhausted + $4 end,
  breaker = case when $2 then 'CLOSED' when $3 then 'OPEN' else breaker end,
  blocked_until = case when $2 then null when $3 then now() + make_interval(secs => $5) else blocked_until end
where organisation_id = $6 and id = $1 and ($2 or $3 or $4 > 0 or failing_since is null)`;

/** The events that tell of a delivery given up and of an endpoint disabled; its organisation is the transaction's. */
async function tell(tx: Transaction, { of, status, error, gone }: Attempted): Promise<void> {
  const { endpointId, id: deliveryId, eventType } = of;
  if (gone) return disable(tx, endpointId, 'It answered 410: it is gone.');
  // Of what tells of trouble nothing is told: two endpoints in trouble would tell each other for ever.
  if (status === 'EXHAUSTED' && !eventType.startsWith('hub.')) {
    const because = (error ?? 'It could not be delivered.').slice(0, 200);
    const data = { endpointId, deliveryId, eventType, attempts: of.attempts + 1, because };
    await appendAbout(tx, endpointId, { type: 'hub.delivery-exhausted.v1', data });
  }
  const [hopeless] = await tx.rows(
    `select from webhook_endpoint where id = $1 and exhausted >= $2
        and failing_since < now() - make_interval(days => $3)`,
    [endpointId, mostExhausted, mostFailingDays],
  );
  if (hopeless)
    await disable(
      tx,
      endpointId,
      `It took nothing for ${mostFailingDays} days, and ${mostExhausted} events were given up.`,
    );
}

async function disable(tx: Transaction, endpointId: string, because: string): Promise<void> {
  if (!(await disableEndpoint(tx, endpointId, because))) return;
  await appendAbout(tx, endpointId, { type: 'hub.endpoint-disabled.v1', data: { endpointId, because } });
}
