import type { Transaction } from '@marquee/postgres';
import { lockEvent } from '../events/event-rows.ts';
import type { Event } from '../events/event.ts';
import { lockOccurrence } from './occurrence-rows.ts';
import type { Occurrence } from './occurrence.ts';

/** One occurrence and its event; the event is locked first, as everywhere. */
export async function lockWithEvent(
  tx: Transaction,
  occurrenceId: string,
): Promise<{ readonly occurrence: Occurrence; readonly event: Event } | null> {
  const [owner] = await tx.rows<{ eventId: string }>(
    'select event_id as "eventId" from occurrence where id = $1',
    [occurrenceId],
  );
  const event = owner ? await lockEvent(tx, owner.eventId) : null;
  const occurrence = event ? await lockOccurrence(tx, occurrenceId) : null;
  return event && occurrence ? { occurrence, event } : null;
}
