import { Temporal } from 'temporal-polyfill';

/**
 * A wall time is text with seconds, `2027-03-20T19:00:00`: what a clock on the wall of the place shows. Its order as
 * text is its order in time.
 */
export type WallTime = string;

/** The wall time with seconds, or null where the text is none or names a day or hour that does not exist. */
export function parseWallTime(value: string): WallTime | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(value)) return null;
  try {
    return Temporal.PlainDateTime.from(value, { overflow: 'reject' }).toString({ smallestUnit: 'second' });
  } catch {
    return null;
  }
}

/**
 * The instant at which the wall of the zone shows it. Where it shows it never (the clocks went forward) the offset
 * before the gap counts; where it shows it twice, the first time does: RFC 5545, section 3.3.5.
 */
export function instantOf(wallTime: WallTime, timeZone: string): Date {
  const zoned = Temporal.PlainDateTime.from(wallTime).toZonedDateTime(timeZone, {
    disambiguation: 'compatible',
  });
  return new Date(zoned.epochMilliseconds);
}

/** What the wall of the zone shows at the instant; parts of a second are dropped. */
export function wallTimeAt(instant: Date, timeZone: string): WallTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second', roundingMode: 'trunc' });
}

export function addMinutes(wallTime: WallTime, minutes: number): WallTime {
  return Temporal.PlainDateTime.from(wallTime).add({ minutes }).toString({ smallestUnit: 'second' });
}

/** Whole minutes from one wall time to another, as if no clock ever changed. */
export function minutesBetween(from: WallTime, to: WallTime): number {
  const elapsed = Temporal.PlainDateTime.from(from).until(Temporal.PlainDateTime.from(to), {
    largestUnit: 'minute',
  });
  return elapsed.minutes;
}

/** The zone as IANA spells it (or an offset such as `+05:45`), or null where there is none of that name. */
export function knownTimeZone(name: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId;
  } catch {
    return null;
  }
}
