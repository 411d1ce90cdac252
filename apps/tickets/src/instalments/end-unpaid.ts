import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { moveBuckets, releaseQuotas, releaseSeats } from '../inventory/capacity.ts';
import { moneyData } from '../money-data.ts';
import { eventsOfParts, findParts } from '../orders/order-parts.ts';
import type { Order } from '../orders/order.ts';
import { followRefunds } from '../refunds/refund-saga.ts';
import { findPaymentsLeft } from '../refunds/spread.ts';

/**
 * For an order that this transaction has locked and that is not paid (up): it ends, its places are free, and what was
 * paid of it goes back, newest payment first, but for what is kept. Answers how much goes back.
 */
export async function cancelUnpaidOrder(
  tx: Transaction,
  order: Order,
  reason: string | null,
  keptMinor = 0n,
): Promise<bigint> {
  const { id: orderId } = order;
  await tx.execute(
    `update ticket_order set status = 'CANCELLED', forfeited_minor = forfeited_minor + $2 where id = $1`,
    [orderId, `${keptMinor}`],
  );
  await appendEvents(tx, {
    streamId: streamId('order', orderId),
    events: eventsOfParts(await findParts(tx, [orderId]), ({ occurrenceId, quantity }) => ({
      type: 'tickets.order-cancelled.v1',
      data: { orderId, occurrenceId, quantity, reason },
    })),
  });
  const returned = await returnPaid(tx, order, reason ?? 'The order was cancelled.', keptMinor);
  await releaseSeats(tx, orderId);
  await moveBuckets(tx, order.occurrenceId, await releaseQuotas(tx, [orderId]));
  return returned;
}

/** Nothing of it was counted as revenue, for the order was never paid: each payment is returned, as a late one is. */
async function returnPaid(tx: Transaction, order: Order, reason: string, keptMinor: bigint): Promise<bigint> {
  const { id: orderId } = order;
  const { currency } = order.total;
  const payments = (await findPaymentsLeft(tx, orderId)).filter(({ leftMinor }) => leftMinor > 0n);
  let left = payments.reduce((sum, { leftMinor }) => sum + leftMinor, 0n) - keptMinor;
  const events: NewEvent[] = [];
  const refundIds: string[] = [];
  const returned = left > 0n ? left : 0n;
  for (const { id: paymentId, leftMinor } of payments) {
    const minor = leftMinor < left ? leftMinor : left;
    if (minor <= 0n) break;
    left -= minor;
    const [refundId, amount] = [newUuid(), { amountMinor: minor, currency }];
    await tx.execute(
      `insert into refund (organisation_id, id, order_id, payment_id, status, amount_minor, currency, reason)
       values ($1, $2, $3, $4, 'CREATED', $5, $6, $7)`,
      [tx.organisationId, refundId, orderId, paymentId, `${minor}`, currency, reason],
    );
    refundIds.push(refundId);
    events.push({
      type: 'tickets.payment-returned.v1',
      data: { paymentId, orderId, refundId, amount: moneyData(amount), reason },
    });
  }
  if (events.length === 0) return 0n;
  await tx.execute('update ticket_order set refunded_minor = refunded_minor + $2 where id = $1', [
    orderId,
    `${returned}`,
  ]);
  await appendEvents(tx, { streamId: streamId('order', orderId), events });
  await followRefunds(tx, refundIds);
  return returned;
}
