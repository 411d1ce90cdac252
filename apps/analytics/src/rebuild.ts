import { parseArgs } from 'node:util';
import { connectMessaging } from '@marquee/messaging';
import { openDatabase } from '@marquee/postgres';
import { createLogger } from '@marquee/telemetry';
import { readRebuildConfig } from './config.ts';
import { RebuildError, rebuildSales, type RebuildProgress } from './rebuild/rebuild-sales.ts';

const usage = `Counts all statistics anew from the first event, beside the live ones, then replaces those.

  node apps/analytics/src/rebuild.ts

It may run while the service does, and takes the service's environment: DATABASE_URL, NATS_URL, NATS_NAMESPACE,
LOG_LEVEL. Where it fails the live statistics stay as they are and it exits with 1.
`;

/** On a terminal one line is written over and over; elsewhere one line every ten seconds. */
function createReport(): (progress: RebuildProgress) => void {
  let shownAtMs = -Infinity;
  return ({ counted, left }) => {
    const everyMs = process.stderr.isTTY ? 100 : 10_000;
    if (performance.now() - shownAtMs < everyMs) return;
    shownAtMs = performance.now();
    const line = left === null ? 'looking for events' : `${counted} events counted, ${left} to go`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
  };
}

async function run(): Promise<void> {
  const config = readRebuildConfig();
  const logger = createLogger({ service: 'analytics', level: config.LOG_LEVEL });
  const database = await openDatabase({
    url: config.DATABASE_URL,
    applicationName: 'analytics rebuild',
    entities: [],
  });
  const messaging = await connectMessaging({
    url: config.NATS_URL,
    namespace: config.NATS_NAMESPACE,
    service: 'analytics',
    database,
    logger,
  });
  const startedAtMs = performance.now();
  try {
    const counted = await rebuildSales({ database, messaging, report: createReport() });
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.stdout.write(`${counted} events counted in ${seconds} s. The rebuilt statistics are live.\n`);
  } finally {
    await messaging.drain();
    await database.close();
  }
}

const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
if (values.help) {
  process.stdout.write(usage);
} else {
  await run().catch((error: unknown) => {
    if (!(error instanceof RebuildError)) throw error;
    process.stderr.write(`${error.message}\nThe live statistics were not touched.\n`);
    process.exitCode = 1;
  });
}
