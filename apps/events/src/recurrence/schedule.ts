import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  EndlessRuleError,
  expandRule,
  untilWallTime,
  type Expansion,
  type ExpansionWindow,
} from './expand-rule.ts';
import { parseRecurrenceRule, type RecurrenceRule } from './recurrence-rule.ts';
import { addMinutes, instantOf, wallTimeAt, type WallTime } from './wall-time.ts';

/** When an event happens: RFC 5545's DTSTART, DURATION, RRULE, RDATE, EXDATE and overrides, in wall time. */
export type Schedule = {
  readonly timeZone: string;
  readonly startsAtLocal: WallTime;
  readonly durationMinutes: number;
  /** Its days are days on the wall, also the one of 23 hours. */
  readonly allDay: boolean;
  readonly rule: string | null;
  readonly rdates: readonly WallTime[];
  readonly exdates: readonly WallTime[];
  readonly overrides: readonly Override[];
};

export type Override = {
  /** The start that it replaces. */
  readonly recurrenceId: WallTime;
  readonly startsAtLocal: WallTime | null;
  readonly durationMinutes: number | null;
  readonly cancelled: boolean;
};

/** One time that the schedule gives. */
export type PlannedOccurrence = {
  readonly recurrenceId: WallTime;
  readonly startsAtLocal: WallTime;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

export type Plan = {
  /** By start. */
  readonly occurrences: readonly PlannedOccurrence[];
  /** Where later ones are still to be made: up to when they exist now. */
  readonly materialisedUntil: Date | null;
};

/** Rules without an end are materialised this far ahead; a job moves the horizon on. */
export const horizonDays = 730;
export const maxUpcoming = 730;
/** What an import keeps of a series' past. */
const historyDays = 366;
const maxHistory = 400;
const dayMs = 86_400_000;

/** Every occurrence that the schedule gives within the horizon, and the last year's. Pure: `now` is told. */
export function planOccurrences(schedule: Schedule, now: Date): Outcome<Plan, InvalidInput> {
  const parsed = schedule.rule === null ? accept(null) : parseRecurrenceRule(schedule.rule);
  if (!parsed.ok) return parsed;
  const until = parsed.value ? untilWallTime(parsed.value, schedule.timeZone) : null;
  if (until !== null && until < schedule.startsAtLocal) {
    return invalid('recurrence', 'UNTIL lies before the first date.');
  }
  try {
    const once: Expansion = { starts: [], readTo: schedule.startsAtLocal, exhausted: true };
    return planStarts(schedule, parsed.value ? expandAround(parsed.value, schedule, now) : once);
  } catch (error) {
    if (!(error instanceof EndlessRuleError)) throw error;
    return invalid('recurrence', 'The rule names no date that comes, or too many to count.');
  }
}

function planStarts(schedule: Schedule, expansion: Expansion): Outcome<Plan, InvalidInput> {
  const overrides = new Map(schedule.overrides.map((override) => [override.recurrenceId, override]));
  const excluded = new Set(schedule.exdates);
  const starts = new Set([
    // RFC 5545: DTSTART is the first instance, whatever the rule says.
    schedule.startsAtLocal,
    ...expansion.starts,
    ...schedule.rdates,
    ...overrides.keys(),
  ]);
  const occurrences = [...starts]
    .filter((start) => !excluded.has(start) && !overrides.get(start)?.cancelled)
    .map((start) => planOne(schedule, start, overrides.get(start)))
    .toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  if (occurrences.length === 0) return invalid('recurrence', 'No date is left to happen.');
  return accept({
    occurrences,
    materialisedUntil: expansion.exhausted ? null : instantOf(expansion.readTo, schedule.timeZone),
  });
}

function planOne(
  schedule: Schedule,
  recurrenceId: WallTime,
  override: Override | undefined,
): PlannedOccurrence {
  const startsAtLocal = override?.startsAtLocal ?? recurrenceId;
  const durationMinutes = override?.durationMinutes ?? schedule.durationMinutes;
  const startsAt = instantOf(startsAtLocal, schedule.timeZone);
  const endsAt = schedule.allDay
    ? instantOf(addMinutes(startsAtLocal, durationMinutes), schedule.timeZone)
    : new Date(startsAt.getTime() + durationMinutes * 60_000);
  return { recurrenceId, startsAtLocal, startsAt, endsAt };
}

/** The starts from now to the horizon, and those of the last year where the rule is not finer than a day. */
function expandAround(rule: RecurrenceRule, schedule: Schedule, now: Date): Expansion {
  const first = schedule.startsAtLocal;
  const wall = (days: number): WallTime =>
    wallTimeAt(new Date(now.getTime() + days * dayMs), schedule.timeZone);
  const expand = (window: ExpansionWindow): Expansion =>
    atMostCount(expandRule(rule, first, schedule.timeZone, window), rule, schedule);
  const today = wall(0);
  // An event that starts beyond the horizon still gets its first year.
  const horizon = latest(wall(horizonDays), addMinutes(first, historyDays * 1440));
  const upcoming = expand({ from: latest(first, today), to: horizon, limit: maxUpcoming });
  if (first >= today) return upcoming;
  const history =
    rule.startsPerDay > 1
      ? []
      : expand({ from: latest(first, wall(-historyDays)), to: today, limit: maxHistory }).starts;
  const starts = [...new Set([...history, ...upcoming.starts])];
  if (starts.length > 0 || !upcoming.exhausted) return { ...upcoming, starts };
  // A series that ended long ago: taken from its beginning.
  return { ...expand({ from: first, to: today, limit: maxHistory }), exhausted: true };
}

/** With COUNT, a first date that the rule does not give takes the place of the rule's last one. */
function atMostCount(expansion: Expansion, rule: RecurrenceRule, schedule: Schedule): Expansion {
  const surplus = rule.count !== null && expansion.exhausted && !isFirstOfRule(rule, schedule);
  return surplus ? { ...expansion, starts: expansion.starts.slice(0, -1) } : expansion;
}

function isFirstOfRule(rule: RecurrenceRule, { startsAtLocal, timeZone }: Schedule): boolean {
  const window = { from: startsAtLocal, to: startsAtLocal, limit: 1 };
  return expandRule(rule, startsAtLocal, timeZone, window).starts.length > 0;
}

function latest(one: WallTime, other: WallTime): WallTime {
  return one > other ? one : other;
}
