import { decodeId } from '@marquee/kernel';
import type { Resolvers } from '../generated/schema.ts';
import { mainRevenue } from '../sales/stats.ts';

export const occurrencesResolvers: Resolvers = {
  Occurrence: {
    stats: ({ id }, _, { loaders }) => {
      const uuid = decodeId('Occurrence', id);
      return uuid === null ? null : loaders.occurrenceStats.load(uuid);
    },
  },
  OccurrenceStats: {
    revenue: mainRevenue,
    revenueByCurrency: ({ revenue }) => [...revenue],
  },
};
