import { ApolloServer } from '@apollo/server';
import {
  maskFault,
  startHttpServer,
  unusedPluginsOff,
  type HttpRoute,
  type HttpServerOptions,
} from '@marquee/subgraph';
import type { ChangesListener, Records } from '@marquee/messaging';
import type { Flags } from '@marquee/flags';
import type { Logger, Metrics } from '@marquee/telemetry';
import type { GraphQLSchema } from 'graphql';
import { createIdentityClient } from './access/identity-client.ts';
import { createTokenVerifier, type TokenSettings } from './access/verify-tokens.ts';
import {
  badInputPlugin,
  chargePlugin,
  completionPlugin,
  metricsPlugin,
  schemaPlugin,
  plainJsonPlugin,
  scalarsPlugin,
  subscriptionsPlugin,
} from './apollo-plugins.ts';
import { createFreshness } from './caching/freshness.ts';
import { createResponseCache } from './caching/response-cache.ts';
import { disableVendorTelemetry } from './config.ts';
import type { GatewayContext } from './context.ts';
import { createDocumentFacts } from './documents/document-facts.ts';
import { createDocumentStore, type DocumentMode } from './documents/document-store.ts';
import { withOwnDocuments, type WatchedDocuments } from './documents/trusted-documents.ts';
import { corsHeaders, isAllowed, type AllowedOrigins } from './http/cors.ts';
import { createGraph, type ExecutorName, type Graph } from './execution/graph.ts';
import { createRestRoute, restPrefix, type RestOptions } from './rest/rest-route.ts';
import { restDocuments, restRoutes } from './rest/routes.ts';
import type { Subgraph } from './execution/subgraph-service.ts';
import { createExplorer } from './http/explorer.ts';
import { createGraphqlRoute, type Caching, type GraphqlRouteOptions } from './http/graphql-route.ts';
import { createKeptPages } from './http/kept-pages.ts';
import { createLightPath } from './http/light-path.ts';
import { createInternalRoutes } from './http/internal-routes.ts';
import { createPassage, passages } from './http/pass-through.ts';
import type { Budgets } from './limits/budgets.ts';
import { clientLimits, maxBodyBytes } from './limits/client-limits.ts';
import { createGatekeeper, type Gatekeeper } from './limits/gatekeeper.ts';
import { createRateLimits, type RateLimitMode } from './limits/rate-limits.ts';
import type { Channel } from './limits/shared-counts.ts';
import { startLive } from './live/start-live.ts';
import { createMeter, type MeterOptions } from './metering/meter.ts';
import { readSupergraph } from './node/node-schema.ts';
import { createFieldUsage } from './usage/field-usage.ts';
import { createPlatformReadiness } from './platform-readiness.ts';

type Rest = Pick<RestOptions, 'routes' | 'documents'>;

export type GatewayOptions = {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly supergraph: string;
  /** Calls back with each later supergraph; answers how to stop. Left out: the first one stays. */
  readonly watchSupergraph?: (onChange: (sdl: string) => void) => () => void;
  /** Addresses that replace the supergraph's own. */
  readonly serviceUrls: ReadonlyMap<string, string>;
  readonly internalSecret: string;
  readonly tokens: Omit<TokenSettings, 'identity'>;
  /** Where people reach the platform; tokens of its own issuer begin with it. Without it none of them is taken. */
  readonly publicUrl?: string | undefined;
  /** How many proxies stand before this gateway, each of which adds to `x-forwarded-for`. */
  readonly trustedProxies: number;
  /** Whose executor runs the query plans: `apollo` is @apollo/gateway's own. */
  readonly executor: ExecutorName;
  /** For a request to arrive; default 15 seconds. */
  readonly requestTimeoutMs?: number;
  /** For one fetch from one service, its retry included. */
  readonly subgraphTimeoutMs: number;
  /** For an operation as a whole, all its fetches included. */
  readonly operationTimeoutMs: number;
  readonly allowedOrigins: AllowedOrigins;
  readonly explorer: boolean;
  readonly introspection: boolean;
  readonly documents: { readonly mode: DocumentMode; readonly trusted: WatchedDocuments };
  /** What the services change. Left out: no answer is kept. */
  readonly changes?: ChangeSource;
  /** Where the use of fields is kept. Left out: it is not recorded. */
  readonly usage?: Records;
  /** Where what API keys ask for is counted. Left out: it is not, and plans limit nobody. */
  readonly metering?: Pick<MeterOptions, 'queue' | 'ask' | 'everyMs'>;
  /** What is served under /v1. Left out: the platform's own. */
  readonly rest?: Rest;
  /** For kept answers; 0 keeps none. */
  readonly cacheBytes: number;
  /** Live connections at once, and of one viewer; more are refused. */
  readonly maxLiveConnections: number;
  readonly maxLiveConnectionsOfOneViewer: number;
  /** What one operation may cost, and what callers may spend over time. */
  readonly limits: {
    readonly maxCost: number;
    readonly mode: RateLimitMode;
    readonly budgets: Budgets;
    /** To the other processes of the gateway. Left out: each counts for itself. */
    readonly channel?: Channel;
  };
  /** What is switched off, and for whom. Left out: nothing. */
  readonly flags?: Pick<Flags, 'isOn'>;
  /** Over how long live clients are sent away when this process stops. */
  readonly liveDrainMs: number;
  readonly metrics: Metrics;
  readonly logger: Logger;
};

