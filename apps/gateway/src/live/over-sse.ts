import { errorAnswer, type HttpAnswer, type HttpExchange } from '@marquee/subgraph';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { createHandler } from 'graphql-sse';
import type { GraphqlRequest } from '../http/graphql-request.ts';
import type { Live } from './live.ts';
import type { Session } from './sessions.ts';

type Asked = {
  readonly session: Session;
  readonly request: GraphqlRequest;
  readonly headers: HttpExchange['headers'];
};

/** Whether a request may be answered by server-sent events. */
export function takesEvents({ headers }: HttpExchange): boolean {
  return /(^|,)\s*text\/event-stream\b/i.test(headers.accept ?? '');
}

/** Whether it can be answered in no other way. */
export function wantsEventsAlone(exchange: HttpExchange): boolean {
  return takesEvents(exchange) && !/(^|,)\s*(application\/|\*\/\*)/i.test(exchange.headers.accept ?? '');
}

/**
 * One subscription a request, in the distinct connections mode of GraphQL over SSE
 * (https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md).
 */
export function answerOverSse(live: Live) {
  const handle = createHandler<null, Asked>({
    onSubscribe: async ({ context }) => {
      const { session, request, headers } = context;
      const subscribed = await live.subscribe(session.viewer, request, session.signal, headers);
      // A refusal comes as an event, too: browsers do not show what a stream that was refused has to say.
      return 'results' in subscribed ? subscribed.results : refused(subscribed);
    },
  });

  return async (exchange: HttpExchange, session: Session, request: GraphqlRequest): Promise<HttpAnswer> => {
    const [body, { status, headers = {} }] = await handle({
      method: 'POST',
      url: exchange.path,
      headers: {
        get: (name) => (name === 'accept' ? 'text/event-stream' : exchange.headers[name]?.toString()),
      },
      // Its words alone pass here; what is asked for is in the context.
      body: { query: request.query ?? '{ __typename }' },
      raw: null,
      context: { session, request, headers: exchange.headers },
    });
    if (body === null || typeof body === 'string') {
      session.close();
      return errorAnswer(
        status,
        'BAD_REQUEST',
        body ?? 'The subscription was refused.',
        exchange.correlationId,
      );
    }
    return {
      status,
      // Proxies must not wait for more before they pass on what is there.
      headers: { ...headers, 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      body: closing(body, session),
    };
  };
}

async function* refused(errors: readonly GraphQLError[]): AsyncGenerator<ExecutionResult> {
  yield { errors };
}

async function* closing(body: AsyncGenerator<string>, session: Session): AsyncGenerator<string> {
  try {
    yield* body;
  } finally {
    session.close();
  }
}
