import { parseWallTime, type WallTime } from '../recurrence/wall-time.ts';

/** A DATE or DATE-TIME as written, before its zone is looked up. */
export type CalendarTime =
  | { readonly kind: 'date'; readonly wallTime: WallTime }
  | { readonly kind: 'utc'; readonly wallTime: WallTime }
  | { readonly kind: 'local'; readonly wallTime: WallTime };

/**
 * `20270320`, `20270320T190000`, `20270320T190000Z`; also without seconds and with the separators that some programs
 * leave in. Null where it is no date or names a day that does not exist.
 */
export function readCalendarTime(written: string): CalendarTime | null {
  const match = /^(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)?(?:\.\d+)?(Z?))?$/i.exec(written.trim());
  if (!match) return null;
  const [, year, month, day, hour, minute, second = '00', utc] = match;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) {
    const wallTime = parseWallTime(`${date}T00:00:00`);
    return wallTime === null ? null : { kind: 'date', wallTime };
  }
  // 60 is a leap second, which no wall shows.
  const wallTime = parseWallTime(`${date}T${hour}:${minute}:${second === '60' ? '59' : second}`);
  return wallTime === null ? null : { kind: utc ? 'utc' : 'local', wallTime };
}

export type CalendarDuration = { readonly days: number; readonly minutes: number };

/** `P1D`, `PT1H30M`, `P2W`, `P1DT12H`; seconds count as a minute begun. Null where it is none, or negative. */
export function readCalendarDuration(written: string): CalendarDuration | null {
  const pattern = /^\+?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/i;
  const match = pattern.exec(written.trim());
  if (!match || match.slice(1).every((part) => part === undefined)) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return { days: weeks! * 7 + days!, minutes: hours! * 60 + minutes! + Math.ceil(seconds! / 60) };
}
