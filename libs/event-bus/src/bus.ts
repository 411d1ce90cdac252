import type { DomainEvent, EventType } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { compose, type Interceptor } from './compose.ts';
import { typesMatching, type EventPattern, type IfMatching, type MatchingType } from './pattern.ts';
import {
  isInHandler,
  openSubscription,
  type BatchOptions,
  type BusFault,
  type BusSubscription,
  type BusSubscriptionStatus,
  type OpenSubscription,
  type SubscriptionOptions,
} from './subscription.ts';
import { systemTimers, type Timers } from './timers.ts';

export type EventBusOptions = {
  /** Told of every fault of a handler. What it throws becomes a warning of the process. */
  readonly onFault: (fault: BusFault) => void;
  /** Run around each publication, before any subscription gets the event; the first is the outermost. */
  readonly publish?: readonly Interceptor<DomainEvent>[];
  /** Run around each event of each subscription. */
  readonly handle?: readonly Interceptor<DomainEvent>[];
  readonly timers?: Timers;
};

/** The bus takes no more events. */
export class BusClosedError extends Error {
  override readonly name = 'BusClosedError';
  readonly code = 'BUS_CLOSED';
}

/** One pattern or several. */
type Patterns<Pattern extends EventPattern> = (Pattern | readonly Pattern[]) & IfMatching<Pattern>;
type EventOf<Pattern extends EventPattern> = DomainEvent<MatchingType<Pattern>>;

/**
 * Typed events inside one process: what the log told, passed on to whoever listens here. It keeps nothing: what must
 * survive the process goes through the log and messaging.
 */
export interface EventBus extends AsyncDisposable {
  /**
   * Resolves when every subscription of the type has the event in its queue (not: has handled it), so a publisher
   * that awaits feels their back-pressure. Rejects with QueueFullError where a subscription that refuses is full (then
   * none gets it), with what a publish interceptor throws, or with the signal's reason while it waits for room (then
   * those that had room have it).
   */
  publish(event: DomainEvent, options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Calls the handler with each event that one of the patterns stands for. */
  subscribe<Pattern extends EventPattern>(
    patterns: Patterns<Pattern>,
    handler: (event: EventOf<Pattern>) => Promise<void> | void,
    options: SubscriptionOptions,
  ): BusSubscription;
  /** Calls the handler with batches of such events, in the order of publication. */
  subscribeBatches<Pattern extends EventPattern>(
    patterns: Patterns<Pattern>,
    handler: (events: readonly EventOf<Pattern>[]) => Promise<void> | void,
    options: SubscriptionOptions & BatchOptions,
  ): BusSubscription;
  /** Resolves when all that was published is handled, also what the handlers published; batches are not waited for. */
  drain(): Promise<void>;
  /** Takes no more events but those that handlers publish, drains, and ends all subscriptions. */
  close(): Promise<void>;
  status(): readonly BusSubscriptionStatus[];
}

const singly: BatchOptions = { maxSize: 1, maxDelayMs: 0 };

export function createEventBus(options: EventBusOptions): EventBus {
  const { timers = systemTimers, publish: around = [], handle = [] } = options;
  const subscriptions = new Map<OpenSubscription, ReadonlySet<EventType>>();
  const publishChain = compose(around);
  let closing = false;

  const report = (fault: BusFault) => {
    try {
      options.onFault(fault);
    } catch (error) {
      process.emitWarning(`a bus could not report a fault: ${String(error)}`);
    }
  };

  const open = (
    patterns: string | readonly string[],
    handler: (events: readonly DomainEvent[]) => Promise<void> | void,
    { interceptors = [], ...own }: SubscriptionOptions,
    batch: BatchOptions,
  ): BusSubscription => {
    if (closing) throw new BusClosedError('the bus is closed');
    const subscription = openSubscription({
      concurrency: 1,
      capacity: 1_000,
      overflow: 'wait',
      interceptors,
      ...own,
      key: newUuid(),
      batch,
      chain: compose([...handle, ...interceptors]),
      handler,
      timers,
      report,
      onClose: () => void subscriptions.delete(subscription),
    });
    subscriptions.set(subscription, typesMatching([patterns].flat()));
    return subscription;
  };

  const drain = async () => {
    const isBusy = ({ queued, running, waiting }: BusSubscriptionStatus) => queued + running + waiting > 0;
    // What one handles, another may get: until a round finds nothing anywhere.
    do await Promise.all([...subscriptions.keys()].map((subscription) => subscription.flush()));
    while ([...subscriptions.keys()].some((subscription) => isBusy(subscription.status())));
  };

  const close = async () => {
    closing = true;
    await drain();
    await Promise.all([...subscriptions.keys()].map((subscription) => subscription.close()));
  };

  return {
    publish: async (event, { signal } = {}) => {
      if (closing && !isInHandler()) throw new BusClosedError('the bus is closed');
      await publishChain(event, (changed = event) => deliver(changed, subscriptions, signal));
    },
    subscribe: (patterns, handler, own) => open(patterns, ([event]) => handler(event as never), own, singly),
    subscribeBatches: (patterns, handler, { maxSize, maxDelayMs, ...own }) =>
      open(patterns, handler as (events: readonly DomainEvent[]) => Promise<void>, own, {
        maxSize,
        maxDelayMs,
      }),
    drain,
    close,
    [Symbol.asyncDispose]: close,
    status: () => [...subscriptions.keys()].map((subscription) => subscription.status()),
  };
}

async function deliver(
  event: DomainEvent,
  subscriptions: ReadonlyMap<OpenSubscription, ReadonlySet<EventType>>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const wanting = [...subscriptions].filter(([, types]) => types.has(event.type)).map(([each]) => each);
  for (const subscription of wanting) {
    const refusal = subscription.refuses();
    if (refusal) throw refusal;
  }
  await Promise.all(wanting.map(async (subscription) => subscription.offer(event, signal)));
}
