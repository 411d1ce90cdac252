import { newUuid } from '@marquee/kernel';
import { accepted, aGuest, hold, system, type World } from '../harness.test-support.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { checkOut } from '../orders/check-out.ts';
import type { Order } from '../orders/order.ts';
import type { PaymentPlan } from './payment-plan.ts';
import { savePaymentPlan } from './save-plan.ts';

/** A fifth now, the rest in two halves, 20 and 10 days before; a tenth of what was paid is kept of who defaults. */
export function givenPlan(
  world: World,
  type: TicketType,
  over: Partial<PaymentPlan> = {},
): Promise<PaymentPlan> {
  return accepted(
    savePaymentPlan(world.services, world.viewer, {
      id: null,
      name: 'In three',
      occurrenceId: null,
      ticketTypeId: type.id,
      depositBp: 2_000,
      deposit: null,
      instalments: [
        { daysBefore: 20, shareBp: 5_000 },
        { daysBefore: 10, shareBp: 5_000 },
      ],
      graceDays: 2,
      remindDays: 5,
      forfeitBp: 1_000,
      active: true,
      ...over,
    }),
  );
}

/** Held and ordered, to be paid in instalments. */
export async function givenOrderInInstalments(
  world: World,
  occurrence: Occurrence,
  type: TicketType,
  what: Parameters<typeof hold>[4] = {},
): Promise<Order> {
  const held = await accepted(hold(world, world.viewer, occurrence, type, what));
  return accepted(
    checkOut(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      holdId: held.id,
      guest: aGuest,
      voucherCode: null,
      inInstalments: true,
    }),
  );
}

/** Lets an order's days come sooner, as if so many had gone by. */
export async function daysPass(world: World, { id }: Pick<Order, 'id'>, days: number): Promise<void> {
  await system(world, async (tx) => {
    await tx.execute(
      `update order_instalment set due_at = due_at - make_interval(days => $2), pay_by = pay_by - make_interval(days => $2)
       where order_id = $1`,
      [id, days],
    );
    await tx.execute(
      'update ticket_order set expires_at = expires_at - make_interval(days => $2) where id = $1',
      [id, days],
    );
  });
}
