import { openDatabase, type Database } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { carryOutCancellations } from './cancellation-saga.ts';

/**
 * A process that follows cancellations and is killed with SIGKILL in its n-th transaction of an organisation, its
 * changes written and not committed. Given as one JSON argument.
 */
type Task = { readonly url: string; readonly dieInTransaction: number };

const task = JSON.parse(process.argv[2] ?? '') as Task;
const real = await openDatabase({ url: task.url, applicationName: 'dying', entities: [] });
let transactions = 0;
const database: Database = {
  ...real,
  transaction: (scope, work, options) =>
    real.transaction(
      scope,
      async (tx) => {
        const result = await work(tx);
        if ('organisationId' in scope) transactions += 1;
        if (transactions === task.dieInTransaction) process.kill(process.pid, 'SIGKILL');
        return result;
      },
      options,
    ),
};
const services = { database, wake: () => undefined, logger: silentLogger } as unknown as Services;
startSagaWorkers(database, {
  sagas: [carryOutCancellations(services)],
  logger: silentLogger,
  // What the one before had in hand is soon taken up.
  leaseMs: 300,
  pollMs: 20,
});
