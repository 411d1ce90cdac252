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
  readonly place: string;
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
    place: row.place,
  };
}

/** For reading: an offer whose time is over is shown as such, whether or not it was tidied up already. */
const entriesSql = `
  select e.id, e.occurrence_id, e.ticket_type_id, e.guest_id, e.joined_by, e.quantity, e.place::text as place,
    case when e.status = 'OFFERED' and not exists (
        select from waitlist_offer f where f.entry_id = e.id and f.status = 'OFFERED' and f.expires_at > now())
      then 'OFFER_EXPIRED' else e.status end as status
  from waitlist_entry e`;

export async function findEntries(tx: Transaction, ids: readonly string[]): Promise<WaitlistEntry[]> {
  const rows = await tx.rows<EntryRow>(`${entriesSql} where e.id = any($1)`, [ids]);
  return rows.map(readEntryRow);
}

export type WaitlistOffer = {
  readonly id: string;
  readonly entryId: string;
  readonly holdId: string;
  readonly expiresAt: Date;
};

/** The pending offer of each entry, also one whose time is over. */
export async function findOpenOffers(tx: Transaction, entryIds: readonly string[]): Promise<WaitlistOffer[]> {
  const rows = await tx.rows<{ id: string; entry_id: string; hold_id: string; expires_at: Date }>(
    `select id, entry_id, hold_id, expires_at from waitlist_offer where entry_id = any($1) and status = 'OFFERED'`,
    [entryIds],
  );
  return rows.map((row) => ({
    id: row.id,
    entryId: row.entry_id,
    holdId: row.hold_id,
    expiresAt: row.expires_at,
  }));
}

/** A page of a guest's entries, newest first, and one more. */
export async function findEntriesOfGuest(
  tx: Transaction,
  guestId: string,
  { first, after }: { readonly first: number; readonly after: readonly string[] | null },
): Promise<WaitlistEntry[]> {
  const rows = await tx.rows<EntryRow>(
    `${entriesSql} where e.guest_id = $1 and ($2::bigint is null or e.place < $2) order by e.place desc limit $3`,
    [guestId, after?.[0] ?? null, first + 1],
  );
  return rows.map(readEntryRow);
}

/** Who is before each of these in its line, and the places that they want. */
export async function findAhead(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly parties: number; readonly places: number }>> {
  const rows = await tx.rows<{ id: string; parties: number; places: number }>(
    `select e.id, count(before.id)::integer as parties, coalesce(sum(before.quantity), 0)::integer as places
     from waitlist_entry e
     left join waitlist_entry before on before.occurrence_id = e.occurrence_id
       and before.ticket_type_id = e.ticket_type_id and before.status = 'WAITING' and before.place < e.place
     where e.id = any($1) and e.status = 'WAITING' group by e.id`,
    [ids],
  );
  return new Map(rows.map(({ id, parties, places }) => [id, { parties, places }]));
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
