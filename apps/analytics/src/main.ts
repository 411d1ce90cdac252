import { sealInBackground } from '@marquee/event-log';
import { connectMessaging } from '@marquee/messaging';
import { openDatabase } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { startProjections } from './projections.ts';
import { serveAnalytics } from './subgraph.ts';

const config = readConfig();
const logger = createLogger({ service: 'analytics', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'analytics',
  entities: [],
});
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'analytics',
  database,
  logger,
  metrics,
});
const sealing = sealInBackground(database, {
  log: 'analytics',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
startProjections(messaging, metrics);

await serveAnalytics({
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  database,
  readiness: { postgres: () => database.ping(), nats: () => messaging.ready() },
  status: () => messaging.health(),
  metrics,
  logger,
  onDrain: async () => {
    await messaging.drain();
    await sealing.stop();
    await database.close();
  },
});
