import { catalogue, type DomainEvent, type EventType } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { Handlers, ProjectionOptions } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { envelopeOf } from '../catalogue/envelope.ts';
import type { Services } from '../command.ts';
import { matchesPattern, versionOf } from '../catalogue/event-types.ts';
import { compileFilter, type Filter } from '../endpoints/filter.ts';
import { insertDeliveries, type FannedOut } from './delivery-rows.ts';

/** What must be known of an endpoint to tell what it takes. Of a paused or disabled one, too: its events are kept. */
type Taker = {
  readonly id: string;
  readonly eventTypes: readonly string[];
  readonly pinnedVersion: number;
  readonly filter: Filter | null;
  readonly createdAt: Date;
  /** Its events are kept and fetched, as `marquee listen` does. */
  readonly isPaused: boolean;
};

/**
 * Every event of every service, once and in order, to whom it goes: the rows are the truth from then on, and the worker
 * is only woken. One projection for all, so that the events of a stream reach an endpoint in their order.
 */
export function fanOutProjection({ onDue, onKept }: Pick<Services, 'onDue' | 'onKept'>): ProjectionOptions {
  const handle = async (events: readonly DomainEvent[], tx: Transaction) => {
    const { any, kept } = await fanOut(tx, events);
    if (any) tx.afterCommit(onDue);
    if (kept.length > 0) tx.afterCommit(() => onKept(tx.organisationId!, kept));
  };
  const types = Object.keys(catalogue) as EventType[];
  const events = Object.fromEntries(
    types.map((type) => [type, (event: DomainEvent, tx: Transaction) => handle([event], tx)]),
  ) as Handlers;
  return { name: 'webhooks', events, handleMany: handle };
}

/** Whether there are deliveries at all, and for which endpoints that are paused. */
type FanOut = { readonly any: boolean; readonly kept: readonly string[] };

/** Deliveries for the events of one organisation, in whose scope the transaction is. */
export async function fanOut(tx: Transaction, events: readonly DomainEvent[]): Promise<FanOut> {
  const takers = await tx.rows<Taker>(
    `select id, event_types as "eventTypes", pinned_version as "pinnedVersion", filter, created_at as "createdAt",
            status = 'PAUSED' as "isPaused"
       from webhook_endpoint where status <> 'DELETED' order by id`,
    [],
    { name: 'webhook-takers' },
  );
  if (takers.length === 0) return { any: false, kept: [] };
  const judges = takers.map((taker) => ({ taker, takes: judgeOf(taker) }));
  const taken = events.flatMap((event): FannedOut[] => {
    const envelope = envelopeOf(event);
    const to = judges
      .filter(({ takes }) => takes(event, envelope))
      .map(({ taker }) => ({ deliveryId: newUuid(), endpointId: taker.id }));
    if (to.length === 0) return [];
    const { id, type, occurredAt } = event;
    return [{ id, type, occurredAt, envelope: JSON.stringify(envelope), to }];
  });
  if (taken.length > 0) await insertDeliveries(tx, taken);
  const to = new Set(taken.flatMap((each) => each.to.map(({ endpointId }) => endpointId)));
  const kept = takers.filter(({ id, isPaused }) => isPaused && to.has(id)).map(({ id }) => id);
  return { any: taken.length > 0, kept };
}

function judgeOf({ id, eventTypes, pinnedVersion, filter, createdAt }: Taker) {
  const passes = filter ? compileFilter(filter) : () => true;
  return (event: DomainEvent, envelope: unknown): boolean =>
    // From its making on: a hub that has much to catch up with would send what is long past.
    Date.parse(event.occurredAt) >= createdAt.getTime() &&
    versionOf(event.type) <= pinnedVersion &&
    eventTypes.some((pattern) => matchesPattern(pattern, event.type)) &&
    !isAbout(event, id) &&
    passes(envelope);
}

/** Nobody is told of their own trouble: each telling that fails would be another trouble to tell of. */
function isAbout({ type, data }: DomainEvent, endpointId: string): boolean {
  return type.startsWith('hub.') && (data as { readonly endpointId?: string }).endpointId === endpointId;
}
