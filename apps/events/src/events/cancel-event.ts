import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { lockOccurrences, saveOccurrences } from '../occurrences/occurrence-rows.ts';
import { cancelOccurrence, isUpcoming } from '../occurrences/occurrence.ts';
import { appendToEvent, lockEvent, updateEventRow } from './event-rows.ts';
import type { Event } from './event.ts';

/** Calls the event off with all that is still to come of it. What has been stays. Doing it again changes nothing. */
export async function cancelEvent(
  command: Command,
  eventId: string,
  reason: string | null,
): Promise<Outcome<{ readonly eventId: string }, NotFound>> {
  const now = command.clock.now();
  return decide<{ readonly eventId: string }, NotFound>(command, async (tx) => {
    const event = await lockEvent(tx, eventId);
    if (!event) return notFound('The event');
    if (event.status === 'CANCELLED') return accept({ eventId });
    const cancelled: Event = { ...event, status: 'CANCELLED', materialisedUntil: null };
    await updateEventRow(tx, cancelled, reason);
    await appendToEvent(tx, eventId, { type: 'events.event-cancelled.v1', data: { eventId, reason } });
    const upcoming = (await lockOccurrences(tx, eventId)).filter((occurrence) => isUpcoming(occurrence, now));
    await saveOccurrences(
      tx,
      upcoming.map((occurrence) => ({
        type: 'events.occurrence-cancelled.v1',
        occurrence: cancelOccurrence(occurrence, reason),
        event: cancelled,
      })),
    );
    return accept({ eventId });
  });
}
