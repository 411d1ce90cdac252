import { isHookPoint, questions, usageQueue } from '@marquee/contracts';
import { createFileKeyManagement, sealInBackground } from '@marquee/event-log';
import { openFlags } from '@marquee/flags';
import { deriveSecret, systemClock as clock } from '@marquee/kernel';
import { answerAudit, answerPrivacy, answerRemoval, connectMessaging } from '@marquee/messaging';
import { createOutbound } from '@marquee/outbound';
import { createSandbox } from '@marquee/plugin-sdk';
import { forgetIdempotencyKeys, hourMs, openDatabase, repeat, schemaCheck } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import type { Services } from './command.ts';
import { readConfig } from './config.ts';
import { createEndpointBreakers } from './deliveries/endpoint-breakers.ts';
import { startEngine } from './deliveries/engine.ts';
import { erasureHandlers } from './deliveries/forget-payloads.ts';
import { fanOutProjection } from './deliveries/fan-out.ts';
import { createAddressRule } from './guard/addresses.ts';
import { createGuardedAgent } from './guard/guarded-agent.ts';
import { createCallLog } from './plugins/call-log.ts';
import { startHandingOver } from './plugins/hand-over-keys.ts';
import { endFarewells } from './plugins/farewell.ts';
import { createHooks } from './plugins/hooks.ts';
import { createMarketplace } from './plugins/marketplace.ts';
import { keyToMake, madeKeyHandlers } from './plugins/plugin-keys.ts';
import { PluginSecrets } from './plugins/plugin-secrets.ts';
import { sweepPluginCalls } from './plugins/plugin-rows.ts';
import { createTransform } from './plugins/transform.ts';
import { sweepDeliveries } from './deliveries/sweep.ts';
import { planStandings } from './metering/plan-standings.ts';
import { sweepUsage, takeBatch } from './metering/record-usage.ts';
import { migrations } from './migrations/index.ts';
import { createDocumentLinks } from './billing/download-documents.ts';
import { dunDebtors } from './billing/dun.ts';
import { issueDueInvoices } from './billing/issue-invoices.ts';
import { readDues } from './billing/read-dues.ts';
import { createPriceLists } from './plans/price-lists.ts';
import { createGraph } from './selections/graph.ts';
import { createPayloads } from './selections/payloads.ts';
import { SecretStore } from './signing/secrets.ts';
import { removalHandlers } from './endpoints/on-removal.ts';
import { serveHub } from './subgraph.ts';

const config = readConfig();
const logger = createLogger({ service: 'hub', level: config.LOG_LEVEL });
const metrics = createMetrics();
observeProcess(metrics);

const database = await openDatabase({ url: config.DATABASE_URL, applicationName: 'hub', entities: [] });
const messaging = await connectMessaging({
  url: config.NATS_URL,
  namespace: config.NATS_NAMESPACE,
  service: 'hub',
  database,
  logger,
  metrics,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
});
const forgetting = forgetIdempotencyKeys(database, {
  onError: (error) => logger.warn({ error }, 'old idempotency keys were not forgotten this time'),
});
const sealing = sealInBackground(database, {
  log: 'hub',
  key: config.MARQUEE_LOG_KEY_FILE,
  logger,
  metrics,
});
answerAudit(messaging, { service: 'hub', database, key: config.MARQUEE_LOG_KEY_FILE });
const removals = answerRemoval(messaging, {
  service: 'hub',
  database,
  logger,
  // The platform's own books.
  keep: ['platform_invoice', 'platform_payment', 'platform_credit_note'],
});
messaging.startRelay();

const flags = await openFlags({
  service: 'hub',
  file: config.MARQUEE_FLAGS_FILE,
  live: messaging,
  logger,
  metrics,
});
const breakerOf = (name: string) => ({ isOn: () => flags.isOn('breakers', name) });