/** Hears changes, as `Messaging` does. */
export type ChangeSource = {
  listenToChanges(listener: ChangesListener): void;
  /** Whether changes are heard now. */
  hears(): boolean;
};

export type RunningGateway = {
  readonly port: number;
  /** `http://host:port`; the graph is at `/graphql`. */
  readonly url: string;
  drain(): Promise<void>;
};

function createApolloServer(
  options: GatewayOptions,
  { gateway }: Graph,
  onSchema: (schema: GraphQLSchema) => void,
): ApolloServer<GatewayContext> {
  const { logger, metrics, introspection } = options;
  return new ApolloServer<GatewayContext>({
    gateway,
    introspection,
    csrfPrevention: true,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !introspection,
    parseOptions: { maxTokens: clientLimits.tokens },
    // Who has made ten mistakes need not be told of fifty; each costs a tenth of a millisecond.
    validationOptions: { maxErrors: 10 },
    formatError: (formatted, error) => maskFault(formatted, error, logger),
    logger,
    plugins: [
      ...unusedPluginsOff(),
      scalarsPlugin(),
      schemaPlugin(onSchema),
      completionPlugin(logger),
      chargePlugin(),
      badInputPlugin(),
      plainJsonPlugin(),
      subscriptionsPlugin(),
      metricsPlugin(metrics),
    ],
  });
}

function createCaching(
  { changes, cacheBytes, flags, metrics, trustedProxies }: GatewayOptions,
  parts: Pick<RouteParts, 'tokens' | 'documents' | 'gatekeeper' | 'usage' | 'facts'>,
): Caching | undefined {
  if (!changes || cacheBytes === 0) return undefined;
  const freshness = createFreshness({ hears: changes.hears });
  changes.listenToChanges({
    onChanges: ({ organisationId }) => freshness.changed(organisationId),
    onGap: freshness.missed,
  });
  const cache = createResponseCache({ freshness, maxBytes: cacheBytes, flags, metrics });
  const pages = createKeptPages({ ...parts, path: '/graphql', cache, trustedProxies });
  return { freshness, cache, pages };
}

/** Who may ask: by tokens of the platform's own issuer and API keys where identity is there, and what settings add. */
function createAccess(options: GatewayOptions, services: readonly Subgraph[]) {
  const { publicUrl, logger } = options;
  const service = services.find(({ name }) => name === 'identity');
  const client = service && publicUrl ? createIdentityClient({ ...options, url: service.url }) : undefined;
  const identity = client && { issuer: `${publicUrl}/oidc`, client };
  const tokens = createTokenVerifier({ ...options.tokens, identity }, logger);
  const closeAccess = async () => {
    tokens.stop();
    await client?.close();
  };
  return { tokens, closeAccess };
}

/** The paths that lead past the graph, for the services that are there. */
function createPassages(
  services: readonly Subgraph[],
  options: GatewayOptions,
  gatekeeper: Gatekeeper,
): Record<string, HttpRoute> {
  return Object.fromEntries(
    passages.flatMap((passage) => {
      const service = services.find(({ name }) => name === passage.service);
      return service ? [[passage.path, gatekeeper.guard(createPassage(passage, service, options))]] : [];
    }),
  );
}

type RouteParts = Pick<
  GraphqlRouteOptions,
  'apollo' | 'light' | 'tokens' | 'documents' | 'gatekeeper' | 'live' | 'usage' | 'facts'
> & {
  readonly services: readonly Subgraph[];
  readonly schema: () => GraphQLSchema | undefined;
  readonly rest: Rest;
};

