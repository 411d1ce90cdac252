import type { BoundedQueue } from './bounded-queue.ts';
import type { Timers } from './timers.ts';

export type Queued<T> = { readonly item: T; readonly at: number };

export interface Pump {
  /** Batches in hand. */
  readonly running: number;
  /** To be called when something has come into the queue. */
  pump(): void;
  /** Hands over what is here without waiting for batches to fill; resolves when nothing is left. */
  flush(): Promise<void>;
}

/** Takes batches out of a queue, so many at once, each when it is full or its first item has waited long enough. */
export function createPump<T>(options: {
  readonly queue: BoundedQueue<Queued<T>>;
  readonly maxSize: number;
  readonly maxDelayMs: number;
  readonly concurrency: number;
  readonly timers: Timers;
  /** Never rejects. */
  readonly run: (items: readonly T[]) => Promise<void>;
}): Pump {
  const { queue, maxSize, maxDelayMs, concurrency, timers, run } = options;
  let [running, flushing] = [0, 0];
  let timer: { readonly handle: unknown } | undefined;
  const idle = new Set<() => void>();

  const waitLeftMs = () => {
    const first = queue.peek();
    if (!first || flushing > 0 || queue.size >= maxSize || queue.isFull) return 0;
    return first.at + maxDelayMs - timers.now();
  };
  const pump = () => {
    while (queue.size > 0 && running < concurrency && waitLeftMs() <= 0) {
      running += 1;
      const ended = () => {
        running -= 1;
        pump();
      };
      void run(queue.take(maxSize).map(({ item }) => item)).finally(ended);
    }
    if (timer) timers.clear(timer.handle);
    const leftMs = waitLeftMs();
    timer = leftMs > 0 ? { handle: timers.set(pump, leftMs) } : undefined;
    if (queue.size === 0 && running === 0 && queue.waiting === 0) for (const resolve of idle) resolve();
  };
  return {
    get running() {
      return running;
    },
    pump,
    flush: () =>
      new Promise<void>((resolve) => {
        flushing += 1;
        const done = () => {
          idle.delete(done);
          flushing -= 1;
          resolve();
        };
        idle.add(done);
        pump();
      }),
  };
}
