import { encodeId } from '@marquee/kernel';
import { toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { payOrder } from './pay-order.ts';
import { readPayRequest } from './payments.input.ts';

export const paymentsResolvers: Resolvers = {
  Mutation: {
    payOrder: async (_, { input }, { services, viewer }) => {
      const parsed = readPayRequest(input, services.providers);
      const outcome = await whenParsed(parsed, (request) => payOrder(services, viewer, request));
      return toResult(outcome, (order) => ({
        __typename: order.paidAt ? 'OrderPaid' : 'InstalmentPaid',
        order: { ...order, asOf: null },
      }));
    },
  },
  Payment: { id: ({ id }) => encodeId('Payment', id) },
};
