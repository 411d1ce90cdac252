import { parseAll, parseId, parseIdempotencyKey, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { orderView } from '../orders/orders.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { refundRescheduled } from './refund-rescheduled.ts';

export const occurrencesResolvers: Resolvers = {
  Occurrence: {
    cancellation: ({ id }, _, { loaders }) => loaders.cancellation.load(id),
    reschedule: ({ id }, _, { loaders }) => loaders.reschedule.load(id),
  },
  Mutation: {
    refundRescheduledOrder: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        orderId: parseId('Order', 'orderId', input.orderId),
        occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
      });
      const outcome = await whenParsed(parsed, (request) =>
        refundRescheduled(context.services, context.viewer, request),
      );
      const order = outcome.ok ? await orderView(context, outcome.value.orderId) : null;
      return toResult(outcome, () => ({ __typename: 'RescheduledOrderRefunded', order: order! }));
    },
  },
};
