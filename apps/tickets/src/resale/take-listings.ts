import { appendMany, streamId } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { QuotaChange } from '../inventory/capacity.ts';
import { findParts } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { findSurcharges, sumOfSurcharges, takeFrom } from '../exchange/surcharges.ts';
import { recordRefund, refundSurcharges } from '../refunds/record-refund.ts';
import { refundable } from '../refunds/refund.ts';

/**
 * Locks the order and those of the tickets that it is to get from sellers, or to exchange, by id, as the law of
 * capacity.ts says. False for an order of places alone, as nearly all are: an order is placed with what it is to get.
 */
export async function lockWithOrdersOfTickets(tx: Transaction, orderId: string): Promise<boolean> {
  const rows = await tx.rows<{ order_id: string }>(
    `select distinct t.order_id from order_part p
     join resale_reservation r on r.hold_id = p.hold_id
     join resale_listing l on l.id = r.listing_id
     join ticket t on t.id = l.ticket_id
     where p.order_id = $1
     union
     select t.order_id from exchange_order e join ticket t on t.id = e.ticket_id where e.order_id = $1`,
    [orderId],
  );
  if (rows.length === 0) return false;
  const ids = [orderId, ...rows.map((row) => row.order_id)];
  await tx.rows('select id from ticket_order where id = any($1) order by id for update', [ids]);
  return true;
}

type Taken = {
  readonly id: string;
  readonly hold_id: string;
  readonly ticket_id: string;
  readonly order_id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly seat_id: string | null;
  readonly price_minor: string;
  /** Where its seller exchanged it, another than it is for. */
  readonly paid_occurrence_id: string;
};

/** What the swap leaves for the caller: counters to move with its own. */
export type Swap = 'none' | 'gone' | { readonly changes: readonly QuotaChange[] };

/**
 * The listed tickets that an order is to get become its own, in the transaction that confirms its payment: each
 * seller's ticket is dead, its place and seat pass to the order as held, and the seller's money is on its way back. No
 * capacity is taken: a place that was sold is held for a moment and sold again. 'gone' where any of them cannot be had
 * any more; then the caller rolls back and the buyer's money returns.
 */
export async function takeListings(
  tx: Transaction,
  order: Order,
  { late }: { readonly late: boolean },
): Promise<Swap> {
  const wanted = await tx.rows<{ listing_id: string; ticket_id: string }>(
    `select r.listing_id, l.ticket_id from order_part p join resale_reservation r on r.hold_id = p.hold_id
     join resale_listing l on l.id = r.listing_id where p.order_id = $1`,
    [order.id],
  );
  if (wanted.length === 0) return 'none';
  // A cart whose time was over has lost its other places.
  if (late && wanted.length < order.quantity) return 'gone';
  const [ticketIds, listingIds] = [wanted.map((row) => row.ticket_id), wanted.map((row) => row.listing_id)];
  await tx.rows('select id from ticket where id = any($1) order by id for update', [ticketIds]);
  await tx.rows('select id from resale_listing where id = any($1) order by id for update', [listingIds]);
  // Under the locks: no scan, transfer, refund or other buyer can come between.
  const taken = await tx.rows<Taken>(
    `select l.id, p.hold_id, l.ticket_id, t.order_id, l.occurrence_id, l.ticket_type_id, l.seat_id, l.price_minor,
            s.occurrence_id as paid_occurrence_id
     from resale_listing l
     join order_part p on p.hold_id = l.reserved_by and p.order_id = $1
     join ticket t on t.id = l.ticket_id
     join order_line s on s.id = t.order_line_id
     where l.id = any($2) and l.status = 'LISTED' and t.status = 'VALID'
       and not exists (select from admission a where a.ticket_id = t.id and a.ins > 0)
     order by l.id`,
    [order.id, listingIds],
  );
  if (taken.length < wanted.length) return 'gone';
  await endSellersTickets(tx, order, taken);
  const changes = await passPlaces(tx, order, taken);
  for (const [sellerOrderId, own] of Map.groupBy(taken, (row) => row.order_id))
    await refundSeller(tx, sellerOrderId, own);
  return { changes };
}

async function endSellersTickets(tx: Transaction, order: Order, taken: readonly Taken[]): Promise<void> {
  await tx.execute(
    `with dead as (
       update ticket set status = 'CANCELLED', cancelled_at = now() where id = any($2))
     update resale_listing set status = 'SOLD', sold_order_id = $3, settled_at = now() where id = any($1)`,
    [taken.map(({ id }) => id), taken.map(({ ticket_id }) => ticket_id), order.id],
  );
  await appendMany(
    tx,
    taken.map(({ id: listingId, ticket_id: ticketId, order_id: orderId, occurrence_id: occurrenceId }) => ({
      streamId: streamId('ticket', ticketId),
      events: [
        {
          type: 'tickets.resale-sold.v1' as const,
          data: { listingId, ticketId, occurrenceId, buyerOrderId: order.id },
        },
        {
          type: 'tickets.ticket-cancelled.v1' as const,
          data: { ticketId, orderId, occurrenceId, reason: 'Sold on at its price.' },
        },
      ],
    })),
  );
}

