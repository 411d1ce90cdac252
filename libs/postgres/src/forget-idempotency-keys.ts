import type { Database } from './database.ts';
import { sweepIdempotencyKeys } from './idempotency.ts';
import { hourMs, repeat, type Repeated } from './repeat.ts';
import { systemScope } from './transaction.ts';

const olderThanHours = 24;

/** Forgets keys older than a day, now and every hour, for as long as a service runs. Any number of processes may. */
export function forgetIdempotencyKeys(
  database: Database,
  reporting: { readonly onError: (error: unknown) => void },
): Repeated {
  const work = async (isStopped: () => boolean) => {
    // A sweep takes 10,000 keys at most, so that none of its transactions is long.
    while (!isStopped()) {
      const forgotten = await database.transaction(systemScope, (tx) =>
        sweepIdempotencyKeys(tx, olderThanHours),
      );
      if (forgotten === 0) return;
    }
  };
  return repeat({ everyMs: hourMs, work, ...reporting });
}
