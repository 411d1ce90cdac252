import { decodeId } from '@marquee/kernel';
import { orBadInput, parseId, parseTimeZone } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { parseDays, parseMinutes } from './period.ts';
import { salesByDay, salesByMinute } from './read-sales.ts';
import { organisationStats } from './read-stats.ts';
import { mainRevenue } from './stats.ts';

export const salesResolvers: Resolvers = {
  Query: {
    eventStats: (_, { eventId }, { loaders }) =>
      loaders.eventStats.load(orBadInput(parseId('Event', 'eventId', eventId))),
    organisationStats: (_, __, { database, viewer }) => database.read(viewer, organisationStats),
    salesByDay: (_, { from, to, timeZone }, { database, viewer }) => {
      const span = orBadInput(parseDays({ from, to }));
      const zone = orBadInput(parseTimeZone('timeZone', timeZone ?? 'UTC'));
      return database.read(viewer, (tx) => salesByDay(tx, span, zone));
    },
    salesByMinute: (_, { occurrenceId, from, to }, { database, viewer }) => {
      const uuid = orBadInput(parseId('Occurrence', 'occurrenceId', occurrenceId));
      const span = orBadInput(parseMinutes({ from, to }));
      return database.read(viewer, (tx) => salesByMinute(tx, uuid, span));
    },
  },
  Event: {
    stats: ({ id }, _, { loaders }) => {
      const uuid = decodeId('Event', id);
      return uuid === null ? null : loaders.eventStats.load(uuid);
    },
  },
  EventStats: { revenue: mainRevenue, revenueByCurrency: ({ revenue }) => [...revenue] },
  OrganisationStats: { revenue: mainRevenue, revenueByCurrency: ({ revenue }) => [...revenue] },
};
