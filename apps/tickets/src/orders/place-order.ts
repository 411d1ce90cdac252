import { randomBytes } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Hold } from '../holds/hold.ts';
import { lineKey, type Business, type PricedCart } from '../pricing/price-cart.ts';
import { eventsOfParts, partFacts, type OrderPart } from './order-parts.ts';
import { orderNumber, type Order, type OrderLine } from './order.ts';

export type NewOrder = {
  readonly order: Order;
  readonly parts: readonly OrderPart[];
  readonly lines: readonly OrderLine[];
  /** Frozen with the order: what it costs and why. */
  readonly priced: PricedCart;
  readonly voucherId: string | null;
  readonly business: Business | null;
};

/** Writes a new order with its parts and lines, and tells of it. The holds are handed over by `takeOver`. */
export async function writeOrder(tx: Transaction, placed: NewOrder): Promise<void> {
  const { order, parts, lines } = placed;
  await insertOrder(tx, placed);
  await insertParts(tx, parts);
  await insertLines(tx, lines);
  await insertFees(tx, placed);
  await appendEvents(tx, {
    streamId: streamId('order', order.id),
    expectedVersion: 'none',
    events: eventsOfParts(parts, (part) => ({
      type: 'tickets.order-placed.v1',
      data: {
        ...partFacts(order, part, lines),
        holdId: part.holdId,
        expiresAt: order.expiresAt.toISOString(),
        ...statusData(order.status),
      },
    })),
  });
}

/** Said only where the order does not simply wait for its payment. */
function statusData(status: Order['status']): { readonly status?: 'DRAFT' | 'PENDING_APPROVAL' } {
  return status === 'DRAFT' || status === 'PENDING_APPROVAL' ? { status } : {};
}

