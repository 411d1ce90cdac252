import { sealInBackground } from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { systemClock } from '@marquee/kernel';
import { answerAudit, answerRemoval, connectMessaging } from '@marquee/messaging';
import { createOutbound } from '@marquee/outbound';
import { forgetIdempotencyKeys, openDatabase, schemaCheck, startPurging } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { createPeer } from '@marquee/subgraph';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { entities } from './entities.ts';
import { createEventDeletion, purgeEvent } from './events/delete-event.ts';
import { tellKnownEvents } from './events/tell-known-events.ts';
import { migrations } from './migrations/index.ts';
import { startExtendingHorizons } from './occurrences/extend-horizons.ts';
import { bookingHandlers } from './occurrences/on-space-booking.ts';
import { createAskVenues } from './spaces/ask-venues.ts';
import { carryOutSpaceBookings } from './spaces/carry-out-space-bookings.ts';
import { createFindBooking } from './spaces/find-booking.ts';
import { spaceHandlers } from './spaces/on-space-changed.ts';
import { serveEvents } from './subgraph.ts';

const config = readConfig();
const internalSecret = config.MARQUEE_INTERNAL_SECRET;
const logger = createLogger({ service: 'events', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({ url: config.DATABASE_URL, applicationName: 'events', entities });
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'events',
  database,
  logger,
  metrics,
  internalSecret,
});
const forgetting = forgetIdempotencyKeys(database, {
  onError: (error) => logger.warn({ error }, 'old idempotency keys were not forgotten this time'),
});
const eventDeletion = createEventDeletion(config.MARQUEE_DELETED_RETENTION_DAYS);
const purging = startPurging(database, {
  kind: 'event',
  deletion: eventDeletion,
  purge: purgeEvent,
  onCommit: messaging.wake,
  logger,
  metrics,
});
const sealing = sealInBackground(database, {
  log: 'events',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
answerAudit(messaging, { service: 'events', database, key: config.MARQUEE_LOG_KEY_FILE });
const removals = answerRemoval(messaging, { service: 'events', database, logger });
tellKnownEvents(messaging, database);
messaging.startRelay();
messaging.project({ name: 'spaces', replayable: true, events: spaceHandlers });
messaging.project({ name: 'space-bookings', events: bookingHandlers });

const flags = await openFlags({
  service: 'events',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
  logger,
  metrics,
});
const venues = createOutbound({
  name: 'venues',
  timeoutMs: 2_000,
  breaker: { isOn: () => flags.isOn('breakers', 'venues') },
  retry: { attempts: 2, safe: false },
  logger,
  metrics,
});
const peer = createPeer({ name: 'venues', url: config.VENUES_URL, internalSecret, outbound: venues });
const sagas = startSagaWorkers(database, {
  sagas: [carryOutSpaceBookings(database, createFindBooking(peer))],
  onCommit: messaging.wake,
  logger,
  metrics,
});
const onCommit = () => {
  messaging.wake();
  sagas.wake();
};
const horizons = startExtendingHorizons({ database, clock: systemClock, onCommit, logger });

await serveEvents({
  host: config.HOST,
  port: config.PORT,
  internalSecret,
  database,
  clock: systemClock,
  askVenues: createAskVenues(peer),
  eventDeletion,
  onCommit,
  readiness: {
    postgres: () => database.ping(),
    schema: schemaCheck(database, migrations),
    nats: () => messaging.ready(),
  },
  status: () => ({ ...messaging.health(), sagas: sagas.status(), outbound: [venues.state()] }),
  metrics,
  logger,
  onDrain: async () => {
    await horizons.stop();
    await sagas.stop();
    await removals.stop();
    await messaging.drain();
    await flags.close();
    await sealing.stop();
    await purging.stop();
    await forgetting.stop();
    await database.close();
  },
});
