import type { Money } from '@marquee/kernel';

/** By how much one event moves the counts of one occurrence. Changes add up, so their order does not matter. */
export type SalesChange = {
  readonly occurrenceId: string;
  /** When the event happened (RFC 3339): never the time of counting, so that a rebuild counts the same. */
  readonly at: string;
  readonly sold: number;
  readonly held: number;
  readonly checkedIn: number;
  readonly cancelled: number;
  readonly paid: Money | null;
  readonly refunded: Money | null;
};

const none = { sold: 0, held: 0, checkedIn: 0, cancelled: 0, paid: null, refunded: null };

/** A change that moves only what is named. */
export function changeOf(
  occurrenceId: string,
  at: string,
  moved: Partial<Omit<SalesChange, 'occurrenceId' | 'at'>>,
): SalesChange {
  return { ...none, ...moved, occurrenceId, at };
}
