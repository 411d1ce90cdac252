import type { IncomingHttpHeaders } from 'node:http';
import { deadlineHeader, runWithCorrelation, type Correlation } from '@marquee/telemetry';
import { errorAnswer, type HttpAnswer } from './http-exchange.ts';

/** Longer waits are nobody's wish: the header is then taken for absent. */
const longestMs = 600_000;

/** How long the caller still waits, in milliseconds; undefined where it does not say. */
export function remainingTimeOf(headers: IncomingHttpHeaders): number | undefined {
  const given = headers[deadlineHeader];
  const remainingMs = typeof given === 'string' && /^\d{1,6}$/.test(given) ? Number(given) : undefined;
  return remainingMs !== undefined && remainingMs <= longestMs ? remainingMs : undefined;
}

/**
 * Runs what answers a request until nobody waits for it any more. With no time left it is not begun; when the time
 * passes meanwhile the caller is told so, and what was begun ends as it may: a transaction is never torn.
 */
export async function within(
  remainingMs: number | undefined,
  correlation: Correlation,
  work: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  if (remainingMs === undefined) return runWithCorrelation(correlation, work);
  const passed = (message: string) =>
    errorAnswer(504, 'DEADLINE_EXCEEDED', message, correlation.correlationId);
  if (remainingMs === 0) return passed('Nobody waits for this any more; nothing was done.');
  const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
  const timer = setTimeout(() => resolve(passed('This took longer than the caller waits.')), remainingMs);
  try {
    const bounded = { ...correlation, deadlineAtMs: Date.now() + remainingMs };
    return await Promise.race([runWithCorrelation(bounded, work), promise]);
  } finally {
    clearTimeout(timer);
  }
}
