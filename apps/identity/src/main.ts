import { sealInBackground } from '@marquee/event-log';
import { systemClock } from '@marquee/kernel';
import { connectMessaging } from '@marquee/messaging';
import { forgetIdempotencyKeys, openDatabase } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { createSecrets } from './secrets.ts';
import { serveIdentity } from './subgraph.ts';

const config = readConfig();
const logger = createLogger({ service: 'identity', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'identity',
  entities: [],
});
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'identity',
  database,
  logger,
  metrics,
});
const forgetting = forgetIdempotencyKeys(database, {
  onError: (error) => logger.warn({ error }, 'old idempotency keys were not forgotten this time'),
});
const sealing = sealInBackground(database, {
  log: 'identity',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
messaging.startRelay();

await serveIdentity(
  {
    database,
    clock: systemClock,
    secrets: createSecrets(config.MARQUEE_IDENTITY_SECRET),
    publicUrl: config.MARQUEE_PUBLIC_URL.replace(/\/+$/, ''),
    onCommit: messaging.wake,
  },
  {
    host: config.HOST,
    port: config.PORT,
    internalSecret: config.MARQUEE_INTERNAL_SECRET,
    readiness: { postgres: () => database.ping(), nats: () => messaging.ready() },
    status: () => messaging.health(),
    metrics,
    logger,
    onDrain: async () => {
      await messaging.drain();
      await sealing.stop();
      await forgetting.stop();
      await database.close();
    },
  },
);
