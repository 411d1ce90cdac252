import { randomBytes } from 'node:crypto';
import {
  accept,
  addMoney,
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
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import type { Services } from '../services.ts';
import { ensureGuest } from './ensure-guest.ts';
import { occurrencesOf, type OrderPart } from './order-parts.ts';
import { orderNumber, type Order } from './order.ts';
import { linesOf, takeOver, writeOrder } from './place-order.ts';

export type CheckOutRequest = {
  readonly idempotencyKey: string;
  readonly holdId: string;
  /** Further holds of the same cart, of the same occurrence or of others. */
  readonly moreHoldIds?: readonly string[];
  readonly guest: { readonly email: string; readonly name: string };
  readonly voucherCode: string | null;
};

export type CheckOutRefusal =
  HoldExpired | HoldNotActive | NotOnSale | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

/** Turns holds into an order that waits to be paid. The places stay held, now by the order and for its own time. */
export async function checkOut(
  services: Services,
  viewer: Viewer,
  request: CheckOutRequest,
): Promise<Outcome<Order, CheckOutRefusal>> {
  const holdIds = [request.holdId, ...(request.moreHoldIds ?? [])];
  const holds = await services.database.read(viewer, (tx) => findHolds(tx, holdIds));
  if (holds.length !== holdIds.length || !holds.every((hold) => mayActOn(viewer, hold)))
    return notFound('The hold');
  // Before anyone is registered for nothing. A converted hold goes on: the key may be that of the same check-out.
  if (holds.some((hold) => hold.status === 'EXPIRED')) return holdExpired();
  if (holds.some((hold) => hold.total.currency !== holds[0]!.total.currency))
    return invalid('holdIds', 'must all be in one currency');
  if (request.voucherCode !== null) return invalid('voucherCode', 'is not a voucher of this organisation');
  const guest = await ensureGuest(services, viewer, request.guest);
  if (!guest.ok) return guest;
  const { idempotencyKey: key, ...rest } = request;
  return services.database.decide<Order, CheckOutRefusal>(viewer, (tx) =>
    idempotent<Order, CheckOutRefusal>(
      tx,
      { operation: 'checkOut', key, request: rest, subject: viewer.subject },
      async () => {
        const locked = await lockLiveHolds(tx, holdIds);
        return locked.ok ? place(services, tx, viewer, { ...locked.value, guestId: guest.value }) : locked;
      },
    ),
  );
}

type Cart = { readonly holds: readonly Hold[]; readonly now: Date };

/** Locked by id, as the law of capacity.ts says; answered in the sequence of the cart. */
async function lockLiveHolds(
  tx: Transaction,
  holdIds: readonly string[],
): Promise<Outcome<Cart, HoldExpired | HoldNotActive | NotFound>> {
  const live = new Map<string, Hold>();
  let at: Date | null = null;
  for (const id of holdIds.toSorted()) {
    const found = await lockHold(tx, id);
    if (!found) return notFound('The hold');
    const judged = judgeHoldLive(found.hold, found.now);
    if (!judged.ok) return judged;
    live.set(id, judged.value);
    at = found.now;
  }
  return at ? accept({ holds: holdIds.map((id) => live.get(id)!), now: at }) : notFound('The hold');
}

async function place(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  { holds, now, guestId }: Cart & { readonly guestId: string },
): Promise<Outcome<Order, HoldExpired | NotOnSale | NotFound>> {
  for (const occurrenceId of occurrencesOf(holds)) {
    const found = await findOccurrence(tx, occurrenceId);
    if (!found) return notFound('The occurrence');
    const onSale = judgeOnSale(found.occurrence, now);
    if (!onSale.ok) return onSale;
  }
  const order = newOrder(holds, {
    guestId,
    placedBy: viewer.subject,
    createdAt: now,
    expiresAt: new Date(now.getTime() + services.terms.orderMinutes * 60_000),
  });
  await writeOrder(tx, { order, parts: partsOf(order, holds), lines: linesOf(order.id, holds) });
  if (!(await takeOver(tx, holds, order))) return holdExpired();
  tx.afterCommit(services.wake);
  return accept(order);
}

function newOrder(
  holds: readonly Hold[],
  facts: Pick<Order, 'guestId' | 'placedBy' | 'createdAt' | 'expiresAt'>,
): Order {
  const [first, ...others] = holds;
  const total = addMoney(first!.total, ...others.map((hold) => hold.total));
  const none = { amountMinor: 0n, currency: total.currency };
  return {
    ...facts,
    id: newUuid(),
    number: orderNumber(randomBytes(20)),
    holdId: first!.id,
    occurrenceId: first!.occurrenceId,
    status: 'PENDING_PAYMENT',
    quantity: holds.reduce((sum, hold) => sum + hold.quantity, 0),
    total,
    paid: none,
    refunded: none,
    paidAt: null,
  };
}

function partsOf(order: Order, holds: readonly Hold[]): OrderPart[] {
  return holds.map((hold) => ({
    orderId: order.id,
    holdId: hold.id,
    occurrenceId: hold.occurrenceId,
    quantity: hold.quantity,
    total: hold.total,
    refunded: { amountMinor: 0n, currency: order.total.currency },
  }));
}
