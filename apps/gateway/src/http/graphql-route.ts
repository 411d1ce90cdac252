import type { ApolloServer } from '@apollo/server';
import {
  errorAnswer,
  executeOverHttp,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
  type Viewer,
} from '@marquee/subgraph';
import { runWithCorrelation } from '@marquee/telemetry';
import { clientAddress } from '../access/client-address.ts';
import type { TokenVerifier } from '../access/verify-tokens.ts';
import type { Freshness } from '../caching/freshness.ts';
import type { ResponseCache } from '../caching/response-cache.ts';
import type { Charge, GatewayContext } from '../context.ts';
import type { DocumentFacts, OperationFacts } from '../documents/document-facts.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import { maxBodyBytesOf } from '../limits/client-limits.ts';
import { toAnswer, withCosts, type Admitted, type Gatekeeper } from '../limits/gatekeeper.ts';
import type { Live } from '../live/live.ts';
import { answerOverSse, takesEvents, wantsEventsAlone } from '../live/over-sse.ts';
import type { Sessions } from '../live/sessions.ts';
import type { FieldUsage } from '../usage/field-usage.ts';
import type { LightPath } from './light-path.ts';
import { preflightAnswer } from './cors.ts';
import { wantsPage } from './explorer.ts';
import { finish, finishKept } from './finish.ts';
import { readGraphqlRequest, toApollo, type GraphqlRequest } from './graphql-request.ts';
import type { KeptPages } from './kept-pages.ts';
import { bearerOf, passesPreflight, refuseToken, signIn } from './sign-in.ts';

/** Answers that are kept, until what they show has changed, and the requests that ask for them. */
export type Caching = {
  readonly cache: ResponseCache;
  readonly freshness: Freshness;
  readonly pages: KeptPages;
};

export type GraphqlRouteOptions = {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly light: LightPath;
  readonly tokens: TokenVerifier;
  /** How many proxies stand before this gateway. */
  readonly trustedProxies: number;
  readonly documents: DocumentStore;
  readonly gatekeeper: Gatekeeper;
  /** As of now: a new supergraph brings new ones. */
  readonly facts: () => DocumentFacts;
  /** Undefined where answers are not kept. */
  readonly caching: Caching | undefined;
  /** Undefined where changes cannot be heard. */
  readonly live: { readonly live: Live; readonly sessions: Sessions } | undefined;
  /** For an operation as a whole: services are told what is left of it. */
  readonly operationTimeoutMs: number;
  /** Undefined where the use of fields is not recorded. */
  readonly usage: Pick<FieldUsage, 'saw'> | undefined;
  /** Undefined where the explorer is switched off. */
  readonly explorer: HttpRoute | undefined;
};

const longestAccept = 200;

/** Answers who asks for server-sent events. */
function createSubscribing(live: GraphqlRouteOptions['live']) {
  const overSse = live && answerOverSse(live.live);
  return async (exchange: HttpExchange, request: GraphqlRequest, address: string): Promise<HttpAnswer> => {
    const { correlationId } = exchange;
    if (!live || !overSse) {
      const message = 'This installation hears no changes, so nothing can be subscribed to.';
      return errorAnswer(503, 'UNAVAILABLE', message, correlationId);
    }
    const token = bearerOf(exchange.headers.authorization ?? '');
    const session = token ? await live.sessions.open(token, address) : { refused: 'Send a token.' };
    if ('tooMany' in session) return errorAnswer(429, 'RATE_LIMITED', session.refused, correlationId);
    if ('refused' in session) return refuseToken(session.refused, correlationId);
    return overSse(exchange, session, request);
  };
}

/** An operation that is understood as far as it can be. */
type Understood = {
  readonly request: GraphqlRequest;
  /** As it came, where it had a body. */
  readonly text: string | undefined;
  readonly source: string | undefined;
  readonly facts: OperationFacts | null;
  readonly estimate: number;
};

