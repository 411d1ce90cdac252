import { accept, notFound, refuse, type NotFound, type Outcome } from '@marquee/kernel';
import {
  createSoftDeletion,
  withDeleted,
  type Deleted,
  type SoftDeletion,
  type Transaction,
} from '@marquee/postgres';
import { decide, type Command } from '../command.ts';
import { lockOccurrences, saveOccurrences } from '../occurrences/occurrence-rows.ts';
import { moveOccurrence, type Occurrence } from '../occurrences/occurrence.ts';
import { appendToEvent, lockEvent } from './event-rows.ts';
import type { Event } from './event.ts';

/** Guests can buy what is still to come of the event, or have. */
export type EventOnSale = {
  readonly kind: 'EventOnSale';
  readonly message: string;
  readonly occurrencesToCome: number;
};

export const createEventDeletion = (retentionDays: number): SoftDeletion =>
  createSoftDeletion(
    { table: 'event', name: 'title', parts: { occurrence: 'event_id = $1' } },
    retentionDays,
  );

/**
 * Hides the event with its occurrences. What is still to come of a published one has to be cancelled first, which pays
 * back who bought; of a draft it gives up its spaces until it comes back. Doing it again changes nothing.
 */
export async function deleteEvent(
  command: Command,
  eventId: string,
): Promise<Outcome<Deleted, NotFound | EventOnSale>> {
  const { eventDeletion, clock } = command;
  return decide<Deleted, NotFound | EventOnSale>(command, async (tx) => {
    // Whoever publishes or plans locks the event first: it is done before and counts, or finds no event.
    const found = await eventDeletion.lock(tx, eventId);
    if (!found) return notFound('The event');
    if (found.deleted) return accept(found.deleted);
    const event = (await lockEvent(tx, eventId))!;
    const toCome = (await lockOccurrences(tx, eventId)).filter(
      ({ status, endsAt }) => status === 'SCHEDULED' && endsAt > clock.now(),
    );
    if (event.status === 'PUBLISHED' && toCome.length > 0) return eventOnSale(toCome.length);
    const deleted = await eventDeletion.hide(tx, eventId);
    const restorableUntil = deleted.restorableUntil.toISOString();
    await appendToEvent(tx, eventId, {
      type: 'events.event-deleted.v1',
      data: { eventId, restorableUntil },
    });
    await leaveSpaces(tx, event, toCome);
    return accept(deleted);
  });
}

/** Brings the event back; it asks for its spaces anew, which others may have by now. Done again it changes nothing. */
export async function restoreEvent(
  command: Command,
  eventId: string,
): Promise<Outcome<{ readonly eventId: string }, NotFound>> {
  const { eventDeletion } = command;
  return decide<{ readonly eventId: string }, NotFound>(command, async (tx) => {
    const found = await eventDeletion.lock(tx, eventId);
    if (!found) return notFound('The event');
    if (!found.deleted) return accept({ eventId });
    await eventDeletion.show(tx, eventId);
    const event = (await lockEvent(tx, eventId))!;
    const occurrences = await lockOccurrences(tx, eventId);
    await appendToEvent(tx, eventId, { type: 'events.event-restored.v1', data: { eventId } });
    await returnToSpaces(tx, event, occurrences);
    return accept({ eventId });
  });
}

/** Removes a deleted event with its occurrences, for ever. */
export async function purgeEvent(tx: Transaction, eventId: string): Promise<void> {
  await tx.execute('delete from occurrence where event_id = $1', [eventId]);
  await tx.execute('delete from event where id = $1', [eventId]);
  await appendToEvent(tx, eventId, { type: 'events.event-purged.v1', data: { eventId } });
}

async function leaveSpaces(tx: Transaction, event: Event, toCome: readonly Occurrence[]): Promise<void> {
  const leaving = toCome.filter(({ spaceId }) => spaceId !== null);
  await withDeleted(tx, async () => {
    await tx.execute('update occurrence set space_id_when_deleted = space_id where id = any($1)', [
      leaving.map(({ id }) => id),
    ]);
    await saveOccurrences(tx, leaving.map(movedTo(event, () => null)));
  });
}

async function returnToSpaces(
  tx: Transaction,
  event: Event,
  occurrences: readonly Occurrence[],
): Promise<void> {
  const left = await tx.rows<{ id: string; spaceId: string }>(
    `update occurrence set space_id_when_deleted = null
      where event_id = $1 and space_id_when_deleted is not null returning id, old.space_id_when_deleted as "spaceId"`,
    [event.id],
  );
  const spaceOf = new Map(left.map(({ id, spaceId }) => [id, spaceId]));
  const returning = occurrences.filter(({ id }) => spaceOf.has(id));
  await saveOccurrences(tx, returning.map(movedTo(event, ({ id }) => spaceOf.get(id)!)));
}

const movedTo = (event: Event, spaceOf: (occurrence: Occurrence) => string | null) => (each: Occurrence) =>
  ({
    type: 'events.occurrence-rescheduled.v1',
    occurrence: moveOccurrence(each, { ...each, spaceId: spaceOf(each) }),
    event,
  }) as const;

function eventOnSale(occurrencesToCome: number): { readonly ok: false; readonly refusal: EventOnSale } {
  const some = occurrencesToCome === 1 ? 'one occurrence' : `${occurrencesToCome} occurrences`;
  const message = `The event is published, with ${some} to come: cancel it first.`;
  return refuse({ kind: 'EventOnSale', message, occurrencesToCome });
}
