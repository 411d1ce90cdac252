import { appendEvents, appendMany, streamId } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Scope, Transaction } from '@marquee/postgres';
import {
  claimSeats,
  ensureBuckets,
  moveBuckets,
  reclaimExpired,
  releaseQuotas,
  releaseSeats,
} from '../inventory/capacity.ts';
import { moneyData } from '../money-data.ts';
import { judgeOnSale } from '../occurrences/occurrence.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import { findLines, lockOrder } from '../orders/order-rows.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { Services } from '../services.ts';
import { issueTickets } from '../tickets/issue-tickets.ts';
import { settleApproval, type Payment } from './payment.ts';
import { lockPayment } from './payment-rows.ts';

/** The provider said no: the order may be paid anew until it expires. Does nothing where the payment is settled already. */
export async function failPayment(
  services: Services,
  scope: Scope,
  payment: Payment,
  reason: string,
): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    if (!(await lockOrder(tx, payment.orderId))) return;
    const current = await lockPayment(tx, payment.id);
    if (current?.status !== 'PENDING') return;
    await tx.execute(
      `update payment set status = 'FAILED', failure_reason = $2, settled_at = now() where id = $1`,
      [payment.id, reason],
    );
    await appendEvents(tx, {
      streamId: streamId('order', payment.orderId),
      events: [
        {
          type: 'tickets.payment-failed.v1',
          data: { paymentId: payment.id, orderId: payment.orderId, reason },
        },
      ],
    });
    tx.afterCommit(services.wake);
  });
}

/**
 * The provider said yes: in one transaction the payment is confirmed and the order is paid and its tickets are issued,
 * or, where the places are gone, the money is put on its way back. May be called any number of times, by the caller
 * and the reconciler at once.
 */
export async function settleApprovedPayment(
  services: Services,
  scope: Scope,
  payment: Payment,
): Promise<void> {
  const settled = await settle(services, scope, payment, 'sell');
  // What had been re-acquired in part is rolled back; the money goes back in a transaction of its own.
  if (settled === 'places gone') await settle(services, scope, payment, 'return');
}

class PlacesGone extends Error {
  override readonly name = 'PlacesGone';
  readonly code = 'PLACES_GONE';
}

async function settle(
  services: Services,
  scope: Scope,
  payment: Payment,
  manner: 'sell' | 'return',
): Promise<'done' | 'places gone'> {
  const work = async (tx: Transaction): Promise<void> => {
    const found = await lockOrder(tx, payment.orderId);
    assert(found, 'a payment has an order');
    const current = await lockPayment(tx, payment.id);
    if (current?.status !== 'PENDING') return;
    const { order } = found;
    const lines = await findLines(tx, [order.id]);
    // Shared lock: a cancellation of the occurrence waits for us, and then finds this order paid.
    const occurrence = await findOccurrence(tx, order.occurrenceId, 'for share');
    const onSale = occurrence !== null && judgeOnSale(occurrence.occurrence, found.now).ok;
    const plan = manner === 'return' ? 'return' : settleApproval(order, onSale);
    if (plan === 'return') await giveBack(tx, order, payment, onSale);
    else {
      const heldQuantity =
        plan === 'confirm' ? await takeOwnClaims(tx, order, lines) : await reacquire(tx, order, lines);
      if (heldQuantity === null) throw new PlacesGone('the order lost its places before it was paid');
      await confirm(tx, order, lines, payment, heldQuantity);
    }
    tx.afterCommit(services.wake);
  };
  try {
    await services.database.transaction(scope, work);
    return 'done';
  } catch (error) {
    if ((error as { code?: unknown }).code === 'PLACES_GONE') return 'places gone';
    throw error;
  }
}

const seatsOf = (lines: readonly OrderLine[]) => lines.flatMap((line) => line.seatIds);

/** Held becomes sold. Answers the quantity that was held; null where a seat was lost after expiry and cannot be had. */
async function takeOwnClaims(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
): Promise<number | null> {
  const seatIds = seatsOf(lines);
  // Also takes seats back that are nobody's: the order's own claims may have expired without being touched.
  const { occurrenceId, id: ownerId } = order;
  const taken = await claimSeats(tx, { occurrenceId, ownerId, seatIds, expiresAt: null });
  if (taken.length > 0) return null;
  const quotas = await tx.rows<{ quota_id: string; quantity: number }>(
    'update quota_claim set expires_at = null where owner_id = $1 returning quota_id, quantity',
    [order.id],
  );
  assert(quotas.length > 0, 'an order that waits for its payment has claims');
  const short = await moveBuckets(
    tx,
    occurrenceId,
    quotas.map(({ quota_id: quotaId, quantity }) => ({ quotaId, held: -quantity, sold: quantity })),
  );
  assert(!short, 'moving from held to sold takes nothing');
  return order.quantity;
}

