import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { lockOccurrences, saveOccurrences } from '../occurrences/occurrence-rows.ts';
import { touchOccurrence } from '../occurrences/occurrence.ts';
import { wrongState, type WrongState } from '../refusals.ts';
import { appendToEvent, lockEvent, updateEventRow } from './event-rows.ts';
import type { Event } from './event.ts';

export type EventChanges = Partial<Pick<Event, 'title' | 'description' | 'seriesId'>>;

/** Changes what does not touch the times. A new title goes out with every occurrence: replicas keep it. */
export async function updateEvent(
  command: Command,
  eventId: string,
  changes: EventChanges,
): Promise<Outcome<{ readonly eventId: string }, NotFound | WrongState>> {
  return decide<{ readonly eventId: string }, NotFound | WrongState>(command, async (tx) => {
    const event = await lockEvent(tx, eventId);
    if (!event) return notFound('The event');
    if (event.status === 'CANCELLED') return wrongState(event.status, 'A cancelled event cannot be changed.');
    if (changes.seriesId) {
      const series = await tx.rows('select from event_series where id = $1', [changes.seriesId]);
      if (series.length === 0) return notFound('The series');
    }
    const updated: Event = { ...event, ...changes };
    await updateEventRow(tx, updated);
    await appendToEvent(tx, eventId, {
      type: 'events.event-updated.v1',
      data: { eventId, title: updated.title },
    });
    if (updated.title === event.title) return accept({ eventId });
    const occurrences = await lockOccurrences(tx, eventId);
    await saveOccurrences(
      tx,
      occurrences.map((occurrence) => ({
        type: 'events.occurrence-updated.v1',
        occurrence: touchOccurrence(occurrence),
        event: updated,
      })),
    );
    return accept({ eventId });
  });
}
