import { createFileKeyManagement, sealInBackground } from '@marquee/event-log';
import { answerAudit, answerPrivacy, connectMessaging } from '@marquee/messaging';
import { createOutbound } from '@marquee/outbound';
import { forgetIdempotencyKeys, openDatabase } from '@marquee/postgres';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig } from './config.ts';
import { createEndpointBreakers } from './deliveries/endpoint-breakers.ts';
import { startEngine } from './deliveries/engine.ts';
import { erasureHandlers } from './deliveries/forget-payloads.ts';
import { fanOutProjection } from './deliveries/fan-out.ts';
import { createAddressRule } from './guard/addresses.ts';
import { createGuardedAgent } from './guard/guarded-agent.ts';
import { createGraph } from './selections/graph.ts';
import { createPayloads } from './selections/payloads.ts';
import { SecretStore } from './signing/secrets.ts';
import { serveHub } from './subgraph.ts';
import { sweepInBackground } from './upkeep.ts';

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

const secrets = new SecretStore(await createFileKeyManagement({ path: config.MARQUEE_FIELD_KEYS_FILE }));
const addresses = createAddressRule(config.MARQUEE_WEBHOOK_NETWORKS);
const outbound = createOutbound({ name: 'gateway', timeoutMs: 10_000, logger, metrics });
const graph = createGraph({
  url: config.GATEWAY_URL,
  internalSecret: config.MARQUEE_INTERNAL_SECRET,
  outbound,
});
const dispatcher = createGuardedAgent({ rule: addresses, connectTimeoutMs: 10_000 });
const engine = startEngine({
  database,
  dispatcher,
  secrets,
  payloadOf: createPayloads(database, graph),
  breakers: createEndpointBreakers(),
  onEvents: messaging.wake,
  metrics,
  logger,
});
messaging.project(fanOutProjection(() => engine.wake()));
messaging.project({ name: 'erasures', events: erasureHandlers });
// Payloads are copies of what the graph answered; who asks for it is told there.
answerPrivacy(messaging, { service: 'hub', database, collect: async () => ({}) });
const retentionDays = config.MARQUEE_WEBHOOK_RETENTION_DAYS;
const sweeping = sweepInBackground(database, { retentionDays, logger });

const services = {
  ...{ database, secrets, addresses, graph },
  onCommit: messaging.wake,
  onDue: () => engine.wake(),
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
    await Promise.all([dispatcher.close(), outbound.close()]);
    await sweeping.stop();
    await sealing.stop();
    await forgetting.stop();
    await database.close();
  },
});
