import { systemClock } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { createMetrics } from '@marquee/telemetry';
import { doTask, type Surroundings } from './do-task.ts';
import { createInstruments } from './instruments.ts';
import { claimTasks } from './tasks.ts';
import type { SagaWorkersOptions } from './workers.ts';

const atOnce = 10;
const leaseMs = 10_000;

/**
 * Carries out all that is due now and what follows from it at once, then answers how many tasks that were: for tests
 * and tools, where no workers run. What failed is put off and so not due again; as ever, others may work beside it.
 */
export async function carryOutDue(
  database: Database,
  options: Pick<SagaWorkersOptions, 'sagas' | 'logger' | 'clock' | 'onCommit' | 'metrics'>,
): Promise<number> {
  const { sagas, logger, clock = systemClock, onCommit, metrics = createMetrics() } = options;
  const carried = new Map(sagas.map((each) => [each.saga.name, each]));
  const names = [...carried.keys()];
  const instruments = createInstruments(database, names, metrics);
  const around: Surroundings = {
    database,
    clock,
    logger,
    instruments,
    onCommit: () => onCommit?.(),
  };
  try {
    for (let done = 0; ;) {
      const tasks = await claimTasks(database, { names, limit: atOnce, now: clock.now(), leaseMs });
      if (tasks.length === 0) return done;
      await Promise.all(tasks.map((task) => doTask(around, carried.get(task.sagaName)!, task)));
      done += tasks.length;
    }
  } finally {
    instruments.close();
  }
}
