import { BodyError, type HttpAnswer, type HttpExchange, type HttpRoute } from '@marquee/subgraph';
import type { GraphQLSchema } from 'graphql';
import { preflightAnswer } from '../http/cors.ts';
import { finish } from '../http/finish.ts';
import { createEndpoint, type Endpoint } from './endpoints.ts';
import { openApiOf } from './openapi.ts';
import { problemAnswer } from './problem.ts';
import { addBody, readParameters, RequestFault } from './read-request.ts';
import type { RestRoute } from './routes.ts';
import { createUnderWay } from './under-way.ts';
import { refusedAnswer, writeAnswer } from './write-answer.ts';

export const restPrefix = '/v1';

export type RestOptions = {
  /** POST /graphql: every request goes through it, with its sign-in, limits and caches. */
  readonly graphql: HttpRoute;
  /** Closes a route to addresses that send too many requests. */
  readonly guard: (route: HttpRoute) => HttpRoute;
  /** As clients see it; undefined until it is loaded. */
  readonly schema: () => GraphQLSchema | undefined;
  readonly routes: readonly RestRoute[];
  readonly documents: ReadonlyMap<string, string>;
};

/** The endpoints that a schema allows: those whose documents fit it. */
export function endpointsOf(
  schema: GraphQLSchema,
  { routes, documents }: Pick<RestOptions, 'routes' | 'documents'>,
): Endpoint[] {
  return routes.flatMap((route) => {
    const source = documents.get(route.operation);
    if (source === undefined) throw new Error(`there is no document ${route.operation}`);
    return createEndpoint(schema, route, source) ?? [];
  });
}

/** The values in a path that has the form of an endpoint's; null where it has not. */
function matchPath(parts: readonly string[], { segments }: Endpoint): string[] | null {
  if (parts.length !== segments.length) return null;
  const values: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const part = parts[index]!;
    if (segment === null && part !== '') values.push(part);
    else if (segment !== part) return null;
  }
  return values;
}

const ofTheBody = ['accept-encoding', 'content-length', 'if-none-match', 'content-type', 'accept'];

/**
 * The request of the graph that a request stands for. Its body is read where the graph's own would be: after the sign-in,
 * which decides how long it may be.
 */
function toGraphql(exchange: HttpExchange, endpoint: Endpoint, pathValues: readonly string[]): HttpExchange {
  const variables = readParameters(endpoint, new URLSearchParams(exchange.search), pathValues);
  const { source, route } = endpoint;
  const headers = { ...exchange.headers };
  for (const name of ofTheBody) delete headers[name];
  return {
    ...exchange,
    method: 'POST',
    path: '/graphql',
    search: '',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: async (maxBytes) => {
      if (route.method === 'GET') return JSON.stringify({ query: source, variables });
      const text = await exchange.body(maxBytes);
      return JSON.stringify({
        query: source,
        variables: addBody(endpoint, exchange.headers, text, variables),
      });
    },
  };
}

const preflight: HttpAnswer = {
  ...preflightAnswer,
  headers: {
    ...preflightAnswer.headers,
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': `${preflightAnswer.headers?.['access-control-allow-headers']}, idempotency-key`,
  },
};

/** The endpoints and the OpenAPI document of a schema, made once for each. */
function createPrepared(options: RestOptions) {
  let of: GraphQLSchema | undefined;
  let prepared: { readonly endpoints: readonly Endpoint[]; readonly openApi: string } | undefined;
  return (schema: GraphQLSchema) => {
    if (!prepared || of !== schema) {
      const endpoints = endpointsOf(schema, options);
      prepared = { endpoints, openApi: JSON.stringify(openApiOf(schema, endpoints)) };
      of = schema;
    }
    return prepared;
  };
}

/** The REST facade: each request is one registered operation of the graph, asked as any other. */
export function createRestRoute(options: RestOptions): HttpRoute {
  const prepare = createPrepared(options);
  const once = createUnderWay();

  const ask = async (
    schema: GraphQLSchema,
    exchange: HttpExchange,
    endpoint: Endpoint,
    pathValues: readonly string[],
  ): Promise<HttpAnswer> => {
    const answer = await options.graphql(toGraphql(exchange, endpoint, pathValues));
    return finish(exchange, writeAnswer(schema, endpoint, answer, exchange.correlationId));
  };

  /** Anybody may read it, so it counts as the graph's requests do; it is compressed anew each time. */
  const tell = async (exchange: HttpExchange, openApi: string): Promise<HttpAnswer> => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const answer = await options.guard(async () => ({ status: 200, headers, body: openApi }))(exchange);
    return answer.status === 429 ? refusedAnswer(answer, exchange.correlationId) : finish(exchange, answer);
  };

  const route: HttpRoute = async (exchange) => {
    const { correlationId, method, path } = exchange;
    if (method === 'OPTIONS') return preflight;
    const schema = options.schema();
    if (!schema) {
      const detail = 'The graph is starting. Try again.';
      return problemAnswer(
        { status: 503, code: 'UNAVAILABLE', detail, correlationId },
        { 'retry-after': '1' },
      );
    }
    const { endpoints, openApi } = prepare(schema);
    if (path === `${restPrefix}/openapi.json` && method === 'GET') return tell(exchange, openApi);
    const parts = path.split('/').slice(2);
    const there = endpoints.filter((endpoint) => matchPath(parts, endpoint));
    const endpoint = there.find((one) => one.route.method === method);
    if (endpoint) {
      const answer = () => ask(schema, exchange, endpoint, matchPath(parts, endpoint)!);
      return endpoint.idempotent ? once(exchange, answer) : answer();
    }
    if (there.length === 0) {
      const detail = `There is nothing here. What there is, ${restPrefix}/openapi.json tells.`;
      return problemAnswer({ status: 404, code: 'NOT_FOUND', detail, correlationId });
    }
    const allow = there.map((one) => one.route.method).join(', ');
    const detail = `This path takes ${allow}.`;
    return problemAnswer({ status: 405, code: 'METHOD_NOT_ALLOWED', detail, correlationId }, { allow });
  };

  return async (exchange) => {
    try {
      return await route(exchange);
    } catch (error) {
      if (!(error instanceof BodyError || error instanceof RequestFault)) throw error;
      const { status, code, message } = error;
      return problemAnswer({ status, code, detail: message, correlationId: exchange.correlationId });
    }
  };
}
