import { isHookPoint, questions, usageQueue } from '@marquee/contracts';
import { createFileKeyManagement, sealInBackground } from '@marquee/event-log';
import { answerAudit, answerPrivacy, connectMessaging } from '@marquee/messaging';
import { createOutbound } from '@marquee/outbound';
import { createSandbox } from '@marquee/plugin-sdk';
import { forgetIdempotencyKeys, hourMs, openDatabase, repeat } from '@marquee/postgres';
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
import { createHooks } from './plugins/hooks.ts';
import { createMarketplace } from './plugins/marketplace.ts';
import { PluginSecrets } from './plugins/plugin-secrets.ts';
import { sweepPluginCalls } from './plugins/plugin-rows.ts';
import { createTransform } from './plugins/transform.ts';
import { sweepDeliveries } from './deliveries/sweep.ts';
import { planStandings } from './metering/plan-standings.ts';
import { sweepUsage, takeBatch } from './metering/record-usage.ts';
import { issueDueInvoices } from './plans/issue-invoices.ts';
import { createPlans, defaultPlanOf } from './plans/plans.ts';
import { createGraph } from './selections/graph.ts';
import { createPayloads } from './selections/payloads.ts';
import { SecretStore } from './signing/secrets.ts';
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
messaging.startRelay();

const keys = await createFileKeyManagement({ path: config.MARQUEE_FIELD_KEYS_FILE });
const secrets = new SecretStore(keys);
const pluginSecrets = new PluginSecrets(keys);
const addresses = createAddressRule(config.MARQUEE_WEBHOOK_NETWORKS);
const outbound = createOutbound({ name: 'gateway', timeoutMs: 10_000, logger, metrics });
const graph = createGraph({
  url: config.GATEWAY_URL,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  outbound,
});
const dispatcher = createGuardedAgent({ rule: addresses, connectTimeoutMs: 10_000 });
const shop = createOutbound({ name: 'marketplace', timeoutMs: 5_000, logger, metrics });
const marketplace = createMarketplace({
  location: config.MARQUEE_MARKETPLACE,
  publicKeyPem: config.MARQUEE_MARKETPLACE_KEY,
  outbound: shop,
});
const hooks = createHooks({
  database,
  dispatcher,
  pluginSecrets,
  logger,
  metrics,
  sandbox: createSandbox(),
  calls: createCallLog(database, logger),
});
messaging.answer(
  questions.runHook,
  async ({ point, input }, { organisationId }) =>
    isHookPoint(point) ? hooks.ask(organisationId, point, input) : { outputs: [], missing: null },
  { maxInFlight: 128 },
);
const engine = startEngine({
  database,
  dispatcher,
  secrets,
  payloadOf: createPayloads(database, graph, createTransform(hooks)),
  breakers: createEndpointBreakers(),
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
messaging.project({ name: 'erasures', events: erasureHandlers });
// Payloads are copies of what the graph answered; who asks for it is told there.
answerPrivacy(messaging, { service: 'hub', database, collect: async () => ({}) });

const plans = createPlans(config.MARQUEE_PLANS_FILE);
const recording = { database, defaultPlan: defaultPlanOf(plans).code, logger };
messaging.queue(usageQueue).take((message) => takeBatch(recording, message));
messaging.answer(questions.planStandings, ({ organisationIds }) =>
  planStandings({ database, plans }, organisationIds, new Date()),
);

const retentionDays = config.MARQUEE_WEBHOOK_RETENTION_DAYS;
const invoicing = { database, plans, onCommit: messaging.wake };
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
  keepUp('old calls of plugins forgotten', hourMs, () => sweepPluginCalls(database, retentionDays)),
  keepUp('old requests forgotten', hourMs, () => sweepUsage(database)),
  keepUp('periods invoiced', hourMs / 12, () => issueDueInvoices(invoicing, new Date())),
];

const services = {
  database,
  secrets,
  pluginSecrets,
  marketplace,
  addresses,
  graph,
  plans,
  onCommit: messaging.wake,
  ...listeners,
};
await serveHub(services, {
  host: config.HOST,
  port: config.PORT,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  readiness: { postgres: () => database.ping(), nats: () => messaging.ready() },
  status: () => messaging.health(),
  metrics,
  logger,
  onDrain: async () => {
    await messaging.drain();
    await engine.stop();
    await hooks.stop();
    await Promise.all([dispatcher.close(), outbound.close(), shop.close()]);
    await Promise.all(upkeep.map((each) => each.stop()));
    await sealing.stop();
    await forgetting.stop();
    await database.close();
  },
});
