import { appendEvents, streamId } from '@marquee/event-log';
import type { NewEvent } from '@marquee/contracts';
import type { Scope, Transaction } from '@marquee/postgres';
import { requestInvoice } from '../invoices/invoice-rows.ts';
import { moneyData } from '../money-data.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { countChargebacks } from '../payments/chargebacks.ts';
import { isOutside } from '../payments/outside-payment.ts';
import type { RefundAnswer } from '../payments/provider.ts';
import type { Services } from '../services.ts';
import { readRefundRow, type RefundRow } from './refund-rows.ts';
import { endRefundSaga } from './refund-saga.ts';
import type { Refund } from './refund.ts';
import type { StoredShare } from './shares.ts';

type Open = {
  readonly refund: Refund;
  readonly paymentId: string | null;
  readonly provider: string | null;
  /** None where a payment is returned, of which nothing was counted as revenue. */
  readonly shares: readonly StoredShare[];
  readonly paymentReference: string | null;
  readonly refundReference: string | null;
};

/**
 * Asks the provider to give the money back, outside any transaction, with the refund's id as idempotency key; then
 * writes down what it said. May be called any number of times for one refund.
 */
export async function carryOutRefund(
  services: Services,
  scope: Scope & { readonly organisationId: string },
  refundId: string,
): Promise<void> {
  const open = await services.database.read(scope, (tx) => findOpen(tx, refundId));
  if (!open) return;
  const answer = await ask(services, scope.organisationId, open);
  await services.database.transaction(scope, async (tx) => {
    await settleRefund(tx, open, answer);
    tx.afterCommit(services.wake);
    tx.afterCommit(services.wakeIssuing);
  });
}

async function findOpen(tx: Transaction, refundId: string): Promise<Open | null> {
  const [row] = await tx.rows<
    RefundRow & {
      readonly payment_id: string | null;
      readonly provider: string | null;
      readonly shares: readonly StoredShare[];
      readonly payment_reference: string | null;
      readonly reference: string | null;
    }
  >(
    `select r.*, p.provider, p.reference as payment_reference from refund r left join payment p on p.id = r.payment_id
     where r.id = $1 and r.status in ('CREATED', 'TRANSIT')`,
    [refundId],
  );
  if (!row) return null;
  return {
    refund: readRefundRow(row),
    paymentId: row.payment_id,
    provider: row.provider,
    paymentReference: row.payment_reference,
    refundReference: row.reference,
    shares: row.shares,
  };
}

async function ask(services: Services, organisationId: string, open: Open): Promise<RefundAnswer> {
  const { refund, paymentId, provider: name, paymentReference, refundReference } = open;
  if (refund.amount.amountMinor === 0n || isOutside(name)) return { status: 'DONE' };
  const provider = name === null ? undefined : services.providers.get(name);
  if (!provider || paymentId === null || paymentReference === null)
    return { status: 'FAILED', reason: 'Its payment provider is not set up here.' };
  return provider.refund({
    organisationId,
    refundId: refund.id,
    paymentId,
    reference: paymentReference,
    amount: refund.amount,
    refundReference,
  });
}

/** What a webhook says of a refund of ours. */
export async function settleRefundAs(
  services: Services,
  scope: Scope,
  refundId: string,
  told: { readonly status: RefundAnswer['status']; readonly reference: string; readonly reason: string },
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const [row] = await tx.rows<RefundRow & { readonly shares: readonly StoredShare[] }>(
      'select * from refund where id = $1',
      [refundId],
    );
    if (!row) return;
    await settleRefund(tx, { refund: readRefundRow(row), shares: row.shares }, told);
    tx.afterCommit(services.wake);
    tx.afterCommit(services.wakeIssuing);
  });
}

/** A provider may take a refund back after it said that it was done: banks refuse them days later. */
const open: Readonly<Record<RefundAnswer['status'], readonly string[]>> = {
  PENDING: ['CREATED'],
  DONE: ['CREATED', 'TRANSIT'],
  FAILED: ['CREATED', 'TRANSIT', 'DONE'],
};

async function settleRefund(
  tx: Transaction,
  { refund, shares }: Pick<Open, 'refund' | 'shares'>,
  answer: RefundAnswer,
): Promise<void> {
  const found = await lockOrder(tx, refund.orderId);
  const status = answer.status === 'PENDING' ? 'TRANSIT' : answer.status;
  const moved = await tx.execute(
    `update refund set status = $2, settled_at = case when $2 = 'TRANSIT' then null else now() end
     , reference = coalesce($4, reference)
     where id = $1 and status = any($3)`,
    [refund.id, status, open[answer.status], 'reference' in answer ? answer.reference : null],
  );
  // Nothing moved where another process has written it down already.
  if (moved === 0 || !found || answer.status === 'PENDING') return;
  const { order } = found;
  if (answer.status === 'FAILED') await restore(tx, refund, shares);
  // A returned payment was never invoiced.
  if (answer.status === 'DONE' && order.paidAt && refund.amount.amountMinor > 0n)
    await requestInvoice(tx, 'CREDIT_NOTE', { sourceId: refund.id, orderId: order.id });
  const events: NewEvent[] =
    answer.status === 'DONE'
      ? [
          {
            type: 'tickets.refund-settled.v1',
            data: { refundId: refund.id, orderId: order.id, amount: moneyData(refund.amount) },
          },
        ]
      : failedEvents(order, refund, shares, answer.reason);
  const counted = answer.status === 'FAILED' ? await countChargebacks(tx, order) : [];
  await appendEvents(tx, { streamId: streamId('order', order.id), events: [...events, ...counted] });
  await endRefundSaga(tx, refund.id);
}

/** What did not go back can be refunded again, of the order and of each part of it. */
async function restore(tx: Transaction, refund: Refund, shares: readonly StoredShare[]): Promise<void> {
  await tx.execute('update ticket_order set refunded_minor = refunded_minor - $2 where id = $1', [
    refund.orderId,
    `${refund.amount.amountMinor}`,
  ]);
  await tx.execute(
    `update order_part p set refunded_minor = p.refunded_minor - s."amountMinor"
     from jsonb_to_recordset($1) as s("holdId" uuid, "amountMinor" bigint) where p.hold_id = s."holdId"`,
    [JSON.stringify(shares)],
  );
}

function failedEvents(
  order: Order,
  refund: Refund,
  shares: readonly StoredShare[],
  reason: string,
): NewEvent[] {
  const { currency } = refund.amount;
  const none = {
    occurrenceId: order.occurrenceId,
    amountMinor: `${refund.amount.amountMinor}`,
    counted: '0',
  };
  const told = shares.map((share) => ({ ...share, counted: share.amountMinor }));
  // A returned payment never counted as revenue: its order was not paid.
  return (told.length > 0 ? told : [none]).map(({ occurrenceId, amountMinor, counted }) => ({
    type: 'tickets.refund-failed.v1',
    data: {
      refundId: refund.id,
      orderId: order.id,
      occurrenceId,
      amount: { amountMinor, currency },
      revenueRestored: { amountMinor: counted, currency },
      reason,
    },
  }));
}
