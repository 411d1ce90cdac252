import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Readable, type Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  correlationHeaders,
  metricsContentType,
  newCorrelationId,
  parseCorrelationId,
  parseTraceparent,
  runWithCorrelation,
  SpanKind,
  withSpan,
  type Logger,
  type Metrics,
} from '@marquee/telemetry';
import type { ErrorCode } from './error-codes.ts';
import { BodyError, readBody } from './http-body.ts';
import { checkReadiness, type ReadinessChecks } from './readiness.ts';

/** One request as a route sees it. */
export type HttpExchange = {
  readonly method: string;
  readonly path: string;
  /** With its `?`; empty where there is none. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** The other end of the connection: of a proxy, where one stands before this server. */
  readonly remoteAddress?: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  /**
   * The body as text, of `maxBytes` at most where that is less than what the server takes. Throws BodyError where it is
   * too long or not UTF-8; the server answers 413 or 400.
   */
  body(maxBytes?: number): Promise<string>;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `set-cookie`, the one header that is sent more than once. */
  readonly cookies?: readonly string[];
  /** Chunks that come over time are sent as they come; where the client goes, their iterator's `return` is called. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
};

export type HttpRoute = (exchange: HttpExchange) => Promise<HttpAnswer>;

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

/** An answer that speaks GraphQL's error format, so that every client can read it. */
export function errorAnswer(
  status: number,
  code: ErrorCode,
  message: string,
  correlationId: string,
  extensions: Readonly<Record<string, unknown>> = {},
): HttpAnswer {
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...extensions, correlationId } }] });
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

export const defaultMaxBodyBytes = 4 * 1024 * 1024;
/** Slow bodies hold a connection and a buffer: a client has this long to send a request. */
const defaultRequestTimeoutMs = 15_000;
/** Node looks for slow requests twice a minute unless told, so that one would have up to 45 seconds. */
const looksEveryMs = 1_000;
const drainGraceMs = 10_000;

function exchangeOf(request: IncomingMessage, correlationId: string, maxBodyBytes: number): HttpExchange {
  const target = request.url ?? '/';
  const question = target.indexOf('?');
  const traceparent = parseTraceparent(request.headers['traceparent']);
  return {
    method: request.method ?? 'GET',
    path: question < 0 ? target : target.slice(0, question),
    search: question < 0 ? '' : target.slice(question),
    headers: request.headers,
    ...(request.socket.remoteAddress && { remoteAddress: request.socket.remoteAddress }),
    correlationId,
    ...(traceparent && { traceparent }),
    body: (maxBytes = maxBodyBytes) => readBody(request, Math.min(maxBytes, maxBodyBytes)),
  };
}

/** The routes every process has. */
function standardRoutes(options: HttpServerOptions, isDraining: () => boolean): Record<string, HttpRoute> {
  const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  return {
    '/health/live': async () => ({ status: 200, headers: json, body: '{"status":"live"}' }),
    '/health/ready': async () => {
      const { ready, checks } = await checkReadiness(options.readiness);
      const status = isDraining() ? 'draining' : ready ? 'ready' : 'not ready';
      const body = {
        status,
        service: options.name,
        checks,
        ...(options.status && { details: options.status() }),
      };
      return { status: status === 'ready' ? 200 : 503, headers: json, body: JSON.stringify(body) };
    },
    '/metrics': async () => ({
      status: 200,
      headers: { 'content-type': metricsContentType },
      body: options.metrics.text(),
    }),
  };
}

/** The route of a path, and the name under which it is counted; the longest prefix wins over shorter ones. */
function findRoute(
  routes: ReadonlyMap<string, HttpRoute>,
  path: string,
): { readonly name: string; readonly route: HttpRoute } | undefined {
  const exact = routes.get(path);
  if (exact) return { name: path, route: exact };
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const name = `${path.slice(0, slash)}/*`;
    const route = routes.get(name);
    if (route) return { name, route };
  }
  return undefined;
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

function answerInSpan(
  found: { readonly name: string; readonly route: HttpRoute } | undefined,
  exchange: HttpExchange,
  logger: Logger,
): Promise<HttpAnswer> {
  const name = found?.name ?? 'other';
  const attributes = { 'http.request.method': exchange.method, 'http.route': name };
  return withSpan(
    `${exchange.method} ${name}`,
    attributes,
    async (span) => {
      const reply = await answer(found?.route, exchange, logger);
      span.setAttribute('http.response.status_code', reply.status);
      return reply;
    },
    { kind: SpanKind.SERVER },
  );
}

