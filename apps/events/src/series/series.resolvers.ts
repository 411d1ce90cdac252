import { andThen, assert, decodeId, encodeId, type InvalidInput, type Outcome } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseKeysetPage,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { CreateEventSeriesInput, Resolvers } from '../generated/schema.ts';
import { createSeries, type NewSeries } from './create-series.ts';
import type { EventSeries } from './series.ts';

function readNewSeries(
  input: CreateEventSeriesInput,
): Outcome<{ readonly key: string } & NewSeries, InvalidInput> {
  return parseAll({
    key: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    title: parseText('title', input.title, { max: 200 }),
    description: parseText('description', input.description ?? '', { min: 0, max: 10_000, multiline: true }),
  });
}

async function loadCreated({ loaders }: Context, id: string): Promise<EventSeries> {
  const series = await loaders.series.load(id);
  assert(series, `series ${id} is there after it was made`);
  return series;
}

export const seriesResolvers: Resolvers = {
  Query: {
    eventSeries: (_, { id }, { loaders }) =>
      loaders.series.load(orBadInput(parseId('EventSeries', 'id', id))),
  },
  Mutation: {
    createEventSeries: async (_, { input }, context) =>
      toResult(
        await andThen(readNewSeries(input), ({ key, ...series }) => createSeries(context, key, series)),
        ({ seriesId }) => ({ __typename: 'EventSeriesCreated', series: loadCreated(context, seriesId) }),
      ),
  },
  EventSeries: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('EventSeries', id);
      return uuid === null ? null : loaders.series.load(uuid);
    },
    id: ({ id }) => encodeId('EventSeries', id),
    events: async ({ id }, args, { loaders }) => {
      const page = orBadInput(parseKeysetPage(args, ['uuid']));
      const rows = await loaders.eventsOfSeries.load({ parentId: id, page });
      return toConnection(rows, page, (event) => [event.id]);
    },
  },
};
