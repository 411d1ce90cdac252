const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/**
 * How long after each failed attempt the next one comes: the schedule that Standard Webhooks proposes, ten attempts over
 * some 75 hours.
 */
const pausesMs: readonly number[] = [
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

export const mostTries = pausesMs.length + 1;

/**
 * Milliseconds from the failed try of this number (from 1) to the next, or null where none follows. Up to a fifth more or
 * less, lest all that failed together comes back together; where the other side says when (`Retry-After`), then, but
 * neither sooner than the schedule nor later than twice it. `random` is in [0, 1).
 */
export function pauseAfter(tries: number, retryAfterMs: number | null, random: number): number | null {
  const base = pausesMs[tries - 1];
  if (base === undefined) return null;
  if (retryAfterMs === null) return base * (0.8 + 0.4 * random);
  return Math.min(Math.max(retryAfterMs, base), 2 * base);
}

/** The milliseconds that a `Retry-After` header asks for, by its seconds or its date; null where it says neither. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * second;
  const at = /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
