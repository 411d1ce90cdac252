import { catalogueResolvers } from './catalogue/catalogue.resolvers.ts';
import { deliveriesResolvers } from './deliveries/deliveries.resolvers.ts';
import { endpointsResolvers } from './endpoints/endpoints.resolvers.ts';
import { pluginsResolvers } from './plugins/plugins.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';

/** Every feature's resolvers; an endpoint's fields come from two of them. */
export const resolvers: Resolvers = {
  ...deliveriesResolvers,
  ...pluginsResolvers,
  Query: { ...catalogueResolvers.Query, ...endpointsResolvers.Query, ...pluginsResolvers.Query },
  Mutation: { ...endpointsResolvers.Mutation, ...deliveriesResolvers.Mutation, ...pluginsResolvers.Mutation },
  WebhookEndpoint: { ...endpointsResolvers.WebhookEndpoint, ...deliveriesResolvers.WebhookEndpoint },
};
