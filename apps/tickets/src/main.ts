import { questions } from '@marquee/contracts';
import { createFieldEncryption, createFileKeyManagement, sealInBackground } from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { answerAudit, answerPrivacy, answerRemoval, connectMessaging } from '@marquee/messaging';
import { startHooks } from '@marquee/hooks';
import { deriveSecret } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import { openDatabase, schemaCheck, startPurging } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { createPeer } from '@marquee/subgraph';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig, stripeSettings } from './config.ts';
import { readTurnstiles } from './devices/turnstiles.ts';
import { collectOfGuest } from './guests/kept-of-guest.ts';
import { erasureHandlers } from './guests/on-guest-erased.ts';
import { createGranting, observeGranting } from './holds/granting.ts';
import { purgeTicketType, ticketTypeDeletion } from './inventory/delete-ticket-type.ts';
import { createInvoiceDownload } from './invoices/download-invoice.ts';
import { createInvoiceLinks } from './invoices/invoice-link.ts';
import { startIssuing } from './invoices/start-issuing.ts';
import { carryOutCancellations } from './occurrences/carry-out-cancellations.ts';
import { keepTogether, replicaHandlers } from './occurrences/on-owners-changed.ts';
import { peerOwners } from './occurrences/owners.ts';
import { setUpProviders } from './payments/set-up-providers.ts';
import { carryOutPayments } from './payments/carry-out-payments.ts';
import { createWebhooks } from './payments/webhooks.ts';
import { startExtending } from './plugins/extend-tickets.ts';
import { carryOutRefunds } from './refunds/carry-out-refunds.ts';
import type { Services } from './services.ts';
import { findTakenSeats } from './seating/taken-seats.ts';
import { serveTickets } from './subgraph.ts';
import { createCredentialSigner } from './tickets/credential.ts';
import { calm, createWaitingRooms } from './waiting-room/waiting-rooms.ts';
import { ledgerKeysOf } from './ledger/ledger-key.ts';
import { migrations } from './migrations/index.ts';
import { createFileLinks } from './passes/file-links.ts';
import { readBusiness } from './ledger/read-business.ts';
import { startUpkeep } from './upkeep/upkeep.ts';

