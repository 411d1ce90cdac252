import { accept, andThen, encodeId } from '@marquee/kernel';
import { parseAll, parseId, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { readKey } from '../input.ts';
import { revokeOrderLinks } from './revoke-order-links.ts';

export const orderLinksResolvers: Resolvers = {
  Mutation: {
    revokeOrderLinks: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        orderId: parseId('Order', 'orderId', input.orderId),
        sendNew: accept(input.sendNew ?? false),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, ...request }) =>
        revokeOrderLinks({ ...context, idempotencyKey }, request),
      );
      return toResult(outcome, ({ orderId, sendNew }) => ({
        __typename: 'OrderLinksRevoked',
        orderId: encodeId('Order', orderId),
        sendingNew: sendNew,
      }));
    },
  },
};
