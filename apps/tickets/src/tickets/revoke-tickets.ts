import { streamId, type StreamAppend } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import type { Order } from '../orders/order.ts';

/** Where not all of the order are meant. */
type ChosenTickets = { readonly ticketIds?: readonly string[] | null };

/**
 * For an order that this transaction has locked: its tickets open no door from now on, but keep their places, since
 * they may be restored. Offers of them end. Answers the events to append.
 */
export async function revokeTickets(
  tx: Transaction,
  order: Order,
  reason: string,
  { ticketIds = null }: ChosenTickets = {},
): Promise<StreamAppend[]> {
  const tickets = await tx.rows<{ id: string; occurrence_id: string }>(
    `update ticket set status = 'REVOKED', cancelled_at = now() where id in (
       select id from ticket where order_id = $1 and status in ('VALID', 'TRANSFER_PENDING')
         and ($2::uuid[] is null or id = any($2)) order by id for update)
     returning id, occurrence_id`,
    [order.id, ticketIds],
  );
  const ids = tickets.map(({ id }) => id);
  const offers = await tx.rows<{ id: string; ticket_id: string }>(
    `update transfer set status = 'RECALLED', settled_at = now() where ticket_id = any($1) and status = 'OFFERED'
     returning id, ticket_id`,
    [ids],
  );
  const offerOf = new Map(offers.map((offer) => [offer.ticket_id, offer.id]));
  const { id: orderId } = order;
  return tickets.map(({ id: ticketId, occurrence_id: occurrenceId }) => {
    const transferId = offerOf.get(ticketId);
    const closed = { ticketId, occurrenceId, status: 'RECALLED' as const };
    return {
      streamId: streamId('ticket', ticketId),
      events: [
        ...(transferId
          ? [{ type: 'tickets.transfer-closed.v1' as const, data: { transferId, ...closed } }]
          : []),
        { type: 'tickets.ticket-revoked.v1' as const, data: { ticketId, orderId, occurrenceId, reason } },
      ],
    };
  });
}

/** The tickets that were revoked open doors again, but for those that another payment is disputed of. */
export async function restoreTickets(
  tx: Transaction,
  order: Order,
  { ticketIds = null }: ChosenTickets = {},
): Promise<StreamAppend[]> {
  const tickets = await tx.rows<{ id: string; occurrence_id: string }>(
    `update ticket set status = 'VALID', cancelled_at = null where id in (
       select id from ticket t where order_id = $1 and status = 'REVOKED' and ($2::uuid[] is null or id = any($2))
         and not exists (
           select from payment_dispute d join payment p on p.id = d.payment_id
           where d.status <> 'WON' and (p.order_id = t.order_id or p.order_id in (
             select e.order_id from exchange_order e where e.ticket_id = t.id)))
       order by id for update)
     returning id, occurrence_id`,
    [order.id, ticketIds],
  );
  const { id: orderId } = order;
  return tickets.map(({ id: ticketId, occurrence_id: occurrenceId }) => ({
    streamId: streamId('ticket', ticketId),
    events: [{ type: 'tickets.ticket-restored.v1' as const, data: { ticketId, orderId, occurrenceId } }],
  }));
}
