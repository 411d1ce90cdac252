import { andThen } from '@marquee/kernel';
import { parseAll, parseText, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import { readKey } from '../endpoints/endpoints.input.ts';
import type { Resolvers } from '../generated/schema.ts';
import { changePlan } from './change-plan.ts';
import { dayOf, periodOf, planOn } from './plan.ts';
import { defaultPlanOf, planOf } from './plans.ts';
import { findSubscription, requestsOf } from './subscription.ts';

/** As it stands now; before anything was asked for or chosen, the plan of who has chosen none. */
async function subscriptionNow({ clock, database, viewer, priceLists }: Context) {
  const now = clock.now();
  const period = periodOf(now);
  const plans = (await priceLists.read(now))(period);
  return database.read(viewer, async (tx) => {
    const subscription = await findSubscription(tx);
    const requests = await requestsOf(tx, period);
    const next = subscription?.changes.find(({ from }) => from > dayOf(now));
    const restrictedSince = subscription?.restrictedAt ?? null;
    const chosen = subscription ? planOf(plans, planOn(subscription, now)) : defaultPlanOf(plans);
    const { requestLimit } = restrictedSince ? defaultPlanOf(plans) : chosen;
    return {
      plan: chosen,
      nextPlan: next ? planOf(plans, next.plan) : null,
      periodStart: period.start,
      periodEnd: period.end,
      requests,
      remainingRequests: requestLimit === null ? null : Math.max(0, requestLimit - requests),
      restrictedSince,
    };
  });
}

export const plansResolvers: Resolvers = {
  Query: {
    plans: async (_, __, { clock, priceLists }) => {
      const now = clock.now();
      return [...(await priceLists.read(now))(periodOf(now)).values()];
    },
    planSubscription: (_, __, context) => subscriptionNow(context),
  },
  Mutation: {
    changePlan: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        planCode: parseText('planCode', input.planCode, { max: 50 }),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, planCode }) =>
        changePlan({ ...context, idempotencyKey }, planCode),
      );
      return toResult(outcome, () => ({
        __typename: 'PlanChanged',
        subscription: subscriptionNow(context),
      }));
    },
  },
};
