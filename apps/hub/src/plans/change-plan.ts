import { appendEvents, streamId } from '@marquee/event-log';
import { accept, invalid, type IdempotencyConflict, type InvalidInput, type Outcome } from '@marquee/kernel';
import { decide, type Command } from '../command.ts';
import { holdsAtOnce, periodOf } from './plan.ts';
import { defaultPlanOf, planOf } from './plans.ts';
import { lockSubscription } from './subscription.ts';

/** Chooses a plan: a dearer one holds from now on, for the whole month; a cheaper one from the next month. */
export async function changePlan(
  command: Command,
  code: string,
): Promise<Outcome<null, InvalidInput | IdempotencyConflict>> {
  const { plans } = command;
  const chosen = plans.get(code);
  if (!chosen) return invalid('planCode', `must be one of ${[...plans.keys()].join(', ')}`);
  const now = new Date();
  return decide<null, never>(command, 'changePlan', { code }, async (tx) => {
    await tx.execute(
      `insert into plan_subscription (organisation_id, plan, invoiced_until)
       values ($1, $2, date_trunc('month', now() at time zone 'UTC')) on conflict do nothing`,
      [tx.organisationId, defaultPlanOf(plans).code],
    );
    const subscription = await lockSubscription(tx);
    const atOnce = holdsAtOnce(chosen, planOf(plans, subscription!.plan));
    await tx.execute('update plan_subscription set plan = $1, next_plan = $2', [
      atOnce ? code : subscription!.plan,
      atOnce ? null : code,
    ]);
    const from = atOnce ? now : periodOf(now).end;
    await appendEvents(tx, {
      streamId: streamId('plan-subscription', tx.organisationId!),
      events: [{ type: 'hub.plan-changed.v1', data: { plan: code, from: from.toISOString() } }],
    });
    return accept(null);
  });
}
