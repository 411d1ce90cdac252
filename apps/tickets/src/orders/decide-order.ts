import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, refuse, type InvalidInput, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnOrder } from '../access.ts';
import { cancelUnpaidOrder } from '../instalments/end-unpaid.ts';
import { extendClaims } from '../inventory/extend-claims.ts';
import { recordOutsidePayment, settleOutside } from '../payments/outside-payment.ts';
import { orderExpired, type OrderExpired } from '../payments/payment.ts';
import { findTypesWithTerms } from '../pricing/sale-terms-rows.ts';
import { approvalOf } from '../pricing/sale-terms.ts';
import { judgeOrderAnswered } from '../questions/ask.ts';
import type { Services } from '../services.ts';
import { findLines, findOrders, lockOrder } from './order-rows.ts';
import type { Order, OrderStatus } from './order.ts';

export type OrderNotWaiting = {
  readonly kind: 'OrderNotWaiting';
  readonly message: string;
  readonly status: OrderStatus;
};
type Refusals = OrderNotWaiting | OrderExpired | InvalidInput | NotFound;

/** Time to pay for an order that was approved, in hours: its guest may not be looking at that moment. */
export const approvedPaymentHours = 24;
const hourMs = 3_600_000;

type Decided = { readonly order: Order; readonly now: Date };
type Decide = (tx: Transaction, found: Decided) => Promise<Outcome<Order, Refusals>>;

/** For an order in one of these states whose time is not over; what it costs nothing is paid at once afterwards. */
async function decideOrder(
  services: Services,
  viewer: Viewer,
  { orderId, states }: { readonly orderId: string; readonly states: readonly OrderStatus[] },
  decide: Decide,
): Promise<Outcome<Order, Refusals>> {
  const decided = await services.database.decide<Order, Refusals>(viewer, async (tx) => {
    const found = await lockOrder(tx, orderId);
    if (!found || !mayActOnOrder(viewer, found)) return notFound('The order');
    const { order, now } = found;
    if (!states.includes(order.status)) {
      const message = order.status === 'EXPIRED' ? 'The order has expired.' : 'That was decided already.';
      return refuse({ kind: 'OrderNotWaiting', message, status: order.status });
    }
    if (order.expiresAt <= now) return orderExpired();
    const outcome = await decide(tx, found);
    tx.afterCommit(services.wake);
    return outcome;
  });
  if (!decided.ok) return decided;
  await settleOutside(services, viewer, orderId);
  const [order] = await services.database.read(viewer, (tx) => findOrders(tx, [orderId]));
  return order ? accept(order) : decided;
}

/** The order goes on with the time that this gives it; false where one of its seats was lost in the moment of expiry. */
async function goOn(tx: Transaction, order: Order, status: OrderStatus, expiresAt: Date): Promise<boolean> {
  await tx.execute('update ticket_order set status = $2, expires_at = $3 where id = $1', [
    order.id,
    status,
    expiresAt,
  ]);
  const lines = await findLines(tx, [order.id]);
  const seats = lines.reduce((sum, line) => sum + line.seatIds.length, 0);
  return (await extendClaims(tx, order.id, expiresAt)) === seats;
}

/** A draft is sent in: it waits for approval where one of its types needs that, else for its payment. */
export function submitOrder(
  services: Services,
  viewer: Viewer,
  orderId: string,
): Promise<Outcome<Order, Refusals>> {
  return decideOrder(services, viewer, { orderId, states: ['DRAFT'] }, async (tx, { order, now }) => {
    const answered = await judgeOrderAnswered(tx, orderId);
    if (!answered.ok) return answered;
    const lines = await findLines(tx, [orderId]);
    const types = await findTypesWithTerms(tx, [...new Set(lines.map((line) => line.ticketTypeId))]);
    const hours = approvalOf(types);
    const status = hours === null ? 'PENDING_PAYMENT' : 'PENDING_APPROVAL';
    const ms = hours === null ? services.terms.orderMinutes * 60_000 : hours * hourMs;
    const expiresAt = new Date(now.getTime() + ms);
    if (!(await goOn(tx, order, status, expiresAt))) return orderExpired();
    await appendEvents(tx, {
      streamId: streamId('order', orderId),
      events: [
        {
          type: 'tickets.order-submitted.v1',
          data: { orderId, status, expiresAt: expiresAt.toISOString() },
        },
      ],
    });
    if (status === 'PENDING_PAYMENT' && order.total.amountMinor === 0n)
      await recordOutsidePayment(tx, order, 'none');
    return accept({ ...order, status, expiresAt });
  });
}

/** The organiser says yes: the guest may pay. */
export function approveOrder(
  services: Services,
  viewer: Viewer,
  orderId: string,
): Promise<Outcome<Order, Refusals>> {
  const states = ['PENDING_APPROVAL'] as const;
  return decideOrder(services, viewer, { orderId, states }, async (tx, { order, now }) => {
    const expiresAt = new Date(now.getTime() + approvedPaymentHours * hourMs);
    if (!(await goOn(tx, order, 'PENDING_PAYMENT', expiresAt))) return orderExpired();
    await appendEvents(tx, {
      streamId: streamId('order', orderId),
      events: [{ type: 'tickets.order-approved.v1', data: { orderId, expiresAt: expiresAt.toISOString() } }],
    });
    if (order.total.amountMinor === 0n) await recordOutsidePayment(tx, order, 'none');
    return accept({ ...order, status: 'PENDING_PAYMENT', expiresAt });
  });
}

/** The organiser says no. */
export function rejectOrder(
  services: Services,
  viewer: Viewer,
  { orderId, reason }: { readonly orderId: string; readonly reason: string | null },
): Promise<Outcome<Order, Refusals>> {
  const states = ['PENDING_APPROVAL'] as const;
  return decideOrder(services, viewer, { orderId, states }, async (tx, { order }) => {
    await cancelUnpaidOrder(tx, order, reason);
    return accept({ ...order, status: 'CANCELLED' });
  });
}
