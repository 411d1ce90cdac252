import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { planOccurrences } from '../recurrence/schedule.ts';
import { readDrafts } from './calendar-drafts.ts';
import { createZoneResolver } from './calendar-zones.ts';
import { readCalendarFile } from './components.ts';

function drafts(content: string, timeZone: string | null = null) {
  const file = readCalendarFile(content)!;
  return readDrafts(file, createZoneResolver(file, timeZone), (value) => JSON.stringify(value));
}

const fixture = (name: string) => drafts(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));

function startsOf(draft: ReturnType<typeof drafts>['drafts'][number]): string[] {
  const plan = planOccurrences(draft.schedule, new Date('2026-12-01T00:00:00Z'));
  if (!plan.ok) throw new Error(plan.refusal.message);
  return plan.value.occurrences.map(({ startsAt }) => startsAt.toISOString());
}

const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\n');
const calendar = (...events: string[]) => ['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR'].join('\n');

describe('a calendar as Google exports it', () => {
  const {
    drafts: [jazz, matinee, festival],
    refused,
  } = fixture('google.ics');

  test('is taken as a whole', () => {
    expect(refused).toEqual([]);
    expect([jazz, matinee, festival].map((draft) => draft!.title)).toEqual([
      'Jazz Night',
      'Matinée for children 🎈',
      'Open-air festival',
    ]);
  });

  test('has its exception, its moved date and its cancelled date', () => {
    expect(startsOf(jazz!)).toEqual([
      '2027-03-20T18:00:00.000Z',
      '2027-03-28T18:00:00.000Z',
      '2027-04-17T17:00:00.000Z',
      '2027-04-24T17:00:00.000Z',
    ]);
    expect(jazz!.entries.map(({ line }) => line)).toEqual([26, 43, 53]);
    expect(jazz!.sequence).toBe(3);
    expect(jazz!.description).toContain(
      'Tickets at the door, cash only; no cards.\n\n<b>Bring your friends</b>',
    );
  });

  test('has whole days and times in UTC where the calendar is at home', () => {
    expect(matinee!.schedule).toMatchObject({
      timeZone: 'Europe/Berlin',
      startsAtLocal: '2027-05-01T18:00:00',
      durationMinutes: 90,
    });
    expect(festival!.schedule).toMatchObject({
      allDay: true,
      startsAtLocal: '2027-05-14T00:00:00',
      durationMinutes: 4320,
    });
  });
});

describe('a calendar as Outlook exports it', () => {
  const {
    drafts: [board, late, tour],
    refused,
  } = fixture('outlook.ics');

  test('has zones by the names of Windows, by definition, and one that nobody knows', () => {
    expect(refused).toEqual([]);
    expect([board, late, tour].map((draft) => draft!.schedule.timeZone)).toEqual([
      'Europe/Berlin',
      'America/New_York',
      'UTC',
    ]);
    expect(tour!.entries[0]!.warnings).toEqual([expect.stringContaining('(UTC+01:00) Amsterdam')]);
  });

  test('has rules, lengths and a UID folded with a tab', () => {
    expect(startsOf(board!)).toHaveLength(12);
    expect(startsOf(late!)).toEqual([
      '2027-04-03T00:00:00.000Z',
      '2027-04-10T00:00:00.000Z',
      '2027-04-17T00:00:00.000Z',
      '2027-04-24T00:00:00.000Z',
    ]);
    expect(late!.schedule.durationMinutes).toBe(90);
    expect(board!.uid).toMatch(/^0400000082.*7890$/);
    expect(board!.title).toBe('Board meeting, open to all');
  });
});

describe('a calendar as Apple exports it', () => {
  const {
    drafts: [hamlet, reading, founders],
    refused,
  } = fixture('apple.ics');

  test('has UNTIL in UTC, further dates, floating times and whole days for ever', () => {
    expect(refused).toEqual([]);
    expect(startsOf(hamlet!).slice(-3)).toEqual([
      '2027-04-02T00:00:00.000Z',
      '2027-05-02T00:00:00.000Z',
      '2027-05-02T19:00:00.000Z',
    ]);
    expect(startsOf(hamlet!)).toHaveLength(8);
    expect(reading!.schedule.timeZone).toBe('America/New_York');
    expect(startsOf(founders!)).toEqual(['2027-01-01T05:00:00.000Z', '2028-01-01T05:00:00.000Z']);
  });
});

