import { decodeId, encodeId } from '@marquee/kernel';
import { parseAll, parseId, parseIdempotencyKey, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { seatsOf, ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { visibleTicket } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { buyListing } from './buy-listing.ts';
import { listTicket, unlistTicket } from './list-ticket.ts';

export const resaleResolvers: Resolvers = {
  Mutation: {
    listTicket: async (_, { ticketId }, { services, viewer }) => {
      const parsed = parseId('Ticket', 'ticketId', ticketId);
      const outcome = await whenParsed(parsed, (id) => listTicket(services, viewer, id));
      return toResult(outcome, (listing) => ({ __typename: 'TicketListed', listing }));
    },
    unlistTicket: async (_, { listingId }, { services, viewer }) => {
      const parsed = parseId('ResaleListing', 'listingId', listingId);
      const outcome = await whenParsed(parsed, (id) => unlistTicket(services, viewer, id));
      return toResult(outcome, (listing) => ({ __typename: 'TicketUnlisted', listing }));
    },
    buyResaleTicket: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        listingId: parseId('ResaleListing', 'listingId', input.listingId),
      });
      const outcome = await whenParsed(parsed, (request) => buyListing(services, viewer, request));
      return toResult(outcome, (hold) => ({ __typename: 'ResaleTicketHeld', hold }));
    },
  },
  Ticket: { resaleListing: ({ id }, _, { loaders }) => loaders.listingOfTicket.load(id) },
  Occurrence: {
    resaleListings: async ({ id }, _, { loaders }) => [...(await loaders.listingsForSale.load(id))],
  },
  ResaleListing: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('ResaleListing', id);
      return uuid === null ? null : loaders.listing.load(uuid);
    },
    id: ({ id }) => encodeId('ResaleListing', id),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    seat: async ({ seatId }, _, context) => (seatId === null ? null : (await seatsOf(context, [seatId]))[0]!),
    ticket: ({ ticketId }, _, context) => visibleTicket(context, ticketId),
  },
};
