import { setImmediate } from 'node:timers/promises';
import { parseCorrelationId } from '@marquee/telemetry';
import { errorAnswer, type HttpAnswer } from './http-exchange.ts';

/** By this header an answer says that its service takes several reads of one viewer in one request. */
export const batchHeader = 'x-marquee-batch';
/** Reads that one request may hold. */
export const maxBatch = 64;

/** One read of a batch: a request of its own but for HTTP and its viewer. */
export type BatchedRead = {
  readonly correlationId: string;
  /** Until nobody waits for it any more. */
  readonly remainingMs?: number;
  /** What would be the body. */
  readonly ask: unknown;
};

function isRead(value: unknown): value is BatchedRead {
  const { correlationId, remainingMs, ask } = (value ?? {}) as Partial<BatchedRead>;
  const areFit =
    parseCorrelationId(correlationId) !== undefined && (remainingMs === undefined || remainingMs >= 0);
  return areFit && typeof ask === 'object' && ask !== null;
}

/** The reads of a body that is a list; null where they are not such as a gateway sends. */
export function parseBatch(body: readonly unknown[]): readonly BatchedRead[] | null {
  return body.length > 0 && body.length <= maxBatch && body.every(isRead) ? body : null;
}

/** `<index> <status> <body>`: JSON written by a machine has no line end but its last. */
function lineOf(index: number, { status, body }: HttpAnswer): string {
  return `${index} ${status} ${String(body).trimEnd()}\n`;
}

/**
 * Answers each read on a line of its own, in the order in which they are ready: none waits for a slow one. Those that
 * are ready in the same turn of the event loop are sent together.
 */
export async function answerBatch(
  reads: readonly BatchedRead[],
  answer: (read: BatchedRead) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  let ready = '';
  let left = reads.length;
  let wake = () => {};
  const take = (index: number, answered: HttpAnswer) => {
    ready += lineOf(index, answered);
    left -= 1;
    wake();
  };
  reads.forEach((read, index) => {
    answer(read).then(
      (answered) => take(index, answered),
      () => take(index, errorAnswer(500, 'INTERNAL_SERVER_ERROR', 'It failed.', read.correlationId)),
    );
  });
  const headers = { 'content-type': 'application/x-ndjson', [batchHeader]: '1' };
  await setImmediate();
  return { status: 200, headers, body: left === 0 ? ready : lines() };

  async function* lines(): AsyncGenerator<string> {
    while (left > 0 || ready) {
      const sent = ready;
      ready = '';
      if (sent) yield sent;
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      if (left > 0 && !ready) await promise;
      await setImmediate();
    }
  }
}
