import { connectMessaging } from '@marquee/messaging';
import { createOutbound } from '@marquee/outbound';
import { openDatabase } from '@marquee/postgres';
import { createPeer } from '@marquee/subgraph';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { createGranting, observeGranting } from './holds/granting.ts';
import { replicaHandlers } from './occurrences/on-owners-changed.ts';
import { peerOwners } from './occurrences/owners.ts';
import { guardProvider } from './payments/provider.ts';
import { createSandboxProvider } from './payments/sandbox-provider.ts';
import type { Services } from './services.ts';
import { serveTickets } from './subgraph.ts';
import { createCredentialSigner } from './tickets/credential.ts';
import { calm, createWaitingRooms } from './waiting-room/waiting-rooms.ts';
import { startUpkeep } from './upkeep/upkeep.ts';

const config = readConfig();
const logger = createLogger({ service: 'tickets', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const internalSecret = config.MARQUEE_INTERNAL_SECRET;
const paymentTimeoutMs = 5_000;

const database = await openDatabase({ url: config.DATABASE_URL, applicationName: 'tickets', entities: [] });
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'tickets',
  database,
  logger,
  metrics,
});

const outbounds = ['events', 'venues', 'guests'].map((name) =>
  createOutbound({ name, timeoutMs: 3_000, retry: { attempts: 2, safe: false }, logger, metrics }),
);
const peer = (place: number, url: string) =>
  createPeer({ name: outbounds[place]!.state().name, url, internalSecret, outbound: outbounds[place]! });
const payments = createOutbound({ name: 'payments-sandbox', timeoutMs: paymentTimeoutMs, logger, metrics });
const sandbox = guardProvider(createSandboxProvider(database), payments, (error) =>
  logger.warn({ error }, 'the payment provider did not answer'),
);

const alone: Services = {
  database,
  owners: peerOwners({
    events: peer(0, config.EVENTS_URL),
    venues: peer(1, config.VENUES_URL),
    guests: peer(2, config.GUESTS_URL),
  }),
  credentials: createCredentialSigner(config.MARQUEE_TICKET_KEY_FILE),
  providers: new Map([[sandbox.name, sandbox]]),
  terms: {
    holdMinutes: config.MARQUEE_HOLD_MINUTES,
    orderMinutes: config.MARQUEE_ORDER_MINUTES,
    transferDays: config.MARQUEE_TRANSFER_DAYS,
  },
  waitingRooms: createWaitingRooms({
    database,
    secret: internalSecret,
    pressure: () => granting?.load() ?? calm,
    wake: () => messaging.wake(),
    logger,
  }),
  wake: () => messaging.wake(),
  logger,
};

const granting =
  config.MARQUEE_GRANTING === 'coalesced'
    ? createGranting(alone, {
        maxWaiting: config.MARQUEE_GRANT_QUEUE,
        maxWaitingOfOne: Math.ceil(config.MARQUEE_GRANT_QUEUE / 2),
        maxWaitMs: config.MARQUEE_GRANT_WAIT_MS,
      })
    : null;
const services: Services = granting ? { ...alone, granting } : alone;
if (granting) observeGranting(granting, metrics);

messaging.startRelay();
messaging.project({ name: 'replicas', replayable: true, events: replicaHandlers });
const waitingRooms = services.waitingRooms.start();
const upkeep = startUpkeep(services, {
  everyMs: 1_000,
  settleAfterMs: 2 * paymentTimeoutMs,
  abandonAfterMs: 60_000,
});

await serveTickets(services, {
  host: config.HOST,
  port: config.PORT,
  internalSecret,
  readiness: { postgres: () => database.ping(), nats: () => messaging.ready() },
  status: () => ({
    granting: granting?.load() ?? null,
    messaging: messaging.health(),
    outbound: [...outbounds, payments].map((out) => out.state()),
  }),
  metrics,
  logger,
  onDrain: async () => {
    await Promise.all([upkeep.stop(), waitingRooms.stop()]);
    await granting?.drain();
    await messaging.drain();
    await Promise.all([...outbounds, payments].map((out) => out.close()));
    await database.close();
  },
});