/** Answers operations by executing them, or from what is kept. */
function createExecution({ apollo, light, caching, usage }: GraphqlRouteOptions) {
  /** Whether an answer may come from what is kept, or be kept. */
  const isShareable = (exchange: HttpExchange, facts: OperationFacts | null) =>
    facts !== null &&
    facts.policy.maxAgeSeconds > 0 &&
    facts.policy.scope === 'PUBLIC' &&
    (exchange.headers.accept?.length ?? 0) <= longestAccept &&
    passesPreflight(exchange);

  return async (
    exchange: HttpExchange,
    { request, text, source, facts, estimate }: Understood,
    context: GatewayContext,
  ): Promise<HttpAnswer> => {
    const execute = async () => {
      const known = await light.answer(exchange, request, context);
      if (known) return known;
      const sent = toApollo(exchange, request, source);
      const answer = await executeOverHttp(apollo, sent.exchange, sent.body, async () => context);
      light.learn(exchange, answer);
      return answer;
    };
    const { viewer } = context;
    if (facts && viewer && source !== undefined) usage?.saw(exchange.headers, source, facts);
    if (!caching || !viewer || source === undefined) return finish(exchange, await execute());
    if (facts?.operation.operation === 'mutation') {
      const answer = await execute();
      caching.freshness.wrote(viewer.subject);
      return finish(exchange, answer);
    }
    if (!facts || !isShareable(exchange, facts)) return finish(exchange, await execute());
    const asked = {
      source,
      operationName: request.operationName ?? '',
      variables: request.variables ? JSON.stringify(request.variables) : '',
      accept: exchange.headers.accept ?? '',
    };
    const answer = await caching.cache.answer(viewer, asked, facts.policy, execute);
    if ('passed' in answer) return finish(exchange, answer.passed);
    caching.pages.learn(exchange, text, { request, facts, asked, estimate });
    return finishKept(exchange, answer.kept);
  };
}

/** Executes what was admitted, and charges what it cost: as little as one point where the answer was kept. */
function createCharging(execute: ReturnType<typeof createExecution>) {
  return async (
    exchange: HttpExchange,
    understood: Understood,
    admitted: Admitted,
    signedIn: { readonly viewer?: Viewer },
  ): Promise<HttpAnswer> => {
    const { correlationId } = exchange;
    const charge: Charge | undefined = understood.facts ? { plan: understood.facts.cost } : undefined;
    const context: GatewayContext = {
      correlationId,
      ...signedIn,
      ...(charge && { charge, facts: understood.facts! }),
    };
    // What throws stays charged as it was estimated: nobody knows how far it came.
    const answer = await execute(exchange, understood, context);
    const cost = charge?.actual ?? 1;
    admitted.settle(cost);
    return withCosts(answer, admitted, cost);
  };
}

/** POST and GET /graphql. */
export function createGraphqlRoute(options: GraphqlRouteOptions): HttpRoute {
  const { tokens, documents, explorer, gatekeeper, operationTimeoutMs } = options;
  const execute = createCharging(createExecution(options));
  const subscribe = createSubscribing(options.live);
  /** Clients such as urql say with each request all that they can read: only for a subscription are events meant. */
  const isSubscription = (exchange: HttpExchange, { operationName }: GraphqlRequest, source: string) =>
    takesEvents(exchange) &&
    options.facts().of(source, operationName)?.operation.operation === 'subscription';

  return async (exchange) => {
    const { method, correlationId, traceparent } = exchange;
    if (method === 'OPTIONS') return preflightAnswer;
    if (method !== 'POST' && method !== 'GET') {
      const refused = errorAnswer(405, 'METHOD_NOT_ALLOWED', 'Use POST, or GET for queries.', correlationId);
      return { ...refused, headers: { ...refused.headers, allow: 'GET, POST, OPTIONS' } };
    }
    if (explorer && wantsPage(exchange)) return explorer(exchange);
    const address = clientAddress(exchange, options.trustedProxies);
    // Before the body: what comes with a bad token is not even read, and few may send much.
    const signedIn = await signIn(exchange, tokens, address);
    if ('refused' in signedIn) {
      if (signedIn.refused.status === 401) gatekeeper.chargeRefusal({ address });
      return signedIn.refused;
    }
    const caller = { ...signedIn, address };
    const read = await readGraphqlRequest(exchange, maxBodyBytesOf(signedIn.viewer));
    if ('refused' in read) return read.refused;
    const { request, text } = read;
    if (wantsEventsAlone(exchange)) return subscribe(exchange, request, address);
    const resolved = documents.resolve(request);
    if ('refused' in resolved) {
      const { status, code, message } = resolved.refused;
      return errorAnswer(status, code, message, correlationId);
    }
    const { source } = resolved;
    const excess = source ? gatekeeper.judgeDocument(caller, source) : null;
    if (excess) return toAnswer(excess, correlationId);
    if (source && isSubscription(exchange, request, source)) return subscribe(exchange, request, address);
    const facts = source === undefined ? null : options.facts().of(source, request.operationName);
    const admitted = gatekeeper.admit(caller, facts, request.variables);
    if ('refused' in admitted) return toAnswer(admitted.refused, correlationId);
    const actor = signedIn.viewer?.subject ?? 'anonymous';
    const deadlineAtMs = Date.now() + operationTimeoutMs;
    const correlation = { correlationId, actor, deadlineAtMs, ...(traceparent && { traceparent }) };
    return runWithCorrelation(correlation, () =>
      execute(exchange, { request, text, source, facts, estimate: admitted.estimate }, admitted, signedIn),
    );
  };
}
