import { readFileSync } from 'node:fs';
import { ConfigError, onStopSignal } from '@marquee/subgraph';
import { createLogger, createMetrics, observeProcess } from '@marquee/telemetry';
import { readConfig, readServiceUrls, supergraphFile } from './config.ts';
import { startGateway } from './gateway.ts';
import { readSupergraph } from './node/node-schema.ts';
import { watchSupergraph } from './supergraph-file.ts';

async function main(): Promise<void> {
  const config = readConfig();
  const file = supergraphFile();
  const supergraph = readFileSync(file, 'utf8');
  const serviceUrls = readServiceUrls(readSupergraph(supergraph).services.map(({ name }) => name));
  const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
  const metrics = createMetrics();
  observeProcess(metrics);
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
      jwksFile: config.MARQUEE_JWKS_FILE,
      issuer: config.MARQUEE_TOKEN_ISSUER,
      audience: config.MARQUEE_TOKEN_AUDIENCE,
    },
    subgraphTimeoutMs: config.MARQUEE_SUBGRAPH_TIMEOUT_MS,
    allowedOrigins: config.MARQUEE_CORS_ORIGINS,
    explorer: config.MARQUEE_EXPLORER,
    introspection: config.MARQUEE_INTROSPECTION,
    metrics,
    logger,
  });
  onStopSignal(() => gateway.drain(), logger);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
