import { streamId, type StreamAppend } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import { moveBuckets, releaseQuotas, releaseSeats, type QuotaChange } from '../inventory/capacity.ts';
import { lessenClaims } from '../inventory/lessen-claims.ts';
import type { Order } from '../orders/order.ts';

/** All of an order's tickets, or of a cart those at one occurrence, or chosen ones. */
export type TicketsToCancel = { readonly occurrenceId?: string; readonly ticketIds?: readonly string[] };

type Row = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly seat_id: string | null;
};

/**
 * For an order that this transaction has locked: these tickets open no door any more and their places are free again.
 * Offers of them end. Answers the events to append.
 */
export async function cancelTickets(
  tx: Transaction,
  order: Order,
  reason: string | null,
  which: TicketsToCancel = {},
): Promise<StreamAppend[]> {
  const tickets = await tx.rows<Row>(
    `update ticket set status = 'CANCELLED', cancelled_at = coalesce(cancelled_at, now()) where id in (
       select id from ticket where order_id = $1 and status in ('VALID', 'TRANSFER_PENDING', 'REVOKED')
         and ($2::uuid is null or occurrence_id = $2) and ($3::uuid[] is null or id = any($3))
       order by id for update)
     returning id, occurrence_id, ticket_type_id, seat_id`,
    [order.id, which.occurrenceId ?? null, which.ticketIds ?? null],
  );
  const ids = tickets.map(({ id }) => id);
  const offers = await tx.rows<{ id: string; ticket_id: string }>(
    `update transfer set status = 'RECALLED', settled_at = now() where ticket_id = any($1) and status = 'OFFERED'
     returning id, ticket_id`,
    [ids],
  );
  const listings = await tx.rows<{ id: string; ticket_id: string }>(
    `update resale_listing set status = 'UNLISTED', settled_at = now() where ticket_id = any($1) and status = 'LISTED'
     returning id, ticket_id`,
    [ids],
  );
  const listingOf = new Map(listings.map((listing) => [listing.ticket_id, listing.id]));
  await moveBuckets(tx, order.occurrenceId, await freePlaces(tx, order, which, tickets));
  const offerOf = new Map(offers.map((offer) => [offer.ticket_id, offer.id]));
  const { id: orderId } = order;
  return tickets.map(({ id: ticketId, occurrence_id: occurrenceId }) => {
    const transferId = offerOf.get(ticketId);
    const listingId = listingOf.get(ticketId);
    return {
      streamId: streamId('ticket', ticketId),
      events: [
        ...(transferId
          ? [
              {
                type: 'tickets.transfer-closed.v1' as const,
                data: { transferId, ticketId, occurrenceId, status: 'RECALLED' as const },
              },
            ]
          : []),
        ...(listingId
          ? [{ type: 'tickets.resale-unlisted.v1' as const, data: { listingId, ticketId, occurrenceId } }]
          : []),
        { type: 'tickets.ticket-cancelled.v1' as const, data: { ticketId, orderId, occurrenceId, reason } },
      ],
    };
  });
}

/** Where no ticket of the order is left, all that it still claims goes too. */
async function freePlaces(
  tx: Transaction,
  order: Order,
  { occurrenceId, ticketIds }: TicketsToCancel,
  cancelled: readonly Row[],
): Promise<QuotaChange[]> {
  if (ticketIds && (await hasLiveTickets(tx, order.id)))
    return lessenClaims(
      tx,
      order.id,
      cancelled.map((row) => ({
        occurrenceId: row.occurrence_id,
        ticketTypeId: row.ticket_type_id,
        seatId: row.seat_id,
      })),
    );
  await releaseSeats(tx, order.id, occurrenceId ?? null);
  return releaseQuotas(tx, [order.id], occurrenceId ?? null);
}

async function hasLiveTickets(tx: Transaction, orderId: string): Promise<boolean> {
  const rows = await tx.rows(
    `select id from ticket where order_id = $1 and status in ('VALID', 'TRANSFER_PENDING', 'REVOKED') limit 1`,
    [orderId],
  );
  return rows.length > 0;
}
