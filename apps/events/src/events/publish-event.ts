import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { lockOccurrences, saveOccurrences } from '../occurrences/occurrence-rows.ts';
import { isUpcoming, touchOccurrence } from '../occurrences/occurrence.ts';
import {
  pastDate,
  spaceConflict,
  wrongState,
  type PastDate,
  type SpaceConflict,
  type WrongState,
} from '../refusals.ts';
import { appendToEvent, lockEvent, updateEventRow } from './event-rows.ts';
import type { Event } from './event.ts';

export type PublishEventRefusal = NotFound | PastDate | SpaceConflict | WrongState;

/** Opens the event to guests and sale. Publishing what is published changes nothing. */
export async function publishEvent(
  command: Command,
  eventId: string,
): Promise<Outcome<{ readonly eventId: string }, PublishEventRefusal>> {
  const now = command.clock.now();
  return decide<{ readonly eventId: string }, PublishEventRefusal>(command, async (tx) => {
    const event = await lockEvent(tx, eventId);
    if (!event) return notFound('The event');
    if (event.status === 'PUBLISHED') return accept({ eventId });
    if (event.status === 'CANCELLED')
      return wrongState(event.status, 'A cancelled event cannot be published.');
    const upcoming = (await lockOccurrences(tx, eventId)).filter((occurrence) => isUpcoming(occurrence, now));
    if (upcoming.length === 0) return pastDate('id', 'No occurrence of the event is still to come.');
    const conflicts = upcoming.filter(({ spaceBookingStatus }) => spaceBookingStatus === 'CONFLICT');
    if (conflicts.length > 0) return spaceConflict(conflicts.map(({ startsAt }) => startsAt));

    const published: Event = { ...event, status: 'PUBLISHED', publishedAt: event.publishedAt ?? now };
    await updateEventRow(tx, published);
    await appendToEvent(tx, eventId, { type: 'events.event-published.v1', data: { eventId } });
    await saveOccurrences(
      tx,
      upcoming.map((occurrence) => ({
        type: 'events.occurrence-updated.v1',
        occurrence: touchOccurrence(occurrence),
        event: published,
      })),
    );
    return accept({ eventId });
  });
}
