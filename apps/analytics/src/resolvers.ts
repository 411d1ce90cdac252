import type { Resolvers } from './generated/schema.ts';
import { occurrencesResolvers } from './occurrences/occurrences.resolvers.ts';
import { reportColumnsResolvers } from './plugins/report-columns.resolvers.ts';
import { salesResolvers } from './sales/sales.resolvers.ts';

export const resolvers: Resolvers = {
  ...salesResolvers,
  ...occurrencesResolvers,
  SalesDay: { ...reportColumnsResolvers.SalesDay },
  SalesPeriod: { ...reportColumnsResolvers.SalesPeriod },
  EventStats: { ...salesResolvers.EventStats, ...reportColumnsResolvers.EventStats },
  OccurrenceStats: { ...occurrencesResolvers.OccurrenceStats, ...reportColumnsResolvers.OccurrenceStats },
};
