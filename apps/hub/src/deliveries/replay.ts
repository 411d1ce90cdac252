import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { EventType } from '@marquee/contracts';
import { sampleEnvelope } from '../catalogue/catalogue.resolvers.ts';
import { decide, type Command } from '../command.ts';
import { lockEndpoint } from '../endpoints/endpoint-rows.ts';
import { appendAbout } from '../endpoints/manage-endpoints.ts';
import { insertDeliveries } from './delivery-rows.ts';

/** What is delivered once more: all that fits every part that is given. */
export type ReplayRequest = {
  readonly endpointId: string | null;
  readonly eventId: string | null;
  readonly deliveryId: string | null;
  readonly from: Date | null;
  /** Before this one. */
  readonly to: Date | null;
  readonly onlyExhausted: boolean;
};

export type Replayed = { readonly count: number; readonly more: boolean };

export const mostReplayed = 10_000;

/**
 * Has what was delivered or given up delivered again, with all tries of the schedule, under the same `webhook-id`: a
 * receiver that has it already can tell. What is still on its way stays as it is.
 */
export async function replayDeliveries(
  command: Command,
  request: ReplayRequest,
): Promise<Outcome<Replayed, NotFound | IdempotencyConflict>> {
  return decide<Replayed, NotFound>(command, 'replayDeliveries', request, async (tx) => {
    const { endpointId } = request;
    if (endpointId && !(await lockEndpoint(tx, endpointId))) return notFound('The webhook endpoint');
    const replayed = await tx.rows<{ endpointId: string; deliveries: number }>(replaySql, [
      endpointId,
      request.eventId,
      request.deliveryId,
      request.from,
      request.to,
      request.onlyExhausted ? ['EXHAUSTED'] : ['EXHAUSTED', 'DELIVERED'],
      mostReplayed,
    ]);
    const count = replayed.reduce((sum, { deliveries }) => sum + deliveries, 0);
    if (count === 0 && !endpointId) return notFound('Anything that could be replayed');
    for (const each of replayed) {
      const data = { endpointId: each.endpointId, deliveries: each.deliveries };
      await appendAbout(tx, each.endpointId, { type: 'hub.deliveries-replayed.v1', data });
    }
    return accept({ count, more: count === mostReplayed });
  });
}

const replaySql = `
with chosen as (
  select d.organisation_id, d.id from webhook_delivery d
  join webhook_endpoint e on e.organisation_id = d.organisation_id and e.id = d.endpoint_id
  where e.status <> 'DELETED' and ($1::uuid is null or d.endpoint_id = $1)
    and ($2::uuid is null or d.event_id = $2) and ($3::uuid is null or d.id = $3)
    and ($4::timestamptz is null or d.occurred_at >= $4) and ($5::timestamptz is null or d.occurred_at < $5)
    and d.status = any($6::text[])
  order by d.seq limit $7 for update of d
), replayed as (
  update webhook_delivery d set status = 'PENDING', tries = 0, next_attempt_at = now(), done_at = null
  from chosen where d.organisation_id = chosen.organisation_id and d.id = chosen.id
  returning d.endpoint_id
)
select endpoint_id as "endpointId", count(*)::int as deliveries from replayed group by 1 order by 1`;

/** A sample of an event, for this endpoint alone, whether it takes such events or not. */
export async function sendTestEvent(
  command: Command,
  { endpointId, eventType }: { readonly endpointId: string; readonly eventType: EventType },
): Promise<Outcome<{ readonly deliveryId: string }, NotFound>> {
  const outcome = await decide<{ readonly deliveryId: string }, NotFound>(
    command,
    'sendTestEvent',
    { endpointId, eventType },
    async (tx: Transaction) => {
      const endpoint = await lockEndpoint(tx, endpointId);
      if (!endpoint) return notFound('The webhook endpoint');
      const sample = sampleEnvelope(eventType, command.viewer.organisationId);
      const deliveryId = newUuid();
      const envelope = JSON.stringify(sample);
      const to = [{ deliveryId, endpointId }];
      await insertDeliveries(tx, [{ id: sample.id, type: eventType, occurredAt: sample.time, envelope, to }]);
      if (endpoint.status === 'PAUSED')
        tx.afterCommit(() => command.onKept(command.viewer.organisationId, [endpointId]));
      return accept({ deliveryId });
    },
  );
  // It has no idempotency key, so that it cannot meet another request under the same one.
  return outcome as Outcome<{ readonly deliveryId: string }, NotFound>;
}
