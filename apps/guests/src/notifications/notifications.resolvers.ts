import { encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseKeysetPage } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { subjectTypes } from './notification.ts';

export const notificationsResolvers: Resolvers = {
  Guest: {
    notifications: async ({ id }, args, { loaders }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const found = await loaders.notifications.load({ parentId: id, page });
      return toConnection(found, page, (each) => [each.occurredAt.toISOString(), each.id]);
    },
  },
  Notification: {
    subjectId: ({ kind, subjectId }) => encodeId(subjectTypes[kind], subjectId),
  },
};
