import type { ApolloServer } from '@apollo/server';
import {
  createDocumentGate,
  errorAnswer,
  executeOverHttp,
  parseJsonBody,
  verifyViewer,
  viewerHeader,
  type HttpExchange,
  type HttpRoute,
  type Viewer,
} from '@marquee/subgraph';
import { runWithCorrelation } from '@marquee/telemetry';
import { printSchema, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { clientLimits } from '../limits/client-limits.ts';

/**
 * The graph for the platform's own services: the hub renders payloads through it, with the viewer whose payload it is.
 * Only who has the internal secret can sign a viewer, so that what strangers are asked for (tokens, trusted documents)
 * is not asked here.
 */
export function createInternalRoutes(options: {
  readonly apollo: ApolloServer<GatewayContext>;
  readonly internalSecret: string;
  readonly schema: () => GraphQLSchema | undefined;
  readonly operationTimeoutMs: number;
}): Record<string, HttpRoute> {
  const { apollo, internalSecret, operationTimeoutMs } = options;
  const gate = createDocumentGate(clientLimits);
  const guarded =
    (route: (exchange: HttpExchange, viewer: Viewer) => ReturnType<HttpRoute>): HttpRoute =>
    async (exchange) => {
      const verified = verifyViewer(exchange.headers[viewerHeader], internalSecret);
      if (verified.ok) return route(exchange, verified.viewer);
      return errorAnswer(401, 'UNAUTHENTICATED', 'This is for services alone.', exchange.correlationId);
    };
  return {
    '/internal/schema': guarded(async ({ correlationId }) => {
      const schema = options.schema();
      if (!schema) return errorAnswer(503, 'UNAVAILABLE', 'There is no schema yet.', correlationId);
      return {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: printSchema(schema),
      };
    }),
    '/internal/graphql': guarded(async (exchange, viewer) => {
      const { correlationId, traceparent } = exchange;
      if (exchange.method !== 'POST')
        return errorAnswer(405, 'METHOD_NOT_ALLOWED', 'Use POST.', correlationId);
      const body = parseJsonBody(await exchange.body()) as { readonly query?: unknown };
      const excess = typeof body.query === 'string' ? gate(body.query) : null;
      if (excess) return errorAnswer(400, 'LIMIT_EXCEEDED', excess, correlationId);
      const deadlineAtMs = Date.now() + operationTimeoutMs;
      const correlation = { correlationId, actor: viewer.subject, deadlineAtMs };
      return runWithCorrelation({ ...correlation, ...(traceparent && { traceparent }) }, () =>
        executeOverHttp(apollo, exchange, body, async () => ({ viewer, correlationId })),
      );
    }),
  };
}
