import { orBadInput, parseId, parsePage } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';

/** Said instead of pretending: a caller can tell that nothing was created. */
const notYetAvailable = {
  __typename: 'NotYetAvailable',
  message: 'Webhooks are part of the contract, but not of this release.',
} as const;

/** There can be no endpoint yet, so nothing that could be found. */
export const webhooksResolvers: Resolvers = {
  Query: {
    webhookEndpoint: (_, { id }) => {
      orBadInput(parseId('WebhookEndpoint', 'id', id));
      return null;
    },
    webhookEndpoints: (_, args) => {
      orBadInput(parsePage(args));
      const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
      return { edges: [], pageInfo };
    },
  },
  Mutation: {
    createWebhookEndpoint: () => notYetAvailable,
    replayDeliveries: () => notYetAvailable,
  },
  WebhookEndpoint: { __resolveReference: () => null },
  Delivery: { __resolveReference: () => null },
};
