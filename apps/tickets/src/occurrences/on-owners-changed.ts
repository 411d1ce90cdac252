import type { DomainEvent } from '@marquee/contracts';
import { isWithheld } from '@marquee/event-log';
import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { keepSeatMapHeader, keepSectionSeats } from '../seating/keep-seat-map.ts';
import { forgetEvent } from './on-event-purged.ts';
import { keepGuests, keepOccurrences } from './replicas.ts';

type OccurrenceEvent = DomainEvent<
  | 'events.occurrence-scheduled.v1'
  | 'events.occurrence-rescheduled.v1'
  | 'events.occurrence-updated.v1'
  | 'events.occurrence-cancelled.v1'
>;

type GuestEvent = DomainEvent<'guests.guest-registered.v1' | 'guests.guest-updated.v1'>;

/** Every one of them carries the whole occurrence. What a cancellation leads to is put down by `keepOccurrences`. */
async function onOccurrences(events: readonly OccurrenceEvent[], tx: Transaction): Promise<void> {
  const occurrences = events.map(({ data: { occurrenceId: id, startsAt, endsAt, ...rest } }) => ({
    ...rest,
    id,
    startsAt: new Date(startsAt),
    endsAt: new Date(endsAt),
  }));
  await keepOccurrences(tx, occurrences);
}

/** Erased since: the event of that comes, and finds by the address that is known here what else to forget. */
async function onGuests(events: readonly GuestEvent[], tx: Transaction): Promise<void> {
  const known = events.filter((event) => !isWithheld(event));
  if (known.length === 0) return;
  await keepGuests(
    tx,
    known.map(({ data: { guestId: id, email, name } }) => ({ id, email, name })),
    'event',
  );
}

const onOccurrence = (event: OccurrenceEvent, tx: Transaction) => onOccurrences([event], tx);
const onGuest = (event: GuestEvent, tx: Transaction) => onGuests([event], tx);

/** The replicas of what others own, kept from their events. */
export const replicaHandlers: Handlers = {
  'events.occurrence-scheduled.v1': onOccurrence,
  'events.occurrence-rescheduled.v1': onOccurrence,
  'events.occurrence-updated.v1': onOccurrence,
  'events.occurrence-cancelled.v1': onOccurrence,
  'events.event-purged.v1': ({ data }, tx) => forgetEvent(tx, data.eventId),
  'venues.seat-map-published.v1': ({ data }, tx) =>
    keepSeatMapHeader(tx, {
      spaceId: data.spaceId,
      seatMapId: data.seatMapId,
      version: data.version,
      seatCount: data.seatCount,
      sections: data.sections.map(({ sectionId, name }) => ({ id: sectionId, name })),
      areas: data.generalAdmissionAreas.map(({ areaId, name }) => ({ id: areaId, name })),
    }),
  'venues.seat-map-section-published.v1': ({ data }, tx) =>
    keepSectionSeats(tx, {
      spaceId: data.spaceId,
      version: data.version,
      name: data.name,
      seats: data.seats.map(({ seatId, row, ...seat }) => ({ ...seat, id: seatId, rowLabel: row })),
    }),
  'guests.guest-registered.v1': onGuest,
  'guests.guest-updated.v1': onGuest,
};

/**
 * What `handlers`, those above among them, do one event after the other, in fewer statements: neighbours that tell of
 * different guests, or of different occurrences, are kept together.
 */
export const keepTogether =
  (handlers: Handlers) =>
  async (events: readonly DomainEvent[], tx: Transaction): Promise<void> => {
    for (const { kind, neighbours } of groupNeighbours(events)) {
      if (kind === 'guest') await onGuests(neighbours as GuestEvent[], tx);
      else if (kind === 'occurrence') await onOccurrences(neighbours as OccurrenceEvent[], tx);
      else for (const event of neighbours) await (handlers[event.type] as AnyHandler)(event, tx);
    }
  };

type AnyHandler = (event: DomainEvent, tx: Transaction) => Promise<void>;
type Neighbours = { readonly kind: 'guest' | 'occurrence' | 'other'; readonly neighbours: DomainEvent[] };

function groupNeighbours(events: readonly DomainEvent[]): Neighbours[] {
  const groups: Neighbours[] = [];
  let told = new Set<string>();
  for (const event of events) {
    const { kind, id } = subjectOf(event);
    const last = groups.at(-1);
    if (last?.kind === kind && !told.has(id)) last.neighbours.push(event);
    else {
      groups.push({ kind, neighbours: [event] });
      told = new Set();
    }
    told.add(id);
  }
  return groups;
}

function subjectOf({ id, type, data }: DomainEvent): {
  readonly kind: Neighbours['kind'];
  readonly id: string;
} {
  const handler = replicaHandlers[type];
  if (handler === onGuest) return { kind: 'guest', id: (data as GuestEvent['data']).guestId };
  if (handler === onOccurrence)
    return { kind: 'occurrence', id: (data as OccurrenceEvent['data']).occurrenceId };
  return { kind: 'other', id };
}
