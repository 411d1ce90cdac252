import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpExchange } from '@marquee/subgraph';
import { problemAnswer } from './problem.ts';

/** By whom and under which key a request is sent; null where it has no key. */
function nameOf({ authorization = '', 'idempotency-key': key }: HttpExchange['headers']): string | null {
  return typeof key === 'string'
    ? createHash('sha256').update(`${authorization}\n${key}`).digest('base64')
    : null;
}

/**
 * Answers 409 to a repetition whose original is still being worked on in this process, as the draft of `Idempotency-Key`
 * has it. One that is worked on behind another gateway is waited for by the service, which does it once in any case.
 */
export function createUnderWay() {
  const underWay = new Set<string>();
  return async (exchange: HttpExchange, answer: () => Promise<HttpAnswer>): Promise<HttpAnswer> => {
    const name = nameOf(exchange.headers);
    if (name === null) return answer();
    if (underWay.has(name)) {
      const detail = 'A request with this Idempotency-Key is being worked on. Send it again in a moment.';
      const { correlationId } = exchange;
      return problemAnswer(
        { status: 409, code: 'IDEMPOTENCY_KEY_IN_USE', detail, correlationId },
        { 'retry-after': '1' },
      );
    }
    underWay.add(name);
    try {
      return await answer();
    } finally {
      underWay.delete(name);
    }
  };
}
