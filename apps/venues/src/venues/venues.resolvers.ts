import { andThen, assert, decodeId, encodeId } from '@marquee/kernel';
import {
  deletedConnection,
  deletedView,
  orBadInput,
  parseId,
  parseKeysetPage,
  toResult,
} from '@marquee/subgraph';
import { toConnection } from '@marquee/postgres';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { createVenue } from './create-venue.ts';
import { deleteVenue, restoreVenue } from './delete-venue.ts';
import { findVenues } from './find-venues.ts';
import type { Venue } from './venue.ts';
import { readNewVenue, readVenueQuery } from './venues.input.ts';

/** The venue as it is after a mutation. */
async function reload({ loaders }: Context, id: string): Promise<Venue> {
  loaders.venue.clear(id);
  const venue = await loaders.venue.load(id);
  assert(venue, `venue ${id} is there after it was changed`);
  return venue;
}

export const venuesResolvers: Resolvers = {
  Query: {
    venue: (_, { id }, { loaders }) => loaders.venue.load(orBadInput(parseId('Venue', 'id', id))),
    venues: async (_, args, { database, viewer }) => {
      const query = orBadInput(readVenueQuery(args));
      const venues = await database.read(viewer, (tx) => findVenues(tx, query));
      return toConnection(venues, query.page, (venue) => [venue.name, venue.id]);
    },
    deletedVenues: (_, args, { database, viewer, venueDeletion: deletion }) =>
      deletedConnection('Venue', { database, viewer, deletion }, args),
  },
  Mutation: {
    createVenue: async (_, { input }, context) => {
      const outcome = await andThen(readNewVenue(input), ({ key, venue }) =>
        createVenue(context, key, venue),
      );
      return toResult(outcome, ({ venueId }) => ({
        __typename: 'VenueCreated',
        venue: reload(context, venueId),
      }));
    },
    deleteVenue: async (_, { id }, context) => {
      const outcome = await andThen(parseId('Venue', 'id', id), (uuid) => deleteVenue(context, uuid));
      return toResult(outcome, (deleted) => ({
        __typename: 'VenueDeleted',
        deleted: deletedView('Venue', deleted),
      }));
    },
    restoreVenue: async (_, { id }, context) => {
      const outcome = await andThen(parseId('Venue', 'id', id), (uuid) => restoreVenue(context, uuid));
      return toResult(outcome, ({ venueId }) => ({
        __typename: 'VenueRestored',
        venue: reload(context, venueId),
      }));
    },
  },
  Venue: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Venue', id);
      return uuid === null ? null : loaders.venue.load(uuid);
    },
    id: ({ id }) => encodeId('Venue', id),
    address: (venue) => venue,
    location: ({ latitude, longitude }) =>
      latitude === null || longitude === null ? null : { latitude, longitude },
    spaces: async ({ id }, args, { loaders }) => {
      const page = orBadInput(parseKeysetPage(args, ['text', 'uuid']));
      const spaces = await loaders.spacesOfVenue.load({ parentId: id, page });
      return toConnection(spaces, page, (space) => [space.name, space.id]);
    },
  },
  Address: {
    line1: ({ addressLine1 }) => addressLine1,
    line2: ({ addressLine2 }) => addressLine2,
  },
};
