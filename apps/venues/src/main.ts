import { questions } from '@marquee/contracts';
import { sealInBackground } from '@marquee/event-log';
import { answerAudit, connectMessaging, isQuestionUnavailable } from '@marquee/messaging';
import { forgetIdempotencyKeys, openDatabase, startPurging } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { occurrenceHandlers } from './bookings/on-occurrence-changed.ts';
import { readConfig } from './config.ts';
import { entities } from './entities.ts';
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
});
const forgetting = forgetIdempotencyKeys(database, {
  onError: (error) => logger.warn({ error }, 'old idempotency keys were not forgotten this time'),
});
const venueDeletion = createVenueDeletion(config.MARQUEE_DELETED_RETENTION_DAYS);
const purging = startPurging(database, {
  deletion: venueDeletion,
  purge: purgeVenue,
  onCommit: messaging.wake,
  onError: (error) => logger.error({ error }, 'a deleted venue was not purged this time'),
});
const sealing = sealInBackground(database, {
  log: 'venues',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
answerAudit(messaging, { service: 'venues', database, key: config.MARQUEE_LOG_KEY_FILE });
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
    try {
      const asked = { spaceId, seatIds: [...seatIds] };
      return (await messaging.ask(questions.takenSeats, asked, { organisationId, timeoutMs: 3_000 })).seatIds;
    } catch (error) {
      if (isQuestionUnavailable(error)) return null;
      throw error;
    }
  },
  readiness: { postgres: () => database.ping(), nats: () => messaging.ready() },
  status: () => messaging.health(),
  metrics,
  logger,
  onDrain: async () => {
    await messaging.drain();
    await sealing.stop();
    await purging.stop();
    await forgetting.stop();
    await database.close();
  },
});
