import { assert } from '@marquee/kernel';

/** What happens to an event that finds a queue full. */
export type Overflow =
  /** Its publisher waits for room. */
  | 'wait'
  /** The event that has waited longest makes room, and is lost to this subscription. */
  | 'drop-oldest'
  /** Its publisher gets QueueFullError, and no subscription gets the event. */
  | 'refuse';

/** A subscription had no room for an event, and by its policy (or because too many wait already) nobody waits. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
  readonly code = 'QUEUE_FULL';
  readonly subscription: string;

  constructor(subscription: string, reason: string) {
    super(`subscription ${subscription} is full: ${reason}`);
    this.subscription = subscription;
  }
}

type Waiting<T> = { readonly item: T; admit(): void };

export interface BoundedQueue<T> {
  readonly size: number;
  readonly isFull: boolean;
  /** Publishers that wait for room. */
  readonly waiting: number;
  peek(): T | undefined;
  /** Takes the item in, at once or when there is room; in the order of the calls. */
  offer(item: T, signal?: AbortSignal): Promise<void> | undefined;
  /** Takes out at most `max` items, oldest first, and lets as many in that wait. */
  take(max: number): T[];
}

/** Publishers that may wait for one queue: one that awaits nothing must not eat the memory instead of the queue. */
const maxWaiting = 10_000;

export function createBoundedQueue<T>(options: {
  readonly name: string;
  readonly capacity: number;
  readonly overflow: Overflow;
  readonly onDrop: (item: T) => void;
  /** Called as an item gets in. */
  readonly onAdmit: (item: T) => void;
}): BoundedQueue<T> {
  const { name, capacity, overflow, onDrop, onAdmit } = options;
  assert(Number.isInteger(capacity) && capacity >= 1 && capacity <= 1_000_000, `no queue holds ${capacity}`);
  const items: T[] = [];
  const waiting = new Set<Waiting<T>>();
  const admit = (item: T) => {
    items.push(item);
    onAdmit(item);
  };
  const wait = (item: T, signal: AbortSignal | undefined) =>
    new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(entry);
        reject(signal!.reason as Error);
      };
      const entry = {
        item,
        admit: () => {
          signal?.removeEventListener('abort', giveUp);
          admit(item);
          resolve();
        },
      };
      waiting.add(entry);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  return {
    get size() {
      return items.length;
    },
    get isFull() {
      return items.length >= capacity;
    },
    get waiting() {
      return waiting.size;
    },
    peek: () => items[0],
    offer: (item, signal) => {
      // Whoever waits already is first.
      if (items.length < capacity && waiting.size === 0) {
        admit(item);
        return undefined;
      }
      if (overflow === 'drop-oldest') {
        onDrop(items.shift()!);
        admit(item);
        return undefined;
      }
      if (overflow === 'refuse') throw new QueueFullError(name, `it holds ${capacity} events`);
      if (waiting.size >= maxWaiting) throw new QueueFullError(name, `${maxWaiting} publishers wait already`);
      signal?.throwIfAborted();
      return wait(item, signal);
    },
    take: (max) => {
      const taken = items.splice(0, max);
      for (const entry of waiting) {
        if (items.length >= capacity) break;
        waiting.delete(entry);
        entry.admit();
      }
      return taken;
    },
  };
}
