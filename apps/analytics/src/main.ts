import { sealInBackground } from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { startHooks } from '@marquee/hooks';
import { answerRemoval, connectMessaging } from '@marquee/messaging';
import { openDatabase, schemaCheck } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { migrations } from './migrations/index.ts';
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
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
});
const sealing = sealInBackground(database, {
  log: 'analytics',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
startProjections(messaging, metrics);
const flags = await openFlags({
  service: 'analytics',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
  logger,
  metrics,
});
const hooks = startHooks({ database, messaging, flags, logger });
const removals = answerRemoval(messaging, { service: 'analytics', database, logger });

await serveAnalytics({
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  database,
  hooks,
  readiness: {
    postgres: () => database.ping(),
    schema: schemaCheck(database, migrations),
    nats: () => messaging.ready(),
  },
  status: () => messaging.health(),
  metrics,
  logger,
  onDrain: async () => {
    await removals.stop();
    await hooks.stop();
    await messaging.drain();
    await flags.close();
    await sealing.stop();
    await database.close();
  },
});
