import { describe, expect, test } from '@jest/globals';
import { maxUpcoming, planOccurrences, type Schedule } from './schedule.ts';

const now = new Date('2026-12-01T12:00:00Z');

function schedule(change: Partial<Schedule> = {}): Schedule {
  return {
    timeZone: 'Europe/Berlin',
    startsAtLocal: '2027-03-20T19:00:00',
    durationMinutes: 120,
    allDay: false,
    rule: null,
    rdates: [],
    exdates: [],
    overrides: [],
    ...change,
  };
}

function plan(change: Partial<Schedule> = {}, at = now) {
  const planned = planOccurrences(schedule(change), at);
  if (!planned.ok) throw new Error(planned.refusal.message);
  return planned.value;
}

const starts = (change: Partial<Schedule>, at?: Date) =>
  plan(change, at).occurrences.map(({ startsAtLocal }) => startsAtLocal);

describe('planOccurrences', () => {
  test('plans a single occurrence', () => {
    expect(plan()).toEqual({
      occurrences: [
        {
          recurrenceId: '2027-03-20T19:00:00',
          startsAtLocal: '2027-03-20T19:00:00',
          startsAt: new Date('2027-03-20T18:00:00Z'),
          endsAt: new Date('2027-03-20T20:00:00Z'),
        },
      ],
      materialisedUntil: null,
    });
  });

  test('keeps 19:00 on the wall when the clocks change, forward and back', () => {
    const hours = (change: Partial<Schedule>) =>
      plan(change).occurrences.map(({ startsAt }) => startsAt.toISOString().slice(5, 13));
    expect(hours({ rule: 'FREQ=WEEKLY;COUNT=3' })).toEqual(['03-20T18', '03-27T18', '04-03T17']);
    expect(hours({ rule: 'FREQ=WEEKLY;COUNT=3', startsAtLocal: '2027-10-23T19:00:00' })).toEqual([
      '10-23T17',
      '10-30T17',
      '11-06T18',
    ]);
  });

  test('is as long on the stopwatch on the night when the clocks change', () => {
    const [, night] = plan({
      startsAtLocal: '2027-03-26T23:00:00',
      durationMinutes: 360,
      rule: 'FREQ=DAILY;COUNT=3',
    }).occurrences;
    expect(night!.endsAt.getTime() - night!.startsAt.getTime()).toBe(360 * 60_000);
  });

  test('fills whole days on the wall, also the one of 23 hours', () => {
    const allDay = {
      allDay: true,
      startsAtLocal: '2027-03-27T00:00:00',
      durationMinutes: 1440,
      rule: 'FREQ=DAILY;COUNT=3',
    };
    const hours = plan(allDay).occurrences.map(
      ({ startsAt, endsAt }) => (endsAt.getTime() - startsAt.getTime()) / 3_600_000,
    );
    expect(hours).toEqual([24, 23, 24]);
  });

  test('reads a time that the clocks jump over, and one they show twice, by the rule of RFC 5545', () => {
    const at = (startsAtLocal: string) => {
      const [, second] = plan({ startsAtLocal, rule: 'FREQ=DAILY;COUNT=3' }).occurrences;
      return second!.startsAt.toISOString();
    };
    expect(at('2027-03-27T02:30:00')).toBe('2027-03-28T01:30:00.000Z');
    expect(at('2027-10-30T02:30:00')).toBe('2027-10-31T00:30:00.000Z');
  });

  test('reads UNTIL in UTC in the zone of the event', () => {
    expect(starts({ rule: 'FREQ=DAILY;UNTIL=20270322T180000Z' })).toHaveLength(3);
    expect(starts({ rule: 'FREQ=DAILY;UNTIL=20270322T175959Z' })).toHaveLength(2);
    expect(starts({ rule: 'FREQ=DAILY;UNTIL=20270322' })).toHaveLength(3);
    expect(starts({ rule: 'FREQ=DAILY;UNTIL=20270322T190000' })).toHaveLength(3);
  });

  test('adds RDATE, leaves out EXDATE and applies overrides', () => {
    const change = {
      rule: 'FREQ=WEEKLY;COUNT=4',
      rdates: ['2027-03-21T11:00:00', '2027-03-27T19:00:00'],
      exdates: ['2027-04-03T19:00:00'],
      overrides: [
        {
          recurrenceId: '2027-04-10T19:00:00',
          startsAtLocal: '2027-04-09T20:00:00',
          durationMinutes: 30,
          cancelled: false,
        },
        { recurrenceId: '2027-03-20T19:00:00', startsAtLocal: null, durationMinutes: null, cancelled: true },
        {
          recurrenceId: '2027-05-01T19:00:00',
          startsAtLocal: '2027-05-02T19:00:00',
          durationMinutes: null,
          cancelled: false,
        },
      ],
    };
    expect(starts(change)).toEqual([
      '2027-03-21T11:00:00',
      '2027-03-27T19:00:00',
      '2027-04-09T20:00:00',
      '2027-05-02T19:00:00',
    ]);
    const moved = plan(change).occurrences[2]!;
    expect(moved.recurrenceId).toBe('2027-04-10T19:00:00');
    expect(moved.endsAt.getTime() - moved.startsAt.getTime()).toBe(30 * 60_000);
  });

  test('counts a first date that the rule does not give as the first of COUNT', () => {
    // A Saturday; the rule says Tuesdays.
    expect(starts({ rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=3' })).toEqual([
      '2027-03-20T19:00:00',
      '2027-03-23T19:00:00',
      '2027-03-30T19:00:00',
    ]);
  });

  test('stops a rule without an end at two years, and says how far it got', () => {
    const { occurrences, materialisedUntil } = plan({ rule: 'FREQ=WEEKLY' });
    expect(materialisedUntil!.toISOString().slice(0, 10)).toBe('2028-11-30');
    expect(occurrences.at(-1)!.startsAt.getTime()).toBeLessThanOrEqual(materialisedUntil!.getTime());
    expect(occurrences.at(-1)!.startsAt.getTime()).toBeGreaterThan(
      materialisedUntil!.getTime() - 8 * 86_400_000,
    );
  });

  test('stops a dense rule at its limit of occurrences', () => {
    const { occurrences, materialisedUntil } = plan({ rule: 'FREQ=MINUTELY' });
    expect(occurrences).toHaveLength(maxUpcoming);
    expect(materialisedUntil).toEqual(occurrences.at(-1)!.startsAt);
  });

  test('is complete exactly where the rule ends, also at its limit', () => {
    expect(plan({ rule: `FREQ=MINUTELY;COUNT=${maxUpcoming}` }).materialisedUntil).toBeNull();
    expect(plan({ rule: `FREQ=MINUTELY;COUNT=${maxUpcoming + 1}` }).materialisedUntil).not.toBeNull();
    expect(plan({ rule: 'FREQ=DAILY;COUNT=10' }).materialisedUntil).toBeNull();
    expect(plan({ rule: 'FREQ=DAILY;UNTIL=20270401T000000Z' }).materialisedUntil).toBeNull();
  });

  test('gives an event that starts beyond the horizon its first year', () => {
    const far = plan({ startsAtLocal: '2035-01-01T10:00:00', rule: 'FREQ=MONTHLY' });
    expect(far.occurrences).toHaveLength(13);
    expect(far.materialisedUntil!.getUTCFullYear()).toBe(2036);
  });

  test('keeps the last year of a series that began long ago, and what is to come', () => {
    const { occurrences } = plan({ startsAtLocal: '2010-01-01T10:00:00', rule: 'FREQ=WEEKLY' });
    expect(occurrences[0]!.startsAtLocal).toBe('2010-01-01T10:00:00');
    expect(occurrences[1]!.startsAtLocal.slice(0, 7)).toBe('2025-12');
    expect(occurrences.at(-1)!.startsAtLocal.slice(0, 7)).toBe('2028-11');
    const dense = plan({ startsAtLocal: '2010-01-01T10:00:00', rule: 'FREQ=MINUTELY' });
    expect(dense.occurrences).toHaveLength(maxUpcoming + 1);
  });

  test('keeps a series that ended long ago', () => {
    expect(starts({ startsAtLocal: '2010-01-01T10:00:00', rule: 'FREQ=WEEKLY;COUNT=5' })).toHaveLength(5);
  });

  test('walks through a rule that is seldom true without losing its way', () => {
    const seldom = starts({ rule: 'FREQ=MINUTELY;BYMONTH=4;BYMONTHDAY=1;BYHOUR=10;BYMINUTE=0' });
    expect(seldom).toEqual(['2027-03-20T19:00:00', '2027-04-01T10:00:00', '2028-04-01T10:00:00']);
  });

  test.each([
    ['a rule that is none', { rule: 'FREQ=NEVER' }],
    ['a date that never comes', { rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }],
    ['an end before the start', { rule: 'FREQ=DAILY;UNTIL=20270101T000000Z' }],
    ['a schedule of which nothing is left', { exdates: ['2027-03-20T19:00:00'] }],
  ])('refuses %s', (_, change) => {
    expect(planOccurrences(schedule(change), now)).toMatchObject({
      ok: false,
      refusal: { field: 'recurrence' },
    });
  });
});
