import { decodeId, encodeId } from '@marquee/kernel';
import { parseAll, parseId, parseInteger, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { readGuest } from '../orders/orders.input.ts';
import { guestName } from '../orders/orders.resolvers.ts';
import { visibleEntry } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { joinWaitlist } from './join-waitlist.ts';

export const waitlistResolvers: Resolvers = {
  Mutation: {
    joinWaitlist: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
        ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
        quantity: parseInteger('quantity', input.quantity, { min: 1, max: 100 }),
        guest: readGuest('guest', input.guest),
      });
      const outcome = await whenParsed(parsed, (request) => joinWaitlist(services, viewer, request));
      return toResult(outcome, (entry) => ({ __typename: 'WaitlistJoined', entry }));
    },
  },
  WaitlistEntry: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('WaitlistEntry', id);
      return uuid === null ? null : visibleEntry(context, uuid);
    },
    id: ({ id }) => encodeId('WaitlistEntry', id),
    position: ({ id }, _, { loaders }) => loaders.position.load(id),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    guest: ({ guestId }, _, context) => guestName(context, guestId),
  },
};
