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
import {
  judgePayable,
  orderExpired,
  paymentDeclined,
  paymentPending,
  type OrderExpired,
  type OrderNotPayable,
  type Payment,
  type PaymentDeclined,
  type PaymentPending,
} from './payment.ts';
import { readPaymentRow, type PaymentRow } from './payment-rows.ts';
import type { ChargeResult, GuardedProvider } from './provider.ts';
import { failPayment, settleApprovedPayment } from './settle-payment.ts';

export type PayRequest = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly provider: GuardedProvider;
  readonly paymentToken: string;
};

export type PayRefusal =
  | PaymentDeclined
  | PaymentPending
  | OrderExpired
  | OrderNotPayable
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/**
 * Pays an order in three steps, so that no transaction is open while the provider thinks and a death between any two
 * of them loses nothing: the payment's row is committed first; the provider is asked with the payment's id as
 * idempotency key; the confirmation, with the tickets, is one transaction. What is left in between is finished by the
 * reconciler, who asks the provider. Sending the same key again goes on with the same payment.
 */
export async function payOrder(
  services: Services,
  viewer: Viewer,
  request: PayRequest,
): Promise<Outcome<Order, PayRefusal>> {
  const started = await services.database.decide<Started, PayRefusal>(viewer, (tx) =>
    startPayment(services, tx, viewer, request),
  );
  if (!started.ok) return started;
  const { payment } = started.value;
  if (payment.status === 'FAILED') return paymentDeclined(payment.failureReason);
  if (payment.status === 'CONFIRMED') return conclude(services, viewer, request.orderId);
  const answer = await charge(request, payment, viewer.organisationId);
  return applyAnswer(services, viewer, payment, answer);
}

type Started = { readonly payment: Payment };

function hashOf({ orderId, provider, paymentToken }: PayRequest, subject: string): string {
  return createHash('sha256')
    .update(JSON.stringify([orderId, provider.name, paymentToken, subject]))
    .digest('hex');
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
  const payable = judgePayable(order, found.now);
  if (!payable.ok) return payable;
  const payment: Payment = {
    id: newUuid(),
    orderId: order.id,
    provider: request.provider.name,
    status: 'PENDING',
    amount: order.total,
    failureReason: null,
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

/** At most one payment of an order is on its way or confirmed; two unique indexes are the judges. */
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
  { provider, paymentToken }: PayRequest,
  payment: Payment,
  organisationId: string,
): Promise<ChargeResult> {
  if (payment.amount.amountMinor === 0n) return { status: 'APPROVED' };
  return provider.charge({
    organisationId,
    paymentId: payment.id,
    amount: payment.amount,
    token: paymentToken,
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
    case 'DECLINED':
      await failPayment(services, viewer, payment, answer.reason);
      return paymentDeclined(answer.reason);
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
  return order.paidAt ? accept(order) : returned();
}

function returned(): Outcome<never, OrderExpired> {
  const { refusal } = orderExpired();
  return refuse({
    ...refusal,
    message: 'The order had expired and its places are gone. The payment is given back.',
  });
}
