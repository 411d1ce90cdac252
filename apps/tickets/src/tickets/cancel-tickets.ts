import { streamId, type StreamAppend } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import { moveBuckets, releaseQuotas, releaseSeats } from '../inventory/capacity.ts';
import type { Order } from '../orders/order.ts';

/**
 * For an order that this transaction has locked: its tickets open no door any more and their places are free again.
 * Offers of them end. Of a cart, only what is at one occurrence where told. Answers the events to append.
 */
export async function cancelTickets(
  tx: Transaction,
  order: Order,
  reason: string | null,
  onlyOccurrenceId: string | null = null,
): Promise<StreamAppend[]> {
  const tickets = await tx.rows<{ id: string; occurrence_id: string }>(
    `update ticket set status = 'CANCELLED', cancelled_at = coalesce(cancelled_at, now()) where id in (
       select id from ticket where order_id = $1 and status in ('VALID', 'TRANSFER_PENDING', 'REVOKED')
         and ($2::uuid is null or occurrence_id = $2)
       order by id for update)
     returning id, occurrence_id`,
    [order.id, onlyOccurrenceId],
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
  await releaseSeats(tx, order.id, onlyOccurrenceId);
  await moveBuckets(tx, order.occurrenceId, await releaseQuotas(tx, [order.id], onlyOccurrenceId));
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
