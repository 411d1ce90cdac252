import { encodeId } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseMoney,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { RefundOrderInput, Resolvers } from '../generated/schema.ts';
import { orderView } from '../orders/orders.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { refundOrder } from './refund-order.ts';

function readRefund(input: RefundOrderInput) {
  return parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    orderId: parseId('Order', 'orderId', input.orderId),
    amount: parseOptional(input.amount, (amount) => parseMoney('amount', amount, { min: 1n })),
    reason: parseOptional(input.reason, (reason) =>
      parseText('reason', reason, { max: 500, multiline: true }),
    ),
  });
}

export const refundsResolvers: Resolvers = {
  Mutation: {
    refundOrder: async (_, { input }, context) => {
      const parsed = readRefund(input);
      const outcome = await whenParsed(parsed, (request) =>
        refundOrder(context.services, context.viewer, request),
      );
      return toResult(outcome, ({ orderId }) => ({
        __typename: 'OrderRefunded',
        order: orderView(context, orderId),
      }));
    },
  },
  Refund: { id: ({ id }) => encodeId('Refund', id) },
};
