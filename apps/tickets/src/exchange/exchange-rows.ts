import type { Transaction } from '@marquee/postgres';
import type { Ticket } from '../tickets/ticket.ts';
import type { Worth } from './exchange.ts';

/** Of a ticket `t` its newest exchange, as `x`; nulls where there is none. */
export const newestExchange = `left join lateral (
  select e.price_minor, e.value_minor, e.exchanged_at, e.place from ticket_exchange e
  where e.organisation_id = t.organisation_id and e.ticket_id = t.id order by e.place desc limit 1) x on true`;

export type Held = {
  readonly cancelled: boolean;
  readonly shown: boolean;
  /** The price that its buyer was told, less discounts, or that of the place it was exchanged for. */
  readonly priceMinor: bigint;
  readonly currency: string;
  /** The part of the order that paid for it. */
  readonly paidHoldId: string;
  readonly exchanges: number;
  /** Its place in its order, where what was answered for it is kept. */
  readonly line: { readonly id: string; readonly place: number };
};

/** Of a ticket that this transaction has locked, with its order. */
export async function findHeld(tx: Transaction, ticketId: string): Promise<Held> {
  const [row] = await tx.rows<{
    readonly cancelled: boolean;
    readonly shown: boolean;
    readonly price_minor: string;
    readonly currency: string;
    readonly paid_hold_id: string;
    readonly exchanges: number;
    readonly line_id: string;
    readonly line_place: number;
  }>(
    `select c.status = 'CANCELLED' or c.event_status = 'CANCELLED' as cancelled,
       exists (select from scan s where s.ticket_id = t.id) as shown,
       coalesce(x.price_minor, (l.quantity * l.unit_price_minor - l.discount_minor) / l.quantity) as price_minor,
       o.currency, l.hold_id as paid_hold_id, coalesce(x.place, 0) as exchanges,
       l.id as line_id, t.line_place
     from ticket t
     join order_line l on l.id = t.order_line_id
     join ticket_order o on o.id = t.order_id
     join occurrence c on c.id = t.occurrence_id
     ${newestExchange}
     where t.id = $1`,
    [ticketId],
  );
  return {
    cancelled: row!.cancelled,
    shown: row!.shown,
    priceMinor: BigInt(row!.price_minor),
    currency: row!.currency,
    paidHoldId: row!.paid_hold_id,
    exchanges: row!.exchanges,
    line: { id: row!.line_id, place: row!.line_place },
  };
}

export type ExchangeTarget = {
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly seatId: string | null;
};

/** The ticket is for the other place from now on; whatever was made to show at a door before is worthless. */
export async function writeExchange(
  tx: Transaction,
  exchange: { readonly id: string; readonly ticket: Ticket; readonly place: number },
  target: ExchangeTarget,
  { priceMinor, valueMinor, refundIds }: Worth & { readonly refundIds: readonly string[] },
): Promise<void> {
  const { id, ticket, place } = exchange;
  await tx.execute(
    `with moved as (
       update ticket set occurrence_id = $3, ticket_type_id = $4, seat_id = $5, credential_epoch = credential_epoch + 1
       where id = $2)
     insert into ticket_exchange (organisation_id, id, ticket_id, place, from_occurrence_id, from_ticket_type_id,
                                  from_seat_id, occurrence_id, price_minor, value_minor, refund_ids)
     values ($1, $6, $2, $7, $8, $9, $10, $3, $11, $12, $13)`,
    [
      tx.organisationId,
      ticket.id,
      target.occurrenceId,
      target.ticketTypeId,
      target.seatId,
      id,
      place,
      ticket.occurrenceId,
      ticket.ticketTypeId,
      ticket.seatId,
      `${priceMinor}`,
      `${valueMinor}`,
      refundIds,
    ],
  );
}

/** Those of these orders that exchange a ticket, with it. */
export async function findExchangesOfOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<{ readonly orderId: string; readonly ticketId: string }[]> {
  const rows = await tx.rows<{ order_id: string; ticket_id: string }>(
    'select order_id, ticket_id from exchange_order where order_id = any($1)',
    [orderIds],
  );
  return rows.map((row) => ({ orderId: row.order_id, ticketId: row.ticket_id }));
}

/** Whether any ticket of the order is for another occurrence than it was bought for. */
export async function hasExchanged(tx: Transaction, orderId: string): Promise<boolean> {
  const rows = await tx.rows(
    `select e.id from ticket_exchange e join ticket t on t.id = e.ticket_id where t.order_id = $1 limit 1`,
    [orderId],
  );
  return rows.length > 0;
}
