import { accept, invalid, type InvalidInput, type Money, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Hold } from '../holds/hold.ts';
import type { Order } from '../orders/order.ts';
import { scheduleOf, type Instalment, type PaymentPlan } from './payment-plan.ts';
import { findPlanForCart } from './plan-rows.ts';
import { keepSchedule } from './schedule-rows.ts';

export type Offered = { readonly plan: PaymentPlan; readonly schedule: readonly Instalment[] };

/** How this cart may be paid in instalments; null where no plan is for all of it, or all of it would be due now. */
export async function findOffer(
  tx: Transaction,
  holds: readonly Hold[],
  { total, now }: { readonly total: Money; readonly now: Date },
): Promise<Offered | null> {
  const wanted = holds.flatMap(({ occurrenceId, lines }) =>
    lines.map(({ ticketTypeId }) => ({ occurrenceId, ticketTypeId })),
  );
  const found = await findPlanForCart(tx, wanted, total.currency);
  const { plan, startsAt } = found ?? {};
  if (!plan || !startsAt || (await isSomeonesListing(tx, holds))) return null;
  const schedule = scheduleOf(plan, total.amountMinor, { startsAt, now });
  return schedule && { plan, schedule };
}

/** For an order that this transaction has written: its schedule, frozen with it. */
export async function scheduleOrder(
  tx: Transaction,
  order: Order,
  holds: readonly Hold[],
): Promise<Outcome<true, InvalidInput>> {
  const offered = await findOffer(tx, holds, { total: order.total, now: order.createdAt });
  if (!offered) return invalid('payInInstalments', 'is not offered for this cart');
  await keepSchedule(tx, order.id, offered);
  return accept(true);
}

/** Whoever sells a ticket on is not made to wait for its price. */
async function isSomeonesListing(tx: Transaction, holds: readonly Hold[]): Promise<boolean> {
  const rows = await tx.rows('select hold_id from resale_reservation where hold_id = any($1) limit 1', [
    holds.map(({ id }) => id),
  ]);
  return rows.length > 0;
}
