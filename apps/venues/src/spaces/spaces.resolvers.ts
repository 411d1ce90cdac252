import { andThen, assert, decodeId, encodeId } from '@marquee/kernel';
import { orBadInput, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import { parseBookingsArguments } from '../bookings/bookings.input.ts';
import { toConnection } from '@marquee/postgres';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { createSpace } from './create-space.ts';
import { findSpaces } from './find-spaces.ts';
import { readNewSpace, readSpaceQuery } from './spaces.input.ts';
import type { Space } from './space.ts';

async function loadCreated({ loaders }: Context, id: string): Promise<Space> {
  const space = await loaders.space.load(id);
  assert(space, `space ${id} is there after it was made`);
  return space;
}

export const spacesResolvers: Resolvers = {
  Query: {
    space: (_, { id }, { loaders }) => loaders.space.load(orBadInput(parseId('Space', 'id', id))),
    spaces: async (_, args, { database, viewer }) => {
      const query = orBadInput(readSpaceQuery(args));
      const spaces = await database.read(viewer, (tx) => findSpaces(tx, query));
      return toConnection(spaces, query.page, (space) => [space.name, space.id]);
    },
  },
  Mutation: {
    createSpace: async (_, { input }, context) => {
      const outcome = await andThen(readNewSpace(input), ({ key, space }) =>
        createSpace(context, key, space),
      );
      return toResult(outcome, ({ spaceId }) => ({
        __typename: 'SpaceCreated',
        space: loadCreated(context, spaceId),
      }));
    },
  },
  Space: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Space', id);
      return uuid === null ? null : loaders.space.load(uuid);
    },
    id: ({ id }) => encodeId('Space', id),
    venue: async ({ venueId }, _, { loaders }) => {
      const venue = await loaders.venue.load(venueId);
      assert(venue, 'a space has a venue: a foreign key says so');
      return venue;
    },
    seatMap: ({ id }, _, { loaders }) => loaders.newestSeatMap.load(id),
    seatMaps: async ({ id }, args, { loaders }) => {
      const page = orBadInput(parseKeysetPage(args, ['integer']));
      const maps = await loaders.seatMapsOfSpace.load({ parentId: id, page });
      return toConnection(maps, page, (map) => [map.version]);
    },
    bookings: async ({ id }, args, { loaders }) => {
      const { page, range } = orBadInput(parseBookingsArguments(args));
      const bookings = await loaders.bookingsOfSpace(range).load({ parentId: id, page });
      return toConnection(bookings, page, (booking) => [booking.startsAt.toISOString(), booking.id]);
    },
  },
};
