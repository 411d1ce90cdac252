import { expect, test } from '@jest/globals';
import { mostTries, parseRetryAfter, pauseAfter } from './schedule.ts';

test('ten tries go over some 75 hours', () => {
  const pauses = Array.from({ length: mostTries - 1 }, (_, index) => pauseAfter(index + 1, null, 0.5)!);
  const hours = pauses.reduce((sum, pause) => sum + pause) / 3_600_000;
  expect(mostTries).toBe(10);
  expect(hours).toBeGreaterThan(75);
  expect(hours).toBeLessThan(76);
  expect(pauseAfter(mostTries, null, 0.5)).toBeNull();
});

test('a pause is up to a fifth more or less', () => {
  expect(pauseAfter(2, null, 0)).toBeCloseTo(240_000);
  expect(pauseAfter(2, null, 0.999_999)).toBeCloseTo(360_000, -2);
});

test('what the other side asks for is kept between the schedule and twice it', () => {
  expect(pauseAfter(2, 1, 0)).toBe(300_000);
  expect(pauseAfter(2, 400_000, 0)).toBe(400_000);
  expect(pauseAfter(2, 86_400_000, 0)).toBe(600_000);
  expect(pauseAfter(mostTries, 60_000, 0)).toBeNull();
});

test.each([
  ['120', 120_000],
  [' 0 ', 0],
  ['Sat, 20 Mar 2027 19:00:30 GMT', 30_000],
  ['Sat, 20 Mar 2027 18:00:00 GMT', 0],
  ['-5', null],
  ['soon', null],
  ['1e9', null],
  ['', null],
  [null, null],
])('Retry-After %j asks for %j ms', (header, expected) => {
  expect(parseRetryAfter(header, Date.parse('2027-03-20T19:00:00Z'))).toBe(expected);
});
