import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import { graphError, scalarResolvers, type ErrorCode } from '@marquee/subgraph';
import type { Logger, Metrics } from '@marquee/telemetry';
import { isScalarType, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from './context.ts';
import { refusalPoints } from './limits/client-limits.ts';

/** Lets the gateway refuse a malformed DateTime or BigInt by the variable's name, before any service is asked. */
function teachScalars(schema: GraphQLSchema): void {
  for (const [name, { parseValue, parseLiteral }] of Object.entries(scalarResolvers)) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { parseValue, parseLiteral });
  }
}

export function scalarsPlugin(): ApolloServerPlugin<GatewayContext> {
  return {
    serverWillStart: async () => ({ schemaDidLoadOrUpdate: ({ apiSchema }) => teachScalars(apiSchema) }),
  };
}

type Completion = readonly { readonly message: string; readonly path?: readonly (string | number)[] }[];

/**
 * Where a service answers null for what must not be null (a reference to what its owner does not know, or not yet),
 * @apollo/gateway nulls the parent and says so in an extension
 * that no client reads. It is an error, so it becomes one.
 */
export function completionPlugin(logger: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue }) => {
        if (response.body.kind !== 'single') return;
        const { singleResult } = response.body;
        const { valueCompletion, ...extensions } = (singleResult.extensions ?? {}) as {
          valueCompletion?: Completion;
        };
        if (!valueCompletion) return;
        logger.warn({ valueCompletion }, 'a service answered null for what must not be null');
        const { correlationId } = contextValue;
        const errors = valueCompletion.map(({ path }): GraphQLFormattedError => ({
          message: `Part of the answer is missing. Quote ${correlationId} when you report it.`,
          ...(path && { path }),
          extensions: { code: 'DATA_INCOMPLETE' satisfies ErrorCode, correlationId },
        }));
        const { extensions: _replaced, ...rest } = singleResult;
        response.body.singleResult = {
          ...rest,
          errors,
          ...(Object.keys(extensions).length > 0 && { extensions }),
        };
      },
    }),
  };
}

/**
 * A service refuses bad arguments while it executes, which alone would be a 200: where nothing but such refusals came
 * of an operation, the whole request was a bad one.
 */
export function badInputPlugin(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response }) => {
        if (response.body.kind !== 'single' || response.http.status) return;
        const { data, errors = [] } = response.body.singleResult;
        const isBadInput = errors.every(({ extensions }) => extensions?.['code'] === 'BAD_USER_INPUT');
        if (!data && errors.length > 0 && isBadInput) response.http.status = 400;
      },
    }),
  };
}

/** Tells of each schema as clients see it. */
export function schemaPlugin(onSchema: (schema: GraphQLSchema) => void): ApolloServerPlugin<GatewayContext> {
  return { serverWillStart: async () => ({ schemaDidLoadOrUpdate: ({ apiSchema }) => onSchema(apiSchema) }) };
}

const neverRun: ReadonlySet<string> = new Set<ErrorCode>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

function takesJsonAlone(accept: string | undefined): boolean {
  const types = (accept ?? '').split(',').map((type) => type.split(';')[0]!.trim().toLowerCase());
  return types.every((type) => type === 'application/json');
}

/**
 * A client that takes `application/json` and nothing else reads the status of whatever stands between as the
 * server's, so GraphQL over HTTP has it sent 200 even where the operation never ran; all others are sent 400.
 */
export function plainJsonPlugin(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response }) => {
        if (response.body.kind !== 'single' || !takesJsonAlone(request.http?.headers.get('accept'))) return;
        const { data, errors = [] } = response.body.singleResult;
        const refused = errors.every(({ extensions }) => neverRun.has(String(extensions?.['code'])));
        if (data === undefined && errors.length > 0 && refused) response.http.status = 200;
      },
    }),
  };
}

/** A subscription that came as a plain request. */
export function subscriptionsPlugin(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ operation }) => {
        if (operation?.operation !== 'subscription') return;
        const message = 'Subscribe over WebSocket (graphql-transport-ws), or accept text/event-stream.';
        throw graphError('BAD_REQUEST', message, { http: { status: 400, headers: new HeaderMap() } });
      },
    }),
  };
}

/** Notes what an answer cost in fact. */
export function chargePlugin(): ApolloServerPlugin<GatewayContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ response, contextValue: { charge } }) => {
        if (!charge || response.body.kind !== 'single') return;
        const { data } = response.body.singleResult;
        charge.actual = data ? charge.plan.measure(data) : refusalPoints;
      },
    }),
  };
}

/** Counts operations by kind and outcome. Names are not labels: clients choose them. */
export function metricsPlugin(metrics: Metrics): ApolloServerPlugin<GatewayContext> {
  const operations = metrics.counter('marquee_graphql_operations_total', 'Operations by kind and outcome');
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ operation, errors }) => {
        operations.add(1, {
          kind: operation?.operation ?? 'none',
          outcome: errors?.length ? 'errors' : 'ok',
        });
      },
    }),
  };
}
