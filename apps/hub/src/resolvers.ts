import { billingResolvers } from './billing/billing.resolvers.ts';
import { catalogueResolvers } from './catalogue/catalogue.resolvers.ts';
import { deliveriesResolvers } from './deliveries/deliveries.resolvers.ts';
import { endpointsResolvers } from './endpoints/endpoints.resolvers.ts';
import { pluginsResolvers } from './plugins/plugins.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';
import { apiUsageResolvers } from './metering/api-usage.resolvers.ts';
import { plansResolvers } from './plans/plans.resolvers.ts';

/** Every feature's resolvers; an endpoint's fields come from two of them. */
export const resolvers: Resolvers = {
  ...deliveriesResolvers,
  ...pluginsResolvers,
  ...apiUsageResolvers,
  ...billingResolvers,
  Query: {
    ...catalogueResolvers.Query,
    ...endpointsResolvers.Query,
    ...pluginsResolvers.Query,
    ...apiUsageResolvers.Query,
    ...plansResolvers.Query,
    ...billingResolvers.Query,
  },
  Mutation: {
    ...endpointsResolvers.Mutation,
    ...deliveriesResolvers.Mutation,
    ...pluginsResolvers.Mutation,
    ...plansResolvers.Mutation,
    ...billingResolvers.Mutation,
  },
  WebhookEndpoint: { ...endpointsResolvers.WebhookEndpoint, ...deliveriesResolvers.WebhookEndpoint },
};
