import { accept, refuse, type Outcome } from '@marquee/kernel';
import { instantOf, minutesBetween, wallTimeAt, type WallTime } from '../recurrence/wall-time.ts';
import { readCalendarDuration, readCalendarTime, type CalendarTime } from './calendar-values.ts';
import type { ZoneResolver } from './calendar-zones.ts';
import { propertyOf, type Component } from './components.ts';
import { unescapeText, type ContentLine } from './content-lines.ts';

/** One VEVENT, understood. Times are wall times in `timeZone`. */
export type CalendarEntry = {
  readonly line: number;
  readonly uid: string;
  readonly summary: string;
  readonly description: string;
  readonly sequence: number;
  readonly stamp: Date | null;
  readonly cancelled: boolean;
  readonly timeZone: string;
  readonly startsAtLocal: WallTime;
  readonly durationMinutes: number;
  readonly allDay: boolean;
  readonly rule: string | null;
  readonly rdates: readonly WallTime[];
  readonly exdates: readonly WallTime[];
  /** The start that it replaces, where it is an override: as written, in the zone it was written in. */
  readonly recurrenceId: ZonedTime | null;
  readonly warnings: readonly string[];
};

export type ZonedTime = { readonly wallTime: WallTime; readonly timeZone: string; readonly isDate: boolean };

/** Why an entry is not taken. */
export type EntryRefusal = { readonly kind: 'EntryRefusal'; readonly message: string };
type Read<T> = Outcome<T, EntryRefusal>;

const no = (message: string) => refuse({ kind: 'EntryRefusal', message });
const longestMinutes = 366 * 1440;
const maxDates = 1_000;
const maxTitle = 200;
const maxDescription = 10_000;

/** Reads an entry. What can be read with a guess is, with a warning; else it is refused with the reason. */
export function readCalendarEntry(component: Component, zones: ZoneResolver): Read<CalendarEntry> {
  const warnings = [...component.warnings];
  const warn = (message: string | null) => void (message !== null && warnings.push(message));
  const start = readZoned(component, 'DTSTART', zones, warn);
  if (!start.ok) return start;
  if (!start.value) return no('It has no DTSTART.');
  const recurring = ['RRULE', 'RDATE'].some((name) => propertyOf(component, name));
  const first = recurring ? start.value : atHome(start.value, zones);
  const length = readLength(component, first, zones, warn);
  if (!length.ok) return length;
  const recurrence = readRecurrence(component, first, zones, warn);
  if (!recurrence.ok) return recurrence;
  const recurrenceId = readZoned(component, 'RECURRENCE-ID', zones, warn);
  if (!recurrenceId.ok) return recurrenceId;
  if (propertyOf(component, 'RECURRENCE-ID')?.params.get('RANGE')) {
    return no('RECURRENCE-ID with a RANGE changes many dates at once, which is not taken.');
  }
  return accept({
    line: component.line,
    ...readTexts(component, warn),
    ...readRevision(component),
    cancelled: /^CANCELLED$/i.test(propertyOf(component, 'STATUS')?.value.trim() ?? ''),
    timeZone: first.timeZone,
    startsAtLocal: first.wallTime,
    durationMinutes: length.value,
    allDay: first.isDate,
    ...recurrence.value,
    recurrenceId: recurrenceId.value,
    warnings: [...new Set(warnings)],
  });
}

/** A single time in UTC is shown in the calendar's zone; a recurring one stays, because UTC has no summer. */
function atHome(start: ZonedTime, { floating }: ZoneResolver): ZonedTime {
  if (start.timeZone !== 'UTC' || start.isDate || floating.warning !== null) return start;
  return inZone(start, floating.timeZone);
}

/** The same instant in another zone; a date stays the date it is. */
export function inZone(time: ZonedTime, timeZone: string): ZonedTime {
  if (time.isDate || time.timeZone === timeZone) return { ...time, timeZone };
  return { ...time, timeZone, wallTime: wallTimeAt(instantOf(time.wallTime, time.timeZone), timeZone) };
}

type Warn = (message: string | null) => void;

function readZoned(
  component: Component,
  name: string,
  zones: ZoneResolver,
  warn: Warn,
): Read<ZonedTime | null> {
  const property = propertyOf(component, name);
  if (!property) return accept(null);
  const time = readCalendarTime(property.value);
  if (!time) return no(`${name} is not a date: "${property.value.slice(0, 40)}" (line ${property.line}).`);
  return accept(locate(time, property, zones, warn));
}

function locate(time: CalendarTime, property: ContentLine, zones: ZoneResolver, warn: Warn): ZonedTime {
  const { wallTime } = time;
  if (time.kind === 'utc') return { wallTime, timeZone: 'UTC', isDate: false };
  const tzid = property.params.get('TZID')?.[0];
  // A date has no zone; it is a day where the calendar is at home.
  const zone = tzid !== undefined && time.kind === 'local' ? zones.resolve(tzid) : zones.floating;
  if (time.kind === 'local') warn(zone.warning);
  return { wallTime, timeZone: zone.timeZone, isDate: time.kind === 'date' };
}

