import { andThen, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseAll, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { readKey } from '../input.ts';
import { reload } from '../load.ts';
import { apiKeysPage } from './api-key-rows.ts';
import { readKeyRequest, readRotation } from './keys.input.ts';
import { createApiKey, revokeApiKey, rotateApiKey } from './manage-keys.ts';

export const keysResolvers: Resolvers = {
  Mutation: {
    createApiKey: async (_, { input }, context) => {
      const parsed = readKeyRequest(input, context.clock.now());
      const outcome = await andThen(parsed, ({ idempotencyKey, ...request }) =>
        createApiKey({ ...context, idempotencyKey }, request),
      );
      return toResult(outcome, ({ keyId, secret }) => ({
        __typename: 'ApiKeyCreated',
        apiKey: reload(context.loaders.apiKey, keyId),
        secret,
      }));
    },
    rotateApiKey: async (_, { input }, context) => {
      const outcome = await andThen(readRotation(input), ({ idempotencyKey, ...request }) =>
        rotateApiKey({ ...context, idempotencyKey }, request),
      );
      return toResult(outcome, ({ keyId, secret }) => ({
        __typename: 'ApiKeyRotated',
        apiKey: reload(context.loaders.apiKey, keyId),
        secret,
      }));
    },
    revokeApiKey: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        keyId: parseId('ApiKey', 'apiKeyId', input.apiKeyId),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, keyId }) =>
        revokeApiKey({ ...context, idempotencyKey }, keyId),
      );
      return toResult(outcome, ({ keyId }) => ({
        __typename: 'ApiKeyRevoked',
        apiKey: reload(context.loaders.apiKey, keyId),
      }));
    },
  },
  Organisation: {
    apiKeys: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const keys = await database.read(viewer, (tx) => apiKeysPage(tx, page));
      return toConnection(keys, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
  },
  ApiKey: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('ApiKey', id);
      if (uuid === null || !viewer.scopes.includes('keys:manage')) return null;
      return loaders.apiKey.load(uuid);
    },
    id: ({ id }) => encodeId('ApiKey', id),
    scopes: ({ scopes }) => [...scopes],
    eventIds: ({ eventIds }) => eventIds && eventIds.map((id) => encodeId('Event', id)),
    networks: ({ networks }) => networks && [...networks],
    secrets: ({ secrets }) =>
      secrets.map(({ expiresAt, ...rest }) => ({ ...rest, expiresAt: expiresAt && new Date(expiresAt) })),
  },
};
