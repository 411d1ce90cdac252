import { decodeId, encodeId } from '@marquee/kernel';
import { orBadInput } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import type { Space } from '../spaces/space.ts';
import { parseConflictsArguments } from './bookings.input.ts';
import { findConflicts } from './find-bookings.ts';
import type { OccurrenceReference } from './booking.ts';

/** The space that events names for the occurrence; null where it names none, or one that is not there. */
async function spaceOf({ spaceId }: OccurrenceReference, { loaders }: Context): Promise<Space | null> {
  const uuid = spaceId ? decodeId('Space', spaceId) : null;
  return uuid === null ? null : loaders.space.load(uuid);
}

export const bookingsResolvers: Resolvers = {
  Query: {
    spaceConflicts: async (_, args, { database, viewer, loaders }) => {
      const { spaceId, ranges, exceptOccurrenceIds } = orBadInput(parseConflictsArguments(args));
      const space = await loaders.space.load(spaceId);
      if (!space) return null;
      const conflicts = await database.read(viewer, (tx) =>
        findConflicts(tx, spaceId, ranges, exceptOccurrenceIds),
      );
      return { space, conflicts };
    },
  },
  SpaceBooking: {
    __resolveReference: async ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('SpaceBooking', id);
      const mayRead = viewer.scopes.includes('events:manage') || viewer.scopes.includes('venues:manage');
      return uuid === null || !mayRead ? null : loaders.booking.load(uuid);
    },
    id: ({ id }) => encodeId('SpaceBooking', id),
    space: ({ spaceId }, _, { loaders }) => loaders.space.load(spaceId),
    occurrence: ({ occurrenceId }) => ({ id: encodeId('Occurrence', occurrenceId) }),
  },
  Occurrence: {
    __resolveReference: (reference) => reference as OccurrenceReference,
    space: (occurrence, _, context) => spaceOf(occurrence, context),
    seatMap: (occurrence, _, { loaders }) => {
      const uuid = occurrence.spaceId ? decodeId('Space', occurrence.spaceId) : null;
      return uuid === null ? null : loaders.newestSeatMap.load(uuid);
    },
    spaceBookings: async ({ id }, _, { loaders }) => {
      const uuid = decodeId('Occurrence', id);
      return uuid === null ? [] : [...(await loaders.bookingsOfOccurrence.load(uuid))];
    },
  },
};
