import { isUnavailable, type OutboundResponse } from '@marquee/outbound';
import {
  callerHeader,
  errorAnswer,
  signCaller,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
} from '@marquee/subgraph';
import type { Logger } from '@marquee/telemetry';
import { clientAddress } from '../access/client-address.ts';
import type { Subgraph } from '../execution/subgraph-service.ts';

/**
 * What reaches a service beside the graph: callers who cannot speak GraphQL (payment providers, a browser that
 * downloads) and who are judged by the service itself, by a signature in the request. Nothing else of a service can be
 * reached: not its health, not its metrics, not its graph.
 */
export type Passage = {
  /** All that lies under it: `/files/*`. */
  readonly path: `/${string}`;
  readonly service: string;
  readonly methods: readonly string[];
  readonly maxBodyBytes: number;
  /** Pages of ours in a browser: its cookies and what it says of itself go with them. */
  readonly browser?: true;
  /** Answers of any length, passed on as they come. */
  readonly streams?: true;
};

export const passages: readonly Passage[] = [
  // Webhooks of payment providers: signed over the raw body, which is passed on byte for byte.
  { path: '/webhooks/payments/*', service: 'tickets', methods: ['POST'], maxBodyBytes: 256 * 1024 },
  // The sandbox provider's own page, where a buyer approves or declines. A service without a sandbox answers 404.
  { path: '/sandbox/payments/*', service: 'tickets', methods: ['GET', 'POST'], maxBodyBytes: 4 * 1024 },
  // Devices at doors: each request is signed by the device's own key.
  { path: '/check-in/*', service: 'tickets', methods: ['GET', 'POST'], maxBodyBytes: 512 * 1024 },
  // Downloads by short-lived signed links that the graph hands out: invoices, tickets.
  { path: '/files/*', service: 'tickets', methods: ['GET'], maxBodyBytes: 0, streams: true },
  { path: '/files/platform-invoices/*', service: 'hub', methods: ['GET'], maxBodyBytes: 0, streams: true },
  // Exports by short-lived signed links that the graph hands out, and the public keys that logs are sealed by.
  { path: '/audit/*', service: 'identity', methods: ['GET'], maxBodyBytes: 0, streams: true },
  // The data of an organisation that is removed, by a signed link.
  { path: '/archives/*', service: 'identity', methods: ['GET'], maxBodyBytes: 0, streams: true },
  // Signing in: pages, and the issuer's end-points.
  { path: '/sign-in', service: 'identity', methods: ['GET'], maxBodyBytes: 0, browser: true },
  {
    path: '/sign-in/*',
    service: 'identity',
    methods: ['GET', 'POST'],
    maxBodyBytes: 64 * 1024,
    browser: true,
  },
  { path: '/oidc/*', service: 'identity', methods: ['GET', 'POST'], maxBodyBytes: 64 * 1024, browser: true },
];

/** Anything else of the caller stays here, the viewer's header above all. */
const requestHeaders = ['accept', 'content-type', 'stripe-signature', 'marquee-signature', 'user-agent'];
const browserHeaders = [...requestHeaders, 'authorization', 'cookie', 'origin', 'sec-fetch-site'];
const answerHeaders = [
  'cache-control',
  'content-disposition',
  'content-security-policy',
  'content-type',
  'location',
  'referrer-policy',
  'retry-after',
  'www-authenticate',
  'x-robots-tag',
];

export type PassageOptions = {
  readonly internalSecret: string;
  readonly trustedProxies: number;
  readonly logger: Logger;
};

export function createPassage(passage: Passage, service: Subgraph, options: PassageOptions): HttpRoute {
  const prefix = passage.path.replace(/\*$/, '');
  return async (exchange) => {
    const { correlationId } = exchange;
    if (!passage.methods.includes(exchange.method)) {
      const refused = errorAnswer(
        405,
        'METHOD_NOT_ALLOWED',
        'This path takes another method.',
        correlationId,
      );
      return { ...refused, headers: { ...refused.headers, allow: passage.methods.join(', ') } };
    }
    const target = new URL(`${exchange.path}${exchange.search}`, service.url);
    // Judged as the service will read it: dots that climb out of the prefix are gone by now.
    if (!target.pathname.startsWith(prefix) || target.origin !== new URL(service.url).origin)
      return errorAnswer(404, 'NOT_FOUND', 'There is nothing here.', correlationId);
    const body = exchange.method === 'POST' ? await exchange.body() : undefined;
    if (body !== undefined && Buffer.byteLength(body) > passage.maxBodyBytes) {
      const message = `The body may have at most ${passage.maxBodyBytes} bytes.`;
      return errorAnswer(413, 'BODY_TOO_LARGE', message, correlationId);
    }
    const names = passage.browser ? browserHeaders : requestHeaders;
    const headers = pick(names, (name) => exchange.headers[name]);
    const caller = { address: clientAddress(exchange, options.trustedProxies) };
    const signed = { ...headers, [callerHeader]: signCaller(caller, options.internalSecret) };
    const answer = await pass(
      exchange,
      target,
      { headers: signed, body, streams: passage.streams },
      service,
      options.logger,
    );
    return passage.browser ? answer : { ...answer, cookies: [] };
  };
}

type Passed = {
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly streams: true | undefined;
};

async function pass(
  exchange: HttpExchange,
  target: URL,
  { headers, body, streams }: Passed,
  service: Subgraph,
  logger: Logger,
): Promise<HttpAnswer> {
  try {
    const request = { method: exchange.method, headers, ...(body !== undefined && { body }) };
    const { outbound } = service;
    const answer = streams ? await outbound.stream(target, request) : await outbound.fetch(target, request);
    const cookies = answer.headers.getSetCookie();
    const content = 'body' in answer ? answer.body : await answer.bytes();
    return { status: answer.status, headers: answerHeadersOf(answer), cookies, body: content };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    logger.warn({ error, service: service.name }, 'a request could not be passed on');
    const refused = errorAnswer(
      503,
      'SUBGRAPH_UNAVAILABLE',
      `The service ${service.name} did not answer. Try again.`,
      exchange.correlationId,
    );
    return { ...refused, headers: { ...refused.headers, 'retry-after': '1' } };
  }
}

function answerHeadersOf(answer: Pick<OutboundResponse, 'headers'>): Record<string, string> {
  return pick(answerHeaders, (name) => answer.headers.get(name) ?? undefined);
}

function pick(
  names: readonly string[],
  of: (name: string) => string | string[] | undefined,
): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = of(name);
      return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]];
    }),
  );
}
