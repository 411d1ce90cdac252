import { randomBytes } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import {
  holdExpired,
  judgeHoldLive,
  type Hold,
  type HoldExpired,
  type HoldNotActive,
} from '../holds/hold.ts';
import { findHolds, lockHold } from '../holds/hold-rows.ts';
import { lineData } from '../holds/hold-tickets.ts';
import { moneyData } from '../money-data.ts';
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import type { Services } from '../services.ts';
import { ensureGuest } from './ensure-guest.ts';
import { orderNumber, type Order } from './order.ts';

export type CheckOutRequest = {
  readonly idempotencyKey: string;
  readonly holdId: string;
  readonly guest: { readonly email: string; readonly name: string };
  readonly voucherCode: string | null;
};

export type CheckOutRefusal =
  HoldExpired | HoldNotActive | NotOnSale | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

/** Turns a hold into an order that waits to be paid. The places stay held, now by the order and for its own time. */
export async function checkOut(
  services: Services,
  viewer: Viewer,
  request: CheckOutRequest,
): Promise<Outcome<Order, CheckOutRefusal>> {
  const hold = await services.database.read(viewer, async (tx) => (await findHolds(tx, [request.holdId]))[0]);
  if (!hold || !mayActOn(viewer, hold)) return notFound('The hold');
  // Before anyone is registered for nothing. A converted hold goes on: the key may be that of the same check-out.
  if (hold.status === 'EXPIRED') return holdExpired();
  if (request.voucherCode !== null) return invalid('voucherCode', 'is not a voucher of this organisation');
  const guest = await ensureGuest(services, viewer, request.guest);
  if (!guest.ok) return guest;
  const { idempotencyKey: key, ...rest } = request;
  return services.database.decide<Order, CheckOutRefusal>(viewer, (tx) =>
    idempotent<Order, CheckOutRefusal>(
      tx,
      { operation: 'checkOut', key, request: rest, subject: viewer.subject },
      async () => {
        const found = await lockHold(tx, request.holdId);
        if (!found) return notFound('The hold');
        const live = judgeHoldLive(found.hold, found.now);
        if (!live.ok) return live;
        return place(services, tx, viewer, { hold: live.value, now: found.now, guestId: guest.value });
      },
    ),
  );
}

async function place(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  { hold, now, guestId }: { readonly hold: Hold; readonly now: Date; readonly guestId: string },
): Promise<Outcome<Order, HoldExpired | NotOnSale | NotFound>> {
  const found = await findOccurrence(tx, hold.occurrenceId);
  if (!found) return notFound('The occurrence');
  const onSale = judgeOnSale(found.occurrence, now);
  if (!onSale.ok) return onSale;
  const order: Order = {
    id: newUuid(),
    number: orderNumber(randomBytes(20)),
    holdId: hold.id,
    occurrenceId: hold.occurrenceId,
    guestId,
    placedBy: viewer.subject,
    status: 'PENDING_PAYMENT',
    quantity: hold.quantity,
    total: hold.total,
    paid: { amountMinor: 0n, currency: hold.total.currency },
    refunded: { amountMinor: 0n, currency: hold.total.currency },
    expiresAt: new Date(now.getTime() + services.terms.orderMinutes * 60_000),
    createdAt: now,
    paidAt: null,
  };
  await insertOrder(tx, order, hold);
  if (!(await handOver(tx, hold, order))) return holdExpired();
  await appendEvents(tx, {
    streamId: streamId('order', order.id),
    expectedVersion: 'none',
    events: [
      {
        type: 'tickets.order-placed.v1',
        data: {
          orderId: order.id,
          number: order.number,
          holdId: hold.id,
          guestId,
          occurrenceId: hold.occurrenceId,
          quantity: hold.quantity,
          lines: hold.lines.map(lineData),
          total: moneyData(hold.total),
          expiresAt: order.expiresAt.toISOString(),
        },
      },
    ],
  });
  tx.afterCommit(services.wake);
  return accept(order);
}

async function insertOrder(tx: Transaction, order: Order, hold: Hold): Promise<void> {
  await tx.execute(
    `insert into ticket_order (organisation_id, id, number, hold_id, occurrence_id, guest_id, placed_by, status,
                               quantity, total_minor, currency, expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
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
    ],
  );
  const lines = hold.lines.map((line, place) => ({
    id: newUuid(),
    place,
    ticket_type_id: line.ticketTypeId,
    quantity: line.quantity,
    unit_price_minor: `${line.unitPrice.amountMinor}`,
    seat_ids: line.seatIds,
  }));
  await tx.execute(
    `insert into order_line (organisation_id, order_id, id, place, ticket_type_id, quantity, unit_price_minor, seat_ids)
     select $1, $2, l.id, l.place, l.ticket_type_id, l.quantity, l.unit_price_minor, l.seat_ids
     from jsonb_to_recordset($3) as l(id uuid, place integer, ticket_type_id uuid, quantity integer,
                                      unit_price_minor bigint, seat_ids uuid[])`,
    [tx.organisationId, order.id, JSON.stringify(lines)],
  );
}

/** The hold's claims become the order's. False where a seat was taken over in the moment in which the hold expired. */
async function handOver(tx: Transaction, hold: Hold, order: Order): Promise<boolean> {
  await tx.execute(`update hold set status = 'CONVERTED' where id = $1`, [hold.id]);
  await tx.execute('update quota_claim set owner_id = $2, expires_at = $3 where owner_id = $1', [
    hold.id,
    order.id,
    order.expiresAt,
  ]);
  const seats = hold.lines.flatMap((line) => line.seatIds);
  if (seats.length === 0) return true;
  const moved = await tx.execute(
    `update seat_claim set owner_id = $2, expires_at = $3 where owner_id = $1 and (occurrence_id, seat_id) in (
       select occurrence_id, seat_id from seat_claim where owner_id = $1 order by seat_id for update)`,
    [hold.id, order.id, order.expiresAt],
  );
  return moved === seats.length;
}
