import { createOutbound } from '@marquee/outbound';
import { openDatabase } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import type { Services } from '../services.ts';
import { payOrder } from './pay-order.ts';
import { guardProvider } from './provider.ts';
import { createSandboxProvider } from './sandbox/sandbox-provider.ts';

/**
 * A process that pays an order and is killed with SIGKILL at the worst of moments, given as one JSON argument:
 * before the provider was asked, or after it approved and before anyone wrote that down.
 */
type Task = {
  readonly url: string;
  readonly viewer: Viewer;
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly die: 'before the charge' | 'after the charge';
};

const task = JSON.parse(process.argv[2] ?? '') as Task;
const database = await openDatabase({ url: task.url, applicationName: 'dying', entities: [] });
const sandbox = createSandboxProvider(database);
const provider = guardProvider(
  {
    ...sandbox,
    confirm: async (request, signal) => {
      if (task.die === 'after the charge') await sandbox.confirm(request, signal);
      process.kill(process.pid, 'SIGKILL');
      return new Promise(() => undefined);
    },
  },
  createOutbound({ name: 'sandbox', timeoutMs: 10_000, logger: silentLogger, metrics: createMetrics() }),
  () => undefined,
);
// All that payOrder needs before it dies.
const services = {
  database,
  wake: () => undefined,
  providers: new Map([['sandbox', provider]]),
} as unknown as Services;
const { orderId, idempotencyKey } = task;
await payOrder(services, task.viewer, {
  idempotencyKey,
  orderId,
  provider,
  paymentToken: 'approve',
  returnUrl: null,
});
