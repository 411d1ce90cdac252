import { decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseId, parseKeysetPage } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { seatsOf, ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { guestName, orderView } from '../orders/orders.resolvers.ts';
import { mayHoldTicket, visibleTicket } from '../visible.ts';
import { findTicketsOfGuest } from './ticket-rows.ts';
import { isLive } from './ticket.ts';

export const ticketsResolvers: Resolvers = {
  Query: {
    ticket: (_, { id }, context) => visibleTicket(context, orBadInput(parseId('Ticket', 'id', id))),
  },
  Ticket: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('Ticket', id);
      return uuid === null ? null : visibleTicket(context, uuid);
    },
    id: ({ id }) => encodeId('Ticket', id),
    credential: async (ticket, _, context) => {
      // A scanner sees tickets that it must not be able to use.
      if (!isLive(ticket.status) || !(await mayHoldTicket(context, ticket))) return null;
      const { id: ticketId, occurrenceId, credentialEpoch: epoch } = ticket;
      return context.services.credentials.sign({ ticketId, occurrenceId, epoch });
    },
    seat: async ({ seatId }, _, context) => (seatId === null ? null : (await seatsOf(context, [seatId]))[0]!),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    guest: ({ guestId }, _, context) => guestName(context, guestId),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    order: ({ orderId }, _, context) => orderView(context, orderId),
    admittedAt: ({ id }, _, { loaders }) => loaders.admittedAt.load(id),
  },
  Viewer: {
    __resolveReference: ({ id, guest }) => ({ id, guest: guest ?? null }),
    tickets: async ({ guest }, args, { services, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      // Signed by the gateway: `guest` is what guests says of this very viewer.
      const guestId = guest ? decodeId('Guest', guest.id) : null;
      if (guestId === null) return toConnection([], page, () => []);
      const tickets = await services.database.read(viewer, (tx) => findTicketsOfGuest(tx, guestId, page));
      return toConnection(tickets, page, (ticket) => [ticket.issuedAt.toISOString(), ticket.id]);
    },
  },
};
