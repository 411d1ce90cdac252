import { logStart, type LogPosition } from '@marquee/event-log';
import { UsageError } from '../errors.ts';

const largest = '9223372036854775807';

/** `412/98`: transaction and position, as the relay's headers have it. */
export function formatPosition({ tx, position }: LogPosition): string {
  return `${tx}/${position}`;
}

/** `start`, or a position as every command prints it. Throws a UsageError. */
export function parsePosition(text: string): LogPosition {
  if (text === 'start') return logStart;
  const match = /^(\d{1,20})\/(\d{1,19})$/.exec(text);
  if (match) return { tx: match[1]!, position: match[2]! };
  throw new UsageError(`--from must be start, or a position such as 412/98, not "${text}".`);
}

/** Right before whatever the horizon still hides: all below it has been there to read. */
export function beforeHorizon(horizon: string): LogPosition {
  return { tx: `${BigInt(horizon) - 1n}`, position: largest };
}
