import type { Transaction } from '@marquee/postgres';
import type { Metrics, Sample } from '@marquee/telemetry';

/** The count walks the index of all who wait, which a million may. */
const countEveryMs = 15_000;

/** Tells how many wait, of all organisations; the answer counts them anew where the last count is old, for whoever calls. */
export function observeWaitlist(metrics: Metrics): (tx: Transaction) => Promise<void> {
  let counted: readonly Sample[] = [];
  let countedAtMs = -Infinity;
  metrics.observed('marquee_waitlist_entries', 'Guests who wait for places that are sold out', () => counted);
  return async (tx) => {
    if (performance.now() - countedAtMs < countEveryMs) return;
    countedAtMs = performance.now();
    const [row] = await tx.rows<{ waiting: number }>(
      `select count(*)::integer as waiting from waitlist_entry where status = 'WAITING'`,
    );
    counted = [{ value: row!.waiting }];
  };
}
