import { createHash } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  refuse,
  unreachable,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import { moneyData } from '../money-data.ts';
import { findOrders, lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { cancelPayment, failPayment, giveUp } from './end-payment.ts';
import {
  actionRequired,
  judgePayable,
  orderExpired,
  paymentDeclined,
  paymentPending,
  type OrderExpired,
  type OrderNotPayable,
  type Payment,
  type PaymentActionRequired,
  type PaymentDeclined,
  type PaymentPending,
} from './payment.ts';
import { readPaymentRow, type PaymentRow } from './payment-rows.ts';
import type { ChargeResult, GuardedProvider } from './provider.ts';
import { authorizePayment, captureOrGiveUp } from './capture-payment.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { noteAction, noteStarted } from './start-payment.ts';

export type PayRequest = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly provider: GuardedProvider;
  readonly paymentToken: string;
  /** Where the payer comes back to after an action of its own at the provider. */
  readonly returnUrl: string | null;
};

export type PayRefusal =
  | PaymentDeclined
  | PaymentActionRequired
  | PaymentPending
  | OrderExpired
  | OrderNotPayable
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/**
 * Pays an order in steps, so that no transaction is open while the provider thinks and a death between any two of them
 * loses nothing: the payment's row is committed; the provider gives it a name, which is committed too; then it is
 * charged under that name; the confirmation, with the tickets, is one transaction. What is left in between is finished
 * by the reconciler and by webhooks. Sending the same key again goes on with the same payment.
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
      return conclude(services, viewer, request.orderId);
    case 'CREATED':
    case 'PENDING':
    case 'AUTHORIZED':
      return applyAnswer(services, viewer, payment, await charge(services, viewer, request, payment));
    default:
      return unreachable(payment.status);
  }
}

type Started = { readonly payment: Payment };

/** A payer who was sent to a bank and comes back to pay otherwise gives that payment up. */
async function start(
  services: Services,
  viewer: Viewer,
  request: PayRequest,
): Promise<Outcome<Started, PayRefusal>> {
  const begin = () =>
    services.database.decide<Started, PayRefusal>(viewer, (tx) =>
      startPayment(services, tx, viewer, request),
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

function hashOf(request: PayRequest, subject: string): string {
  const { orderId, provider, paymentToken, returnUrl } = request;
  const asked = [orderId, provider.name, paymentToken, subject, ...(returnUrl === null ? [] : [returnUrl])];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

async function startPayment(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  request: PayRequest,
): Promise<Outcome<Started, PayRefusal>> {
  // The order's lock makes payments of one order take turns.
  const found = await lockOrder(tx, request.orderId);
  if (!found || !mayActOn(viewer, { ...found.order, guestEmail: found.guestEmail }))
    return notFound('The order');
  const requestHash = hashOf(request, viewer.subject);
  const known = await findByKey(tx, request.idempotencyKey);
  if (known) return known.requestHash === requestHash ? accept(known) : keyReused();
  const { order } = found;
  const free = order.paidAt && order.total.amountMinor === 0n ? await findFree(tx, order.id) : null;
  // Paid by itself at check-out: who pays it all the same has what it wants.
  if (free) return accept({ payment: free });
  const payable = judgePayable(order, found.now);
  if (!payable.ok) return payable;
  const payment: Payment = {
    id: newUuid(),
    orderId: order.id,
    provider: request.provider.name,
    status: 'CREATED',
    amount: order.total,
    failureReason: null,
    reference: null,
    actionUrl: null,
    createdAt: found.now,
  };
  const inserted = await insertPayment(tx, payment, request.idempotencyKey, requestHash);
  if (inserted !== 'inserted') return inserted === 'key taken' ? keyReused() : paymentPending();
  await appendEvents(tx, {
    streamId: streamId('order', order.id),
    events: [
      {
        type: 'tickets.payment-started.v1',
        data: {
          paymentId: payment.id,
          orderId: order.id,
          provider: payment.provider,
          amount: moneyData(payment.amount),
        },
      },
    ],
  });
  tx.afterCommit(services.wake);
  return accept({ payment });
}

async function findFree(tx: Transaction, orderId: string): Promise<Payment | null> {
  const [row] = await tx.rows<PaymentRow>(
    `select * from payment where order_id = $1 and provider = 'none' and status = 'CONFIRMED'`,
    [orderId],
  );
  return row ? readPaymentRow(row) : null;
}

function keyReused(): Outcome<never, IdempotencyConflict> {
  return refuse({
    kind: 'IdempotencyConflict',
    message: 'This idempotency key was used for another request. Use a fresh key for each new request.',
  });
}

async function findByKey(
  tx: Transaction,
  key: string,
): Promise<{ readonly payment: Payment; readonly requestHash: string } | null> {
  const [row] = await tx.rows<PaymentRow & { readonly request_hash: string }>(
    'select * from payment where idempotency_key = $1',
    [key],
  );
  return row ? { payment: readPaymentRow(row), requestHash: row.request_hash } : null;
}

/** At most one payment of an order is on its way at a time; two unique indexes are the judges. */
async function insertPayment(
  tx: Transaction,
  payment: Payment,
  key: string,
  requestHash: string,
): Promise<'inserted' | 'key taken' | 'another is on its way'> {
  const inserted = await tx.execute(
    `insert into payment (organisation_id, id, order_id, provider, status, amount_minor, currency, idempotency_key,
                          request_hash, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [
      tx.organisationId,
      payment.id,
      payment.orderId,
      payment.provider,
      payment.status,
      `${payment.amount.amountMinor}`,
      payment.amount.currency,
      key,
      requestHash,
      payment.createdAt,
    ],
  );
  if (inserted === 1) return 'inserted';
  return (await findByKey(tx, key)) ? 'key taken' : 'another is on its way';
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
      return conclude(services, viewer, payment.orderId);
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
      return conclude(services, viewer, payment.orderId);
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
  orderId: string,
): Promise<Outcome<Order, PayRefusal>> {
  const [order] = await services.database.read(viewer, (tx) => findOrders(tx, [orderId]));
  if (!order) return notFound('The order');
  if (order.paidAt) return accept(order);
  return order.status === 'PENDING_PAYMENT' ? paymentDeclined('The payment was given up.') : returned();
}

function returned(): Outcome<never, OrderExpired> {
  const { refusal } = orderExpired();
  return refuse({
    ...refusal,
    message: 'The order had expired and its places are gone. The payment is given back.',
  });
}
