import type { LogRecord } from './read-log.ts';

type Head = { readonly record: LogRecord; readonly rest: AsyncIterator<LogRecord> };

/** Several logs as one by time; each log's own order is kept. */
export async function* mergeByTime(
  logs: readonly AsyncIterable<LogRecord>[],
  { newestFirst = false }: { readonly newestFirst?: boolean } = {},
): AsyncGenerator<LogRecord, void, undefined> {
  const heads: Head[] = [];
  const push = async (rest: AsyncIterator<LogRecord>, at: number, remove: number) => {
    const { done, value } = await rest.next();
    heads.splice(at, remove, ...(done ? [] : [{ record: value as LogRecord, rest }]));
  };
  for (const log of logs) await push(log[Symbol.asyncIterator](), heads.length, 0);
  while (heads.length > 0) {
    const next = heads.reduce((best, head, at) => (goesBefore(head, heads[best]!) ? at : best), 0);
    const { record, rest } = heads[next]!;
    yield record;
    await push(rest, next, 1);
  }

  function goesBefore(a: Head, b: Head): boolean {
    // RFC 3339 in UTC with milliseconds sorts as text.
    return newestFirst
      ? a.record.occurredAt > b.record.occurredAt
      : a.record.occurredAt < b.record.occurredAt;
  }
}
