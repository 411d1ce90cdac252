import { encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseInstant,
  parseKeysetPage,
  parseOptional,
} from '@marquee/subgraph';
import type { QueryApiUsageArgs, Resolvers } from '../generated/schema.ts';
import { usagePage, usageTotal } from './usage-rows.ts';

function readFilter({ from, to, apiKeyId }: QueryApiUsageArgs) {
  return parseAll({
    from: parseOptional(from, (at) => parseInstant('from', at)),
    to: parseOptional(to, (at) => parseInstant('to', at)),
    keyId: parseOptional(apiKeyId, (id) => parseId('ApiKey', 'apiKeyId', id)),
  });
}

export const apiUsageResolvers: Resolvers = {
  Query: {
    apiUsage: async (_, args, { database, viewer }) => {
      const filter = orBadInput(readFilter(args));
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid', 'text']));
      const usage = await database.read(viewer, (tx) => usagePage(tx, filter, page));
      const connection = toConnection(usage, page, ({ day, keyId, operation }) => [
        day.toISOString(),
        keyId,
        operation,
      ]);
      return { ...connection, filter };
    },
  },
  ApiUsageConnection: {
    totalRequests: ({ filter }, _, { database, viewer }) =>
      database.read(viewer, (tx) => usageTotal(tx, filter)),
  },
  ApiUsage: {
    apiKey: ({ keyId }) => ({ id: encodeId('ApiKey', keyId) }),
  },
};
