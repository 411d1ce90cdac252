import { andThen, decodeId, encodeId, notFound } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import { reload, type Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { endpointsPage } from './endpoint-rows.ts';
import { readKey, readRotation, readSettings } from './endpoints.input.ts';
import {
  changeSettings,
  createEndpoint,
  deleteEndpoint,
  pauseEndpoint,
  resumeEndpoint,
  rotateSecret,
} from './manage-endpoints.ts';

const unkeyed = (context: Context) => ({ ...context, idempotencyKey: null });

/** Pausing and resuming: an id in, the endpoint as it is now out. */
function changing(change: typeof pauseEndpoint) {
  return async (_: unknown, { id }: { readonly id: string }, context: Context) => {
    const outcome = await andThen(parseId('WebhookEndpoint', 'id', id), (uuid) =>
      change(unkeyed(context), uuid),
    );
    return toResult(outcome, ({ endpointId }) => ({
      __typename: 'WebhookEndpointChanged',
      endpoint: reload(context.loaders.endpoint, endpointId),
    }));
  };
}

export const endpointsResolvers: Resolvers = {
  Query: {
    webhookEndpoint: (_, { id }, { loaders }) =>
      loaders.endpoint.load(orBadInput(parseId('WebhookEndpoint', 'id', id))),
    webhookEndpoints: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const endpoints = await database.read(viewer, (tx) => endpointsPage(tx, page));
      return toConnection(endpoints, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
  },
  Mutation: {
    createWebhookEndpoint: async (_, { input }, context) => {
      const outcome = await andThen(readKey(input), async (idempotencyKey) =>
        andThen(await readSettings(context, input, null), (settings) =>
          createEndpoint({ ...context, idempotencyKey }, { ...settings, paused: input.paused ?? false }),
        ),
      );
      return toResult(outcome, ({ endpointId, secret }) => ({
        __typename: 'WebhookEndpointCreated',
        endpoint: reload(context.loaders.endpoint, endpointId),
        secret,
      }));
    },
    updateWebhookEndpoint: async (_, { input }, context) => {
      const outcome = await andThen(parseId('WebhookEndpoint', 'id', input.id), async (id) => {
        const known = await context.loaders.endpoint.load(id);
        if (!known) return notFound('The webhook endpoint');
        return andThen(await readSettings(context, input, known), (settings) =>
          changeSettings(unkeyed(context), id, settings),
        );
      });
      return toResult(outcome, ({ endpointId }) => ({
        __typename: 'WebhookEndpointUpdated',
        endpoint: reload(context.loaders.endpoint, endpointId),
      }));
    },
    pauseWebhookEndpoint: changing(pauseEndpoint),
    resumeWebhookEndpoint: changing(resumeEndpoint),
    rotateWebhookSecret: async (_, { input }, context) => {
      const outcome = await andThen(readRotation(input), ({ idempotencyKey, ...request }) =>
        rotateSecret({ ...context, idempotencyKey }, request),
      );
      return toResult(outcome, ({ endpointId, secret }) => ({
        __typename: 'WebhookSecretRotated',
        endpoint: reload(context.loaders.endpoint, endpointId),
        secret,
      }));
    },
    deleteWebhookEndpoint: async (_, { id }, context) => {
      const outcome = await andThen(parseId('WebhookEndpoint', 'id', id), (uuid) =>
        deleteEndpoint(unkeyed(context), uuid),
      );
      return toResult(outcome, () => ({ __typename: 'WebhookEndpointDeleted', id }));
    },
  },
  WebhookEndpoint: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('WebhookEndpoint', id);
      if (uuid === null || !viewer.scopes.includes('hub:manage')) return null;
      return loaders.endpoint.load(uuid);
    },
    id: ({ id }) => encodeId('WebhookEndpoint', id),
    eventTypes: ({ eventTypes }) => [...eventTypes],
    filter: ({ filter }) => filter && JSON.stringify(filter),
  },
};
