import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import type { RecurrenceRule } from './recurrence-rule.ts';
import { addMinutes, wallTimeAt, type WallTime } from './wall-time.ts';

/**
 * rrule-temporal, because it gives every date of the examples in RFC 5545, section 3.8.5.3. ical.js was held against
 * the same list and reads `FREQ=YEARLY;BYDAY=20MO` and `BYWEEKNO=20;BYDAY=MO` wrongly.
 *
 * The rule is run in UTC over wall times: a 19:00 show stays at 19:00, and only then becomes an instant.
 */
export type Expansion = {
  /** Ascending; the rule's own starts, which need not hold the first date. */
  readonly starts: readonly WallTime[];
  /** Up to here the rule was read. */
  readonly readTo: WallTime;
  /** Whether the rule has no start after that. */
  readonly exhausted: boolean;
};

export type ExpansionWindow = {
  readonly from: WallTime;
  /** Starts up to and with this. */
  readonly to: WallTime;
  readonly limit: number;
};

/** The rule asks for so many steps that reading it would stall the service, or for a date that never comes. */
export class EndlessRuleError extends Error {
  override readonly name = 'EndlessRuleError';
}

/** A bound on the library's own search: a rule for February 30 gives up after 0.2 s instead of never. */
const maxIterations = 100_000;
const minutesPerDay = 1440;
/** About how many starts to ask for at once. */
const chunkStarts = 2000;
const maxChunks = 1500;

/** The starts of the rule in the window, for an event that starts first at `first`. Throws EndlessRuleError. */
export function expandRule(
  rule: RecurrenceRule,
  first: WallTime,
  timeZone: string,
  window: ExpansionWindow,
): Expansion {
  const library = createRule(rule, first, timeZone);
  const until = untilWallTime(rule, timeZone);
  try {
    return collect(library, rule, window, until);
  } catch (error) {
    throw new EndlessRuleError('the rule cannot be run to its next date', { cause: error });
  }
}

function collect(
  library: RRuleTemporal,
  rule: RecurrenceRule,
  window: ExpansionWindow,
  until: WallTime | null,
): Expansion {
  const starts: WallTime[] = [];
  const chunkMinutes = Math.max(60, Math.floor((chunkStarts / rule.startsPerDay) * minutesPerDay));
  let from = window.from;
  for (let chunk = 0; from <= window.to && starts.length < window.limit; chunk++) {
    if (chunk === maxChunks) throw new RangeError('too many steps');
    const end = earliest(window.to, addMinutes(from, chunkMinutes));
    for (const start of library.between(asInstant(from), asInstant(end), true)) {
      const wallTime = start.toPlainDateTime().toString({ smallestUnit: 'second' });
      if (wallTime !== starts.at(-1)) starts.push(wallTime);
    }
    if (end === window.to || (until !== null && end > until)) break;
    // A rule that is finer than its chunk, but seldom true, is asked for its next date instead of walked through.
    const next = library.next(asInstant(end), true);
    if (!next) break;
    from = next.toPlainDateTime().toString({ smallestUnit: 'second' });
  }
  const taken = starts.slice(0, window.limit);
  const readTo = (taken.length === window.limit ? taken.at(-1) : undefined) ?? window.to;
  return { starts: taken, readTo, exhausted: library.next(asInstant(readTo), false) === null };
}

function createRule(rule: RecurrenceRule, first: WallTime, timeZone: string): RRuleTemporal {
  const until = untilWallTime(rule, timeZone);
  const bound = rule.count !== null ? `;COUNT=${rule.count}` : until ? `;UNTIL=${compact(until)}Z` : '';
  return new RRuleTemporal({
    rruleString: `${rule.pattern}${bound}`,
    dtstart: Temporal.PlainDateTime.from(first).toZonedDateTime('UTC'),
    maxIterations,
  });
}

/** The last wall time that UNTIL lets through. A bare date lets the whole day through. */
export function untilWallTime(rule: RecurrenceRule, timeZone: string): WallTime | null {
  if (!rule.until) return null;
  const { kind, value } = rule.until;
  if (kind === 'date') return `${value}T23:59:59`;
  return kind === 'wall' ? value : wallTimeAt(new Date(`${value}Z`), timeZone);
}

function compact(wallTime: WallTime): string {
  return wallTime.replaceAll(/[-:]/g, '');
}

function asInstant(wallTime: WallTime): Date {
  return new Date(`${wallTime}Z`);
}

function earliest(one: WallTime, other: WallTime): WallTime {
  return one < other ? one : other;
}
