import { describe, expect, test } from '@jest/globals';
import { alignDate, readCalendarEntry } from './calendar-entry.ts';
import { createZoneResolver } from './calendar-zones.ts';
import { readCalendarFile } from './components.ts';

function read(lines: string, { timeZone = 'Europe/Berlin' as string | null } = {}) {
  const file = readCalendarFile(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n${lines}\nEND:VEVENT\nEND:VCALENDAR`)!;
  return readCalendarEntry(file.entries[0]!, createZoneResolver(file, timeZone));
}

function entry(lines: string, options: { timeZone?: string | null } = {}) {
  const outcome = read(lines, options);
  if (!outcome.ok) throw new Error(outcome.refusal.message);
  return outcome.value;
}

describe('an entry', () => {
  test('takes its times in the zone they are written in', () => {
    expect(
      entry('DTSTART;TZID=America/New_York:20270320T190000\nDTEND;TZID=America/New_York:20270320T210000'),
    ).toMatchObject({
      timeZone: 'America/New_York',
      startsAtLocal: '2027-03-20T19:00:00',
      durationMinutes: 120,
      allDay: false,
      rule: null,
    });
  });

  test('is shown in the zone of the calendar when it is written in UTC, unless it recurs', () => {
    expect(entry('DTSTART:20270320T180000Z')).toMatchObject({
      timeZone: 'Europe/Berlin',
      startsAtLocal: '2027-03-20T19:00:00',
    });
    expect(entry('DTSTART:20270320T180000Z\nRRULE:FREQ=DAILY')).toMatchObject({
      timeZone: 'UTC',
      startsAtLocal: '2027-03-20T18:00:00',
    });
    expect(entry('DTSTART:20270320T180000Z', { timeZone: null })).toMatchObject({
      timeZone: 'UTC',
      warnings: [expect.stringContaining('SUMMARY')],
    });
  });

  test('that floats is taken where the calendar is at home', () => {
    expect(entry('DTSTART:20270320T190000').timeZone).toBe('Europe/Berlin');
    expect(entry('SUMMARY:x\nDTSTART:20270320T190000', { timeZone: null }).warnings).toEqual([
      expect.stringContaining('UTC'),
    ]);
  });

  test.each([
    ['DTSTART:20270320T190000\nDURATION:PT1H30M', 90],
    ['DTSTART:20270320T190000', 0],
    ['DTSTART:20270320T190000\nDURATION:P1DT1H', 1500],
    ['DTSTART;VALUE=DATE:20270320', 1440],
    ['DTSTART;VALUE=DATE:20270320\nDTEND;VALUE=DATE:20270323', 4320],
    ['DTSTART:20270320\nDURATION:P2D', 2880],
    ['DTSTART;VALUE=DATE:20270320\nDURATION:PT12H', 1440],
    // The clocks go forward that night: as long on the wall as any other night.
    ['DTSTART;TZID=Europe/Berlin:20270327T220000\nDTEND;TZID=Europe/Berlin:20270328T060000', 480],
    ['DTSTART;TZID=Europe/Berlin:20270601T100000\nDTEND;TZID=Europe/London:20270601T110000', 120],
    ['DTSTART:20270601T080000Z\nDTEND;TZID=Europe/Berlin:20270601T110000', 60],
  ])('is as long as it says: %j', (lines, minutes) => expect(entry(lines).durationMinutes).toBe(minutes));

  test('of a day that ends on the day it starts is one day, with a warning', () => {
    const day = entry('SUMMARY:x\nDTSTART;VALUE=DATE:20270320\nDTEND;VALUE=DATE:20270320');
    expect(day).toMatchObject({
      durationMinutes: 1440,
      allDay: true,
      warnings: [expect.stringContaining('one day')],
    });
  });

  test('takes rule, further dates and exceptions, each in its own zone, in the zone of the event', () => {
    const recurring = entry(
      [
        'DTSTART;TZID=Europe/Berlin:20270320T190000',
        'RRULE:FREQ=WEEKLY;COUNT=4',
        'RDATE;TZID=Europe/London:20270321T100000,20270322T100000',
        'RDATE;VALUE=PERIOD:20270401T170000Z/PT1H',
        'EXDATE:20270327T180000Z',
        'EXDATE;VALUE=DATE:20270403',
        'EXDATE:',
      ].join('\n'),
    );
    expect(recurring).toMatchObject({
      rule: 'FREQ=WEEKLY;COUNT=4',
      rdates: ['2027-03-21T11:00:00', '2027-03-22T11:00:00', '2027-04-01T19:00:00'],
      exdates: ['2027-03-27T19:00:00', '2027-04-03T19:00:00'],
    });
    expect(recurring.warnings).toContainEqual(expect.stringContaining('length of its own'));
  });

  test('takes texts with their escapes, place and link', () => {
    const texts = entry(
      'DTSTART:20270320T190000\nSUMMARY:Jazz\\, live\nDESCRIPTION:One\\nTwo\nLOCATION:Hall\\; left\nURL:https://x.example',
    );
    expect(texts.summary).toBe('Jazz, live');
    expect(texts.description).toBe('One\nTwo\n\nLocation: Hall; left\n\nLink: https://x.example');
  });

  test('cuts what is too long, with a warning, and names what has no name', () => {
    const long = entry(
      `DTSTART:20270320T190000\nSUMMARY:${'🎈'.repeat(300)}\nDESCRIPTION:${'x'.repeat(20_000)}`,
    );
    expect([...long.summary]).toHaveLength(200);
    expect(long.summary.endsWith('🎈…')).toBe(true);
    expect(long.description).toHaveLength(10_000);
    expect(long.warnings).toHaveLength(2);
    expect(entry('DTSTART:20270320T190000').summary).toBe('Untitled');
  });

  test('knows its revision and whether it was cancelled', () => {
    const lines = 'DTSTART:20270320T190000\nSEQUENCE:3\nDTSTAMP:20261201T100000Z\nSTATUS:cancelled';
    expect(entry(lines)).toMatchObject({
      sequence: 3,
      stamp: new Date('2026-12-01T10:00:00Z'),
      cancelled: true,
    });
    expect(entry('DTSTART:20270320T190000\nSEQUENCE:many')).toMatchObject({
      sequence: 0,
      stamp: null,
      cancelled: false,
    });
  });

  test('knows which date it replaces', () => {
    const override = entry('DTSTART:20270321T190000\nRECURRENCE-ID;TZID=Europe/London:20270320T180000');
    expect(override.recurrenceId).toEqual({
      wallTime: '2027-03-20T18:00:00',
      timeZone: 'Europe/London',
      isDate: false,
    });
  });

  test.each([
    ['no DTSTART', 'SUMMARY:x'],
    ['DTSTART is not a date', 'DTSTART:20270231T100000Z'],
    ['DTEND is not a date', 'DTSTART:20270301T100000Z\nDTEND:later'],
    ['ends before it starts', 'DTSTART:20270301T100000Z\nDTEND:20270301T090000Z'],
    ['ends before it starts', 'DTSTART;VALUE=DATE:20270301\nDTEND;VALUE=DATE:20270228'],
    ['longer than a year', 'DTSTART:20270301T100000Z\nDTEND:20290301T090000Z'],
    ['DURATION is not a duration', 'DTSTART:20270301T100000Z\nDURATION:-PT1H'],
    ['RDATE is not a date', 'DTSTART:20270301T100000Z\nRDATE:x'],
    ['EXDATE is not a date', 'DTSTART:20270301T100000Z\nEXDATE:20270301T100000Z,x'],
    ['more than one RRULE', 'DTSTART:20270301T100000Z\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY'],
    ['EXRULE', 'DTSTART:20270301T100000Z\nRRULE:FREQ=DAILY\nEXRULE:FREQ=WEEKLY'],
    ['RECURRENCE-ID is not a date', 'DTSTART:20270301T100000Z\nRECURRENCE-ID:x'],
    ['RANGE', 'DTSTART:20270301T100000Z\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270301T100000Z'],
    [
      'more than 1000 dates',
      `DTSTART:20270301T100000Z\nRDATE:${Array.from({ length: 1001 }, (_, day) => new Date(Date.UTC(2030, 0, day)).toISOString().slice(0, 10).replaceAll('-', '')).join(',')}`,
    ],
  ])('is refused because of: %s', (reason, lines) => {
    const outcome = read(lines);
    expect(outcome.ok ? '' : outcome.refusal.message).toContain(reason);
  });
});

test('a date among times means the time of the event on that day, and the other way round', () => {
  const date = { wallTime: '2027-03-21T00:00:00', timeZone: 'UTC', isDate: true };
  expect(alignDate(date, { wallTime: '2027-03-20T19:00:00', isDate: false })).toBe('2027-03-21T19:00:00');
  expect(
    alignDate(
      { ...date, wallTime: '2027-03-21T19:00:00', isDate: false },
      { wallTime: '2027-03-20T00:00:00', isDate: true },
    ),
  ).toBe('2027-03-21T00:00:00');
});
