import type { DomainEvent } from '@marquee/contracts';
import { isWithheld } from '@marquee/event-log';
import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { keepSeatMapHeader, keepSectionSeats } from '../seating/keep-seat-map.ts';
import { keepGuest, keepOccurrences } from './replicas.ts';

type OccurrenceEvent = DomainEvent<
  | 'events.occurrence-scheduled.v1'
  | 'events.occurrence-rescheduled.v1'
  | 'events.occurrence-updated.v1'
  | 'events.occurrence-cancelled.v1'
>;

/** Every one of them carries the whole occurrence. What a cancellation leads to is put down by `keepOccurrences`. */
async function onOccurrence({ data }: OccurrenceEvent, tx: Transaction): Promise<void> {
  const { occurrenceId: id, startsAt, endsAt, ...rest } = data;
  await keepOccurrences(tx, [{ ...rest, id, startsAt: new Date(startsAt), endsAt: new Date(endsAt) }]);
}

/** Erased since: the event of that comes, and finds by the address that is known here what else to forget. */
async function onGuest(
  event: DomainEvent<'guests.guest-registered.v1' | 'guests.guest-updated.v1'>,
  tx: Transaction,
): Promise<void> {
  if (isWithheld(event)) return;
  await keepGuest(tx, { ...event.data, id: event.data.guestId }, 'event');
}

/** The replicas of what others own, kept from their events. */
export const replicaHandlers: Handlers = {
  'events.occurrence-scheduled.v1': onOccurrence,
  'events.occurrence-rescheduled.v1': onOccurrence,
  'events.occurrence-updated.v1': onOccurrence,
  'events.occurrence-cancelled.v1': onOccurrence,
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
