import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { findIana, WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { knownTimeZone } from '../recurrence/wall-time.ts';
import { readCalendarTime } from './calendar-values.ts';
import { propertyOf, type CalendarFile, type Component } from './components.ts';

/** An IANA zone that a calendar means, and what had to be guessed. */
export type ResolvedZone = { readonly timeZone: string; readonly warning: string | null };

export type ZoneResolver = {
  /** Of a TZID. */
  resolve(tzid: string): ResolvedZone;
  /** Of a time that names no zone. */
  readonly floating: ResolvedZone;
};

/**
 * Zones by what calendars call them: the IANA name, also behind a vendor's path (`/mozilla.org/2005/Europe/Berlin`),
 * the name of Windows (`W. Europe Standard Time`), and names that only the calendar's own VTIMEZONE explains
 * (`Customized Time Zone`), for which the zone with the same clock changes is looked up. What nobody knows falls back to the default, with
 * a warning.
 */
export function createZoneResolver(file: CalendarFile, given: string | null): ZoneResolver {
  const definitions = new Map(
    file.timeZones.map((zone) => [propertyOf(zone, 'TZID')?.value.trim() ?? '', zone]),
  );
  const own = propertyOf(file, 'X-WR-TIMEZONE')?.value.trim();
  const named = (tzid: string): string | null =>
    zoneByName(tzid) ?? zoneByDefinition(definitions.get(tzid), given) ?? zoneByAbbreviation(tzid);
  const [only, ...others] = definitions.keys();
  const calendars =
    (own ? named(own) : null) ?? (only !== undefined && others.length === 0 ? named(only) : null);
  const chosen = given ?? calendars;
  const floating: ResolvedZone = chosen
    ? { timeZone: chosen, warning: null }
    : { timeZone: 'UTC', warning: 'It names no time zone and the calendar none either; taken as UTC.' };
  const known = new Map<string, ResolvedZone>();
  return {
    floating,
    resolve: (tzid) => {
      const resolved = known.get(tzid) ?? resolve(tzid.trim(), named, floating);
      known.set(tzid, resolved);
      return resolved;
    },
  };
}

function resolve(tzid: string, named: (tzid: string) => string | null, floating: ResolvedZone): ResolvedZone {
  const timeZone = named(tzid);
  if (timeZone) return { timeZone, warning: null };
  const warning = `The time zone "${tzid.slice(0, 80)}" is unknown; taken as ${floating.timeZone}.`;
  return { timeZone: floating.timeZone, warning };
}

function zoneByName(tzid: string): string | null {
  if (/^(Z|UTC|GMT|Etc\/(UTC|GMT))$/i.test(tzid)) return 'UTC';
  const windows = WINDOWS_TO_IANA_MAP.find(({ windowsName }) => windowsName === tzid);
  if (windows) return knownTimeZone(findIana(windows.windowsName)[0] ?? '');
  // A path: the zone is its last two or three parts.
  const parts = tzid.split('/').filter(Boolean);
  for (const count of [3, 2]) {
    const name = parts.slice(-count).join('/');
    const zone = parts.length >= count && /^[A-Za-z]/.test(name) ? knownTimeZone(name) : null;
    if (zone) return zone;
  }
  return null;
}

/** `EST` or `Japan`. Last, because a calendar's own definition of EST mostly has a summer, and IANA's has none. */
function zoneByAbbreviation(tzid: string): string | null {
  return /^[A-Za-z][A-Za-z0-9-]*$/.test(tzid) ? knownTimeZone(tzid) : null;
}

type Sample = { readonly epochMs: number; readonly offsetSeconds: number };

/** Two years in ten-day steps: clock changes of different countries lie a week or more apart. */
function samplesOf(zone: ICAL.Timezone): Sample[] {
  const year = new Date().getUTCFullYear();
  return Array.from({ length: 73 }, (_, index) => {
    const epochMs = Date.UTC(year, 0, 1 + index * 10, 12);
    const time = ICAL.Time.fromJSDate(new Date(epochMs), true);
    return { epochMs, offsetSeconds: time.convertToZone(zone).utcOffset() };
  });
}

/** The zone whose clocks change as the calendar defines it; the wanted one first, then those of large cities. */
function zoneByDefinition(definition: Component | undefined, wanted: string | null): string | null {
  if (!definition) return null;
  const located = propertyOf(definition, 'X-LIC-LOCATION')?.value.trim();
  const byLocation = located ? zoneByName(located) : null;
  if (byLocation) return byLocation;
  const samples = readSamples(definition);
  if (!samples) return null;
  const cities = WINDOWS_TO_IANA_MAP.flatMap(({ iana }) => iana);
  const candidates = new Set([...(wanted ? [wanted] : []), ...cities, ...Intl.supportedValuesOf('timeZone')]);
  return [...candidates].find((zone) => samples.every((sample) => hasOffset(zone, sample))) ?? null;
}

function hasOffset(timeZone: string, { epochMs, offsetSeconds }: Sample): boolean {
  if (!knownTimeZone(timeZone)) return false;
  const zoned = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timeZone);
  return zoned.offsetNanoseconds === offsetSeconds * 1e9;
}

/** Null where the definition cannot be read. */
function readSamples(definition: Component): Sample[] | null {
  const observances = definition.components.filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT');
  if (observances.length === 0 || !observances.every(isReadable)) return null;
  try {
    const parsed = ICAL.parse(textOf(definition)) as ConstructorParameters<typeof ICAL.Component>[0];
    const component = new ICAL.Component(parsed);
    const tzid = 'marquee-calendar-zone';
    return samplesOf(new ICAL.Timezone({ component, tzid }));
  } catch {
    return null;
  }
}

/** ical.js reads an offset that is none as zero, and so would find a zone. */
function isReadable(observance: Component): boolean {
  const offset = /^[+-]\d{4}(\d\d)?$/;
  return (
    readCalendarTime(propertyOf(observance, 'DTSTART')?.value ?? '') !== null &&
    ['TZOFFSETFROM', 'TZOFFSETTO'].every((name) =>
      offset.test(propertyOf(observance, name)?.value.trim() ?? ''),
    )
  );
}

/** The definition written anew, with the parts that matter alone: one odd property must not spoil it. */
function textOf(component: Component): string {
  const needed = new Set(['TZID', 'DTSTART', 'TZOFFSETFROM', 'TZOFFSETTO', 'RRULE', 'RDATE']);
  const lines = component.properties
    .filter(({ name }) => needed.has(name))
    .map(({ name, value }) => `${name}:${value.trim()}`);
  const inner = component.components.map(textOf);
  return [`BEGIN:${component.name}`, ...lines, ...inner, `END:${component.name}`].join('\r\n');
}