const config = readConfig();
const logger = createLogger({ service: 'tickets', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const internalSecret = config.MARQUEE_INTERNAL_SECRET;
const paymentTimeoutMs = 5_000;
const ownHost = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;

const database = await openDatabase({ url: config.DATABASE_URL, applicationName: 'tickets', entities: [] });
const keys = await createFileKeyManagement({ path: config.MARQUEE_FIELD_KEYS_FILE });
const encryption = createFieldEncryption({ keys });
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'tickets',
  database,
  logger,
  metrics,
  internalSecret,
  personal: { encryption, readers: [] },
  isBreakerOn: (name): boolean => flags.isOn('breakers', name),
});
const sealing = sealInBackground(database, {
  log: 'tickets',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
answerAudit(messaging, { service: 'tickets', database, key: config.MARQUEE_LOG_KEY_FILE });
const removals = answerRemoval(messaging, { service: 'tickets', database, logger });

const flags = await openFlags({
  service: 'tickets',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
  logger,
  metrics,
});
const outbounds = ['events', 'venues', 'guests'].map((name) =>
  createOutbound({
    name,
    timeoutMs: 3_000,
    breaker: { isOn: () => flags.isOn('breakers', name) },
    retry: { attempts: 2, safe: false },
    logger,
    metrics,
  }),
);
const peer = (place: number, url: string) =>
  createPeer({ name: outbounds[place]!.state().name, url, internalSecret, outbound: outbounds[place]! });
const payments = await setUpProviders({
  database,
  publicUrl: config.MARQUEE_PUBLIC_URL,
  timeoutMs: paymentTimeoutMs,
  sandbox: config.MARQUEE_SANDBOX_PAYMENTS
    ? { internalSecret, webhookUrl: () => `http://${ownHost}:${config.PORT}/webhooks/payments/sandbox` }
    : null,
  stripe: stripeSettings(config),
  flags,
  logger,
  metrics,
});

const hooks = startHooks({ database, messaging, flags, logger });
const issuing = startIssuing(() => services);
const alone: Services = {
  database,
  encryption,
  owners: peerOwners({
    events: peer(0, config.EVENTS_URL),
    venues: peer(1, config.VENUES_URL),
    guests: peer(2, config.GUESTS_URL),
  }),
  hooks,
  credentials: createCredentialSigner(config.MARQUEE_TICKET_KEY_FILE),
  providers: payments.providers,
  passes: {
    links: createFileLinks({
      publicUrl: config.MARQUEE_PUBLIC_URL,
      secret: deriveSecret(internalSecret, 'ticket files'),
    }),
    apple: config.MARQUEE_APPLE_PASS_FILE ?? null,
    google: config.MARQUEE_GOOGLE_WALLET_FILE ?? null,
  },
  ledgerKeys: ledgerKeysOf(config.MARQUEE_LOG_KEY_FILE),
  invoiceLinks: createInvoiceLinks({
    publicUrl: config.MARQUEE_PUBLIC_URL,
    secret: deriveSecret(internalSecret, 'invoice links'),
  }),
  wakeIssuing: () => issuing.wake(),
  wakeSagas: () => sagas.wake(),
  terms: {
    holdMinutes: config.MARQUEE_HOLD_MINUTES,
    orderMinutes: config.MARQUEE_ORDER_MINUTES,
    transferDays: config.MARQUEE_TRANSFER_DAYS,
    offerMinutes: config.MARQUEE_OFFER_MINUTES,
    deletedDays: config.MARQUEE_DELETED_RETENTION_DAYS,
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

const sagas = startSagaWorkers(database, {
  sagas: [carryOutPayments(services), carryOutRefunds(services), carryOutCancellations(services)],
  // They share the pool of connections with those who buy.
  concurrency: 5,
  onCommit: messaging.wake,
  logger,
  metrics,
});
messaging.startRelay();
const ownersChanged = { ...replicaHandlers, ...erasureHandlers(encryption) };
messaging.project({
  name: 'replicas',
  replayable: true,
  personal: true,
  events: ownersChanged,
  handleMany: keepTogether(ownersChanged),
});
messaging.answer(questions.takenSeats, ({ spaceId, seatIds }, { organisationId }) =>
  database.read({ organisationId }, async (tx) => ({ seatIds: await findTakenSeats(tx, spaceId, seatIds) })),
);
messaging.answer(questions.organisationBusiness, (_, { organisationId }) =>
  database.read({ organisationId }, readBusiness),
);
answerPrivacy(messaging, { service: 'tickets', database, collect: collectOfGuest });
readTurnstiles(services, messaging);
const waitingRooms = services.waitingRooms.start();
const purging = startPurging(database, {
  kind: 'ticket type',
  deletion: ticketTypeDeletion(services.terms),
  purge: purgeTicketType,
  onCommit: messaging.wake,
  logger,
  metrics,
});
const upkeep = startUpkeep(services, { everyMs: 1_000, metrics });
const extending = startExtending(services);

await serveTickets(services, {
  host: config.HOST,
  port: config.PORT,
  internalSecret,
  readiness: {
    postgres: () => database.ping(),
    schema: schemaCheck(database, migrations),
    nats: () => messaging.ready(),
  },
  status: () => ({
    granting: granting?.load() ?? null,
    sagas: sagas.status(),
    messaging: messaging.health(),
    outbound: [...outbounds.map((out) => out.state()), ...payments.states()],
  }),
  routes: {
    ...payments.routes,
    ...createWebhooks(services),
    [services.invoiceLinks.path]: createInvoiceDownload(services),
  },
  metrics,
  logger,
  onDrain: async () => {
    await Promise.all([purging.stop(), upkeep.stop(), waitingRooms.stop(), sagas.stop()]);
    await extending.stop();
    await hooks.stop();
    await issuing.drain();
    await granting?.drain();
    await removals.stop();
    await messaging.drain();
    await flags.close();
    await sealing.stop();
    await payments.close();
    await Promise.all(outbounds.map((out) => out.close()));
    await database.close();
  },
});
