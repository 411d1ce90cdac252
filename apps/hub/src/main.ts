import { openDatabase } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { serveHub } from './subgraph.ts';

const config = readConfig();
const logger = createLogger({ service: 'hub', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({ url: config.DATABASE_URL, applicationName: 'hub', entities: [] });

await serveHub({
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  readiness: { postgres: () => database.ping() },
  metrics,
  logger,
  onDrain: () => database.close(),
});
