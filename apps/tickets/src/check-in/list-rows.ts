import type { Transaction } from '@marquee/postgres';
import type { CheckInList } from './check-in-list.ts';

export type CheckInListRow = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly name: string;
  readonly ticket_type_ids: readonly string[] | null;
  readonly valid_from: Date | string | null;
  readonly valid_until: Date | string | null;
  readonly entries_per_ticket: number | null;
  readonly exits: boolean;
  readonly re_entry: boolean;
  readonly revision: number;
};

/** Of a row, or of what `to_jsonb` makes of one. */
export function readListRow(row: CheckInListRow): CheckInList {
  return {
    id: row.id,
    occurrenceId: row.occurrence_id,
    name: row.name,
    ticketTypeIds: row.ticket_type_ids,
    validFrom: row.valid_from === null ? null : new Date(row.valid_from),
    validUntil: row.valid_until === null ? null : new Date(row.valid_until),
    entriesPerTicket: row.entries_per_ticket,
    exits: row.exits,
    reEntry: row.re_entry,
    revision: row.revision,
  };
}

export async function findLists(tx: Transaction, ids: readonly string[]): Promise<CheckInList[]> {
  const rows = await tx.rows<CheckInListRow>('select * from check_in_list where id = any($1)', [ids]);
  return rows.map(readListRow);
}

/** An occurrence has no more lists than this. */
export const mostLists = 100;

/** The default list first, then by name. */
export async function findListsOfOccurrences(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<CheckInList[]> {
  const rows = await tx.rows<CheckInListRow>(
    `select * from check_in_list where occurrence_id = any($1) order by occurrence_id, id <> occurrence_id, name, id`,
    [occurrenceIds],
  );
  return rows.map(readListRow);
}

/** Counted at one gate, for tickets of one type; null for what is no ticket of ours. */
export type CheckInCount = {
  readonly listId: string;
  readonly ticketTypeId: string | null;
  readonly gate: string;
} & Tally;

export type Tally = {
  readonly admitted: number;
  readonly inside: number;
  readonly entries: number;
  readonly exits: number;
  readonly rejected: number;
  readonly conflicts: number;
};

export const nothingCounted: Tally = {
  admitted: 0,
  inside: 0,
  entries: 0,
  exits: 0,
  rejected: 0,
  conflicts: 0,
};

export function addTallies(a: Tally, b: Tally): Tally {
  return {
    admitted: a.admitted + b.admitted,
    inside: a.inside + b.inside,
    entries: a.entries + b.entries,
    exits: a.exits + b.exits,
    rejected: a.rejected + b.rejected,
    conflicts: a.conflicts + b.conflicts,
  };
}

export async function findCounts(tx: Transaction, listIds: readonly string[]): Promise<CheckInCount[]> {
  return tx.rows<CheckInCount>(
    `select list_id as "listId", ticket_type_id as "ticketTypeId", gate, admitted, inside, entries, exits, rejected,
       conflicts
     from check_in_counter where list_id = any($1) order by ticket_type_id, gate`,
    [listIds],
  );
}