/**
 * Calls `onStreamed` when a body that came over time is sent, or its client is gone. All headers go to `writeHead`:
 * once one of them was set by itself Node keeps and checks each of them twice.
 */
function send(
  response: ServerResponse,
  { status, headers, cookies = [], body = '' }: HttpAnswer,
  always: Readonly<Record<string, string>>,
  onStreamed: () => void,
): void {
  const all: OutgoingHttpHeaders = { ...always, ...headers };
  if (cookies.length > 0) all['set-cookie'] = [...cookies];
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
    response.writeHead(status, all).flushHeaders();
    // Rejects where the client went first, which ends the chunks too.
    void pipeline(Readable.from(body, { objectMode: true, highWaterMark: 1 }), response)
      .catch(() => undefined)
      .then(onStreamed);
    return;
  }
  const isShort = typeof body !== 'string' && body.byteLength <= joinedUpToBytes;
  const content = isShort ? bufferOf(body).toString('latin1') : body;
  all['content-length'] = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  response.writeHead(status, all);
  response.end(response.req.method === 'HEAD' ? undefined : content, isShort ? 'latin1' : 'utf8');
}

/**
 * Node writes head and body at once where the body is text; bytes are written beside the head, by `writev`, which makes
 * a small answer a third dearer (measured: 27 against 20 us). Longer ones are not worth copying.
 */
const joinedUpToBytes = 16 * 1024;

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What cannot be parsed as HTTP never reaches a route; it is told so, with an id to quote, and hung up on. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, code]: [string, ErrorCode] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? ['431 Request Header Fields Too Large', 'HEADERS_TOO_LARGE']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? ['408 Request Timeout', 'REQUEST_TIMEOUT']
        : ['400 Bad Request', 'BAD_REQUEST'];
  const correlationId = newCorrelationId();
  const body = JSON.stringify({
    errors: [{ message: status.slice(4), extensions: { code, correlationId } }],
  });
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\n${correlationHeaders.correlationId}: ${correlationId}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
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
  const { metrics, logger, maxBodyBytes = defaultMaxBodyBytes } = options;
  const { requestTimeoutMs = defaultRequestTimeoutMs } = options;
  let draining = false;
  const routes = new Map(Object.entries({ ...standardRoutes(options, () => draining), ...options.routes }));
  const durations = metrics.histogram(
    'marquee_http_request_seconds',
    'Time to answer an HTTP request, by path and status',
  );

  const timing = { connectionsCheckingInterval: Math.min(looksEveryMs, requestTimeoutMs) };
  const server = createServer(timing, (request, response) => {
    const startedAtMs = performance.now();
    const correlationId =
      parseCorrelationId(request.headers[correlationHeaders.correlationId]) ?? newCorrelationId();
    const exchange = exchangeOf(request, correlationId, maxBodyBytes);
    const found = findRoute(routes, exchange.path);
    const always = {
      [correlationHeaders.correlationId]: correlationId,
      ...options.answerHeaders?.(request.headers),
    };
    const correlation = {
      correlationId,
      actor: 'anonymous',
      ...(exchange.traceparent && { traceparent: exchange.traceparent }),
    };
    void runWithCorrelation(correlation, async () => {
      const reply = isProbe(exchange.path)
        ? await answer(found?.route, exchange, logger)
        : await answerInSpan(found, exchange, logger);
      // Judged now, not when the request came: a connection kept alive would hold the drain up.
      if (draining) response.shouldKeepAlive = false;
      // A body that was refused unread would be taken for the next request on this connection.
      const isUnread = !request.complete && exchange.method !== 'GET';
      const sent = isUnread ? { ...always, connection: 'close' } : always;
      // Its connection was not idle when the drain began, and would be waited for.
      send(response, reply, sent, () => setImmediate(() => draining && server.closeIdleConnections()));
      const labels = { path: found?.name ?? 'other', status: String(reply.status) };
      durations.observe((performance.now() - startedAtMs) / 1000, labels);
    });
  });
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = requestTimeoutMs;
  server.keepAliveTimeout = 65_000; // above the usual 60 s of a proxy before us, which else meets a closed connection
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
