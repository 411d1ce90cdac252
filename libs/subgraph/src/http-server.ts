import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import {
  correlationHeaders,
  newCorrelationId,
  noteSpan,
  parseCorrelationId,
  parseTraceparent,
  runWithCorrelation,
  SpanKind,
  withSpan,
  type Logger,
  type Metrics,
} from '@marquee/telemetry';
import { createTurn } from './end-of-turn.ts';
import { BodyError, decodeBody, hasShortBody, readBody, takeShortBody } from './http-body.ts';
import {
  errorAnswer,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
  type Shortcut,
} from './http-exchange.ts';
import type { ReadinessChecks } from './readiness.ts';
import { refuseMalformed, sendAnswer } from './send-answer.ts';
import { findRoute, standardRoutes, type FoundRoute } from './standard-routes.ts';

export type HttpServerOptions = {
  readonly name: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /**
   * By path, or by all that lies under one: `/files/*`. Routes judge the method themselves. `/health/live`,
   * `/health/ready` and `/metrics` are here already.
   */
  readonly routes: Readonly<Record<string, HttpRoute>>;
  readonly shortcut?: Shortcut;
  readonly readiness: ReadinessChecks;
  /** Shown by `/health/ready` beside the checks: lags, breakers. */
  readonly status?: () => unknown;
  readonly maxBodyBytes?: number;
  /** For a request to arrive; default 15 seconds. */
  readonly requestTimeoutMs?: number;
  /** A client that asks for another protocol, such as WebSocket; without it such requests are hung up on. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Headers of every answer, also of refusals: made from the request's. */
  readonly answerHeaders?: (request: IncomingHttpHeaders) => Readonly<Record<string, string>>;
  readonly metrics: Metrics;
  readonly logger: Logger;
};

export type RunningHttpServer = {
  readonly port: number;
  /** `http://host:port`. */
  readonly url: string;
  /** Not ready from now on; answers what runs, takes nothing new, and resolves when all is answered or `graceMs` passed. */
  drain(graceMs?: number): Promise<void>;
};

const defaultMaxBodyBytes = 4 * 1024 * 1024;
/** Slow bodies hold a connection and a buffer: a client has this long to send a request. */
const defaultRequestTimeoutMs = 15_000;
/** Node looks for slow requests twice a minute unless told, so that one would have up to 45 seconds. */
const looksEveryMs = 1_000;
const drainGraceMs = 10_000;
/**
 * Above the ten minutes for which the most patient of usual proxies keeps a connection to us: whoever closes an idle one meets
 * requests that are on their way, and of these nobody knows whether they arrived. Envoy's hour is to be set: docs/sre/tune.md.
 */
const keepAliveMs = 620_000;

function exchangeOf(request: IncomingMessage, maxBodyBytes: number): HttpExchange {
  const { headers, method = 'GET', url: target = '/' } = request;
  const question = target.indexOf('?');
  const traceparent = parseTraceparent(headers['traceparent']);
  const { remoteAddress } = request.socket;
  return {
    method,
    path: question < 0 ? target : target.slice(0, question),
    search: question < 0 ? '' : target.slice(question),
    headers,
    ...(remoteAddress && { remoteAddress }),
    correlationId: parseCorrelationId(headers[correlationHeaders.correlationId]) ?? newCorrelationId(),
    ...(traceparent && { traceparent }),
    body: (maxBytes = maxBodyBytes) => readBody(request, Math.min(maxBytes, maxBodyBytes)),
  };
}

async function answer(
  route: HttpRoute | undefined,
  exchange: HttpExchange,
  logger: Logger,
): Promise<HttpAnswer> {
  if (!route)
    return errorAnswer(
      404,
      'NOT_FOUND',
      `There is nothing at ${exchange.path.slice(0, 100)}.`,
      exchange.correlationId,
    );
  try {
    return await route(exchange);
  } catch (error) {
    if (error instanceof BodyError)
      return errorAnswer(error.status, error.code, error.message, exchange.correlationId);
    logger.error({ error, path: exchange.path }, 'a request met a fault');
    const message = `Something went wrong on our side. Quote ${exchange.correlationId} when you report it.`;
    return errorAnswer(500, 'INTERNAL_SERVER_ERROR', message, exchange.correlationId);
  }
}

/** Probes come every second and say nothing. */
function isProbe(path: string): boolean {
  return path.startsWith('/health/') || path === '/metrics';
}

/** What a span says of a request before it is answered. */
function spanOf({ method }: HttpExchange, found: FoundRoute | undefined) {
  const route = found?.name ?? 'other';
  return {
    name: `${method} ${route}`,
    attributes: { 'http.request.method': method, 'http.route': route },
    options: { kind: SpanKind.SERVER },
  };
}

