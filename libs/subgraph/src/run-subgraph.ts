import { ApolloServer, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger, Metrics } from '@marquee/telemetry';
import type { GraphQLSchema } from 'graphql';
import { answerBatch, batchHeader, parseBatch, type BatchedRead } from './batch.ts';
import { buildSchema } from './build-schema.ts';
import { createDocumentGate, subgraphLimits } from './document-limits.ts';
import type { EventsOf } from './confine.ts';
import { enforceAccess } from './directives.ts';
import { maskFault } from './errors.ts';
import { parseJsonBody } from './http-body.ts';
import { errorAnswer, type HttpAnswer, type HttpExchange, type HttpRoute } from './http-exchange.ts';
import { startHttpServer } from './http-server.ts';
import { onStopSignal } from './stop-signal.ts';
import type { ReadinessChecks } from './readiness.ts';
import { createViewerVerifier, viewerHeader, type Viewer } from './viewer.ts';
import { remainingTimeOf, within } from './deadline.ts';
import { createLightPath } from './light-path.ts';

/** What a context is made from, for each request. */
export type SubgraphRequest = {
  readonly viewer: Viewer;
  readonly correlationId: string;
  readonly logger: Logger;
};

export type SubgraphOptions<C extends object> = {
  readonly name: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Signs viewers; the gateway and every service hold the same one. */
  readonly internalSecret: string;
  /** From `loadSchema(import.meta.dirname)`. */
  readonly schema: string;
  /** By type and field; a resolver for what the schema does not have is refused at start. */
  // Made by code generation with types of its own; only its shape matters here.
  readonly resolvers: object;
  readonly context: (request: SubgraphRequest) => C;
  /** Of a service whose things belong to events: which. Without it members that are confined to events are as any other. */
  readonly eventsOf?: EventsOf;
  readonly readiness: ReadinessChecks;
  readonly status?: () => unknown;
  /**
   * Plain HTTP beside the graph, by path or `/prefix/*`: webhooks, downloads. No viewer stands before them: each
   * judges its caller itself.
   */
  readonly routes?: Readonly<Record<string, HttpRoute>>;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Called once when nothing is being answered any more: drain messaging, close the database. */
  readonly onDrain: () => Promise<void>;
  /** Default true: SIGTERM and SIGINT drain and end the process. */
  readonly stopOnSignals?: boolean;
};

export type RunningSubgraph = {
  readonly port: number;
  /** `http://host:port/graphql`. */
  readonly url: string;
  /** Unready, HTTP drained, `onDrain` run. */
  drain(): Promise<void>;
};

/** What Apollo Server brings and nobody here uses; each costs on every request or calls home. */
export const unusedPluginsOff = () => [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

/**
 * Beside what a service keeps in its context, under a name that it cannot take by accident. Not a WeakMap by context:
 * Apollo Server hands resolvers a shallow copy.
 */
const viewerKey = Symbol('viewer');

function viewerOf(context: unknown): Viewer | undefined {
  return (context as { readonly [viewerKey]?: Viewer } | undefined)?.[viewerKey];
}

/** The same context for a viewer whose confinement was judged: within its events it is as any other. */
function unconfined(context: unknown, { eventIds: _judged, ...viewer }: Viewer): unknown {
  return { ...(context as object), viewer, [viewerKey]: viewer };
}

function createApollo<C extends object>(schema: GraphQLSchema, options: SubgraphOptions<C>): ApolloServer<C> {
  return new ApolloServer<C>({
    schema,
    introspection: false,
    csrfPrevention: false, // no browser gets this far: every request needs the gateway's signature
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxTokens: subgraphLimits.tokens },
    formatError: (formatted, error) => maskFault(formatted, error, options.logger),
    logger: options.logger,
    plugins: unusedPluginsOff(),
  });
}

function headerMap(headers: HttpExchange['headers']): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
}

