import { describe, expect, test } from '@jest/globals';
import {
  addMinutes,
  instantOf,
  knownTimeZone,
  minutesBetween,
  parseWallTime,
  wallTimeAt,
} from './wall-time.ts';

describe('a wall time', () => {
  test('is read with and without seconds', () => {
    expect(parseWallTime('2027-03-20T19:00')).toBe('2027-03-20T19:00:00');
    expect(parseWallTime('2027-03-20T19:00:30')).toBe('2027-03-20T19:00:30');
  });

  test.each([
    '',
    '2027-02-29T10:00',
    '2027-03-20T24:00',
    '2027-03-20 19:00',
    '2027-03-20T19:00Z',
    '12027-03-20T19:00',
  ])('is not %j', (value) => expect(parseWallTime(value)).toBeNull());

  test('that the clocks jump over is read with the offset before the gap (RFC 5545, 3.3.5)', () => {
    // 2:30 does not exist in New York on 11 March 2007: it is 3:30 EDT.
    expect(instantOf('2007-03-11T02:30:00', 'America/New_York').toISOString()).toBe(
      '2007-03-11T07:30:00.000Z',
    );
  });

  test('that the clocks show twice is the first of the two (RFC 5545, 3.3.5)', () => {
    // 1:30 on 4 November 2007 in New York is 1:30 EDT.
    expect(instantOf('2007-11-04T01:30:00', 'America/New_York').toISOString()).toBe(
      '2007-11-04T05:30:00.000Z',
    );
  });

  test('and its instant lead to each other', () => {
    const instant = instantOf('2027-07-01T19:00:00', 'Asia/Kathmandu');
    expect(instant.toISOString()).toBe('2027-07-01T13:15:00.000Z');
    expect(wallTimeAt(instant, 'Asia/Kathmandu')).toBe('2027-07-01T19:00:00');
  });

  test('counts minutes as if no clock ever changed', () => {
    expect(addMinutes('2027-03-27T19:00:00', 1440)).toBe('2027-03-28T19:00:00');
    expect(minutesBetween('2027-03-27T19:00:00', '2027-03-28T19:00:00')).toBe(1440);
  });
});

test('time zones are known by their IANA name', () => {
  expect(knownTimeZone('europe/berlin')).toBe('Europe/Berlin');
  expect(knownTimeZone('Europe/Atlantis')).toBeNull();
  expect(knownTimeZone('')).toBeNull();
});
