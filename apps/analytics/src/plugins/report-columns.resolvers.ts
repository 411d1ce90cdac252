import type { Resolvers } from '../generated/schema.ts';

export const reportColumnsResolvers: Resolvers = {
  SalesDay: { reportColumns: (row, _, { columns }) => columns.ofDays.load(row) },
  SalesPeriod: { reportColumns: (row, _, { columns }) => columns.ofMinutes.load(row) },
  EventStats: { reportColumns: (row, _, { columns }) => columns.ofEvents.load(row) },
  OccurrenceStats: { reportColumns: (row, _, { columns }) => columns.ofOccurrences.load(row) },
};