/** Runs one GraphQL request that came over HTTP and answers it. */
export async function executeOverHttp<C extends object>(
  server: ApolloServer<C>,
  exchange: HttpExchange,
  body: unknown,
  context: () => Promise<C>,
): Promise<HttpAnswer> {
  const answer = await server.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: exchange.method,
      headers: headerMap(exchange.headers),
      search: exchange.search,
      body,
    },
    context,
  });
  let text = '';
  if (answer.body.kind === 'complete') text = answer.body.string;
  else for await (const chunk of answer.body.asyncIterator) text += chunk;
  return { status: answer.status ?? 200, headers: Object.fromEntries(answer.headers), body: text };
}

/** The source of a GraphQL request's body, where it has one. */
export function querySourceOf(body: unknown): string | undefined {
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined;
  return typeof query === 'string' ? query : undefined;
}

/**
 * Serves one subgraph: raw node:http around Apollo Server. A request without a viewer signed by the gateway or a
 * service within the last minute is refused with 401 before anything of it is parsed.
 */
export async function runSubgraph<C extends object>(options: SubgraphOptions<C>): Promise<RunningSubgraph> {
  const { logger, internalSecret } = options;
  const schema = buildSchema(options.schema, options.resolvers);
  const { eventsOf } = options;
  enforceAccess(schema, viewerOf, eventsOf && { eventsOf, unconfined });
  const apollo = createApollo(schema, options);
  await apollo.start();
  const light = createLightPath<C>({
    schema,
    maxTokens: subgraphLimits.tokens,
    formatError: (formatted, error) => maskFault(formatted, error, logger),
  });
  const verify = createViewerVerifier(internalSecret);
  const gate = createDocumentGate(subgraphLimits);

  /** One operation of this viewer, whether it came alone or with others. */
  const answerOne = async (
    exchange: HttpExchange,
    viewer: Viewer,
    { correlationId, remainingMs, ask }: BatchedRead,
  ): Promise<HttpAnswer> => {
    const excess = gate(querySourceOf(ask) ?? '');
    if (excess) return errorAnswer(400, 'LIMIT_EXCEEDED', excess, correlationId);
    const { traceparent } = exchange;
    const correlation = { correlationId, actor: viewer.subject, ...(traceparent && { traceparent }) };
    const context = () =>
      Object.assign(options.context({ viewer, correlationId, logger }), { [viewerKey]: viewer });
    return within(remainingMs, correlation, async () => {
      const answer = await light(ask, context);
      return answer ?? executeOverHttp(apollo, exchange, ask, async () => context());
    });
  };

  const graphql = async (exchange: HttpExchange): Promise<HttpAnswer> => {
    const { correlationId } = exchange;
    const verified = verify(exchange.headers[viewerHeader]);
    if (!verified.ok) {
      logger.warn({ reason: verified.reason }, 'refused a request without a valid viewer');
      const message = `The viewer's signature is ${verified.reason}. Ask through the gateway.`;
      return errorAnswer(401, 'UNAUTHENTICATED', message, correlationId);
    }
    if (exchange.method !== 'POST') {
      const refused = errorAnswer(405, 'METHOD_NOT_ALLOWED', 'Use POST.', correlationId);
      return { ...refused, headers: { ...refused.headers, allow: 'POST' } };
    }
    const body = parseJsonBody(await exchange.body());
    const { viewer } = verified;
    if (Array.isArray(body)) {
      const reads = parseBatch(body);
      if (!reads) return errorAnswer(400, 'BAD_REQUEST', 'The batch is malformed.', correlationId);
      return answerBatch(reads, (read) => answerOne(exchange, viewer, read));
    }
    const remainingMs = remainingTimeOf(exchange.headers);
    const read = { correlationId, ask: body, ...(remainingMs !== undefined && { remainingMs }) };
    const answer = await answerOne(exchange, viewer, read);
    return { ...answer, headers: { ...answer.headers, [batchHeader]: '1' } };
  };

  const http = await startHttpServer({ ...options, routes: { ...options.routes, '/graphql': graphql } });
  let drained: Promise<void> | undefined;
  const drain = () => {
    drained ??= (async () => {
      removeHandlers();
      await http.drain();
      await apollo.stop();
      await options.onDrain();
    })();
    return drained;
  };
  const removeHandlers = options.stopOnSignals === false ? () => undefined : onStopSignal(drain, logger);
  logger.info({ port: http.port }, `${options.name} is listening`);
  return { port: http.port, url: `${http.url}/graphql`, drain };
}
