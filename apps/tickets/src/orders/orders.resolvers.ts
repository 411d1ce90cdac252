import { accept, decodeId, encodeId, type Outcome } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseInstant,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { seatsOf, ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { ticketAsOf } from '../tickets/ticket.ts';
import { visibleOrder } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { orderExpired, type OrderExpired } from '../payments/payment.ts';
import { sellInBulk, type BulkAnswer, type BulkRequest } from './box-office.ts';
import { checkOut, type CheckOutRefusal } from './check-out.ts';
import { approveOrder, rejectOrder, submitOrder } from './decide-order.ts';
import { findOrderAsOf, findOrderPage, readHistory } from './find-order.ts';
import { taxesOf } from './order-pricing.ts';
import type { Order, OrderView } from './order.ts';
import { readBoxOfficeSale, readBulk, readCheckOut, readOrderQuery } from './orders.input.ts';

/** An order that is there: use cases have just answered it. */
export async function orderView({ loaders }: Context, id: string): Promise<OrderView> {
  const order = await loaders.order.load(id);
  if (!order) throw new Error(`order ${id} is gone`);
  return { ...order, asOf: null };
}

/** A guest's id and the name that this service keeps of it, so that the door works while guests is down. */
export async function guestName({ loaders }: Context, id: string): Promise<{ id: string; name: string }> {
  const guest = await loaders.guest.load(id);
  return { id, name: guest?.name ?? '' };
}

export const ordersResolvers: Resolvers = {
  Subscription: {
    // Live delivery is the gateway's, which asks `order` again; asked here, the stream is simply over.
    orderChanged: { async *subscribe() {} },
  },
  Query: {
    order: async (_, args, context) => {
      const id = orBadInput(parseId('Order', 'id', args.id));
      const asOf = orBadInput(parseOptional(args.asOf, (instant) => parseInstant('asOf', instant)));
      if (!(await visibleOrder(context, id))) return null;
      return context.services.database.read(context.viewer, (tx) => findOrderAsOf(tx, id, asOf));
    },
    orders: async (_, args, { services, viewer }) => {
      const query = orBadInput(readOrderQuery(args));
      const orders = await services.database.read(viewer, (tx) => findOrderPage(tx, query));
      const views = orders.map((order) => ({ ...order, asOf: null }));
      return toConnection(views, query, (order) => [order.createdAt.toISOString(), order.id]);
    },
  },
  Mutation: {
    checkOut: async (_, { input }, { services, viewer }) => {
      const parsed = readCheckOut(input);
      const outcome = await whenParsed(parsed, (request) => checkOut(services, viewer, request));
      return toResult(outcome, (order) => ({ __typename: 'OrderPlaced', order: { ...order, asOf: null } }));
    },
    submitOrder: async (_, { id }, { services, viewer }) => {
      const outcome = await whenParsed(parseId('Order', 'id', id), (orderId) =>
        submitOrder(services, viewer, orderId),
      );
      return toResult(outcome, (order) => ({
        __typename: 'OrderSubmitted',
        order: { ...order, asOf: null },
      }));
    },
    approveOrder: async (_, { id }, { services, viewer }) => {
      const outcome = await whenParsed(parseId('Order', 'id', id), (orderId) =>
        approveOrder(services, viewer, orderId),
      );
      return toResult(outcome, (order) => ({ __typename: 'OrderApproved', order: { ...order, asOf: null } }));
    },
    rejectOrder: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        orderId: parseId('Order', 'orderId', input.orderId),
        reason: parseOptional(input.reason, (reason) => parseText('reason', reason, { max: 500 })),
      });
      const outcome = await whenParsed(parsed, (request) => rejectOrder(services, viewer, request));
      return toResult(outcome, (order) => ({ __typename: 'OrderRejected', order: { ...order, asOf: null } }));
    },
    sellAtBoxOffice: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readBoxOfficeSale(input), (sale) => checkOut(services, viewer, sale));
      const paid: Outcome<Order, CheckOutRefusal | OrderExpired> =
        outcome.ok && outcome.value.paidAt === null ? orderExpired() : outcome;
      return toResult(paid, (order) => ({ __typename: 'OrderPaid', order: { ...order, asOf: null } }));
    },
    sellInBulk: async (_, { input }, { services, viewer }) => {
      const parsed = readBulk(input);
      const outcome = await whenParsed<BulkRequest, readonly BulkAnswer[], never>(parsed, async (request) =>
        accept(await sellInBulk(services, viewer, request)),
      );
      return toResult(outcome, (answers) => ({
        __typename: 'SoldInBulk',
        sold: answers.filter(({ ok }) => ok).length,
        rows: answers.map((answer, row) =>
          answer.ok
            ? { row, order: { ...answer.value, asOf: null } }
            : { row, refusal: answer.refusal.kind, message: answer.refusal.message },
        ),
      }));
    },
  },
  Order: {
    __resolveReference: async ({ id }, context) => {
      const uuid = decodeId('Order', id);
      const order = uuid === null ? null : await visibleOrder(context, uuid);
      return order && { ...order, asOf: null };
    },
    id: ({ id }) => encodeId('Order', id),
    expiresAt: ({ expiresAt, paidAt }) => (paidAt ? null : expiresAt),
    guest: ({ guestId }, _, context) => guestName(context, guestId),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    eventTitle: async ({ occurrenceId }, _, { loaders }) =>
      (await loaders.occurrence.load(occurrenceId))?.eventTitle ?? null,
    discount: async ({ id }, _, { loaders }) => (await loaders.orderPricing.load(id))!.discount,
    fees: async ({ id }, _, { loaders }) => [...(await loaders.orderFees.load(id))],
    taxes: async ({ id }, _, { loaders }) =>
      taxesOf([...(await loaders.lines.load(id)), ...(await loaders.orderFees.load(id))]),
    voucher: async ({ id }, _, { loaders }) => {
      const voucherId = (await loaders.orderPricing.load(id))?.voucherId ?? null;
      return voucherId === null ? null : loaders.voucher.load(voucherId);
    },
    reverseCharge: async ({ id }, _, { loaders }) =>
      (await loaders.orderPricing.load(id))?.business?.reverseCharge ?? false,
    lines: async ({ id }, _, { loaders }) => [...(await loaders.lines.load(id))],
    tickets: async ({ id, asOf }, _, { loaders }) => {
      const tickets = await loaders.ticketsOfOrder.load(id);
      return tickets.flatMap((ticket) => ticketAsOf(ticket, asOf) ?? []);
    },
    payments: async ({ id, asOf }, _, { loaders }) => {
      const payments = await loaders.payments.load(id);
      return payments.filter((payment) => asOf === null || payment.createdAt <= asOf);
    },
    refunds: async ({ id, asOf }, _, { loaders }) => {
      const refunds = await loaders.refunds.load(id);
      return refunds.filter((refund) => asOf === null || refund.createdAt <= asOf);
    },
    history: ({ id, asOf }, _, { services, viewer }) =>
      services.database.read(viewer, (tx) => readHistory(tx, id, asOf)),
  },
  OrderLine: {
    id: ({ id }) => encodeId('OrderLine', id),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    seats: ({ seatIds }, _, context) => seatsOf(context, seatIds),
  },
  Guest: { id: ({ id }) => encodeId('Guest', id) },
};
