import type { Database } from './database.ts';
import { sweepIdempotencyKeys } from './idempotency.ts';
import { systemScope } from './transaction.ts';

const everyMs = 3_600_000;
const olderThanHours = 24;

/** Forgets keys older than a day, now and every hour, for as long as a service runs. Any number of processes may. */
export function forgetIdempotencyKeys(
  database: Database,
  { onError }: { readonly onError: (error: unknown) => void },
): { /** Resolves after the sweep under way. */ stop(): Promise<void> } {
  let stopped = false;
  let sweeping: Promise<void> = Promise.resolve();
  const sweepAll = async () => {
    // A sweep takes 10,000 keys at most, so that none of its transactions is long.
    while (!stopped) {
      const forgotten = await database.transaction(systemScope, (tx) =>
        sweepIdempotencyKeys(tx, olderThanHours),
      );
      if (forgotten === 0) return;
    }
  };
  const sweep = () => {
    sweeping = sweepAll().catch(onError);
  };
  sweep();
  const timer = setInterval(sweep, everyMs);
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await sweeping;
    },
  };
}
