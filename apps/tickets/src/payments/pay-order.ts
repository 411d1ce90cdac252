import { accept, notFound, refuse, unreachable, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { findOrders } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { beginPayment, type PayRefusal, type PayRequest, type Started } from './begin-payment.ts';
import { authorizePayment, captureOrGiveUp } from './capture-payment.ts';
import { cancelPayment, failPayment, giveUp } from './end-payment.ts';
import {
  actionRequired,
  orderExpired,
  paymentDeclined,
  paymentPending,
  type OrderExpired,
  type Payment,
} from './payment.ts';
import { findPayments, readPaymentRow, type PaymentRow } from './payment-rows.ts';
import type { ChargeResult } from './provider.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { noteAction, noteStarted } from './start-payment.ts';

/**
 * Pays an order in steps, so that no transaction is open while the provider thinks and a death between any two of them
 * loses nothing: the payment's row is committed; the provider gives it a name, which is committed too; then it is
 * charged under that name; the confirmation, with the tickets, is one transaction. What is left in between is finished
 * by the payment's saga and by webhooks. Sending the same key again goes on with the same payment.
 */
export async function payOrder(
  services: Services,
  viewer: Viewer,
  request: PayRequest,
): Promise<Outcome<Order, PayRefusal>> {
  const started = await start(services, viewer, request);
  if (!started.ok) return started;
  const { payment } = started.value;
  switch (payment.status) {
    case 'FAILED':
      return paymentDeclined(payment.failureReason);
    case 'CANCELLED':
      return paymentDeclined('The payment was given up. Please try again with a fresh key.');
    case 'CONFIRMED':
    case 'CHARGED_BACK':
      return conclude(services, viewer, payment);
    case 'CREATED':
    case 'PENDING':
    case 'AUTHORIZED':
      return applyAnswer(services, viewer, payment, await charge(services, viewer, request, payment));
    default:
      return unreachable(payment.status);
  }
}

/** A payer who was sent to a bank and comes back to pay otherwise gives that payment up. */
async function start(
  services: Services,
  viewer: Viewer,
  request: PayRequest,
): Promise<Outcome<Started, PayRefusal>> {
  const begin = () =>
    services.database.decide<Started, PayRefusal>(viewer, (tx) =>
      beginPayment(services, tx, viewer, request),
    );
  const first = await begin();
  if (first.ok || first.refusal.kind !== 'PaymentPending') return first;
  const waiting = await services.database.read(viewer, (tx) => findWaitingForPayer(tx, request.orderId));
  if (!waiting || !(await giveUp(services, viewer, waiting))) return first;
  return begin();
}

async function findWaitingForPayer(tx: Transaction, orderId: string): Promise<Payment | null> {
  const [row] = await tx.rows<PaymentRow>(
    `select * from payment where order_id = $1 and status = 'PENDING' and action_url is not null`,
    [orderId],
  );
  return row ? readPaymentRow(row) : null;
}

/** A free order has nothing to charge: it is approved without anyone being asked. */
async function charge(
  services: Services,
  viewer: Viewer,
  { provider, paymentToken, returnUrl }: PayRequest,
  payment: Payment,
): Promise<ChargeResult> {
  const { id: paymentId, amount } = payment;
  if (amount.amountMinor === 0n) return { status: 'APPROVED' };
  const { organisationId } = viewer;
  let reference = payment.reference;
  if (reference === null) {
    const started = await provider.start({ organisationId, paymentId, amount });
    if (!started || !(await noteStarted(services, viewer, payment, started.reference)))
      return { status: 'NOT_SENT' };
    reference = started.reference;
  }
  return provider.confirm({
    organisationId,
    paymentId,
    reference,
    amount,
    token: paymentToken,
    returnUrl,
  });
}

async function applyAnswer(
  services: Services,
  viewer: Viewer,
  payment: Payment,
  answer: ChargeResult,
): Promise<Outcome<Order, PayRefusal>> {
  switch (answer.status) {
    case 'APPROVED':
      await settleApprovedPayment(services, viewer, payment);
      return conclude(services, viewer, payment);
    case 'AUTHORIZED':
      await authorizePayment(services, viewer, payment);
      return applyAnswer(services, viewer, payment, await captureOrGiveUp(services, viewer, payment));
    case 'ACTION_REQUIRED':
      await noteAction(services, viewer, payment, answer.redirectUrl);
      return actionRequired({ ...payment, status: 'PENDING' }, answer.redirectUrl);
    case 'DECLINED':
      await failPayment(services, viewer, payment, answer.reason);
      return paymentDeclined(answer.reason);
    case 'CANCELLED':
      await cancelPayment(services, viewer, payment);
      return conclude(services, viewer, payment);
    case 'PENDING':
      return paymentPending();
    case 'NOT_SENT':
      await failPayment(services, viewer, payment, 'The payment provider could not be reached.');
      return refuse({
        kind: 'Unavailable',
        message:
          'The payment provider cannot be reached now. Nothing was charged; please try again with a fresh key.',
      });
    default:
      return unreachable(answer);
  }
}

/** How the order stands after its payment was approved: paid, or given back because its places were gone. */
async function conclude(
  services: Services,
  viewer: Viewer,
  { id, orderId }: Payment,
): Promise<Outcome<Order, PayRefusal>> {
  const [order, payments] = await services.database.read(viewer, async (tx) => {
    const [found] = await findOrders(tx, [orderId]);
    return [found, await findPayments(tx, [orderId])] as const;
  });
  if (!order) return notFound('The order');
  if (order.paidAt) return accept(order);
  // One of several instalments.
  const isThere = payments.some((payment) => payment.id === id && payment.status === 'CONFIRMED');
  if (isThere && order.status === 'PENDING_PAYMENT') return accept(order);
  return order.status === 'PENDING_PAYMENT' ? paymentDeclined('The payment was given up.') : returned();
}

function returned(): Outcome<never, OrderExpired> {
  const { refusal } = orderExpired();
  return refuse({
    ...refusal,
    message: 'The order had expired and its places are gone. The payment is given back.',
  });
}
