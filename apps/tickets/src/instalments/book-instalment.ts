import { appendEvents, streamId } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { claimSeats } from '../inventory/capacity.ts';
import { moneyData } from '../money-data.ts';
import { occurrencesOf } from '../orders/order-parts.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import type { Payment } from '../payments/payment.ts';
import { nextOf } from './payment-plan.ts';
import { findPaidSums, findSchedule, type Schedule } from './schedule-rows.ts';

/** What a payment that was approved is to its order: all that was missing, a part of it, or more than it owes. */
export type Instalments =
  | { readonly kind: 'whole' | 'surplus' }
  | { readonly kind: 'part'; readonly schedule: Schedule; readonly paidMinor: bigint };

/** For an order that this transaction has locked, and a payment of it that is not confirmed yet. */
export async function weighPayment(tx: Transaction, order: Order, payment: Payment): Promise<Instalments> {
  const schedule = await findSchedule(tx, order.id);
  if (!schedule) return { kind: 'whole' };
  const paidMinor = (await findPaidSums(tx, order.id)).confirmedMinor + payment.amount.amountMinor;
  if (paidMinor > order.total.amountMinor) return { kind: 'surplus' };
  return paidMinor === order.total.amountMinor ? { kind: 'whole' } : { kind: 'part', schedule, paidMinor };
}

/**
 * An instalment is there: from now on the order keeps its places until it is paid up or defaults, so its claims never
 * expire. False where a seat was lost before the deposit came, and someone has it.
 */
export async function bookInstalment(
  tx: Transaction,
  {
    order,
    lines,
    payment,
  }: { readonly order: Order; readonly lines: readonly OrderLine[]; readonly payment: Payment },
  { schedule, paidMinor }: Extract<Instalments, { kind: 'part' }>,
): Promise<boolean> {
  for (const occurrenceId of occurrencesOf(lines)) {
    const seatIds = lines.flatMap((line) => (line.occurrenceId === occurrenceId ? line.seatIds : []));
    const claim = { occurrenceId, ownerId: order.id, seatIds, expiresAt: 'infinity' as const };
    if ((await claimSeats(tx, claim)).length > 0) return false;
  }
  const claims = await tx.execute(`update quota_claim set expires_at = 'infinity' where owner_id = $1`, [
    order.id,
  ]);
  assert(claims > 0, 'an order that waits for its payment has claims');
  const next = nextOf(schedule.instalments, paidMinor);
  assert(next, 'a part of an order leaves something to pay');
  await tx.execute('update ticket_order set paid_minor = paid_minor + $2, expires_at = $3 where id = $1', [
    order.id,
    `${payment.amount.amountMinor}`,
    next.instalment.payBy,
  ]);
  const { id: orderId, occurrenceId, guestId } = order;
  const { currency } = order.total;
  await appendEvents(tx, {
    streamId: streamId('order', orderId),
    events: [
      {
        type: 'tickets.payment-confirmed.v1',
        data: { paymentId: payment.id, orderId, amount: moneyData(payment.amount) },
      },
      {
        type: 'tickets.instalment-paid.v1',
        data: {
          orderId,
          occurrenceId,
          guestId,
          paymentId: payment.id,
          amount: moneyData(payment.amount),
          paid: moneyData({ amountMinor: paidMinor, currency }),
          nextDueAt: next.instalment.dueAt.toISOString(),
          payBy: next.instalment.payBy.toISOString(),
        },
      },
    ],
  });
  return true;
}
