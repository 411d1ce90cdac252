import { accept, notFound, type NotFound, type Outcome } from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { pastDate, type PastDate } from '../refusals.ts';
import { lockWithEvent } from './lock-with-event.ts';
import { saveOccurrences } from './occurrence-rows.ts';
import { cancelOccurrence } from './occurrence.ts';

export type CancelledOccurrence = { readonly occurrenceId: string };

/** Calls one occurrence off. Doing it again changes nothing. */
export async function cancelOneOccurrence(
  command: Command,
  occurrenceId: string,
  reason: string | null,
): Promise<Outcome<CancelledOccurrence, NotFound | PastDate>> {
  const now = command.clock.now();
  return decide<CancelledOccurrence, NotFound | PastDate>(command, async (tx) => {
    const found = await lockWithEvent(tx, occurrenceId);
    if (!found) return notFound('The occurrence');
    const { occurrence, event } = found;
    if (occurrence.status === 'CANCELLED') return accept({ occurrenceId });
    if (occurrence.endsAt <= now) return pastDate('id', 'The occurrence is over.');
    const cancelled = cancelOccurrence(occurrence, reason);
    await saveOccurrences(tx, [{ type: 'events.occurrence-cancelled.v1', occurrence: cancelled, event }]);
    return accept({ occurrenceId });
  });
}
