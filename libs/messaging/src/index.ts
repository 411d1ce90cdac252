export type {
  Handlers,
  Messaging,
  MessagingHealth,
  MessagingOptions,
  ProjectionOptions,
  Relay,
  RelayStatus,
  Subscription,
  SubscriptionState,
  SubscriptionStatus,
  WorkOptions,
} from './types.ts';
