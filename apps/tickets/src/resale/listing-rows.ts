import type { Transaction } from '@marquee/postgres';
import type { ListingStatus, ResaleListing } from './listing.ts';

export type ListingRow = {
  readonly id: string;
  readonly ticket_id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly seat_id: string | null;
  readonly seller_guest_id: string;
  readonly listed_by: string;
  readonly price_minor: string;
  readonly currency: string;
  readonly status: ListingStatus;
  readonly reserved: boolean;
};

export function readListingRow(row: ListingRow): ResaleListing {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    occurrenceId: row.occurrence_id,
    ticketTypeId: row.ticket_type_id,
    seatId: row.seat_id,
    sellerGuestId: row.seller_guest_id,
    listedBy: row.listed_by,
    price: { amountMinor: BigInt(row.price_minor), currency: row.currency },
    status: row.status,
    reserved: row.reserved,
  };
}

/** Whether listing `l` is reserved: its hold lives, or the order that the hold became may still be paid. */
export const reservedSql = `(l.reserved_by is not null and exists (
  select from hold h left join order_part p on p.hold_id = h.id left join ticket_order o on o.id = p.order_id
  where h.id = l.reserved_by and (h.status = 'ACTIVE' and h.expires_at > now() or
    o.status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') and o.expires_at > now() or o.paid_at is not null)))`;

/** Whether the ticket of listing `l` can still be handed over. */
const ticketIsGoodSql = `exists (select from ticket t where t.id = l.ticket_id and t.status = 'VALID'
  and not exists (select from admission a where a.ticket_id = t.id and a.ins > 0))`;

const columns = `l.id, l.ticket_id, l.occurrence_id, l.ticket_type_id, l.seat_id, l.seller_guest_id, l.listed_by,
  l.price_minor, l.currency, l.status, ${reservedSql} as reserved`;

export async function findListings(tx: Transaction, ids: readonly string[]): Promise<ResaleListing[]> {
  const rows = await tx.rows<ListingRow>(`select ${columns} from resale_listing l where l.id = any($1)`, [
    ids,
  ]);
  return rows.map(readListingRow);
}

/** The open listings of tickets. */
export async function findOpenListings(
  tx: Transaction,
  ticketIds: readonly string[],
): Promise<ResaleListing[]> {
  const rows = await tx.rows<ListingRow>(
    `select ${columns} from resale_listing l where l.ticket_id = any($1) and l.status = 'LISTED'`,
    [ticketIds],
  );
  return rows.map(readListingRow);
}

/** Listed, unreserved tickets that could change hands now, in the order in which they were listed. */
export async function findForSale(
  tx: Transaction,
  occurrenceId: string,
  ticketTypeId: string | null,
  limit: number,
): Promise<ResaleListing[]> {
  const rows = await tx.rows<ListingRow>(
    `select ${columns} from resale_listing l
     where l.occurrence_id = $1 and ($2::uuid is null or l.ticket_type_id = $2) and l.status = 'LISTED'
       and ${ticketIsGoodSql} and not ${reservedSql}
     order by l.place limit $3`,
    [occurrenceId, ticketTypeId, limit],
  );
  return rows.map(readListingRow);
}

/**
 * Locks listings by id, then reads them in a statement of its own: only under the lock is it certain that nobody else
 * has reserved them meanwhile.
 */
export async function lockListings(tx: Transaction, ids: readonly string[]): Promise<ResaleListing[]> {
  await tx.rows('select id from resale_listing where id = any($1) order by id for update', [ids]);
  return findListings(tx, ids);
}

/** For listings that this transaction has locked: this hold, and the order that it becomes, is to get them. */
export async function reserveListings(
  tx: Transaction,
  listingIds: readonly string[],
  holdId: string,
): Promise<void> {
  await tx.execute(
    `with reserved as (
       update resale_listing set reserved_by = $2 where id = any($1) and status = 'LISTED' returning id)
     insert into resale_reservation (organisation_id, hold_id, listing_id) select $3, $2, id from reserved`,
    [listingIds, holdId, tx.organisationId],
  );
}
