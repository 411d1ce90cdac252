import type { HttpAnswer, HttpExchange } from '@marquee/subgraph';
import type { Metrics } from '@marquee/telemetry';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../context.ts';
import type { MarqueeGateway } from '../execution/executor.ts';
import type { GraphqlRequest } from './graphql-request.ts';

export type LightPath = {
  /** Null where Apollo Server must answer: nothing was executed, or what was is in the context. */
  answer(
    exchange: HttpExchange,
    request: GraphqlRequest,
    context: GatewayContext,
  ): Promise<HttpAnswer | null>;
  /** Takes note of how Apollo Server answers whoever accepts this. */
  learn(exchange: HttpExchange, answer: HttpAnswer): void;
};

const longestAccept = 200;

/**
 * The short way of an operation that was executed before: it is parsed, valid, planned and compiled, and its answer
 * without errors is `{"data":…}` under the headers with which Apollo Server answered the same `accept` before. All else
 * is Apollo Server's: what is new, GET with its rules, and every answer with an error, of which it is given the result.
 */
export function createLightPath(options: {
  readonly known: MarqueeGateway['known'];
  readonly metrics: Metrics;
}): LightPath {
  const heads = new LRUCache<string, Readonly<Record<string, string>>>({ max: 100 });
  const operations = options.metrics.counter(
    'marquee_graphql_operations_total',
    'Operations by kind and outcome',
  );
  return {
    answer: async ({ method, headers: { accept = '' } }, { variables = {} }, context) => {
      const { facts, charge } = context;
      const headers = method === 'POST' && facts ? heads.get(accept) : undefined;
      const operation = headers && options.known(facts!);
      if (!operation) return null;
      const result = await operation.execute(variables, context);
      if (result.errors || result.extensions || !result.data) {
        context.executed = result;
        return null;
      }
      if (charge) charge.actual = charge.plan.measure(result.data);
      operations.add(1, { kind: facts!.operation.operation, outcome: 'ok' });
      return { status: 200, headers, body: `${JSON.stringify({ data: result.data })}\n` };
    },
    learn: ({ method, headers: { accept = '' } }, { status, headers = {}, body }) => {
      const isWhole = method === 'POST' && status === 200 && String(body).startsWith('{"data":');
      if (!isWhole || accept.length > longestAccept || heads.has(accept)) return;
      const { 'content-length': _length, ...others } = headers;
      heads.set(accept, others);
    },
  };
}
