import type { DomainEvent } from '@marquee/contracts';
import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { keepOccurrence } from './keep-occurrence.ts';

type OccurrenceEvent = DomainEvent<
  | 'events.occurrence-scheduled.v1'
  | 'events.occurrence-rescheduled.v1'
  | 'events.occurrence-updated.v1'
  | 'events.occurrence-cancelled.v1'
>;

async function keep({ data }: OccurrenceEvent, tx: Transaction): Promise<void> {
  await keepOccurrence(tx, data);
}

/** Keeps which event each occurrence belongs to, for sums by event. */
export const replicateOccurrences: Handlers = {
  'events.occurrence-scheduled.v1': keep,
  'events.occurrence-rescheduled.v1': keep,
  'events.occurrence-updated.v1': keep,
  'events.occurrence-cancelled.v1': keep,
};
