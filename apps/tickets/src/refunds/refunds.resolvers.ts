import { accept, encodeId } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseList,
  parseMoney,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { RecordExternalRefundInput, RefundOrderInput, Resolvers } from '../generated/schema.ts';
import { orderView } from '../orders/orders.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { recordExternalRefundByHand, refundOrder } from './refund-order.ts';

function readRefund(input: RefundOrderInput) {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    orderId: parseId('Order', 'orderId', input.orderId),
    amount: parseOptional(input.amount, (amount) => parseMoney('amount', amount, { min: 1n })),
    reason: parseOptional(input.reason, (reason) =>
      parseText('reason', reason, { max: 500, multiline: true }),
    ),
    ticketIds: parseOptional(input.ticketIds, (ids) =>
      parseList('ticketIds', ids, { min: 1, max: 100 }, (field, id) => parseId('Ticket', field, id)),
    ),
  });
  if (!parsed.ok) return parsed;
  const { ticketIds, ...rest } = parsed.value;
  // Only what is said: the request is compared with the one that first came with its key.
  return accept({
    ...rest,
    ...(ticketIds && { ticketIds: [...new Set(ticketIds)] }),
    ...(input.waiveCancellationFee && { waivesCancellationFee: true }),
  });
}

function readExternalRefund({ reference, ...input }: RecordExternalRefundInput) {
  const parsed = readRefund(input);
  if (!parsed.ok) return parsed;
  const named = parseText('reference', reference, { max: 200 });
  return named.ok ? accept({ ...parsed.value, reference: named.value }) : named;
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
    recordExternalRefund: async (_, { input }, context) => {
      const outcome = await whenParsed(readExternalRefund(input), (request) =>
        recordExternalRefundByHand(context.services, context.viewer, request),
      );
      return toResult(outcome, ({ orderId }) => ({
        __typename: 'OrderRefunded',
        order: orderView(context, orderId),
      }));
    },
  },
  Refund: {
    id: ({ id }) => encodeId('Refund', id),
    tickets: async ({ ticketIds }, _, { loaders }) => {
      const tickets = await Promise.all(ticketIds.map((id) => loaders.ticket.load(id)));
      return tickets.filter((ticket) => ticket !== null);
    },
    payment: async ({ orderId, paymentId }, _, { loaders }) => {
      const payments = paymentId === null ? [] : await loaders.payments.load(orderId);
      return payments.find(({ id }) => id === paymentId) ?? null;
    },
  },
  TicketNotRefundable: { ticketId: ({ ticketId }) => encodeId('Ticket', ticketId) },
};
