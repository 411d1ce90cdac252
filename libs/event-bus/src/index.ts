export { QueueFullError, type Overflow } from './bounded-queue.ts';
export { BusClosedError, createEventBus, type EventBus, type EventBusOptions } from './bus.ts';
export { compose, intercepted, type InterceptedEvent, type Interceptor, type Next } from './compose.ts';
export { measuring, tracing, validation, type AnyInterceptor, type Stage } from './interceptors.ts';
export { typesMatching, type EventPattern, type MatchingType } from './pattern.ts';
export type {
  BatchOptions,
  BusFault,
  BusSubscription,
  BusSubscriptionStatus,
  SubscriptionOptions,
} from './subscription.ts';
export type { Timers } from './timers.ts';
