import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type Outcome,
  type Refusal,
} from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { changed, dayOf, holdsAtOnce, periodOf, planOn } from './plan.ts';
import { defaultPlanOf, planOf } from './plans.ts';
import { lockSubscription, saveCourse } from './subscription.ts';

export type PlanRestricted = Refusal & { readonly kind: 'PlanRestricted' };

/** Chooses a plan: a dearer one holds from today on, a cheaper one from the next month. */
export async function changePlan(
  command: Command,
  code: string,
): Promise<Outcome<null, InvalidInput | PlanRestricted | IdempotencyConflict>> {
  const now = command.clock.now();
  const period = periodOf(now);
  const plans = (await command.priceLists.read(now))(period);
  return decide<null, InvalidInput | PlanRestricted>(command, 'changePlan', { code }, async (tx) => {
    await tx.execute(
      `insert into plan_subscription (organisation_id, plan, invoiced_until)
       values ($1, $2, $3) on conflict do nothing`,
      [tx.organisationId, defaultPlanOf(plans).code, dayOf(period.start)],
    );
    const subscription = (await lockSubscription(tx))!;
    const current = planOf(plans, planOn(subscription, now));
    const open = [...plans.values()].filter((plan) => !plan.withdrawn || plan === current);
    const chosen = open.find((plan) => plan.code === code);
    if (!chosen) return invalid('planCode', `must be one of ${open.map((plan) => plan.code).join(', ')}`);
    if (subscription.restrictedAt) {
      const message = 'An invoice is overdue, which restricts the plan. Pay it before you choose another.';
      return refuse({ kind: 'PlanRestricted' as const, message });
    }
    const at = holdsAtOnce(chosen, current) ? now : period.end;
    const course = changed(subscription, { plan: code, from: dayOf(at) }, now);
    await saveCourse(tx, course, subscription.invoicedUntil);
    await appendEvents(tx, {
      streamId: streamId('plan-subscription', tx.organisationId!),
      events: [{ type: 'hub.plan-changed.v1', data: { plan: code, from: at.toISOString() } }],
    });
    return accept(null);
  });
}