const keys = await createFileKeyManagement({ path: config.MARQUEE_FIELD_KEYS_FILE });
const secrets = new SecretStore(keys);
const pluginSecrets = new PluginSecrets(keys);
const addresses = createAddressRule(config.MARQUEE_WEBHOOK_NETWORKS);
const outbound = createOutbound({
  name: 'gateway',
  timeoutMs: 10_000,
  breaker: breakerOf('gateway'),
  logger,
  metrics,
});
const graph = createGraph({
  url: config.GATEWAY_URL,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  outbound,
});
const dispatcher = createGuardedAgent({ rule: addresses, connectTimeoutMs: 10_000 });
const shop = createOutbound({
  name: 'marketplace',
  timeoutMs: 5_000,
  breaker: breakerOf('marketplace'),
  logger,
  metrics,
});
const marketplace = createMarketplace({
  location: config.MARQUEE_MARKETPLACE,
  publicKeyPem: config.MARQUEE_MARKETPLACE_KEY,
  outbound: shop,
  database,
});
const hooks = createHooks({
  database,
  dispatcher,
  pluginSecrets,
  logger,
  metrics,
  sandbox: createSandbox(),
  calls: createCallLog(database, logger),
  flags,
});
messaging.answer(
  questions.runHook,
  async ({ point, input }, { organisationId }) =>
    isHookPoint(point) ? hooks.ask(organisationId, point, input) : { outputs: [], missing: null },
  { maxInFlight: 128 },
);
messaging.answer(questions.pluginKey, ({ pluginId }, { organisationId, asker }) => {
  if (asker !== 'identity') throw new Error(`a plugin's key is not for ${asker}`);
  return keyToMake({ database, pluginSecrets }, organisationId, pluginId);
});
messaging.project({ name: 'plugin-keys', events: madeKeyHandlers });
const handingOver = startHandingOver({ database, pluginSecrets, hooks, logger });
const engine = startEngine({
  database,
  dispatcher,
  secrets,
  payloadOf: createPayloads(database, graph, createTransform(hooks)),
  breakers: createEndpointBreakers((organisationId) => flags.isOn('breakers', organisationId)),
  onEvents: messaging.wake,
  metrics,
  logger,
});
const listeners: Pick<Services, 'onDue' | 'onKept'> = {
  onDue: () => engine.wake(),
  onKept: (organisationId, endpointIds) =>
    messaging.tellChanges(organisationId, { 'hub.delivery-kept': endpointIds }),
};
messaging.project(fanOutProjection(listeners));
messaging.project({ name: 'removals', events: removalHandlers(messaging.wake) });
messaging.project({ name: 'erasures', events: erasureHandlers });
// Payloads are copies of what the graph answered; who asks for it is told there.
answerPrivacy(messaging, { service: 'hub', database, collect: async () => ({}) });

const priceLists = createPriceLists(database, config.MARQUEE_PLANS_FILE);
const recording = { database, clock, priceLists, logger };
messaging
  .queue({ ...usageQueue, track: config.MARQUEE_TRACK })
  .take((message) => takeBatch(recording, message));
messaging.answer(questions.organisationDues, (_, { organisationId }) =>
  database.read({ organisationId }, readDues),
);
messaging.answer(questions.planStandings, ({ organisationIds }) =>
  planStandings({ database, priceLists }, organisationIds, clock.now()),
);

const retentionDays = config.MARQUEE_WEBHOOK_RETENTION_DAYS;
const terms = config.MARQUEE_BILLING_FILE;
const invoicing = { database, priceLists, terms, onCommit: messaging.wake };
const keepUp = (done: string, everyMs: number, work: () => Promise<number | void>) =>
  repeat({
    everyMs,
    work: async () => {
      const count = await work();
      if (count) logger.info({ count }, done);
    },
    onError: (error) => logger.warn({ error }, `${done}: not this time`),
  });
const upkeep = [
  keepUp('old deliveries forgotten', hourMs, () => sweepDeliveries(database, retentionDays)),
  keepUp('farewells to plugins ended', hourMs / 60, () => endFarewells(database, messaging.wake)),
  keepUp('old calls of plugins forgotten', hourMs, () => sweepPluginCalls(database, retentionDays)),
  keepUp('old requests forgotten', hourMs, () => sweepUsage(database)),
  keepUp('periods invoiced', hourMs / 12, () => issueDueInvoices(invoicing, clock.now())),
  keepUp('debtors dunned', hourMs / 12, () => dunDebtors(invoicing, clock.now())),
];

const services = {
  database,
  clock,
  secrets,
  pluginSecrets,
  marketplace,
  addresses,
  graph,
  priceLists,
  documentLinks: createDocumentLinks({
    publicUrl: config.MARQUEE_PUBLIC_URL,
    secret: deriveSecret(config.MARQUEE_INTERNAL_SECRET, 'platform invoice links'),
  }),
  onCommit: messaging.wake,
  ...listeners,
};
await serveHub(services, {
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
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
    await engine.stop();
    await handingOver.stop();
    await hooks.stop();
    await Promise.all([dispatcher.close(), outbound.close(), shop.close()]);
    await Promise.all(upkeep.map((each) => each.stop()));
    await sealing.stop();
    await forgetting.stop();
    await database.close();
  },
});
