import type { Refusal } from '@marquee/kernel';
import type { EntryRule } from './entry-rule.ts';

/** Where tickets of an occurrence are let in: the main entrance, the backstage door, lunch on the second day. */
export type CheckInList = EntryRule & {
  readonly id: string;
  readonly occurrenceId: string;
  readonly name: string;
  /** All types where null. */
  readonly ticketTypeIds: readonly string[] | null;
  readonly validFrom: Date | null;
  readonly validUntil: Date | null;
  readonly revision: number;
};

/** An occurrence always has this one; it bears the occurrence's own id. */
export function isDefaultList({ id, occurrenceId }: Pick<CheckInList, 'id' | 'occurrenceId'>): boolean {
  return id === occurrenceId;
}

/** Why a list's own settings keep a ticket out, or null. How often it may pass is judged elsewhere. */
export function judgeList(
  list: Pick<CheckInList, 'ticketTypeIds' | 'validFrom' | 'validUntil' | 'exits'>,
  reading: { readonly ticketTypeId: string; readonly direction: 'IN' | 'OUT'; readonly at: Date },
): 'NOT_ON_LIST' | 'OUTSIDE_WINDOW' | 'EXITS_NOT_TAKEN' | null {
  if (reading.direction === 'OUT' && !list.exits) return 'EXITS_NOT_TAKEN';
  if (list.ticketTypeIds && !list.ticketTypeIds.includes(reading.ticketTypeId)) return 'NOT_ON_LIST';
  // Whoever is inside may leave at any time.
  if (reading.direction === 'OUT') return null;
  if (list.validFrom && reading.at < list.validFrom) return 'OUTSIDE_WINDOW';
  if (list.validUntil && reading.at >= list.validUntil) return 'OUTSIDE_WINDOW';
  return null;
}

export type CheckInListNameTaken = Refusal & { readonly kind: 'CheckInListNameTaken' };
export type CheckInListInUse = Refusal & { readonly kind: 'CheckInListInUse' };

export const nameTaken: CheckInListNameTaken = {
  kind: 'CheckInListNameTaken',
  message: 'The occurrence has another list of this name.',
};
export const listInUse: CheckInListInUse = {
  kind: 'CheckInListInUse',
  message:
    'Tickets were let in on this list: how often they pass it cannot change any more. Make another list.',
};

/** What was counted by one rule cannot be judged by another. */
export function changesRule(before: EntryRule, after: EntryRule): boolean {
  return (
    before.entriesPerTicket !== after.entriesPerTicket ||
    before.exits !== after.exits ||
    before.reEntry !== after.reEntry
  );
}