function readLength(component: Component, start: ZonedTime, zones: ZoneResolver, warn: Warn): Read<number> {
  const end = readZoned(component, 'DTEND', zones, warn);
  if (!end.ok) return end;
  const length = end.value ? lengthTo(start, end.value) : lengthOf(component, start);
  if (!length.ok) return length;
  if (length.value < 0) return no('It ends before it starts.');
  if (length.value > longestMinutes) return no('It is longer than a year.');
  if (!start.isDate || length.value > 0) return length;
  warn('It ends on the day it starts, which for days means before; taken as one day.');
  return accept(1440);
}

function lengthTo(start: ZonedTime, end: ZonedTime): Read<number> {
  // Between walls of one zone, so that a night shift is as long in the week when the clocks change.
  if (start.isDate || start.timeZone === end.timeZone)
    return accept(minutesBetween(start.wallTime, end.wallTime));
  const elapsedMs =
    instantOf(end.wallTime, end.timeZone).getTime() - instantOf(start.wallTime, start.timeZone).getTime();
  return accept(Math.ceil(elapsedMs / 60_000));
}

function lengthOf(component: Component, start: ZonedTime): Read<number> {
  const written = propertyOf(component, 'DURATION')?.value;
  if (written === undefined) return accept(start.isDate ? 1440 : 0);
  const duration = readCalendarDuration(written);
  if (!duration) return no(`DURATION is not a duration: "${written.slice(0, 40)}".`);
  if (start.isDate) return accept(Math.ceil((duration.days * 1440 + duration.minutes) / 1440) * 1440);
  return accept(duration.days * 1440 + duration.minutes);
}

type Recurrence = Pick<CalendarEntry, 'rule' | 'rdates' | 'exdates'>;

function readRecurrence(
  component: Component,
  start: ZonedTime,
  zones: ZoneResolver,
  warn: Warn,
): Read<Recurrence> {
  const rules = component.properties.filter(({ name }) => name === 'RRULE');
  if (rules.length > 1) return no('It has more than one RRULE.');
  if (propertyOf(component, 'EXRULE')) return no('It has an EXRULE, which RFC 5545 took out.');
  const rdates = readDates(component, 'RDATE', start, zones, warn);
  if (!rdates.ok) return rdates;
  const exdates = readDates(component, 'EXDATE', start, zones, warn);
  if (!exdates.ok) return exdates;
  const rule = rules[0]?.value.trim() || null;
  return accept({ rule, rdates: rdates.value, exdates: exdates.value });
}

/** RDATE and EXDATE, in the event's zone. A date among times means the event's time on that day. */
function readDates(
  component: Component,
  name: 'RDATE' | 'EXDATE',
  start: ZonedTime,
  zones: ZoneResolver,
  warn: Warn,
): Read<WallTime[]> {
  const dates: WallTime[] = [];
  for (const property of component.properties.filter((candidate) => candidate.name === name)) {
    for (const written of property.value.split(',').filter((value) => value.trim() !== '')) {
      const [from = '', period] = written.split('/');
      const time = readCalendarTime(from);
      if (!time) return no(`${name} is not a date: "${written.slice(0, 40)}" (line ${property.line}).`);
      if (period !== undefined)
        warn('An RDATE with a length of its own is taken with the length of the event.');
      dates.push(alignDate(inZone(locate(time, property, zones, warn), start.timeZone), start));
    }
  }
  if (dates.length > maxDates) return no(`It has more than ${maxDates} dates in ${name}.`);
  return accept([...new Set(dates)].toSorted());
}

/** The time of the event on the day, where one is a time and the other a date. */
export function alignDate(time: ZonedTime, start: Pick<ZonedTime, 'wallTime' | 'isDate'>): WallTime {
  if (time.isDate === start.isDate) return time.wallTime;
  return `${time.wallTime.slice(0, 10)}${start.wallTime.slice(10)}`;
}

function readTexts(component: Component, warn: Warn): Pick<CalendarEntry, 'uid' | 'summary' | 'description'> {
  const text = (name: string) => unescapeText(propertyOf(component, name)?.value ?? '').trim();
  const summary = text('SUMMARY').replaceAll(/\s+/g, ' ');
  if (summary === '') warn('It has no SUMMARY.');
  const extras = [
    ['Location', text('LOCATION')],
    ['Link', text('URL')],
  ].flatMap(([label, value]) => (value ? [`${label}: ${value}`] : []));
  const description = [text('DESCRIPTION'), ...extras].filter(Boolean).join('\n\n');
  return {
    uid: text('UID'),
    summary: shorten(summary || 'Untitled', maxTitle, 'SUMMARY', warn),
    description: shorten(description, maxDescription, 'DESCRIPTION', warn),
  };
}

function shorten(text: string, max: number, name: string, warn: Warn): string {
  const normalised = text.normalize('NFC');
  const characters = normalised.length > max ? [...normalised] : [];
  if (characters.length <= max) return normalised;
  warn(`${name} was cut to ${max} characters.`);
  return `${characters.slice(0, max - 1).join('')}…`;
}

function readRevision(component: Component): Pick<CalendarEntry, 'sequence' | 'stamp'> {
  const sequence = /^\s*(\d{1,9})\s*$/.exec(propertyOf(component, 'SEQUENCE')?.value ?? '')?.[1];
  const stamp = readCalendarTime(propertyOf(component, 'DTSTAMP')?.value ?? '');
  return { sequence: Number(sequence ?? 0), stamp: stamp ? new Date(`${stamp.wallTime}Z`) : null };
}
