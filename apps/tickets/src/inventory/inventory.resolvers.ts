import { decodeId, encodeId } from '@marquee/kernel';
import { deletedConnection, deletedView, parseId, toResult } from '@marquee/subgraph';
import { mayActForOthers } from '../access.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { availabilityOf, availableOfType } from './availability.ts';
import { createTicketType } from './create-ticket-type.ts';
import { deleteTicketType, restoreTicketType, ticketTypeDeletion } from './delete-ticket-type.ts';
import { readNewTicketType } from './inventory.input.ts';
import type { TicketTypeView } from './ticket-type.ts';

const wireRef = (type: 'Event' | 'Occurrence', id: string) => {
  const uuid = decodeId(type, id);
  return uuid === null ? null : { id: uuid };
};

/** A ticket type, perhaps deleted, seen through an occurrence; faults where there is none, for foreign keys keep it. */
export async function ticketTypeOf(
  { loaders }: Context,
  ticketTypeId: string,
  occurrenceId: string | null,
): Promise<TicketTypeView> {
  const type = await loaders.ticketTypeEver.load(ticketTypeId);
  if (!type) throw new Error(`ticket type ${ticketTypeId} is gone`);
  return { ...type, occurrenceId };
}

/** What the replica does not know (yet) has no label that it could tell. */
export async function seatsOf({ loaders }: Context, seatIds: readonly string[]) {
  const seats = await Promise.all(seatIds.map((id) => loaders.seat.load(id)));
  return seatIds.map((id, place) => seats[place] ?? { id, label: '?' });
}

export const inventoryResolvers: Resolvers = {
  Query: {
    deletedTicketTypes: (_, args, { services: { database, terms }, viewer }) =>
      deletedConnection('TicketType', { database, viewer, deletion: ticketTypeDeletion(terms) }, args),
  },
  Mutation: {
    createTicketType: async (_, { input }, { services, viewer }) => {
      const parsed = readNewTicketType(input);
      const outcome = await whenParsed(parsed, (request) => createTicketType(services, viewer, request));
      return toResult(outcome, (type) => ({
        __typename: 'TicketTypeCreated',
        ticketType: { ...type, occurrenceId: null },
      }));
    },
    deleteTicketType: async (_, { id }, { services, viewer }) => {
      const parsed = parseId('TicketType', 'id', id);
      const outcome = await whenParsed(parsed, (uuid) => deleteTicketType(services, viewer, uuid));
      return toResult(outcome, (deleted) => ({
        __typename: 'TicketTypeDeleted',
        deleted: deletedView('TicketType', deleted),
      }));
    },
    restoreTicketType: async (_, { id }, { services, viewer }) => {
      const parsed = parseId('TicketType', 'id', id);
      const outcome = await whenParsed(parsed, (uuid) => restoreTicketType(services, viewer, uuid));
      return toResult(outcome, (type) => ({
        __typename: 'TicketTypeRestored',
        ticketType: { ...type, occurrenceId: null },
      }));
    },
  },
  TicketType: {
    __resolveReference: async ({ id }, { loaders }) => {
      const uuid = decodeId('TicketType', id);
      const type = uuid === null ? null : await loaders.ticketType.load(uuid);
      return type && { ...type, occurrenceId: null };
    },
    id: ({ id }) => encodeId('TicketType', id),
    event: ({ eventId }) => ({ id: eventId }),
    available: async ({ id, occurrenceId }, _, { loaders }) => {
      if (occurrenceId === null) return null;
      const sale = await loaders.onSale.load(occurrenceId);
      const quotas = sale?.types.find(({ type }) => type.id === id)?.quotas;
      return sale && quotas ? (sale.onSale ? availableOfType(quotas) : 0) : null;
    },
  },
  Event: {
    __resolveReference: ({ id }) => wireRef('Event', id),
    id: ({ id }) => encodeId('Event', id),
    ticketTypes: async ({ id }, _, { loaders, viewer }) => {
      const types = await loaders.ticketTypesOfEvent.load(id);
      const all = mayActForOthers(viewer);
      const terms = all ? [] : await Promise.all(types.map((type) => loaders.saleTerms.load(type.id)));
      return types
        .filter((_type, place) => all || !terms[place]?.hidden)
        .map((type) => ({ ...type, occurrenceId: null }));
    },
  },
  Occurrence: {
    __resolveReference: ({ id }) => wireRef('Occurrence', id),
    id: ({ id }) => encodeId('Occurrence', id),
    availability: async ({ id }, _, { loaders }) => {
      const sale = await loaders.onSale.load(id);
      return availabilityOf(sale?.onSale ?? false, sale?.types.map(({ quotas }) => quotas) ?? []);
    },
    ticketTypes: async ({ id }, _, { loaders }) => {
      const sale = await loaders.onSale.load(id);
      return sale?.types.map(({ type }) => type) ?? [];
    },
    seatAvailability: async ({ id }, _, { loaders }) => {
      const seats = await loaders.seatStatuses.load(id);
      return seats.map(({ seatId, status }) => ({ seatId: encodeId('Seat', seatId), status }));
    },
  },
  Seat: { id: ({ id }) => encodeId('Seat', id) },
  Subscription: {
    // Live delivery is the gateway's, from the relay's messages; asked here, the stream is simply over.
    availabilityChanged: { subscribe: () => ended() },
  },
};

async function* ended(): AsyncGenerator<never> {}
