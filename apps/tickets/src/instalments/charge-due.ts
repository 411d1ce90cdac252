import type { Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Order } from '../orders/order.ts';
import { dueOf } from './payment-plan.ts';
import { findPaidSums, findSchedule } from './schedule-rows.ts';

/**
 * For an order that this transaction has locked: what its next payment is of. All of it, or by a plan what is due next;
 * whatever is confirmed or on its way already, all payments together are never of more than the total. Null where
 * payments are on their way for all that is left.
 */
export async function amountToPay(
  tx: Transaction,
  order: Order,
  { now, inFull }: { readonly now: Date; readonly inFull: boolean },
): Promise<Money | null> {
  const schedule = await findSchedule(tx, order.id);
  if (!schedule) return order.total;
  const { confirmedMinor, openMinor } = await findPaidSums(tx, order.id);
  const left = order.total.amountMinor - confirmedMinor - openMinor;
  const due = inFull ? left : dueOf(schedule.instalments, confirmedMinor + openMinor, now);
  if (left <= 0n || due <= 0n) return null;
  return { amountMinor: due < left ? due : left, currency: order.total.currency };
}
