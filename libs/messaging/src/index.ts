export { connectMessaging } from './messaging.ts';
export { messagingMigrations } from './migrations.ts';
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
