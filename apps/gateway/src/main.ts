import { readFileSync } from 'node:fs';
import { questions, usageQueue } from '@marquee/contracts';
import { ConfigError, onStopSignal } from '@marquee/subgraph';
import { createLogger, createMetrics, observeProcess, type Logger, type Metrics } from '@marquee/telemetry';
import { connectMessaging, type Messaging } from '@marquee/messaging';
import { openFlags } from '@marquee/flags';
import { readConfig, readServiceUrls, supergraphFile } from './config.ts';
import { noTrustedDocuments, watchTrustedDocuments } from './documents/trusted-documents.ts';
import { startGateway, type ChangeSource, type GatewayOptions } from './gateway.ts';
import { readSupergraph } from './node/node-schema.ts';
import { watchSupergraph } from './supergraph-file.ts';
import { usageRecords } from './usage/usage-record.ts';

function hearingFrom(messaging: Messaging): ChangeSource {
  return {
    listenToChanges: (listener) => messaging.listenToChanges(listener),
    hears: () => messaging.health().connected,
  };
}

/** The other processes, where NATS is there, and what people switch while this one runs. */
async function connect(
  config: ReturnType<typeof readConfig>,
  own: { readonly service: string; readonly logger: Logger; readonly metrics: Metrics },
) {
  const { NATS_URL: url, NATS_NAMESPACE: namespace, MARQUEE_FLAGS_FILE: file } = config;
  const internalSecret = config.MARQUEE_INTERNAL_SECRET;
  const isBreakerOn = (name: string): boolean => flags.isOn('breakers', name);
  const shared = { namespace, internalSecret, isBreakerOn, ...own };
  const messaging = url ? await connectMessaging({ url, ...shared }) : undefined;
  const flags = await openFlags({ file, live: messaging, ...own });
  return { messaging, flags };
}

/** The gateway asks in nobody's name and for no organisation. */
const noOrganisation = '00000000-0000-0000-0000-000000000000';

function meteringBy(messaging: Messaging): NonNullable<GatewayOptions['metering']> {
  return {
    queue: messaging.queue(usageQueue),
    ask: async (organisationIds) => {
      const request = { organisationIds: [...organisationIds] };
      return (await messaging.ask(questions.planStandings, request, { organisationId: noOrganisation }))
        .standings;
    },
  };
}

async function main(): Promise<void> {
  const config = readConfig();
  const file = supergraphFile();
  const supergraph = readFileSync(file, 'utf8');
  const serviceUrls = readServiceUrls(readSupergraph(supergraph).services.map(({ name }) => name));
  const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
  const metrics = createMetrics();
  observeProcess(metrics);
  const { messaging, flags } = await connect(config, { service: 'gateway', logger, metrics });
  const gateway = await startGateway({
    host: config.HOST,
    port: config.PORT,
    supergraph,
    ...(config.MARQUEE_SUPERGRAPH_WATCH && {
      watchSupergraph: (onChange) => watchSupergraph(file, onChange, logger),
    }),
    serviceUrls,
    internalSecret: config.MARQUEE_INTERNAL_SECRET,
    tokens: {
      audience: config.MARQUEE_TOKEN_AUDIENCE,
      ...(config.MARQUEE_JWKS_FILE && {
        development: { issuer: config.MARQUEE_TOKEN_ISSUER, jwksFile: config.MARQUEE_JWKS_FILE },
      }),
    },
    publicUrl: config.MARQUEE_PUBLIC_URL?.replace(/\/+$/, ''),
    trustedProxies: config.MARQUEE_TRUSTED_PROXIES,
    executor: config.MARQUEE_GATEWAY_EXECUTOR,
    subgraphTimeoutMs: config.MARQUEE_SUBGRAPH_TIMEOUT_MS,
    operationTimeoutMs: config.MARQUEE_OPERATION_TIMEOUT_MS,
    allowedOrigins: config.MARQUEE_CORS_ORIGINS,
    explorer: config.MARQUEE_EXPLORER,
    introspection: config.MARQUEE_INTROSPECTION,
    documents: {
      mode: config.MARQUEE_DOCUMENTS,
      trusted: config.MARQUEE_TRUSTED_DOCUMENTS_DIRECTORY
        ? watchTrustedDocuments(config.MARQUEE_TRUSTED_DOCUMENTS_DIRECTORY, logger)
        : noTrustedDocuments,
    },
    ...(messaging && {
      changes: hearingFrom(messaging),
      usage: messaging.records(usageRecords),
      metering: meteringBy(messaging),
    }),
    maxLiveConnections: config.MARQUEE_LIVE_CONNECTIONS,
    maxLiveConnectionsOfOneViewer: config.MARQUEE_LIVE_CONNECTIONS_PER_VIEWER,
    limits: {
      maxCost: config.MARQUEE_MAX_COST,
      mode: config.MARQUEE_RATE_LIMITS,
      budgets: config.MARQUEE_RATE_BUDGETS,
      ...(messaging && { channel: messaging.openChannel('rate-limits') }),
    },
    flags,
    liveDrainMs: 5_000,
    cacheBytes: config.MARQUEE_RESPONSE_CACHE_MIB * 1024 * 1024,
    metrics,
    logger,
  });
  const drain = async () => {
    await gateway.drain();
    await flags.close();
    await messaging?.drain();
  };
  onStopSignal(drain, logger);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
