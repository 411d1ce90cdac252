import type { DomainEvent } from '@marquee/contracts';
import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { applyOccurrence } from './apply-occurrence.ts';

type OccurrenceEvent = DomainEvent<
  'events.occurrence-scheduled.v1' | 'events.occurrence-rescheduled.v1' | 'events.occurrence-cancelled.v1'
>;

/** An occurrence was planned, moved or cancelled in events: its space is booked, re-booked or released. */
export function occurrenceHandlers(onCommit: () => void): Handlers {
  const apply = async ({ data }: OccurrenceEvent, tx: Transaction): Promise<void> => {
    tx.afterCommit(onCommit);
    await applyOccurrence(tx, {
      occurrenceId: data.occurrenceId,
      spaceId: data.spaceId,
      startsAt: new Date(data.startsAt),
      endsAt: new Date(data.endsAt),
      revision: data.revision,
      cancelled: data.status === 'CANCELLED',
    });
  };
  return {
    'events.occurrence-scheduled.v1': apply,
    'events.occurrence-rescheduled.v1': apply,
    'events.occurrence-cancelled.v1': apply,
  };
}
