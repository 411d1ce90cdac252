import { appendEvents, streamId } from '@marquee/event-log';
import type { Scope, Transaction } from '@marquee/postgres';
import { moneyData } from '../money-data.ts';
import { lockOrder } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import { cancelUnpaidOrder } from './end-unpaid.ts';
import { forfeitOf, nextOf } from './payment-plan.ts';
import { findPaidSums, findSchedule } from './schedule-rows.ts';

/** Of orders whose deposit is there: those with an instalment to remind of. */
export const toRemindSql = `
  select i.organisation_id, i.order_id as id from order_instalment i
  join ticket_order o on o.organisation_id = i.organisation_id and o.id = i.order_id
  where i.place > 0 and i.reminded_at is null and o.status = 'PENDING_PAYMENT' and o.paid_minor > 0
    and i.due_at - make_interval(days => (o.payment_plan ->> 'remindDays')::integer) <= now()
  group by 1, 2`;

/** Of orders whose deposit is there: those that missed an instalment. One whose payment is on its way is waited for. */
export const missedSql = `
  select organisation_id, id from ticket_order o
  where status = 'PENDING_PAYMENT' and paid_minor > 0 and expires_at <= now() and not exists (
    select from payment p where p.organisation_id = o.organisation_id and p.order_id = o.id
      and p.status in ('CREATED', 'PENDING', 'AUTHORIZED'))`;

/** Tells of the instalments of an order that are due soon, each once; what is paid already needs no word. */
export async function remindOfInstalments(services: Services, scope: Scope, orderId: string): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const found = await lockOrder(tx, orderId);
    const schedule = await findSchedule(tx, orderId);
    if (found?.order.status !== 'PENDING_PAYMENT' || !schedule) return;
    const reminded = await tx.rows<{ due_at: Date; place: number }>(
      `update order_instalment set reminded_at = now() where order_id = $1 and place > 0 and reminded_at is null
         and due_at - make_interval(days => $2) <= now()
       returning due_at, place`,
      [orderId, schedule.remindDays],
    );
    const { confirmedMinor } = await findPaidSums(tx, orderId);
    const next = nextOf(schedule.instalments, confirmedMinor);
    const isOpen = next && reminded.some(({ due_at: dueAt }) => dueAt >= next.instalment.dueAt);
    if (!next || !isOpen) return;
    const { guestId, occurrenceId, total } = found.order;
    await appendEvents(tx, {
      streamId: streamId('order', orderId),
      events: [
        {
          type: 'tickets.instalment-due.v1',
          data: {
            orderId,
            occurrenceId,
            guestId,
            amount: moneyData({ amountMinor: next.untilMinor - confirmedMinor, currency: total.currency }),
            dueAt: next.instalment.dueAt.toISOString(),
            payBy: next.instalment.payBy.toISOString(),
          },
        },
      ],
    });
    tx.afterCommit(services.wake);
  });
}

/** An instalment was missed: the order ends, and what was paid goes back but for what the plan keeps. */
export async function defaultOrder(services: Services, scope: Scope, orderId: string): Promise<void> {
  await services.database.transaction(scope, async (tx) => {
    const found = await lockOrder(tx, orderId);
    const schedule = await findSchedule(tx, orderId);
    if (!found || !schedule || !(await isMissed(tx, orderId))) return;
    const { order } = found;
    const { confirmedMinor } = await findPaidSums(tx, orderId);
    const keptMinor = forfeitOf(confirmedMinor, schedule.forfeitBp);
    const returned = await cancelUnpaidOrder(tx, order, 'An instalment was missed.', keptMinor);
    const money = (amountMinor: bigint) => moneyData({ amountMinor, currency: order.total.currency });
    await appendEvents(tx, {
      streamId: streamId('order', orderId),
      events: [
        {
          type: 'tickets.instalments-defaulted.v1',
          data: {
            orderId,
            occurrenceId: order.occurrenceId,
            guestId: order.guestId,
            paid: money(confirmedMinor),
            returned: money(returned),
            kept: money(keptMinor),
          },
        },
      ],
    });
    tx.afterCommit(services.wake);
  });
}

/** Judged anew under the order's lock: it may have been paid meanwhile, or its payment may be on its way. */
async function isMissed(tx: Transaction, orderId: string): Promise<boolean> {
  return (await tx.rows(`${missedSql} and id = $1`, [orderId])).length > 0;
}
