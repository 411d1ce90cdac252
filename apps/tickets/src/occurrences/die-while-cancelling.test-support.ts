import { openDatabase, type Database } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { followCancellation } from './cancel-occurrence.ts';

/**
 * A process that follows a cancellation and is killed with SIGKILL in its n-th transaction, its changes written and not
 * committed. Given as one JSON argument.
 */
type Task = {
  readonly url: string;
  readonly organisationId: string;
  readonly occurrenceId: string;
  readonly dieInTransaction: number;
};

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
        transactions += 1;
        if (transactions === task.dieInTransaction) process.kill(process.pid, 'SIGKILL');
        return result;
      },
      options,
    ),
};
const services = { database, wake: () => undefined, logger: silentLogger } as unknown as Services;
const scope = { organisationId: task.organisationId };
while (!(await followCancellation(services, scope, task.occurrenceId)));
await real.close();
