import { andThen, decodeId, encodeId } from '@marquee/kernel';
import { systemScope, toConnection } from '@marquee/postgres';
import { orBadInput, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { accountIdOf } from '../viewer.ts';
import { revokeSession } from './revoke-session.ts';
import { liveSessions } from './session-rows.ts';

export const sessionsResolvers: Resolvers = {
  Query: {
    mySessions: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const accountId = accountIdOf(viewer);
      const sessions =
        accountId === null ? [] : await database.read(systemScope, (tx) => liveSessions(tx, accountId, page));
      return toConnection(sessions, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
  },
  Mutation: {
    revokeSession: async (_, { sessionId: id }, context) => {
      const outcome = await andThen(parseId('SignInSession', 'sessionId', id), (sessionId) =>
        revokeSession({ ...context, idempotencyKey: null }, sessionId),
      );
      return toResult(outcome, ({ sessionId }) => ({
        __typename: 'SessionRevoked',
        sessionId: encodeId('SignInSession', sessionId),
      }));
    },
  },
  SignInSession: {
    __resolveReference: async ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('SignInSession', id);
      const session = uuid === null ? null : await loaders.session.load(uuid);
      if (session === null) return null;
      const mayRead = session.accountId === accountIdOf(viewer) || viewer.scopes.includes('members:manage');
      return mayRead ? session : null;
    },
    id: ({ id }) => encodeId('SignInSession', id),
    organisationId: ({ organisationId }) => encodeId('Organisation', organisationId),
    methods: ({ methods }) => [...methods],
  },
};