const statusAttribute = 'http.response.status_code';

function answerInSpan(
  found: FoundRoute | undefined,
  exchange: HttpExchange,
  logger: Logger,
): Promise<HttpAnswer> {
  const { name, attributes, options } = spanOf(exchange, found);
  const work = async (span: { setAttribute(name: string, value: number): unknown }) => {
    const reply = await answer(found?.route, exchange, logger);
    span.setAttribute(statusAttribute, reply.status);
    return reply;
  };
  return withSpan(name, attributes, work, options);
}

type Life = { isDraining(): boolean; closeIdle(): void };

/** What is done with each request: by the shortcut where that knows an answer, else by its route. */
function createHandler(options: HttpServerOptions, life: Life) {
  const { metrics, logger, shortcut, maxBodyBytes = defaultMaxBodyBytes } = options;
  const routes = new Map(Object.entries({ ...standardRoutes(options, life.isDraining), ...options.routes }));
  const durations = metrics.histogram(
    'marquee_http_request_seconds',
    'Time to answer an HTTP request, by path and status',
  );
  /** Without its effects an answer is not sent: what draining asks for, and what is counted. */
  const send = (
    request: IncomingMessage,
    response: ServerResponse,
    exchange: HttpExchange,
    reply: HttpAnswer,
  ) => {
    // Judged now, not when the request came: a connection kept alive would hold the drain up.
    if (life.isDraining()) response.shouldKeepAlive = false;
    // A body that was refused unread would be taken for the next request on this connection.
    const isUnread = !request.complete && exchange.method !== 'GET';
    const always = {
      [correlationHeaders.correlationId]: exchange.correlationId,
      ...options.answerHeaders?.(request.headers),
      ...(isUnread && { connection: 'close' }),
    };
    // Its connection was not idle when the drain began, and would be waited for.
    sendAnswer(response, reply, always, () => setImmediate(life.closeIdle));
  };
  const attempt = <T>(work: () => T | null): T | null => {
    try {
      return work();
    } catch (error) {
      logger.error({ error }, 'a shortcut met a fault; the request goes its way');
      return null;
    }
  };

  const atEndOfTurn = createTurn();
  return (request: IncomingMessage, response: ServerResponse): void => {
    const startedAtMs = performance.now();
    const exchange = exchangeOf(request, maxBodyBytes);
    const { path, correlationId, traceparent } = exchange;
    const found = findRoute(routes, path);
    const reply = (made: HttpAnswer) => {
      send(request, response, exchange, made);
      const labels = { path: found?.name ?? 'other', status: String(made.status) };
      durations.observe((performance.now() - startedAtMs) / 1000, labels);
    };
    const correlation = { correlationId, actor: 'anonymous', ...(traceparent && { traceparent }) };
    const byRoute = (given: HttpExchange) =>
      void runWithCorrelation(correlation, async () =>
        reply(
          isProbe(path)
            ? await answer(found?.route, given, logger)
            : await answerInSpan(found, given, logger),
        ),
      );
    const answerAtOnce = shortcut && hasShortBody(request) ? attempt(() => shortcut(exchange)) : null;
    if (!answerAtOnce) return byRoute(exchange);
    const answerBy = (bytes: Buffer) => {
      const made = attempt(() => answerAtOnce(bytes.toString('latin1')));
      if (!made) return byRoute({ ...exchange, body: async () => decodeBody(bytes) });
      reply(made);
      const { name, attributes, options: kind } = spanOf(exchange, found);
      noteSpan(name, { ...attributes, [statusAttribute]: made.status }, correlation, {
        startedAtMs,
        ...kind,
      });
    };
    takeShortBody(request, (bytes) => atEndOfTurn(() => answerBy(bytes)));
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * A plain node:http server: routes by path, health, metrics, limits, and a correlation id on every answer (the
 * caller's where it is fit, else a new one). Raw node:http over a framework: 1.2 times the requests a second of
 * Apollo's standalone server, measured behind the gateway, and nothing here needs more.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const { requestTimeoutMs = defaultRequestTimeoutMs } = options;
  let draining = false;
  const handle = createHandler(options, {
    isDraining: () => draining,
    closeIdle: () => draining && server.closeIdleConnections(),
  });
  const timing = { connectionsCheckingInterval: Math.min(looksEveryMs, requestTimeoutMs) };
  const server = createServer(timing, handle);
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = requestTimeoutMs;
  server.keepAliveTimeout = keepAliveMs;
  server.on('clientError', refuseMalformed);
  if (options.onUpgrade) server.on('upgrade', options.onUpgrade);
  const port = await listen(server, options.port, options.host);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;

  return {
    port,
    url: `http://${host}:${port}`,
    drain: async (graceMs = drainGraceMs) => {
      draining = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}