describe('a broken calendar', () => {
  const { drafts: taken, refused } = fixture('broken.ics');

  test('gives what is good in it', () => {
    expect(taken.map(({ uid }) => uid)).toEqual([
      'good-1',
      'no-end',
      expect.stringMatching(/^without-uid-/),
      'good-2',
    ]);
    expect(taken[1]!.entries[0]!.warnings).toContainEqual(expect.stringContaining('Line 38'));
  });

  test('says of the rest at which line it is and why', () => {
    expect(refused.map(({ line, uid, reason }) => `${line} ${uid} ${reason}`)).toEqual([
      '9 no-start It has no DTSTART.',
      '13 bad-date DTSTART is not a date: "20270231T100000Z" (line 15).',
      '24 backwards It ends before it starts.',
      '30 todo-1 A VTODO is no event.',
      '18 bad-rule FREQ=SOMETIMES is not a frequency.',
    ]);
  });
});

describe('entries of one UID', () => {
  test('of which one is newer are that one, by SEQUENCE, then DTSTAMP, then place in the file', () => {
    const start = 'DTSTART:20270301T100000Z';
    const {
      drafts: [draft],
      refused,
    } = drafts(
      calendar(
        event('UID:1', start, 'SEQUENCE:2', 'SUMMARY:Second'),
        event('UID:1', start, 'SEQUENCE:10', 'DTSTAMP:20270101T000000Z', 'SUMMARY:Tenth'),
        event('UID:1', start, 'SEQUENCE:10', 'DTSTAMP:20270102T000000Z', 'SUMMARY:Tenth, later'),
      ),
    );
    expect(draft!.title).toBe('Tenth, later');
    expect(refused.map(({ line }) => line).toSorted()).toEqual([2, 8]);
  });

  test('that are dates of a series which is not in the file are an event of these dates', () => {
    const {
      drafts: [draft],
    } = drafts(
      calendar(
        event('UID:1', 'RECURRENCE-ID:20270301T100000Z', 'DTSTART:20270301T110000Z', 'SUMMARY:One'),
        event('UID:1', 'RECURRENCE-ID:20270308T100000Z', 'DTSTART:20270308T110000Z', 'SUMMARY:Two'),
      ),
    );
    expect(draft!.schedule).toMatchObject({
      rule: null,
      startsAtLocal: '2027-03-01T11:00:00',
      rdates: ['2027-03-08T11:00:00'],
    });
  });

  test('that only differ in when they were exported have one digest', () => {
    const digest = (...lines: string[]) =>
      drafts(calendar(event('UID:1', 'DTSTART:20270301T100000Z', ...lines))).drafts[0]!.digest;
    expect(digest('DTSTAMP:20270101T000000Z', 'SEQUENCE:1')).toBe(
      digest('DTSTAMP:20270102T000000Z', 'X-NOTE:hi'),
    );
    expect(digest('SUMMARY:One')).not.toBe(digest('SUMMARY:Two'));
  });

  test('without a UID are the same event when they come again', () => {
    const content = calendar(
      event('DTSTART:20270301T100000Z', 'SUMMARY:One'),
      event('DTSTART:20270302T100000Z', 'SUMMARY:One'),
    );
    const [first, second] = drafts(content).drafts;
    expect(first!.uid).not.toBe(second!.uid);
    expect(drafts(content).drafts[0]!.uid).toBe(first!.uid);
  });

  test('with a UID longer than any are refused', () => {
    const { refused } = drafts(calendar(event(`UID:${'x'.repeat(1_001)}`, 'DTSTART:20270301T100000Z')));
    expect(refused[0]).toMatchObject({ uid: 'x'.repeat(200), reason: expect.stringContaining('1000') });
  });
});
