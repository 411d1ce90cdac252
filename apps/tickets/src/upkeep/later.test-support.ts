import { systemScope } from '@marquee/postgres';
import { carryOutDue, type CarriedOut } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import { carryOutCancellations } from '../occurrences/cancellation-saga.ts';
import { carryOutPayments } from '../payments/carry-out-payments.ts';
import { firstLookMs } from '../payments/payment-saga.ts';
import { carryOutRefunds } from '../refunds/refund-saga.ts';
import type { Services } from '../services.ts';
import { startUpkeep } from './upkeep.ts';

/** All sagas of this service. */
export function sagasOf(services: Services): CarriedOut[] {
  return [carryOutPayments(services), carryOutRefunds(services), carryOutCancellations(services)];
}

/** All that sagas have to do now. */
export function carryOutSagas(services: Services): Promise<number> {
  return carryOutDue(services.database, { sagas: sagasOf(services), logger: silentLogger });
}

/**
 * What goes on by itself, round by round: in each so much time passes for the sagas (by default, enough for them to look
 * after payments and refunds that nobody is at), then all is done that is due, and upkeep with it.
 */
export function upkeepOf(
  { services }: { readonly services: Services },
  { passedMs = firstLookMs + 1_000 }: { readonly passedMs?: number } = {},
): { runOnce(): Promise<void> } {
  const upkeep = startUpkeep(services, { everyMs: 0 });
  return {
    runOnce: async () => {
      await upkeep.runOnce();
      await services.database.transaction(systemScope, (tx) =>
        tx.execute(
          'update saga_task set due_at = due_at - make_interval(secs => $1) where claim is null and not stuck',
          [passedMs / 1_000],
        ),
      );
      await carryOutSagas(services);
      await upkeep.runOnce();
    },
  };
}
