import { accept, andThen, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseAll, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { readEventIds, readKey, readScopes } from '../input.ts';
import { reload } from '../load.ts';
import { changeMember, removeMember } from './change-member.ts';
import { membershipsPage } from './member-rows.ts';
import { grantedScopes } from './granted-scopes.ts';

export const membersResolvers: Resolvers = {
  Mutation: {
    changeMember: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        membershipId: parseId('Membership', 'membershipId', input.membershipId),
        role: accept(input.role),
        scopes: readScopes(input.scopes),
        eventIds: readEventIds(input.eventIds),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, membershipId, ...rights }) =>
        changeMember({ ...context, idempotencyKey }, { membershipId, rights }),
      );
      return toResult(outcome, ({ membershipId }) => ({
        __typename: 'MemberChanged',
        membership: reload(context.loaders.membership, membershipId),
      }));
    },
    removeMember: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        membershipId: parseId('Membership', 'membershipId', input.membershipId),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, membershipId }) =>
        removeMember({ ...context, idempotencyKey }, membershipId),
      );
      return toResult(outcome, ({ membershipId }) => ({
        __typename: 'MemberRemoved',
        membershipId: encodeId('Membership', membershipId),
      }));
    },
  },
  Organisation: {
    members: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const members = await database.read(viewer, (tx) => membershipsPage(tx, page));
      return toConnection(members, page, ({ joinedAt, id }) => [joinedAt.toISOString(), id]);
    },
  },
  Membership: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('Membership', id);
      if (uuid === null || !viewer.scopes.includes('members:read')) return null;
      return loaders.membership.load(uuid);
    },
    id: ({ id }) => encodeId('Membership', id),
    account: ({ accountId }, _, { loaders }) => loaders.account.load(accountId),
    scopes: (membership) => [...grantedScopes(membership)],
    eventIds: ({ eventIds }) => eventIds && eventIds.map((id) => encodeId('Event', id)),
  },
};
