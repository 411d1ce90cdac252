import type { IncomingHttpHeaders } from 'node:http';
import { correlationHeaders } from '@marquee/telemetry';
import type { HttpAnswer } from '@marquee/subgraph';

/** `*`, or the origins that may read answers. */
export type AllowedOrigins = '*' | readonly string[];

const exposed = [
  correlationHeaders.correlationId,
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-marquee-cost',
].join(', ');
const allowedHeaders = [
  'authorization',
  'content-type',
  'accept',
  correlationHeaders.correlationId,
  correlationHeaders.traceparent,
  'apollo-require-preflight',
  'apollographql-client-name',
  'apollographql-client-version',
  'x-apollo-operation-name',
].join(', ');

const forAll = { 'access-control-allow-origin': '*', 'access-control-expose-headers': exposed };

/** Whether a page of this origin may connect; what is no page of a browser has none. */
export function isAllowed(origins: AllowedOrigins, origin: string | undefined): boolean {
  return origins === '*' || origin === undefined || origins.includes(origin);
}

/**
 * Headers by which a browser lets a page of another origin read the answer. Credentials are never allowed: callers
 * prove themselves by a token that no browser adds on its own, which is why any origin may be let in.
 */
export function corsHeaders(
  origins: AllowedOrigins,
  request: IncomingHttpHeaders,
): Readonly<Record<string, string>> {
  if (origins === '*') return forAll;
  const { origin } = request;
  if (!origin || !origins.includes(origin)) return { vary: 'origin' };
  return { vary: 'origin', 'access-control-allow-origin': origin, 'access-control-expose-headers': exposed };
}

/** The answer to a preflight. */
export const preflightAnswer: HttpAnswer = {
  status: 204,
  headers: {
    'access-control-allow-methods': 'GET, POST, OPTIONS',
    'access-control-allow-headers': allowedHeaders,
    'access-control-max-age': '86400',
  },
};
