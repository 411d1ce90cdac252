import { decodeId, encodeId } from '@marquee/kernel';
import { orBadInput, parseAll, parseId, parseIdempotencyKey, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { seatsOf, ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { visibleHold, visibleOrder } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { extendHold } from './extend-hold.ts';
import { holdTickets } from './hold-tickets.ts';
import { readHoldRequest } from './holds.input.ts';
import { releaseHold } from './release-hold.ts';

export const holdsResolvers: Resolvers = {
  Query: {
    hold: (_, { id }, context) => visibleHold(context, orBadInput(parseId('Hold', 'id', id))),
  },
  Mutation: {
    holdTickets: async (_, { input }, { services, viewer }) => {
      const parsed = readHoldRequest(input);
      const outcome = await whenParsed(parsed, (request) => holdTickets(services, viewer, request));
      return toResult(outcome, (hold) => ({ __typename: 'TicketsHeld', hold }));
    },
    extendHold: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        holdId: parseId('Hold', 'holdId', input.holdId),
      });
      const outcome = await whenParsed(parsed, (request) => extendHold(services, viewer, request));
      return toResult(outcome, (hold) => ({ __typename: 'HoldExtended', hold }));
    },
    releaseHold: async (_, { id }, { services, viewer }) => {
      const parsed = parseId('Hold', 'id', id);
      const outcome = await whenParsed(parsed, (request) => releaseHold(services, viewer, request));
      return toResult(outcome, (hold) => ({ __typename: 'HoldReleased', hold }));
    },
  },
  Hold: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('Hold', id);
      return uuid === null ? null : visibleHold(context, uuid);
    },
    id: ({ id }) => encodeId('Hold', id),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    lines: ({ lines, occurrenceId }) => lines.map((line) => ({ ...line, occurrenceId })),
    order: async ({ id }, _, context) => {
      const orderId = await context.loaders.orderOfHold.load(id);
      const order = orderId === null ? null : await visibleOrder(context, orderId);
      return order && { ...order, asOf: null };
    },
  },
  HoldLine: {
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    seats: ({ seatIds }, _, context) => seatsOf(context, seatIds),
  },
  SeatsTaken: {
    seatIds: ({ seatIds }) => seatIds.map((id) => encodeId('Seat', id)),
  },
};
