import { questions } from '@marquee/contracts';
import { sealInBackground } from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { answerAudit, answerIfAny, answerRemoval, connectMessaging } from '@marquee/messaging';
import { forgetIdempotencyKeys, openDatabase, schemaCheck, startPurging } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { occurrenceHandlers } from './bookings/on-occurrence-changed.ts';
import { readConfig } from './config.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations/index.ts';
import { serveVenues } from './subgraph.ts';
import { createVenueDeletion, purgeVenue } from './venues/delete-venue.ts';

const config = readConfig();
const logger = createLogger({ service: 'venues', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({ url: config.DATABASE_URL, applicationName: 'venues', entities });
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'venues',
  database,
  logger,
  metrics,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  isBreakerOn: (name): boolean => flags.isOn('breakers', name),
});
const flags = await openFlags({
  service: 'venues',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
  logger,
  metrics,
});
const forgetting = forgetIdempotencyKeys(database, {
  onError: (error) => logger.warn({ error }, 'old idempotency keys were not forgotten this time'),
});
const venueDeletion = createVenueDeletion(config.MARQUEE_DELETED_RETENTION_DAYS);
const purging = startPurging(database, {
  kind: 'venue',
  deletion: venueDeletion,
  purge: purgeVenue,
  onCommit: messaging.wake,
  logger,
  metrics,
});
const sealing = sealInBackground(database, {
  log: 'venues',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
answerAudit(messaging, { service: 'venues', database, key: config.MARQUEE_LOG_KEY_FILE });
const removals = answerRemoval(messaging, { service: 'venues', database, logger });
messaging.startRelay();
messaging.project({ name: 'space-bookings', events: occurrenceHandlers(messaging.wake) });

await serveVenues({
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  database,
  onCommit: messaging.wake,
  venueDeletion,
  askTakenSeats: async (organisationId, { spaceId, seatIds }) => {
    const request = { spaceId, seatIds: [...seatIds] };
    const asked = messaging.ask(questions.takenSeats, request, { organisationId, timeoutMs: 3_000 });
    return (await answerIfAny(asked))?.seatIds ?? null;
  },
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
    await messaging.drain();
    await flags.close();
    await sealing.stop();
    await purging.stop();
    await forgetting.stop();
    await database.close();
  },
});
