import { describe, expect, test } from '@jest/globals';
import { money } from '@marquee/kernel';
import { defaultPlans, holdsAtOnce, isOver, linesOf, periodOf } from './plan.ts';

const [free, growth, scale] = defaultPlans as [
  (typeof defaultPlans)[0],
  (typeof defaultPlans)[0],
  (typeof defaultPlans)[0],
];

describe('an invoice', () => {
  test.each([0, 1, 999_999, 1_000_000, 1_000_001, 2_345_678])(
    'of %i requests has each of them in one line',
    (requests) => {
      const lines = linesOf(growth, requests).filter(({ kind }) => kind !== 'MONTHLY_FEE');
      expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(requests);
    },
  );

  test('charges what the fee does not cover by the request, rounded once', () => {
    const extra = (requests: number) => linesOf(growth, 1_000_000 + requests)[2]?.amount;
    expect(extra(0)).toBeUndefined();
    expect(extra(49)).toEqual(money(0, 'EUR'));
    expect(extra(50)).toEqual(money(1, 'EUR'));
    expect(extra(1_000_000)).toEqual(money(10_000, 'EUR'));
  });
});

test('a dearer plan holds at once and a cheaper one later', () => {
  expect([holdsAtOnce(growth, free), holdsAtOnce(free, scale)]).toEqual([true, false]);
});

test('a period is a month of UTC, and over an hour after its end', () => {
  const period = periodOf(new Date('2027-01-31T23:59:59Z'));
  expect(period).toEqual({ start: new Date('2027-01-01T00:00:00Z'), end: new Date('2027-02-01T00:00:00Z') });
  expect(isOver(period, new Date('2027-02-01T00:59:59Z'))).toBe(false);
  expect(isOver(period, new Date('2027-02-01T01:00:00Z'))).toBe(true);
  expect(periodOf(new Date('2027-12-31T23:00:00Z')).end).toEqual(new Date('2028-01-01T00:00:00Z'));
});