async function insertOrder(tx: Transaction, { order, priced, voucherId, business }: NewOrder): Promise<void> {
  const { price, reverseCharge } = priced;
  await tx.execute(
    `insert into ticket_order (organisation_id, id, number, hold_id, occurrence_id, guest_id, placed_by, status,
                               quantity, total_minor, currency, expires_at, created_at, discount_minor, fees_minor,
                               tax_minor, voucher_id, business)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      tx.organisationId,
      order.id,
      order.number,
      order.holdId,
      order.occurrenceId,
      order.guestId,
      order.placedBy,
      order.status,
      order.quantity,
      `${order.total.amountMinor}`,
      order.total.currency,
      order.expiresAt,
      order.createdAt,
      `${price.discountMinor}`,
      `${price.feesMinor}`,
      `${price.taxMinor}`,
      voucherId,
      business && JSON.stringify({ ...business, reverseCharge }),
    ],
  );
}

async function insertFees(tx: Transaction, { order, priced }: NewOrder): Promise<void> {
  const { fees } = priced.price;
  if (fees.length === 0) return;
  const rows = fees.map((fee, place) => ({
    id: newUuid(),
    place,
    rule_id: fee.ruleId,
    name: fee.name,
    net_minor: `${fee.netMinor}`,
    tax_minor: `${fee.taxMinor}`,
    tax_rate: fee.tax,
    refundable: fee.refundable,
  }));
  await tx.execute(
    `insert into order_fee (organisation_id, order_id, id, place, rule_id, name, net_minor, tax_minor, tax_rate,
                            refundable)
     select $1, $2, f.id, f.place, f.rule_id, f.name, f.net_minor, f.tax_minor, nullif(f.tax_rate, 'null'::jsonb),
            f.refundable
     from jsonb_to_recordset($3) as f(id uuid, place integer, rule_id uuid, name text, net_minor bigint,
                                      tax_minor bigint, tax_rate jsonb, refundable boolean)`,
    [tx.organisationId, order.id, JSON.stringify(rows)],
  );
}

async function insertParts(tx: Transaction, parts: readonly OrderPart[]): Promise<void> {
  const rows = parts.map((part, place) => ({
    place,
    order_id: part.orderId,
    hold_id: part.holdId,
    occurrence_id: part.occurrenceId,
    quantity: part.quantity,
    total_minor: `${part.total.amountMinor}`,
  }));
  await tx.execute(
    `insert into order_part (organisation_id, hold_id, order_id, place, occurrence_id, quantity, total_minor)
     select $1, p.hold_id, p.order_id, p.place, p.occurrence_id, p.quantity, p.total_minor
     from jsonb_to_recordset($2) as p(hold_id uuid, order_id uuid, place integer, occurrence_id uuid,
                                      quantity integer, total_minor bigint)`,
    [tx.organisationId, JSON.stringify(rows)],
  );
}

async function insertLines(tx: Transaction, lines: readonly OrderLine[]): Promise<void> {
  const rows = lines.map((line, place) => ({
    id: line.id,
    order_id: line.orderId,
    hold_id: line.holdId,
    occurrence_id: line.occurrenceId,
    place,
    ticket_type_id: line.ticketTypeId,
    quantity: line.quantity,
    unit_price_minor: `${line.unitPrice.amountMinor}`,
    seat_ids: line.seatIds,
    discount_minor: `${line.discount.amountMinor}`,
    net_minor: `${line.net.amountMinor}`,
    tax_minor: `${line.tax.amountMinor}`,
    tax_rate: line.taxRate,
  }));
  await tx.execute(
    `insert into order_line (organisation_id, order_id, id, hold_id, occurrence_id, place, ticket_type_id, quantity,
                             unit_price_minor, seat_ids, discount_minor, net_minor, tax_minor, tax_rate)
     select $1, l.order_id, l.id, l.hold_id, l.occurrence_id, l.place, l.ticket_type_id, l.quantity,
            l.unit_price_minor, l.seat_ids, l.discount_minor, l.net_minor, l.tax_minor, nullif(l.tax_rate, 'null'::jsonb)
     from jsonb_to_recordset($2) as l(id uuid, order_id uuid, hold_id uuid, occurrence_id uuid, place integer,
                                      ticket_type_id uuid, quantity integer, unit_price_minor bigint, seat_ids uuid[],
                                      discount_minor bigint, net_minor bigint, tax_minor bigint, tax_rate jsonb)`,
    [tx.organisationId, JSON.stringify(rows)],
  );
}

/**
 * The holds' claims become the order's, for the order's time. Holds of one occurrence may draw on the same quota: their
 * claims become one. False where a seat was taken over in the moment in which its hold expired.
 */
export async function takeOver(tx: Transaction, holds: readonly Hold[], order: Order): Promise<boolean> {
  const holdIds = holds.map(({ id }) => id);
  await tx.execute(`update hold set status = 'CONVERTED' where id = any($1)`, [holdIds]);
  await tx.execute(
    `with given as (
       delete from quota_claim where owner_id = any($1) returning quota_id, occurrence_id, quantity)
     insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
     select $4, $2, quota_id, occurrence_id, sum(quantity), $3 from given group by quota_id, occurrence_id`,
    [holdIds, order.id, order.expiresAt, tx.organisationId],
  );
  const seats = holds.flatMap((hold) => hold.lines.flatMap((line) => line.seatIds));
  if (seats.length === 0) return true;
  const moved = await tx.execute(
    `update seat_claim set owner_id = $2, expires_at = $3
     where owner_id = any($1) and (occurrence_id, seat_id) in (
       select occurrence_id, seat_id from seat_claim where owner_id = any($1)
       order by occurrence_id, seat_id for update)`,
    [holdIds, order.id, order.expiresAt],
  );
  return moved === seats.length;
}

/** An order of what these holds agreed on, at this price: with its parts and its lines, not yet written. */
export function composeOrder(
  holds: readonly Hold[],
  priced: PricedCart,
  facts: Pick<Order, 'guestId' | 'placedBy' | 'createdAt' | 'expiresAt' | 'status'>,
): Pick<NewOrder, 'order' | 'parts' | 'lines' | 'priced'> {
  const { currency, price, partTotals } = priced;
  const none = { amountMinor: 0n, currency };
  const order: Order = {
    ...facts,
    id: newUuid(),
    number: orderNumber(randomBytes(20)),
    holdId: holds[0]!.id,
    occurrenceId: holds[0]!.occurrenceId,
    quantity: holds.reduce((sum, hold) => sum + hold.quantity, 0),
    total: { amountMinor: price.totalMinor, currency },
    paid: none,
    refunded: none,
    paidAt: null,
  };
  const parts = holds.map((hold, place) => ({
    orderId: order.id,
    holdId: hold.id,
    occurrenceId: hold.occurrenceId,
    quantity: hold.quantity,
    total: { amountMinor: partTotals[place]!, currency },
    refunded: none,
  }));
  return { order, parts, lines: linesOf(order.id, holds, priced), priced };
}

/** The lines of an order as its holds agreed on them, each with its price. */
function linesOf(orderId: string, holds: readonly Hold[], { currency, price }: PricedCart): OrderLine[] {
  const priced = new Map(price.lines.map((line) => [line.key, line]));
  const amount = (amountMinor: bigint) => ({ amountMinor, currency });
  return holds.flatMap((hold) =>
    hold.lines.map(({ ticketTypeId, quantity, unitPrice, seatIds }, place) => {
      const line = priced.get(lineKey(hold.id, place));
      assert(line, 'every line of a cart has its price');
      return {
        id: newUuid(),
        orderId,
        holdId: hold.id,
        occurrenceId: hold.occurrenceId,
        ticketTypeId,
        quantity,
        unitPrice,
        seatIds,
        discount: amount(line.discountMinor),
        net: amount(line.netMinor),
        tax: amount(line.taxMinor),
        taxRate: line.tax,
      };
    }),
  );
}
