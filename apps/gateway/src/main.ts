import { readFileSync } from 'node:fs';
import { ConfigError, onStopSignal } from '@marquee/subgraph';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { connectMessaging, type Messaging } from '@marquee/messaging';
import { flagSettings, openFlags } from '@marquee/flags';
import { readConfig, readServiceUrls, supergraphFile } from './config.ts';
import { noTrustedDocuments, watchTrustedDocuments } from './documents/trusted-documents.ts';
import { startGateway, type ChangeSource } from './gateway.ts';
import { readSupergraph } from './node/node-schema.ts';
import { watchSupergraph } from './supergraph-file.ts';
import { usageRecords } from './usage/usage-record.ts';

function hearingFrom(messaging: Messaging): ChangeSource {
  return {
    listenToChanges: (listener) => messaging.listenToChanges(listener),
    hears: () => messaging.health().connected,
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
  const messaging = config.NATS_URL
    ? await connectMessaging({
        url: config.NATS_URL,
        namespace: config.NATS_NAMESPACE,
        service: 'gateway',
        logger,
        metrics,
      })
    : undefined;
  const flags = await openFlags({
    service: 'gateway',
    file: config.MARQUEE_FLAGS_FILE,
    ...(messaging && { watchLive: (onSettings) => messaging.watchSettings(flagSettings, onSettings) }),
    logger,
    metrics,
  });
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
    ...(messaging && { changes: hearingFrom(messaging), usage: messaging.records(usageRecords) }),
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
