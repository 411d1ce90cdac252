import { createOutbound } from '@marquee/outbound';
import { openDatabase, type Database } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { guardProvider } from '../payments/provider.ts';
import { createSandboxProvider } from '../payments/sandbox/sandbox-provider.ts';
import type { Services } from '../services.ts';
import { sagasOf } from './later.test-support.ts';

/**
 * A process that carries out sagas of these names and is killed with SIGKILL in its n-th transaction of an
 * organisation, its changes written and not committed. Given as one JSON argument.
 */
export type Dying = {
  readonly url: string;
  readonly sagas: readonly string[];
  readonly dieInTransaction: number;
};

const task = JSON.parse(process.argv[2] ?? '') as Dying;
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
const outbound = createOutbound({
  name: 'sandbox',
  timeoutMs: 10_000,
  logger: silentLogger,
  metrics: createMetrics(),
});
// All that the sagas need before it dies; the provider's own transactions are the provider's.
const services = {
  database,
  providers: new Map([['sandbox', guardProvider(createSandboxProvider(real), outbound, () => undefined)]]),
  wake: () => undefined,
  wakeIssuing: () => undefined,
  logger: silentLogger,
} as unknown as Services;
startSagaWorkers(database, {
  sagas: sagasOf(services).filter(({ saga }) => task.sagas.includes(saga.name)),
  logger: silentLogger,
  // What the one before had in hand is soon taken up.
  leaseMs: 300,
  pollMs: 20,
  concurrency: 1,
});
