import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Attempt, Delivery, DeliveryStatus } from './delivery.ts';

const columns = `id, endpoint_id as "endpointId", event_id as "eventId", event_type as "eventType",
  occurred_at as "occurredAt", status, created_at as "createdAt",
  case when status = 'PENDING' then next_attempt_at end as "nextAttemptAt"`;

export async function deliveriesById(tx: Transaction, ids: readonly string[]): Promise<Delivery[]> {
  return tx.rows<Delivery>(`select ${columns} from webhook_delivery where id = any($1::uuid[])`, [ids]);
}

export async function deliveriesPage(
  tx: Transaction,
  endpointId: string,
  status: DeliveryStatus | null,
  { first, after }: KeysetPage,
): Promise<Delivery[]> {
  const [createdAt, id] = after ?? [null, null];
  return tx.rows<Delivery>(
    `select ${columns} from webhook_delivery
      where endpoint_id = $1 and ($2::text is null or status = $2)
        and ($3::timestamptz is null or (created_at, id) < ($3, $4::uuid))
      order by created_at desc, id desc limit $5`,
    [endpointId, status, createdAt, id, first + 1],
  );
}

export async function attemptsOf(tx: Transaction, deliveryIds: readonly string[]): Promise<Attempt[]> {
  return tx.rows<Attempt>(
    `select delivery_id as "deliveryId", number, started_at as "startedAt", duration_ms as "durationMs",
            status_code as "statusCode", error, response
       from webhook_attempt where delivery_id = any($1::uuid[]) and number <= 100
      order by delivery_id, number`,
    [deliveryIds],
  );
}

/** What is sent of deliveries whose endpoint has no selection. */
export async function messagesOf(
  tx: Transaction,
  deliveryIds: readonly string[],
): Promise<{ readonly id: string; readonly message: string }[]> {
  return tx.rows(
    `select d.id, v.envelope as message from webhook_delivery d
       join webhook_event v on v.organisation_id = d.organisation_id and v.id = d.event_id
       join webhook_endpoint e on e.organisation_id = d.organisation_id and e.id = d.endpoint_id
      where d.id = any($1::uuid[]) and e.selection is null`,
    [deliveryIds],
  );
}

/** An event that somebody takes, and whom it goes to. */
export type FannedOut = {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly envelope: string;
  readonly to: readonly { readonly deliveryId: string; readonly endpointId: string }[];
};

/** Events and their deliveries, in this order; what is there already stays as it is. */
export async function insertDeliveries(tx: Transaction, events: readonly FannedOut[]): Promise<void> {
  const deliveries = events.flatMap(({ to, id, type, occurredAt }) =>
    to.map((each) => ({ ...each, eventId: id, type, occurredAt })),
  );
  await tx.rows(insertSql, [
    tx.organisationId,
    JSON.stringify(events.map(({ to: _, ...event }) => event)),
    JSON.stringify(deliveries),
  ]);
}

const insertSql = `
with fresh as (
  insert into webhook_event (organisation_id, id, type, occurred_at, envelope)
  select $1, id, type, "occurredAt", envelope
  from jsonb_to_recordset($2::jsonb) as e (id uuid, type text, "occurredAt" timestamptz, envelope text)
  on conflict do nothing
)
insert into webhook_delivery (organisation_id, id, endpoint_id, event_id, event_type, occurred_at)
select $1, "deliveryId", "endpointId", "eventId", type, "occurredAt"
from jsonb_to_recordset($3::jsonb)
  as d ("deliveryId" uuid, "endpointId" uuid, "eventId" uuid, type text, "occurredAt" timestamptz)
on conflict on constraint webhook_delivery_once do nothing`;
