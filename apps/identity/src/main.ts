import { parseLogKey, sealInBackground } from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { systemClock } from '@marquee/kernel';
import { answerAudit, answerRemoval, connectMessaging } from '@marquee/messaging';
import { forgetIdempotencyKeys, hourMs, openDatabase, repeat, schemaCheck } from '@marquee/postgres';
import { startSagaWorkers } from '@marquee/sagas';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import type { ClientMetadata } from 'oidc-provider';
import { askAuditLogs } from './audit/audit-logs.ts';
import { readConfig } from './config.ts';
import { pluginKeyProjection } from './keys/plugin-keys.ts';
import { deliverMail, fileCarrier } from './mail/deliver-mail.ts';
import { smtpCarrier } from './mail/smtp-carrier.ts';
import { askEvents } from './members/own-events.ts';
import { migrations } from './migrations/index.ts';
import { askAddresses, mailOrderLinks } from './order-links/mail-order-links.ts';
import { orderLinkHandlers } from './order-links/on-orders.ts';
import { orderLinkPath } from './order-links/order-link.ts';
import { askBusiness } from './removal/ask-business.ts';
import { carryOutRemovals } from './removal/carry-out-removal.ts';
import { keptTables, uncopiedTables } from './removal/removal.ts';
import { createSecrets } from './secrets.ts';
import { parseIssuers } from './sign-in/external.ts';
import { serveIdentity } from './subgraph.ts';
import { sweepIssuerStore } from './tokens/issuer-store.ts';
import { rotateWhenDue } from './tokens/signing-keys.ts';

/** How old a key of the issuer gets before the next one takes over. */
const signingKeyDays = 30;

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
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  isBreakerOn: (name): boolean => flags.isOn('breakers', name),
});
const flags = await openFlags({
  service: 'identity',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
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
answerAudit(messaging, { service: 'identity', database, key: config.MARQUEE_LOG_KEY_FILE });
const removals = answerRemoval(messaging, {
  service: 'identity',
  database,
  logger,
  keep: keptTables,
  uncopied: uncopiedTables,
});
const publicUrl = config.MARQUEE_PUBLIC_URL.replace(/\/+$/, '');
const services = {
  database,
  clock: systemClock,
  secrets: createSecrets(config.MARQUEE_IDENTITY_SECRET),
  publicUrl,
  orderPageUrl: config.MARQUEE_ORDER_PAGE_URL ?? `${publicUrl}${orderLinkPath}`,
  auditLogs: askAuditLogs(messaging),
  askEvents: askEvents(messaging),
  removal: {
    askBusiness: askBusiness(messaging),
    graceDays: config.MARQUEE_REMOVAL_GRACE_DAYS,
    wake: () => sagas.wake(),
  },
  onCommit: messaging.wake,
};
messaging.startRelay();
const logKey = config.MARQUEE_LOG_KEY_FILE;
const sagas = startSagaWorkers(database, {
  sagas: [carryOutRemovals({ ...services, messaging, key: logKey ? parseLogKey(logKey) : null })],
  onCommit: messaging.wake,
  logger,
  metrics,
});
messaging.project({ name: 'order-links', events: orderLinkHandlers(messaging.wake) });
messaging.project(pluginKeyProjection(services, messaging));
const directory = config.MARQUEE_MAIL_DIRECTORY;
const smtpUrl = config.MARQUEE_SMTP_URL;
const smtp = smtpUrl ? smtpCarrier({ url: smtpUrl, from: config.MARQUEE_MAIL_FROM }) : null;
const carry = smtp?.carry ?? (directory ? fileCarrier(directory) : null);
const keepUp = (name: string, everyMs: number, work: () => Promise<unknown>) =>
  repeat({ everyMs, work, onError: (error) => logger.warn({ error }, `${name} did not work this time`) });
const upkeep = [
  keepUp('sweeping what the issuer keeps', 60_000, () => sweepIssuerStore(database)),
  keepUp('rotating signing keys', hourMs, () => rotateWhenDue(services, signingKeyDays)),
  keepUp('mailing links to orders', 1_000, () => mailOrderLinks(services, askAddresses(messaging))),
  ...(carry ? [keepUp('delivering mail', 1_000, () => deliverMail(database, carry))] : []),
];

await serveIdentity(services, {
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  readiness: {
    postgres: () => database.ping(),
    schema: schemaCheck(database, migrations),
    nats: () => messaging.ready(),
  },
  status: () => ({ ...messaging.health(), sagas: sagas.status() }),
  metrics,
  logger,
  externalIssuers: parseIssuers(config.MARQUEE_OIDC_ISSUERS_FILE),
  clients: (config.MARQUEE_OIDC_CLIENTS_FILE ?? []) as ClientMetadata[],
  onDrain: async () => {
    await Promise.all(upkeep.map((each) => each.stop()));
    smtp?.close();
    await sagas.stop();
    await removals.stop();
    await messaging.drain();
    await flags.close();
    await sealing.stop();
    await forgetting.stop();
    await database.close();
  },
});
