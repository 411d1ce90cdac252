import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';

/** An RRULE of RFC 5545, section 3.3.10, read and held against the grammar. */
export type RecurrenceRule = {
  /** As it will be stored: upper case, without `RRULE:`. */
  readonly text: string;
  readonly frequency: string;
  readonly count: number | null;
  readonly until: Until | null;
  /** The parts besides COUNT and UNTIL, to be handed on: `FREQ=WEEKLY;BYDAY=MO`. */
  readonly pattern: string;
  /** Starts that one day may have at most: guards against asking for a year of seconds at once. */
  readonly startsPerDay: number;
};

export type Until = {
  readonly kind: 'date' | 'wall' | 'utc';
  /** `2027-03-20` for a date, `2027-03-20T19:00:00` else. */
  readonly value: string;
};

const maxLength = 1000;
const maxCount = 100_000;
const field = 'recurrence';
const frequencies = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const weekdays = 'SU|MO|TU|WE|TH|FR|SA';

/** The least and greatest value of each list of numbers; negative ones count from the end. */
const ranges: Readonly<Record<string, readonly [least: number, greatest: number]>> = {
  BYSECOND: [0, 60],
  BYMINUTE: [0, 59],
  BYHOUR: [0, 23],
  BYMONTH: [1, 12],
  BYMONTHDAY: [-31, 31],
  BYYEARDAY: [-366, 366],
  BYWEEKNO: [-53, 53],
  BYSETPOS: [-366, 366],
};

/**
 * Reads a rule as people and calendars write it. What the grammar forbids is refused with the part's name: a rule
 * that was quietly read otherwise would sell tickets for the wrong day.
 */
export function parseRecurrenceRule(written: string): Outcome<RecurrenceRule, InvalidInput> {
  if (written.length > maxLength) return invalid(field, `The rule is longer than ${maxLength} characters.`);
  const text = written
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;+$/, '');
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = '', ...rest] = part.split('=');
    if (!name || !value || rest.length > 0)
      return invalid(field, `"${part.slice(0, 40)}" is not NAME=VALUE.`);
    if (parts.has(name)) return invalid(field, `${name} is given twice.`);
    const fault = faultOf(name, value);
    if (fault) return invalid(field, fault);
    parts.set(name, value);
  }
  const fault = faultOfCombination(parts);
  return fault ? invalid(field, fault) : accept(readParts(text, parts));
}

function readParts(text: string, parts: ReadonlyMap<string, string>): RecurrenceRule {
  const until = parts.get('UNTIL');
  return {
    text,
    frequency: parts.get('FREQ')!,
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : null,
    until: until === undefined ? null : parseUntil(until),
    pattern: [...parts]
      .filter(([name]) => name !== 'COUNT' && name !== 'UNTIL')
      .map(([name, value]) => `${name}=${value}`)
      .join(';'),
    startsPerDay: startsPerDay(parts),
  };
}

function startsPerDay(parts: ReadonlyMap<string, string>): number {
  const finest = frequencies.indexOf(parts.get('FREQ')!);
  const inList = (name: string, whenFiner: number, unit: number): number =>
    parts.get(name)?.split(',').length ?? (finest <= whenFiner ? unit : 1);
  return inList('BYHOUR', 2, 24) * inList('BYMINUTE', 1, 60) * inList('BYSECOND', 0, 60);
}

function faultOf(name: string, value: string): string | null {
  if (name === 'FREQ') return frequencies.includes(value) ? null : `FREQ=${value} is not a frequency.`;
  if (name === 'COUNT') return faultOfNumber(name, value, 1, maxCount);
  if (name === 'INTERVAL') return faultOfNumber(name, value, 1, 10_000);
  if (name === 'UNTIL') return parseUntil(value) ? null : `UNTIL=${value} is not a date or date-time.`;
  if (name === 'WKST')
    return new RegExp(`^(${weekdays})$`).test(value) ? null : `WKST=${value} is not a weekday.`;
  if (name === 'BYDAY') return faultOfDays(value);
  const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (!range) return `${name.slice(0, 40)} is not a part of a rule that can be read.`;
  for (const entry of value.split(',')) {
    const fault =
      faultOfNumber(name, entry, ...range) ??
      (range[0] < 0 && Number(entry) === 0 ? `${name}=0 names nothing.` : null);
    if (fault) return fault;
  }
  return null;
}

function faultOfNumber(name: string, value: string, least: number, greatest: number): string | null {
  const number = /^[+-]?\d{1,6}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= greatest) return null;
  return `${name}=${value.slice(0, 40)} is not a whole number from ${least} to ${greatest}.`;
}

function faultOfDays(value: string): string | null {
  const pattern = new RegExp(`^([+-]?(\\d{1,2}))?(${weekdays})$`);
  for (const day of value.split(',')) {
    const ordinal = pattern.exec(day)?.[2];
    const fits =
      pattern.test(day) && (ordinal === undefined || (Number(ordinal) >= 1 && Number(ordinal) <= 53));
    if (!fits) return `BYDAY=${day.slice(0, 40)} is not a weekday, such as MO or -1FR.`;
  }
  return null;
}

function faultOfCombination(parts: ReadonlyMap<string, string>): string | null {
  const frequency = parts.get('FREQ');
  if (!frequency) return 'FREQ is missing.';
  if (parts.has('COUNT') && parts.has('UNTIL')) return 'COUNT and UNTIL cannot stand in one rule.';
  const numbered = /\d/.test(parts.get('BYDAY') ?? '');
  if (numbered && frequency !== 'MONTHLY' && frequency !== 'YEARLY') {
    return 'BYDAY takes a number only in a MONTHLY or YEARLY rule.';
  }
  if (numbered && parts.has('BYWEEKNO')) return 'BYDAY takes no number beside BYWEEKNO.';
  if (parts.has('BYWEEKNO') && frequency !== 'YEARLY') return 'BYWEEKNO stands only in a YEARLY rule.';
  if (parts.has('BYYEARDAY') && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency)) {
    return `BYYEARDAY does not stand in a ${frequency} rule.`;
  }
  if (parts.has('BYMONTHDAY') && frequency === 'WEEKLY') return 'BYMONTHDAY does not stand in a WEEKLY rule.';
  return null;
}

function parseUntil(value: string): Until | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(value);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, utc] = match;
  const date = `${year}-${month}-${day}`;
  const time = hour === undefined ? '00:00:00' : `${hour}:${minute}:${second}`;
  // Round trip: February 30 and 25:00 come back as another time.
  const instant = new Date(`${date}T${time}Z`);
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== `${date}T${time}.000Z`) return null;
  if (hour === undefined) return { kind: 'date', value: date };
  return { kind: utc ? 'utc' : 'wall', value: `${date}T${time}` };
}
