import { andThen, decodeId, encodeId, money } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseAll, parseKeysetPage, parseText, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import { readKey } from '../endpoints/endpoints.input.ts';
import type { Resolvers } from '../generated/schema.ts';
import { changePlan } from './change-plan.ts';
import { periodOf } from './plan.ts';
import { defaultPlanOf, planOf } from './plans.ts';
import { invoiceNumber, platformInvoicesPage } from './platform-invoice.ts';
import { findSubscription, requestsOf } from './subscription.ts';

/** As it stands now; before anything was asked for or chosen, the plan of who has chosen none. */
async function subscriptionNow({ database, viewer, plans }: Context) {
  const period = periodOf(new Date());
  return database.read(viewer, async (tx) => {
    const subscription = await findSubscription(tx);
    const requests = await requestsOf(tx, period);
    const plan = subscription ? planOf(plans, subscription.plan) : defaultPlanOf(plans);
    const { requestLimit } = plan;
    return {
      plan,
      nextPlan: subscription?.nextPlan ? planOf(plans, subscription.nextPlan) : null,
      periodStart: period.start,
      periodEnd: period.end,
      requests,
      remainingRequests: requestLimit === null ? null : Math.max(0, requestLimit - requests),
    };
  });
}

export const plansResolvers: Resolvers = {
  Query: {
    plans: (_, __, { plans }) => [...plans.values()],
    planSubscription: (_, __, context) => subscriptionNow(context),
    platformInvoices: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['integer']));
      const invoices = await database.read(viewer, (tx) => platformInvoicesPage(tx, page));
      return toConnection(invoices, page, ({ number }) => [number]);
    },
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
  PlatformInvoice: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('PlatformInvoice', id);
      if (uuid === null || !viewer.scopes.includes('hub:manage')) return null;
      return loaders.platformInvoice.load(uuid);
    },
    id: ({ id }) => encodeId('PlatformInvoice', id),
    number: invoiceNumber,
    plan: ({ plan }, _, { plans }) => planOf(plans, plan),
    lines: ({ lines, currency }) =>
      lines.map(({ amountMinor, ...line }) => ({ ...line, amount: money(amountMinor, currency) })),
    total: ({ totalMinor, currency }) => money(totalMinor, currency),
  },
};
