import type { Transaction } from '@marquee/postgres';
import type { WaitlistEntry, WaitlistStatus } from './waitlist-entry.ts';

export type EntryRow = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly guest_id: string;
  readonly joined_by: string;
  readonly quantity: number;
  readonly status: WaitlistStatus;
};

export function readEntryRow(row: EntryRow): WaitlistEntry {
  return {
    id: row.id,
    occurrenceId: row.occurrence_id,
    ticketTypeId: row.ticket_type_id,
    guestId: row.guest_id,
    joinedBy: row.joined_by,
    quantity: row.quantity,
    status: row.status,
  };
}

export async function findEntries(tx: Transaction, ids: readonly string[]): Promise<WaitlistEntry[]> {
  const rows = await tx.rows<EntryRow>('select * from waitlist_entry where id = any($1)', [ids]);
  return rows.map(readEntryRow);
}

/** How many of the same queue stand before it, itself counted; nothing for those no longer waiting. */
export async function findPositions(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.rows<{ id: string; position: number }>(
    `select e.id, (
       select count(*)::integer from waitlist_entry before
       where before.occurrence_id = e.occurrence_id and before.ticket_type_id = e.ticket_type_id
         and before.status = 'WAITING' and before.place <= e.place) as position
     from waitlist_entry e where e.id = any($1) and e.status = 'WAITING'`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.position]));
}
