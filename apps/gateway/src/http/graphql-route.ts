import type { ApolloServer } from '@apollo/server';
import {
  createDocumentGate,
  errorAnswer,
  executeOverHttp,
  parseJsonBody,
  querySourceOf,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
  type Viewer,
} from '@marquee/subgraph';
import { runWithCorrelation } from '@marquee/telemetry';
import type { TokenVerifier } from '../access/verify-tokens.ts';
import type { GatewayContext } from '../context.ts';
import { clientLimits } from '../limits.ts';
import { preflightAnswer } from './cors.ts';
import { wantsPage } from './explorer.ts';

export type GraphqlRouteOptions = {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly tokens: TokenVerifier;
  /** Undefined where the explorer is switched off. */
  readonly explorer: HttpRoute | undefined;
};

type SignedIn = { readonly viewer?: Viewer } | { readonly refused: HttpAnswer };

/** Who sends the request: nobody without a token, and no guess where a token is not right. */
async function signIn({ headers, correlationId }: HttpExchange, tokens: TokenVerifier): Promise<SignedIn> {
  const { authorization } = headers;
  // A scheme with nothing after it names nobody: the explorer's header before a token is pasted in.
  if (!authorization || /^\s*bearer\s*$/i.test(authorization)) return {};
  const [scheme, token, ...rest] = authorization.trim().split(/\s+/);
  const verified =
    scheme?.toLowerCase() === 'bearer' && token && rest.length === 0
      ? await tokens.verify(token)
      : ({ ok: false, message: 'Send the token as `authorization: Bearer …`.' } as const);
  if (verified.ok) return { viewer: verified.viewer };
  const refused = errorAnswer(401, 'UNAUTHENTICATED', verified.message, correlationId);
  const challenge = 'Bearer realm="marquee", error="invalid_token"';
  return { refused: { ...refused, headers: { ...refused.headers, 'www-authenticate': challenge } } };
}

/** The parsed body of a POST; undefined for a GET. */
async function readGraphqlBody(exchange: HttpExchange): Promise<{ readonly body: unknown } | HttpAnswer> {
  if (exchange.method === 'GET') return { body: undefined };
  const type = (exchange.headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json') {
    // Not only tidy: a page of another origin can send text or forms without asking first, but not JSON.
    return errorAnswer(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'Send content-type: application/json.',
      exchange.correlationId,
    );
  }
  const body = parseJsonBody(await exchange.body());
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { body };
  const message = Array.isArray(body) ? 'Send one operation a request.' : 'The body must be a JSON object.';
  return errorAnswer(400, 'BAD_REQUEST', message, exchange.correlationId);
}

/** POST and GET /graphql. */
export function createGraphqlRoute({ apollo, tokens, explorer }: GraphqlRouteOptions): HttpRoute {
  const gate = createDocumentGate(clientLimits);

  return async (exchange) => {
    const { method, correlationId, traceparent } = exchange;
    if (method === 'OPTIONS') return preflightAnswer;
    if (method !== 'POST' && method !== 'GET') {
      const refused = errorAnswer(405, 'METHOD_NOT_ALLOWED', 'Use POST, or GET for queries.', correlationId);
      return { ...refused, headers: { ...refused.headers, allow: 'GET, POST, OPTIONS' } };
    }
    if (explorer && wantsPage(exchange)) return explorer(exchange);
    const read = await readGraphqlBody(exchange);
    if (!('body' in read) || 'status' in read) return read as HttpAnswer;
    const source =
      method === 'GET' ? new URLSearchParams(exchange.search).get('query') : querySourceOf(read.body);
    const excess = source ? gate(source) : null;
    if (excess) return errorAnswer(400, 'LIMIT_EXCEEDED', excess, correlationId);
    const signedIn = await signIn(exchange, tokens);
    if ('refused' in signedIn) return signedIn.refused;
    const context: GatewayContext = { correlationId, ...signedIn };
    const actor = signedIn.viewer?.subject ?? 'anonymous';
    return runWithCorrelation({ correlationId, actor, ...(traceparent && { traceparent }) }, () =>
      executeOverHttp(apollo, exchange, read.body, async () => context),
    );
  };
}
