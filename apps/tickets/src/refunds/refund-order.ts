import { appendMany, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { idempotent, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { moneyData } from '../money-data.ts';
import { findParts, shareOut, type Share } from '../orders/order-parts.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { cancelTickets } from '../tickets/cancel-tickets.ts';
import { carryOutRefund } from './carry-out-refund.ts';
import { sharesOf, storedShares } from './shares.ts';
import { planRefund, type RefundExceedsPayments, type RefundPlan } from './refund.ts';

export type RefundRequest = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly amount: Money | null;
  readonly reason: string | null;
};

type Refusals = RefundExceedsPayments | InvalidInput | NotFound | IdempotencyConflict;
type Decided = { readonly orderId: string; readonly refundId: string };

/**
 * Decides a refund in one transaction; then the provider is asked to carry it out. Where it does not answer, the
 * refund stands as CREATED and the reconciler goes on with it.
 */
export async function refundOrder(
  services: Services,
  viewer: Viewer,
  request: RefundRequest,
): Promise<Outcome<Decided, Refusals>> {
  const { idempotencyKey: key, ...rest } = request;
  const decided = await services.database.decide<Decided, Refusals>(viewer, (tx) =>
    idempotent<Decided, Refusals>(
      tx,
      { operation: 'refundOrder', key, request: rest, subject: viewer.subject },
      async () => {
        const found = await lockOrder(tx, request.orderId);
        if (!found) return notFound('The order');
        const plan = planRefund(found.order, request.amount);
        if (!plan.ok) return plan;
        const refundId = await recordRefund(tx, found.order, plan.value, request.reason);
        tx.afterCommit(services.wake);
        return accept({ orderId: found.order.id, refundId });
      },
    ),
  );
  if (decided.ok) await carryOutRefund(services, viewer, decided.value.refundId);
  return decided;
}

/**
 * For an order that this transaction has locked: the refund's row, the guarded counters, and where nothing of the
 * payment is left the tickets and their places. `onlyOccurrenceId`: of a cart, what was bought for that occurrence
 * alone, with its tickets. `cancels: false` leaves the tickets to the caller.
 */
export async function recordRefund(
  tx: Transaction,
  order: Order,
  plan: RefundPlan,
  reason: string | null,
  onlyOccurrenceId: string | null = null,
  cancels = plan.status === 'REFUNDED' || onlyOccurrenceId !== null,
): Promise<string> {
  const refundId = newUuid();
  const parts = (await findParts(tx, [order.id])).filter(
    (part) => onlyOccurrenceId === null || part.occurrenceId === onlyOccurrenceId,
  );
  const shares = sharesOf(shareOut(parts, plan.amount));
  await insertRefund(tx, order, { refundId, plan, reason, shares });
  const cancelled = cancels ? await cancelTickets(tx, order, reason, onlyOccurrenceId) : [];
  await appendMany(tx, [
    {
      streamId: streamId('order', order.id),
      events: shares.map(({ part, amount }) => ({
        type: 'tickets.order-refunded.v1' as const,
        data: {
          orderId: order.id,
          occurrenceId: part.occurrenceId,
          refundId,
          amount: moneyData(amount),
          status: plan.status,
          reason,
        },
      })),
    },
    ...cancelled,
  ]);
  return refundId;
}

async function insertRefund(
  tx: Transaction,
  order: Order,
  {
    refundId,
    plan,
    reason,
    shares,
  }: {
    readonly refundId: string;
    readonly plan: RefundPlan;
    readonly reason: string | null;
    readonly shares: readonly Share[];
  },
): Promise<void> {
  await tx.execute(
    `with moved as (
       update ticket_order set refunded_minor = refunded_minor + $5, status = $6 where id = $3 returning id),
     shared as (
       update order_part p set refunded_minor = p.refunded_minor + s."amountMinor"
       from jsonb_to_recordset($8) as s("holdId" uuid, "amountMinor" bigint) where p.hold_id = s."holdId")
     insert into refund (organisation_id, id, order_id, payment_id, status, amount_minor, currency, reason, shares)
     select $1, $2, $3, (select id from payment where order_id = $3 and status = 'CONFIRMED' limit 1), 'CREATED', $5, $4,
            $7, $8 from moved`,
    [
      tx.organisationId,
      refundId,
      order.id,
      plan.amount.currency,
      `${plan.amount.amountMinor}`,
      plan.status,
      reason,
      JSON.stringify(storedShares(shares)),
    ],
  );
}
