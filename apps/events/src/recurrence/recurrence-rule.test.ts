import { describe, expect, test } from '@jest/globals';
import { parseRecurrenceRule } from './recurrence-rule.ts';

describe('parseRecurrenceRule', () => {
  test('reads a rule as calendars write it', () => {
    expect(
      parseRecurrenceRule(' rrule:freq=weekly;interval=2;byday=mo,-1fr;count=4; '.replace('-1fr', 'fr')),
    ).toEqual({
      ok: true,
      value: {
        text: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=4',
        frequency: 'WEEKLY',
        count: 4,
        until: null,
        pattern: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR',
        startsPerDay: 1,
      },
    });
  });

  test.each([
    ['UNTIL=20270320', { kind: 'date', value: '2027-03-20' }],
    ['UNTIL=20270320T190000', { kind: 'wall', value: '2027-03-20T19:00:00' }],
    ['UNTIL=20270320T190000Z', { kind: 'utc', value: '2027-03-20T19:00:00' }],
  ])('reads %s', (until, expected) => {
    expect(parseRecurrenceRule(`FREQ=DAILY;${until}`)).toMatchObject({
      ok: true,
      value: { until: expected },
    });
  });

  test.each([
    ['FREQ=DAILY', 1],
    ['FREQ=HOURLY', 24],
    ['FREQ=MINUTELY', 1440],
    ['FREQ=SECONDLY', 86_400],
    ['FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30', 4],
    ['FREQ=MINUTELY;BYHOUR=9', 60],
  ])('knows how dense %s may be', (rule, startsPerDay) => {
    expect(parseRecurrenceRule(rule)).toMatchObject({ ok: true, value: { startsPerDay } });
  });

  test.each([
    'FREQ=MONTHLY;BYDAY=1FR,-1SU',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO',
    'FREQ=YEARLY;BYYEARDAY=1,-1',
    'FREQ=MONTHLY;BYMONTHDAY=-1;WKST=SU',
    'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2',
    'FREQ=SECONDLY;BYSECOND=60',
  ])('takes %s', (rule) => {
    expect(parseRecurrenceRule(rule).ok).toBe(true);
  });

  test.each([
    ['', 'NAME=VALUE'],
    ['every Tuesday', 'NAME=VALUE'],
    ['FREQ', 'NAME=VALUE'],
    ['FREQ=DAILY=WEEKLY', 'NAME=VALUE'],
    ['FREQ=DAILY\nDTSTART:20200101T000000Z', 'DAILY'],
    ['COUNT=3', 'FREQ is missing'],
    ['FREQ=FORTNIGHTLY', 'not a frequency'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'twice'],
    ['FREQ=DAILY;COUNT=0', 'COUNT=0'],
    ['FREQ=DAILY;COUNT=-1', 'COUNT=-1'],
    ['FREQ=DAILY;COUNT=abc', 'COUNT=ABC'],
    ['FREQ=DAILY;COUNT=1e3', 'COUNT=1E3'],
    ['FREQ=DAILY;COUNT=999999', 'COUNT=999999'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL=0'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20300101T000000Z', 'one rule'],
    ['FREQ=DAILY;UNTIL=banana', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20270230', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20270101T250000Z', 'UNTIL'],
    ['FREQ=DAILY;BYHOUR=24', 'BYHOUR=24'],
    ['FREQ=DAILY;BYMINUTE=60', 'BYMINUTE'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY=0'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH'],
    ['FREQ=YEARLY;BYWEEKNO=54', 'BYWEEKNO'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY=XX'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY=0MO'],
    ['FREQ=MONTHLY;BYDAY=54MO', 'BYDAY=54MO'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'only in a MONTHLY or YEARLY'],
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO', 'beside BYWEEKNO'],
    ['FREQ=MONTHLY;BYWEEKNO=20', 'only in a YEARLY'],
    ['FREQ=WEEKLY;BYYEARDAY=20', 'BYYEARDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=20', 'BYMONTHDAY'],
    ['FREQ=DAILY;WKST=XX', 'WKST'],
    ['FREQ=DAILY;RSCALE=CHINESE', 'RSCALE'],
    ['FREQ=DAILY;CONSTRUCTOR=1', 'CONSTRUCTOR'],
    ['x'.repeat(1_000_000), 'longer than'],
  ])('refuses %.40j and says why', (rule, reason) => {
    const parsed = parseRecurrenceRule(rule);
    expect(parsed).toMatchObject({ ok: false, refusal: { kind: 'InvalidInput', field: 'recurrence' } });
    expect(parsed.ok ? '' : parsed.refusal.message).toContain(reason);
  });
});
