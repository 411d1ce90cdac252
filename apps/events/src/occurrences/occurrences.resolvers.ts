import { andThen, assert, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseId, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { cancelOneOccurrence } from './cancel-occurrence.ts';
import { findOccurrences } from './find-occurrences.ts';
import { readCancellation, readOccurrenceQuery, readRescheduling } from './occurrences.input.ts';
import type { Occurrence } from './occurrence.ts';
import { rescheduleOccurrence } from './reschedule-occurrence.ts';

/** The occurrence as it is after a mutation. */
async function reload({ loaders }: Context, id: string): Promise<Occurrence> {
  loaders.occurrence.clear(id);
  const occurrence = await loaders.occurrence.load(id);
  assert(occurrence, `occurrence ${id} is there after it was changed`);
  return occurrence;
}

export const occurrencesResolvers: Resolvers = {
  Query: {
    occurrence: (_, { id }, { loaders }) =>
      loaders.occurrence.load(orBadInput(parseId('Occurrence', 'id', id))),
    occurrences: async (_, args, { database, viewer, visibility }) => {
      const query = orBadInput(readOccurrenceQuery(args));
      const rows = await database.read(viewer, (tx) => findOccurrences(tx, query, visibility));
      return toConnection(rows, query.page, ({ startsAt, id }) => [startsAt.toISOString(), id]);
    },
  },
  Mutation: {
    rescheduleOccurrence: async (_, { input }, context) => {
      const outcome = await andThen(readRescheduling(input), ({ id, change }) =>
        rescheduleOccurrence(context, id, change),
      );
      return toResult(outcome, ({ occurrenceId }) => ({
        __typename: 'OccurrenceRescheduled',
        occurrence: reload(context, occurrenceId),
      }));
    },
    cancelOccurrence: async (_, { input }, context) => {
      const outcome = await andThen(readCancellation(input), ({ id, reason }) =>
        cancelOneOccurrence(context, id, reason),
      );
      return toResult(outcome, ({ occurrenceId }) => ({
        __typename: 'OccurrenceCancelled',
        occurrence: reload(context, occurrenceId),
      }));
    },
  },
  Occurrence: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Occurrence', id);
      return uuid === null ? null : loaders.occurrence.load(uuid);
    },
    id: ({ id }) => encodeId('Occurrence', id),
    event: async ({ eventId }, _, { loaders }) => {
      const event = await loaders.event.load(eventId);
      assert(event, 'who sees an occurrence sees its event');
      return event;
    },
    spaceId: ({ spaceId }) => (spaceId === null ? null : encodeId('Space', spaceId)),
  },
};
