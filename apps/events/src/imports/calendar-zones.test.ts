import { describe, expect, test } from '@jest/globals';
import { createZoneResolver } from './calendar-zones.ts';
import { readCalendarFile } from './components.ts';

const calendar = (...lines: string[]) =>
  readCalendarFile(['BEGIN:VCALENDAR', ...lines, 'END:VCALENDAR'].join('\r\n'))!;

const newYorkRules = [
  'BEGIN:STANDARD',
  'DTSTART:16011104T020000',
  'RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11',
  'TZOFFSETFROM:-0400',
  'TZOFFSETTO:-0500',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010311T020000',
  'RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0400',
  'END:DAYLIGHT',
];
const zone = (tzid: string, ...lines: string[]) => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  ...lines,
  'END:VTIMEZONE',
];

describe('a time zone of a calendar', () => {
  const plain = createZoneResolver(calendar(), 'Europe/Madrid');

  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['/freeassociation.sourceforge.net/Tzfile/Europe/Berlin', 'Europe/Berlin'],
    ['/mozilla.org/20070129_1/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Tokyo Standard Time', 'Asia/Tokyo'],
    ['India Standard Time', 'Asia/Calcutta'],
    ['UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['Etc/UTC', 'UTC'],
    ['Japan', 'Japan'],
  ])('is known by its name %s', (tzid, timeZone) => {
    const resolved = plain.resolve(tzid);
    expect(resolved.warning).toBeNull();
    const offset = (name: string) =>
      new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' }).format(
        new Date('2027-07-01Z'),
      );
    expect(offset(resolved.timeZone)).toBe(offset(timeZone));
  });

  test('with a name of its own is known by its clock changes', () => {
    const resolver = createZoneResolver(calendar(...zone('Customized Time Zone', ...newYorkRules)), null);
    expect(resolver.resolve('Customized Time Zone')).toEqual({ timeZone: 'America/New_York', warning: null });
  });

  test('prefers the zone that was asked for where several change alike', () => {
    const resolver = createZoneResolver(
      calendar(...zone('Eastern (mine)', ...newYorkRules)),
      'America/Toronto',
    );
    expect(resolver.resolve('Eastern (mine)').timeZone).toBe('America/Toronto');
  });

  test('called EST is what the calendar says it is', () => {
    const resolver = createZoneResolver(calendar(...zone('EST', ...newYorkRules)), null);
    expect(resolver.resolve('EST').timeZone).toBe('America/New_York');
  });

  test('without summer time is known by its offset', () => {
    const fixed = [
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'END:STANDARD',
    ];
    const resolver = createZoneResolver(calendar(...zone('Somewhere high', ...fixed)), null);
    expect(resolver.resolve('Somewhere high')).toEqual({ timeZone: 'Asia/Katmandu', warning: null });
  });

  test('is known by the location that its definition names', () => {
    const resolver = createZoneResolver(calendar(...zone('x', 'X-LIC-LOCATION:Europe/Vienna')), null);
    expect(resolver.resolve('x').timeZone).toBe('Europe/Vienna');
  });

  test.each([
    ['nothing defines it', []],
    ['its definition is empty', zone('Mordor')],
    [
      'its definition is broken',
      zone('Mordor', 'BEGIN:STANDARD', 'DTSTART:nonsense', 'TZOFFSETTO:x', 'END:STANDARD'),
    ],
  ])('falls back with a warning where %s', (_, lines) => {
    const resolver = createZoneResolver(calendar(...lines), 'Europe/Madrid');
    expect(resolver.resolve('Mordor')).toEqual({
      timeZone: 'Europe/Madrid',
      warning: 'The time zone "Mordor" is unknown; taken as Europe/Madrid.',
    });
  });
});

describe('a time without a zone', () => {
  test('is meant where the caller says, else where the calendar is at home', () => {
    const paris = calendar('X-WR-TIMEZONE:Europe/Paris');
    expect(createZoneResolver(paris, 'Asia/Tokyo').floating).toEqual({
      timeZone: 'Asia/Tokyo',
      warning: null,
    });
    expect(createZoneResolver(paris, null).floating.timeZone).toBe('Europe/Paris');
    expect(createZoneResolver(calendar(...zone('Europe/Rome')), null).floating.timeZone).toBe('Europe/Rome');
  });

  test('is UTC with a warning where nobody says', () => {
    const floating = createZoneResolver(calendar('X-WR-TIMEZONE:Mordor'), null).floating;
    expect(floating.timeZone).toBe('UTC');
    expect(floating.warning).toContain('UTC');
  });
});