/** The approval came after the order had expired: its places are taken anew, as anyone's would be. */
async function reacquire(tx: Transaction, order: Order, lines: readonly OrderLine[]): Promise<number | null> {
  const { occurrenceId, id: ownerId } = order;
  const reclaimed = await reclaimExpired(tx, occurrenceId, { wait: false });
  const taken = await claimSeats(tx, { occurrenceId, ownerId, seatIds: seatsOf(lines), expiresAt: null });
  if (taken.length > 0) return null;
  const quotas = await tx.rows<{ quota_id: string; quantity: number }>(
    `insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
     select $1, $2, tq.quota_id, $3, sum(l.quantity), null
     from order_line l join ticket_type_quota tq on tq.ticket_type_id = l.ticket_type_id
     where l.order_id = $2 group by tq.quota_id returning quota_id, quantity`,
    [tx.organisationId, ownerId, occurrenceId],
  );
  await ensureBuckets(
    tx,
    occurrenceId,
    quotas.map((row) => row.quota_id),
  );
  const wanted = quotas.map(({ quota_id: quotaId, quantity }) => ({ quotaId, held: 0, sold: quantity }));
  return (await moveBuckets(tx, occurrenceId, [...reclaimed.changes, ...wanted])) ? null : 0;
}

async function confirm(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
  payment: Payment,
  heldQuantity: number,
): Promise<void> {
  await markConfirmed(tx, payment);
  await tx.execute(
    `update ticket_order set status = 'PAID', paid_minor = paid_minor + $2, paid_at = now() where id = $1`,
    [order.id, `${payment.amount.amountMinor}`],
  );
  const issued = await issueTickets(tx, order, lines);
  await appendMany(tx, [
    {
      streamId: streamId('order', order.id),
      events: [
        confirmedEvent(payment),
        {
          type: 'tickets.order-paid.v1',
          data: {
            orderId: order.id,
            number: order.number,
            guestId: order.guestId,
            occurrenceId: order.occurrenceId,
            quantity: order.quantity,
            heldQuantity,
            lines: lines.map(({ ticketTypeId, quantity, seatIds }) => ({
              ticketTypeId,
              quantity,
              seatIds: [...seatIds],
            })),
            total: moneyData(order.total),
          },
        },
      ],
    },
    ...issued,
  ]);
}

async function markConfirmed(tx: Transaction, payment: Payment): Promise<void> {
  await tx.execute(`update payment set status = 'CONFIRMED', settled_at = now() where id = $1`, [payment.id]);
}

function confirmedEvent(payment: Payment) {
  return {
    type: 'tickets.payment-confirmed.v1' as const,
    data: { paymentId: payment.id, orderId: payment.orderId, amount: moneyData(payment.amount) },
  };
}

/** The money was taken for nothing: it goes back by itself, and an order that still waited ends here. */
async function giveBack(tx: Transaction, order: Order, payment: Payment, onSale: boolean): Promise<void> {
  const refundId = newUuid();
  const reason = onSale
    ? 'The places were gone when the payment was approved.'
    : 'It is not for sale any more.';
  const ends = order.status === 'PENDING_PAYMENT';
  await markConfirmed(tx, payment);
  await tx.execute(
    `update ticket_order set paid_minor = paid_minor + $2, refunded_minor = refunded_minor + $2,
       status = case when $3 then 'EXPIRED' else status end
     where id = $1`,
    [order.id, `${payment.amount.amountMinor}`, ends],
  );
  await tx.execute(
    `insert into refund (organisation_id, id, order_id, payment_id, status, amount_minor, currency, reason)
     values ($1, $2, $3, $4, 'CREATED', $5, $6, $7)`,
    [
      tx.organisationId,
      refundId,
      order.id,
      payment.id,
      `${payment.amount.amountMinor}`,
      payment.amount.currency,
      reason,
    ],
  );
  const { id: orderId, occurrenceId, quantity } = order;
  await appendEvents(tx, {
    streamId: streamId('order', orderId),
    events: [
      ...(ends
        ? [{ type: 'tickets.order-expired.v1' as const, data: { orderId, occurrenceId, quantity } }]
        : []),
      confirmedEvent(payment),
      {
        type: 'tickets.payment-returned.v1',
        data: { paymentId: payment.id, orderId, refundId, amount: moneyData(payment.amount), reason },
      },
    ],
  });
  if (!ends) return;
  await releaseSeats(tx, orderId);
  await moveBuckets(tx, occurrenceId, await releaseQuotas(tx, [orderId]));
}
