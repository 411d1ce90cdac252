import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { systemScope } from '@marquee/postgres';
import { carryOutDue, type CarriedOut } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import { carryOutCancellations } from '../occurrences/carry-out-cancellations.ts';
import { carryOutPayments } from '../payments/carry-out-payments.ts';
import { firstLookMs } from '../payments/payment-saga.ts';
import { carryOutRefunds } from '../refunds/carry-out-refunds.ts';
import type { Services } from '../services.ts';
import type { Dying } from './die-in-saga.test-support.ts';
import { startUpkeep } from './upkeep.ts';

/** All sagas of this service. */
export function sagasOf(services: Services): CarriedOut[] {
  return [carryOutPayments(services), carryOutRefunds(services), carryOutCancellations(services)];
}

/** All that sagas have to do now. */
export function carryOutSagas(services: Services): Promise<number> {
  return carryOutDue(services.database, { sagas: sagasOf(services), logger: silentLogger });
}

/** For sagas alone: what is to be done later is due so much earlier. */
export async function passTime({ database }: Services, passedMs: number): Promise<void> {
  await database.transaction(systemScope, (tx) =>
    tx.execute(
      'update saga_task set due_at = due_at - make_interval(secs => $1) where claim is null and not stuck',
      [passedMs / 1_000],
    ),
  );
}

/** Carries sagas out in a process of its own that is killed in its n-th transaction. */
export async function dieInSaga(dying: Dying): Promise<void> {
  const script = join(import.meta.dirname, 'die-in-saga.test-support.ts');
  const child = spawn(process.execPath, [script, JSON.stringify(dying)], { stdio: 'inherit', env: {} });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`it did not die in transaction ${dying.dieInTransaction}`);
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
      await passTime(services, passedMs);
      await carryOutSagas(services);
      await upkeep.runOnce();
    },
  };
}
