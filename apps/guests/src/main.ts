import {
  createFieldEncryption,
  createFileKeyManagement,
  parseLogKey,
  sealInBackground,
} from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { answerAudit, answerRemoval, connectMessaging } from '@marquee/messaging';
import { forgetIdempotencyKeys, openDatabase, schemaCheck, startPurging } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { createGuestDeletion, purgeGuest } from './guests/delete-guest.ts';
import { guestEntity } from './guests/guest.entity.ts';
import { migrations } from './migrations/index.ts';
import { tellAddresses } from './guests/tell-addresses.ts';
import { newsHandlers } from './notifications/on-news.ts';
import { carryOutPrivacy } from './privacy/carry-out-privacy.ts';
import { serveGuests } from './subgraph.ts';

const config = readConfig();
const logger = createLogger({ service: 'guests', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({
  url: config.DATABASE_URL,
  applicationName: 'guests',
  entities: [guestEntity],
});
const keys = await createFileKeyManagement({ path: config.MARQUEE_FIELD_KEYS_FILE });
const encryption = createFieldEncryption({ keys });
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'guests',
  database,
  logger,
  metrics,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  // Tickets knows its buyers by name and address.
  personal: { encryption, readers: ['tickets'] },
  isBreakerOn: (name): boolean => flags.isOn('breakers', name),
});
const flags = await openFlags({
  service: 'guests',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
  logger,
  metrics,
});
const forgetting = forgetIdempotencyKeys(database, {
  onError: (error) => logger.warn({ error }, 'old idempotency keys were not forgotten this time'),
});
const sealing = sealInBackground(database, {
  log: 'guests',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
answerAudit(messaging, { service: 'guests', database, key: config.MARQUEE_LOG_KEY_FILE });
const removals = answerRemoval(messaging, { service: 'guests', database, logger });
tellAddresses(messaging, database);
messaging.startRelay();
messaging.project({ name: 'notifications', events: newsHandlers(messaging.wake) });
const logKey = config.MARQUEE_LOG_KEY_FILE;
const sagas = startSagaWorkers(database, {
  sagas: [carryOutPrivacy({ database, messaging, key: logKey ? parseLogKey(logKey) : null })],
  onCommit: messaging.wake,
  logger,
  metrics,
});
const onCommit = () => {
  messaging.wake();
  sagas.wake();
};
const guestDeletion = createGuestDeletion(config.MARQUEE_DELETED_RETENTION_DAYS);
const purging = startPurging(database, {
  kind: 'guest',
  deletion: guestDeletion,
  purge: purgeGuest(encryption),
  onCommit,
  logger,
  metrics,
});

await serveGuests({
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  database,
  encryption,
  guestDeletion,
  onCommit,
  readiness: {
    postgres: () => database.ping(),
    schema: schemaCheck(database, migrations),
    nats: () => messaging.ready(),
  },
  status: () => ({ ...messaging.health(), sagas: sagas.status() }),
  metrics,
  logger,
  onDrain: async () => {
    await purging.stop();
    await sagas.stop();
    await removals.stop();
    await messaging.drain();
    await flags.close();
    await sealing.stop();
    await forgetting.stop();
    await database.close();
  },
});
