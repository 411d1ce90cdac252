import { accept, andThen, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseId, parseOptional, parseTimeZone, toResult } from '@marquee/subgraph';
import type { ImportCalendarInput, Resolvers } from '../generated/schema.ts';
import { importCalendar, type ImportRequest } from './import-calendar.ts';

function readRequest({
  content,
  spaceId,
  timeZone,
}: ImportCalendarInput): Outcome<ImportRequest, InvalidInput> {
  return parseAll({
    content: accept(content),
    spaceId: parseOptional(spaceId, (id) => parseId('Space', 'spaceId', id)),
    timeZone: parseOptional(timeZone || null, (zone) => parseTimeZone('timeZone', zone)),
  });
}

export const importsResolvers: Resolvers = {
  Mutation: {
    importCalendar: async (_, { input }, context) =>
      toResult(
        await andThen(readRequest(input), (request) => importCalendar(context, request)),
        (report) => ({ __typename: 'CalendarImported', ...report }),
      ),
  },
  ImportedEntry: {
    warnings: ({ warnings }) => [...warnings],
    event: ({ eventId }, _, { loaders }) => (eventId === null ? null : loaders.event.load(eventId)),
  },
};