/** Seats and claims on quotas, from the sellers' orders to the buyer's: as held, as those of any order not yet paid. */
async function passPlaces(tx: Transaction, order: Order, taken: readonly Taken[]): Promise<QuotaChange[]> {
  await tx.execute(
    `update seat_claim set owner_id = $1, expires_at = $2 where (occurrence_id, seat_id, owner_id) in (
       select c.occurrence_id, c.seat_id, c.owner_id from seat_claim c
       join jsonb_to_recordset($3) as t(occurrence_id uuid, seat_id uuid, order_id uuid)
         on t.occurrence_id = c.occurrence_id and t.seat_id = c.seat_id and t.order_id = c.owner_id
       order by c.occurrence_id, c.seat_id for update of c)`,
    [order.id, order.expiresAt, JSON.stringify(taken.filter(({ seat_id }) => seat_id !== null))],
  );
  await tx.execute(
    `update order_line l set seat_ids = l.seat_ids || t.seat_ids
     from (select hold_id, ticket_type_id, array_agg(seat_id) as seat_ids
           from jsonb_to_recordset($2) as t(hold_id uuid, ticket_type_id uuid, seat_id uuid)
           where seat_id is not null group by 1, 2) as t
     where l.order_id = $1 and l.hold_id = t.hold_id and l.ticket_type_id = t.ticket_type_id`,
    [order.id, JSON.stringify(taken)],
  );
  const moved = await tx.rows<{ quota_id: string; occurrence_id: string; quantity: number }>(
    `with passing as (
       select t.order_id, t.occurrence_id, tq.quota_id, count(*)::integer as quantity
       from jsonb_to_recordset($2) as t(order_id uuid, occurrence_id uuid, ticket_type_id uuid)
       join ticket_type_quota tq on tq.ticket_type_id = t.ticket_type_id group by 1, 2, 3),
     emptied as (
       delete from quota_claim c using passing p where c.owner_id = p.order_id and c.quota_id = p.quota_id
         and c.occurrence_id = p.occurrence_id and c.quantity = p.quantity),
     lessened as (
       update quota_claim c set quantity = c.quantity - p.quantity from passing p where c.owner_id = p.order_id
         and c.quota_id = p.quota_id and c.occurrence_id = p.occurrence_id and c.quantity > p.quantity)
     insert into quota_claim as own (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
     select $4, $1, quota_id, occurrence_id, sum(quantity), $3 from passing group by quota_id, occurrence_id
     on conflict (organisation_id, owner_id, quota_id, occurrence_id)
       do update set quantity = own.quantity + excluded.quantity
     returning quota_id, occurrence_id, (
       select sum(quantity)::integer from passing p where p.quota_id = own.quota_id
         and p.occurrence_id = own.occurrence_id) as quantity`,
    [order.id, JSON.stringify(taken), order.expiresAt, tx.organisationId],
  );
  return moved.map(({ quota_id: quotaId, occurrence_id: occurrenceId, quantity }) => ({
    quotaId,
    occurrenceId,
    held: quantity,
    sold: -quantity,
  }));
}

/** What the buyer paid goes back to the seller; at most what is left of what was paid for this occurrence. */
async function refundSeller(tx: Transaction, orderId: string, sold: readonly Taken[]): Promise<void> {
  const found = await lockOrder(tx, orderId);
  assert(found, 'a ticket has an order');
  const { order } = found;
  const surcharges = await findSurcharges(tx, orderId);
  for (const [occurrenceId, own] of Map.groupBy(sold, (row) => row.paid_occurrence_id)) {
    const parts = (await findParts(tx, [orderId])).filter((part) => part.occurrenceId === occurrenceId);
    const left = parts.reduce((sum, part) => sum + part.total.amountMinor - part.refunded.amountMinor, 0n);
    const price = own.reduce((sum, { price_minor }) => sum + BigInt(price_minor), 0n);
    const reason = 'Sold on at its price.';
    const ids = new Set(own.map(({ ticket_id }) => ticket_id));
    const onTop = takeFrom(
      surcharges.filter(({ ticketId }) => ids.has(ticketId)),
      price,
    );
    await refundSurcharges(tx, onTop, { reason });
    const amountMinor = [price - sumOfSurcharges(onTop), left, refundable(order).amountMinor].reduce(
      (a, b) => (a < b ? a : b),
    );
    if (amountMinor === 0n) continue;
    const live = await tx.rows(
      `select id from ticket where order_id = $1 and status in ('VALID', 'TRANSFER_PENDING') limit 1`,
      [orderId],
    );
    const { order: current } = (await lockOrder(tx, orderId))!;
    const whole = amountMinor === refundable(current).amountMinor && live.length === 0;
    const amount = { amountMinor, currency: order.total.currency };
    const plan = { amount, status: whole ? ('REFUNDED' as const) : ('PARTIALLY_REFUNDED' as const) };
    await recordRefund(tx, current, plan, { reason, onlyOccurrenceId: occurrenceId, keepsTickets: true });
  }
}
