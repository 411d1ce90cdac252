import { andThen, assert, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  deletedConnection,
  deletedView,
  orBadInput,
  parseId,
  parseKeysetPage,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { cancelEvent } from './cancel-event.ts';
import { createEvent } from './create-event.ts';
import { deleteEvent, restoreEvent } from './delete-event.ts';
import { recurs, type Event } from './event.ts';
import {
  readEventCancellation,
  readEventChanges,
  readEventQuery,
  readEventRescheduling,
  readNewEvent,
} from './events.input.ts';
import { findEvents } from './find-events.ts';
import { publishEvent } from './publish-event.ts';
import { rescheduleEvent } from './reschedule-event.ts';
import { updateEvent } from './update-event.ts';

/** The event as it is after a mutation. */
async function reload({ loaders }: Context, id: string): Promise<Event> {
  loaders.event.clear(id);
  const event = await loaders.event.load(id);
  assert(event, `event ${id} is there after it was changed`);
  return event;
}

const mutations: NonNullable<Resolvers['Mutation']> = {
  createEvent: async (_, { input }, context) => {
    const outcome = await andThen(readNewEvent(input), ({ key, event }) => createEvent(context, key, event));
    return toResult(outcome, ({ eventId }) => ({
      __typename: 'EventCreated',
      event: reload(context, eventId),
    }));
  },
  updateEvent: async (_, { input }, context) => {
    const outcome = await andThen(readEventChanges(input), ({ id, changes }) =>
      updateEvent(context, id, changes),
    );
    return toResult(outcome, ({ eventId }) => ({
      __typename: 'EventUpdated',
      event: reload(context, eventId),
    }));
  },
  publishEvent: async (_, { id }, context) => {
    const outcome = await andThen(parseId('Event', 'id', id), (uuid) => publishEvent(context, uuid));
    return toResult(outcome, ({ eventId }) => ({
      __typename: 'EventPublished',
      event: reload(context, eventId),
    }));
  },
  rescheduleEvent: async (_, { input }, context) => {
    const parsed = readEventRescheduling(input);
    const outcome = await andThen(parsed, ({ id, change }) => rescheduleEvent(context, id, change));
    return toResult(outcome, ({ eventId }) => ({
      __typename: 'EventRescheduled',
      event: reload(context, eventId),
    }));
  },
  cancelEvent: async (_, { input }, context) => {
    const parsed = readEventCancellation(input);
    const outcome = await andThen(parsed, ({ id, reason }) => cancelEvent(context, id, reason));
    return toResult(outcome, ({ eventId }) => ({
      __typename: 'EventCancelled',
      event: reload(context, eventId),
    }));
  },
  deleteEvent: async (_, { id }, context) => {
    const outcome = await andThen(parseId('Event', 'id', id), (uuid) => deleteEvent(context, uuid));
    return toResult(outcome, (deleted) => ({
      __typename: 'EventDeleted',
      deleted: deletedView('Event', deleted),
    }));
  },
  restoreEvent: async (_, { id }, context) => {
    const outcome = await andThen(parseId('Event', 'id', id), (uuid) => restoreEvent(context, uuid));
    return toResult(outcome, ({ eventId }) => ({
      __typename: 'EventRestored',
      event: reload(context, eventId),
    }));
  },
};

export const eventsResolvers: Resolvers = {
  Query: {
    event: (_, { id }, { loaders }) => loaders.event.load(orBadInput(parseId('Event', 'id', id))),
    events: async (_, args, { database, viewer, visibility }) => {
      const query = orBadInput(readEventQuery(args));
      const rows = await database.read(viewer, (tx) => findEvents(tx, query, visibility));
      return toConnection(rows, query.page, ({ id }) => [id]);
    },
    deletedEvents: (_, args, { database, viewer, eventDeletion: deletion }) =>
      deletedConnection('Event', { database, viewer, deletion }, args),
  },
  Mutation: mutations,
  Event: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Event', id);
      return uuid === null ? null : loaders.event.load(uuid);
    },
    id: ({ id }) => encodeId('Event', id),
    spaceId: ({ spaceId }) => (spaceId === null ? null : encodeId('Space', spaceId)),
    series: ({ seriesId }, _, { loaders }) => (seriesId === null ? null : loaders.series.load(seriesId)),
    recurrence: (event) => (recurs(event) ? event : null),
    occurrences: async ({ id }, args, { loaders }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const rows = await loaders.occurrencesOfEvent.load({ parentId: id, page });
      return toConnection(rows, page, (occurrence) => [occurrence.startsAt.toISOString(), occurrence.id]);
    },
  },
  RecurrenceRule: {
    rdates: ({ rdates }) => [...rdates],
    exdates: ({ exdates }) => [...exdates],
    overrides: ({ overrides }) => [...overrides],
  },
};