/** What is served at which path, and what is answered without a way through them. */
function createRoutes(
  options: GatewayOptions,
  { services, schema, rest, ...parts }: RouteParts,
): Pick<HttpServerOptions, 'routes' | 'shortcut'> {
  const explorer = options.explorer ? createExplorer('/graphql', options.publicUrl) : undefined;
  const { trustedProxies, operationTimeoutMs } = options;
  const { gatekeeper } = parts;
  const caching = createCaching(options, parts);
  const graphql = gatekeeper.guard(
    createGraphqlRoute({ ...parts, trustedProxies, caching, operationTimeoutMs, explorer }),
  );
  const routes = {
    '/graphql': graphql,
    [`${restPrefix}/*`]: createRestRoute({ ...rest, schema, graphql, guard: gatekeeper.guard }),
    ...(explorer && { '/explorer': gatekeeper.guard(explorer) }),
    ...createPassages(services, options, gatekeeper),
    ...createInternalRoutes({ ...options, apollo: parts.apollo, schema }),
    // Whether this process can answer at all: what an orchestrator should ask, lest one service take all down.
    '/health/gateway': async () => ({ status: 200, body: '{"status":"serving"}' }),
  };
  return { routes, ...(caching && { shortcut: caching.pages.shortcut }) };
}

/**
 * The one graph over all services: @apollo/gateway plans and executes, everything around it is ours. It starts while
 * services are down, and answers what can be answered without them.
 */
export async function startGateway(options: GatewayOptions): Promise<RunningGateway> {
  disableVendorTelemetry();
  const { logger, metrics } = options;
  const rest = options.rest ?? { routes: restRoutes, documents: restDocuments() };
  const trusted = withOwnDocuments(options.documents.trusted, [...rest.documents.values()]);
  let facts = createDocumentFacts(options.supergraph);
  const onSupergraph = (sdl: string) => {
    facts = createDocumentFacts(sdl);
  };
  const graph = createGraph({ ...options, onSupergraph });
  const services = readSupergraph(options.supergraph).services.map(graph.subgraphOf);
  const readiness = createPlatformReadiness(services);
  let schema: GraphQLSchema | undefined;
  const onSchema = (changed: GraphQLSchema) => {
    schema = changed;
  };
  const apollo = createApolloServer(options, graph, onSchema);
  await apollo.start();
  graph.warmUp(trusted.sources().map((source) => ({ source })));
  const { tokens, closeAccess } = createAccess(options, services);
  const light = createLightPath({ known: graph.known, metrics });
  const documents = createDocumentStore({ ...options.documents, trusted });
  const usage =
    options.usage && createFieldUsage({ ...options, schema: () => schema, trusted, records: options.usage });
  const rates = createRateLimits({ ...options, ...options.limits });
  const meter = options.metering && createMeter({ ...options, ...options.metering });
  const gatekeeper = createGatekeeper({ ...options, rates, meter, maxCost: options.limits.maxCost });
  const live =
    options.changes &&
    startLive({
      ...{ ...options, changes: options.changes },
      ...{ apollo, documents, gatekeeper, tokens, usage, schema: () => schema, facts: () => facts },
      maxConnections: options.maxLiveConnections,
      maxConnectionsOfOneViewer: options.maxLiveConnectionsOfOneViewer,
      allowsOrigin: (origin) => isAllowed(options.allowedOrigins, origin),
    });
  const http = await startHttpServer({
    name: 'gateway',
    host: options.host,
    port: options.port,
    maxBodyBytes,
    ...(options.requestTimeoutMs !== undefined && { requestTimeoutMs: options.requestTimeoutMs }),
    metrics,
    logger,
    ...createRoutes(options, {
      ...{ apollo, light, tokens, documents, live, usage, gatekeeper, services, rest },
      ...{ facts: () => facts, schema: () => schema },
    }),
    readiness: { supergraph: async () => apollo.assertStarted('readiness'), ...readiness.checks },
    status: () => ({ breakers: graph.breakers() }),
    ...(live && { onUpgrade: live.upgrade }),
    answerHeaders: (request) => ({
      'x-content-type-options': 'nosniff',
      ...corsHeaders(options.allowedOrigins, request),
    }),
  });
  let drained: Promise<void> | undefined;
  const drain = async () => {
    await Promise.all([http.drain(), live?.drain(options.liveDrainMs)]);
    await usage?.stop();
    await meter?.stop();
    await apollo.stop();
    trusted.stop();
    rates.stop();
    await Promise.all([graph.close(), readiness.close(), closeAccess()]);
  };
  logger.info({ port: http.port, services: services.map(({ name }) => name) }, 'gateway is listening');
  return { port: http.port, url: http.url, drain: () => (drained ??= drain()) };
}
