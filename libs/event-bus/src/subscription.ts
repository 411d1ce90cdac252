import { AsyncLocalStorage } from 'node:async_hooks';
import type { DomainEvent } from '@marquee/contracts';
import { assert } from '@marquee/kernel';
import { createBoundedQueue, QueueFullError, type Overflow } from './bounded-queue.ts';
import type { Interceptor } from './compose.ts';
import { handleBatch } from './handle-batch.ts';
import { createPump, type Queued } from './pump.ts';
import type { Timers } from './timers.ts';

export type SubscriptionOptions = {
  /** Shown in faults and figures. */
  readonly name: string;
  /** Calls of the handler at once, 1 to 1,000. Default 1: one after the other, in the order of publication. */
  readonly concurrency?: number;
  /** Events that may wait here. Default 1,000. */
  readonly capacity?: number;
  /** Default `wait`. */
  readonly overflow?: Overflow;
  /** Run around each event, inside those of the bus. */
  readonly interceptors?: readonly Interceptor<DomainEvent>[];
};

/** A batch is handed over when it is full, or when its first event has waited long enough. */
export type BatchOptions = {
  readonly maxSize: number;
  readonly maxDelayMs: number;
};

/** A handler, or an interceptor around it, threw. The subscription goes on with the next event. */
export type BusFault = {
  readonly subscription: string;
  /** One event, or those of one batch. */
  readonly events: readonly DomainEvent[];
  readonly error: unknown;
};

export type BusSubscriptionStatus = {
  readonly name: string;
  readonly state: 'open' | 'closed';
  readonly queued: number;
  /** Publishers that wait for room here. */
  readonly waiting: number;
  /** Calls of the handler under way. */
  readonly running: number;
  readonly handled: number;
  readonly failed: number;
  readonly dropped: number;
};

export interface BusSubscription extends AsyncDisposable {
  status(): BusSubscriptionStatus;
  /** Takes nothing new, handles what is here (a part of a batch at once), then resolves. Same as disposing of it. */
  close(): Promise<void>;
}

/** What the bus sees of a subscription. */
export type OpenSubscription = BusSubscription & {
  readonly name: string;
  /** Whether an event would be refused now. */
  refuses(): QueueFullError | undefined;
  offer(event: DomainEvent, signal?: AbortSignal): Promise<void> | undefined;
  /** Hands over what is here without waiting for batches to fill; resolves when nothing is left. */
  flush(): Promise<void>;
};

type Handler = (events: readonly DomainEvent[]) => Promise<void> | void;

/** The subscriptions in whose handlers the work at hand runs. */
const handlersAround = new AsyncLocalStorage<readonly string[]>();

/** Whether the work at hand runs in a handler of a bus. */
export function isInHandler(): boolean {
  return handlersAround.getStore() !== undefined;
}

export function openSubscription(
  settings: Required<SubscriptionOptions> & {
    readonly key: string;
    readonly batch: BatchOptions;
    readonly chain: Interceptor<DomainEvent>;
    readonly handler: Handler;
    readonly timers: Timers;
    readonly report: (fault: BusFault) => void;
    readonly onClose: () => void;
  },
): OpenSubscription {
  const { name, key, batch, timers, concurrency, overflow } = settings;
  assert(
    Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 1_000,
    'concurrency is 1 to 1,000',
  );
  assert(Number.isInteger(batch.maxSize) && batch.maxSize >= 1, 'a batch has room for one event at least');
  const totals = { handled: 0, failed: 0, dropped: 0 };
  let open = true;
  // Handlers belong to who subscribed: neither the publisher's transaction nor its correlation reaches them.
  const inOwnContext = AsyncLocalStorage.snapshot();

  const run = async (events: readonly DomainEvent[]) => {
    const around = [...(handlersAround.getStore() ?? []), key];
    const work = () => handleBatch(events, settings.chain, settings.handler);
    const faults = await handlersAround.run(around, work);
    const failed = faults.reduce((sum, fault) => sum + fault.events.length, 0);
    totals.failed += Math.min(failed, events.length);
    totals.handled += Math.max(events.length - failed, 0);
    for (const fault of faults) settings.report({ subscription: name, ...fault });
  };
  const queue = createBoundedQueue<Queued<DomainEvent>>({
    name,
    capacity: settings.capacity,
    overflow,
    onDrop: () => void (totals.dropped += 1),
    // Not at once: a publisher does not run handlers.
    onAdmit: () => queueMicrotask(() => worker.pump()),
  });
  const worker = createPump<DomainEvent>({
    ...batch,
    queue,
    concurrency,
    timers,
    run: (events) => inOwnContext(run, events),
  });
  const close = async () => {
    open = false;
    settings.onClose();
    await worker.flush();
  };
  return {
    name,
    refuses: () => {
      if (!queue.isFull || overflow === 'drop-oldest') return undefined;
      if (overflow === 'refuse') return new QueueFullError(name, `it holds ${settings.capacity} events`);
      // Waiting for oneself would be for ever.
      const isOwn = handlersAround.getStore()?.includes(key) && worker.running >= concurrency;
      return isOwn ? new QueueFullError(name, 'its own handler publishes to it') : undefined;
    },
    offer: (event, signal) => queue.offer({ item: event, at: timers.now() }, signal),
    flush: worker.flush,
    close,
    [Symbol.asyncDispose]: close,
    status: () => ({
      name,
      state: open ? 'open' : 'closed',
      queued: queue.size,
      waiting: queue.waiting,
      running: worker.running,
      ...totals,
    }),
  };
}
