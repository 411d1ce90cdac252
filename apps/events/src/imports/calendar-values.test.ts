import { describe, expect, test } from '@jest/globals';
import { readCalendarDuration, readCalendarTime } from './calendar-values.ts';

describe('readCalendarTime', () => {
  test.each([
    ['20270320', { kind: 'date', wallTime: '2027-03-20T00:00:00' }],
    ['20270320T190000', { kind: 'local', wallTime: '2027-03-20T19:00:00' }],
    ['20270320T190000Z', { kind: 'utc', wallTime: '2027-03-20T19:00:00' }],
    [' 20270320t1900z ', { kind: 'utc', wallTime: '2027-03-20T19:00:00' }],
    ['2027-03-20', { kind: 'date', wallTime: '2027-03-20T00:00:00' }],
    ['2027-03-20T19:00:00.000Z', { kind: 'utc', wallTime: '2027-03-20T19:00:00' }],
    ['20161231T235960Z', { kind: 'utc', wallTime: '2016-12-31T23:59:59' }],
  ])('reads %j', (written, expected) => expect(readCalendarTime(written)).toEqual(expected));

  test.each(['', 'tomorrow', '20270231', '20270320T250000', '20270320T190000+0100', '2027032', '20270320T'])(
    'does not read %j',
    (written) => expect(readCalendarTime(written)).toBeNull(),
  );
});

describe('readCalendarDuration', () => {
  test.each([
    ['PT1H30M', { days: 0, minutes: 90 }],
    ['P1D', { days: 1, minutes: 0 }],
    ['+P2W', { days: 14, minutes: 0 }],
    ['P1DT12H', { days: 1, minutes: 720 }],
    ['PT90S', { days: 0, minutes: 2 }],
    ['PT0S', { days: 0, minutes: 0 }],
    ['pt15m', { days: 0, minutes: 15 }],
  ])('reads %s', (written, expected) => expect(readCalendarDuration(written)).toEqual(expected));

  test.each(['', 'P', 'PT', '-PT1H', '1H', 'P1H', 'PT1D', 'P1M'])('does not read %j', (written) =>
    expect(readCalendarDuration(written)).toBeNull(),
  );
});
