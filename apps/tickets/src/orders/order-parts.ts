import type { NewEvent } from '@marquee/contracts';
import { assert, splitMoney, type Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { moneyData } from '../money-data.ts';
import type { Order, OrderLine } from './order.ts';

/** What of an order falls to one of its holds, and so to one occurrence. */
export type OrderPart = {
  readonly orderId: string;
  readonly holdId: string;
  readonly occurrenceId: string;
  readonly quantity: number;
  readonly total: Money;
  readonly refunded: Money;
};

type PartRow = {
  readonly order_id: string;
  readonly hold_id: string;
  readonly occurrence_id: string;
  readonly quantity: number;
  readonly total_minor: string;
  readonly refunded_minor: string;
  readonly currency: string;
};

/** The parts of many orders, each order's in the sequence of its cart. Every order has one at least. */
export async function findParts(tx: Transaction, orderIds: readonly string[]): Promise<OrderPart[]> {
  const rows = await tx.rows<PartRow>(
    `select p.order_id, p.hold_id, p.occurrence_id, p.quantity, p.total_minor, p.refunded_minor, o.currency
     from order_part p join ticket_order o on o.id = p.order_id
     where p.order_id = any($1) order by p.order_id, p.place`,
    [orderIds],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    holdId: row.hold_id,
    occurrenceId: row.occurrence_id,
    quantity: row.quantity,
    total: { amountMinor: BigInt(row.total_minor), currency: row.currency },
    refunded: { amountMinor: BigInt(row.refunded_minor), currency: row.currency },
  }));
}

/** Each occurrence once, in the order in which occurrences are locked. */
export function occurrencesOf(things: readonly { readonly occurrenceId: string }[]): string[] {
  return [...new Set(things.map(({ occurrenceId }) => occurrenceId))].toSorted();
}

/**
 * An event that moves capacity is told once for each part, so that whoever counts by occurrence counts right without
 * knowing of carts: quantity, lines and total are the part's.
 */
export function eventsOfParts(parts: readonly OrderPart[], event: (part: OrderPart) => NewEvent): NewEvent[] {
  assert(parts.length > 0, 'an order has a part for each of its holds');
  return parts.map(event);
}

/** What an event says of the part: the lines as they were held, and what of the order's total falls to it. */
export function partFacts(
  order: Pick<Order, 'id' | 'number' | 'guestId'>,
  part: OrderPart,
  lines: readonly OrderLine[],
) {
  return {
    orderId: order.id,
    number: order.number,
    guestId: order.guestId,
    occurrenceId: part.occurrenceId,
    quantity: part.quantity,
    lines: lines
      .filter((line) => line.holdId === part.holdId)
      .map(({ ticketTypeId, quantity, seatIds }) => ({ ticketTypeId, quantity, seatIds: [...seatIds] })),
    total: moneyData(part.total),
  };
}

export type Share = { readonly part: OrderPart; readonly amount: Money };

/**
 * What of an amount that goes back falls to each part: in proportion to what is left of it, by largest remainder, so
 * that the shares add up exactly and no part gives back more than it has.
 */
export function shareOut(parts: readonly OrderPart[], amount: Money): Share[] {
  const left = parts.map((part) => part.total.amountMinor - part.refunded.amountMinor);
  const whole = left.reduce((sum, each) => sum + each, 0n);
  assert(amount.amountMinor <= whole, 'no more goes back than the parts have left');
  if (amount.amountMinor === 0n || whole === 0n) {
    return parts.map((part) => ({ part, amount: { amountMinor: 0n, currency: amount.currency } }));
  }
  assert(whole <= BigInt(Number.MAX_SAFE_INTEGER), 'an order is worth less than 90 million millions');
  const shares = splitMoney(amount, left.map(Number));
  return parts.map((part, place) => ({ part, amount: shares[place]! }));
}
