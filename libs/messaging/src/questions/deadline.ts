import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<{ readonly endsAtMs: number }>();

/** Runs what answers a question under its deadline: what it asks others in turn must be answered within it. */
export function runWithin<T>(remainingMs: number, work: () => T): T {
  return storage.run({ endsAtMs: performance.now() + remainingMs }, work);
}

/** How long a question asked now may take: what its caller wants, and no longer than the question being answered. */
export function withinDeadline(wantedMs: number): number {
  const outer = storage.getStore();
  return outer ? Math.min(wantedMs, outer.endsAtMs - performance.now()) : wantedMs;
}
