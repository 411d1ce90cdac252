import { createHash } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { mayActOnOrder } from '../access.ts';
import { moneyData } from '../money-data.ts';
import { amountToPay } from '../instalments/charge-due.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import {
  judgePayable,
  paymentPending,
  type OrderExpired,
  type OrderNotPayable,
  type Payment,
  type PaymentActionRequired,
  type PaymentDeclined,
  type PaymentPending,
} from './payment.ts';
import { readPaymentRow, type PaymentRow } from './payment-rows.ts';
import type { GuardedProvider } from './provider.ts';
import { followPayment } from './tell-payment.ts';

export type PayRequest = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly provider: GuardedProvider;
  readonly paymentToken: string;
  /** Where the payer comes back to after an action of its own at the provider. */
  readonly returnUrl: string | null;
  /** All that is left, where it is paid in instalments. */
  readonly inFull?: boolean;
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

export type Started = { readonly payment: Payment };

function hashOf(request: PayRequest, subject: string): string {
  const { orderId, provider, paymentToken, returnUrl, inFull } = request;
  const asked = [orderId, provider.name, paymentToken, subject, ...(returnUrl === null ? [] : [returnUrl])];
  if (inFull) asked.push('in full');
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

/** The payment's row, its news and its saga, in one transaction; the same key again answers the same payment. */
export async function beginPayment(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  request: PayRequest,
): Promise<Outcome<Started, PayRefusal>> {
  // The order's lock makes payments of one order take turns.
  const found = await lockOrder(tx, request.orderId);
  if (!found || !mayActOnOrder(viewer, found)) return notFound('The order');
  const requestHash = hashOf(request, viewer.subject);
  const known = await findByKey(tx, request.idempotencyKey);
  if (known) return known.requestHash === requestHash ? accept(known) : keyReused();
  const { order } = found;
  const free = order.paidAt && order.total.amountMinor === 0n ? await findFree(tx, order.id) : null;
  // Paid by itself at check-out: who pays it all the same has what it wants.
  if (free) return accept({ payment: free });
  const payable = judgePayable(order, found.now);
  if (!payable.ok) return payable;
  const { now } = found;
  const amount = await amountToPay(tx, order, { now, inFull: request.inFull ?? false });
  if (!amount) return paymentPending();
  const payment: Payment = {
    id: newUuid(),
    orderId: order.id,
    provider: request.provider.name,
    status: 'CREATED',
    amount,
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
  await followPayment(tx, { id: payment.id, orderExpiresAt: order.expiresAt });
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
