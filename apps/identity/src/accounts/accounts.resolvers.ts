import { decodeId, encodeId } from '@marquee/kernel';
import { accountIdOf } from '../viewer.ts';
import type { Resolvers } from '../generated/schema.ts';

export const accountsResolvers: Resolvers = {
  Query: {
    myAccount: (_, __, { viewer, loaders }) => {
      const id = accountIdOf(viewer);
      return id === null ? null : loaders.account.load(id);
    },
  },
  Account: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Account', id);
      return uuid === null ? null : loaders.account.load(uuid);
    },
    id: ({ id }) => encodeId('Account', id),
  },
};
