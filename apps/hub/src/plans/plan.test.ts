import { describe, expect, test } from '@jest/globals';
import { money } from '@marquee/kernel';
import {
  changed,
  courseFrom,
  daysIn,
  defaultPlans,
  holdsAtOnce,
  isOver,
  linesOf,
  periodOf,
  termsIn,
  type Course,
  type InvoiceLine,
  type Plan,
} from './plan.ts';

const [free, growth, scale] = defaultPlans as [Plan, Plan, Plan];

const wholeMonth = (plan: Plan, requests: number) => linesOf([{ plan, days: 30, ofDays: 30, requests }]);
const requestsIn = (lines: readonly InvoiceLine[]) =>
  lines.filter(({ kind }) => kind !== 'MONTHLY_FEE').reduce((sum, { quantity }) => sum + quantity, 0);

describe('an invoice', () => {
  test.each([0, 1, 999_999, 1_000_000, 1_000_001, 2_345_678])(
    'of %i requests has each of them in one line',
    (requests) => expect(requestsIn(wholeMonth(growth, requests))).toBe(requests),
  );

  test('charges what the fee does not cover by the request, rounded once', () => {
    const extra = (requests: number) => wholeMonth(growth, 1_000_000 + requests)[2]?.amount;
    expect(extra(0)).toBeUndefined();
    expect(extra(49)).toEqual(money(0, 'EUR'));
    expect(extra(50)).toEqual(money(1, 'EUR'));
    expect(extra(1_000_000)).toEqual(money(10_000, 'EUR'));
  });

  test('has of each plan the fee, and the requests in it, of the days on which it held', () => {
    const lines = linesOf([
      { plan: free, days: 10, ofDays: 30, requests: 20_000 },
      { plan: growth, days: 20, ofDays: 30, requests: 700_000 },
    ]);
    expect(
      lines.map(({ kind, plan, days, quantity, amount }) => [kind, plan, days, quantity, amount]),
    ).toEqual([
      ['MONTHLY_FEE', 'free', 10, 1, money(0, 'EUR')],
      ['INCLUDED_REQUESTS', 'free', 10, 20_000, money(0, 'EUR')],
      ['MONTHLY_FEE', 'growth', 20, 1, money(32_67, 'EUR')],
      ['INCLUDED_REQUESTS', 'growth', 20, 666_667, money(0, 'EUR')],
      ['ADDITIONAL_REQUESTS', 'growth', 20, 33_333, money(3_33, 'EUR')],
    ]);
    expect(requestsIn(lines)).toBe(720_000);
  });
});

describe('the course of plans', () => {
  const day = (text: string) => new Date(`2027-${text}T00:00:00Z`);
  const march = periodOf(day('03-05'));
  const course = { plan: 'free', changes: [{ plan: 'growth', from: '2027-03-11' }] };
  const days = (of: Course) => termsIn(of, march).map((term) => [term.plan, daysIn(term)]);

  test('divides a period at each change', () => {
    expect(days(course)).toEqual([
      ['free', 10],
      ['growth', 21],
    ]);
    expect(days({ plan: 'free', changes: [{ plan: 'growth', from: '2027-03-01' }] })).toEqual([
      ['growth', 31],
    ]);
    expect(days({ plan: 'free', changes: [{ plan: 'growth', from: '2027-04-01' }] })).toEqual([['free', 31]]);
  });

  test('goes on with the present plan where that is chosen again, and takes back what was to come', () => {
    const leaving = changed(course, { plan: 'free', from: '2027-04-01' }, day('03-20'));
    expect(leaving.changes).toHaveLength(2);
    expect(changed(leaving, { plan: 'growth', from: '2027-03-20' }, day('03-20'))).toEqual(course);
  });

  test('begins with the plan of the day when what was before is invoiced', () => {
    const leaving = { ...course, changes: [...course.changes, { plan: 'free', from: '2027-05-01' }] };
    expect(courseFrom(leaving, day('04-01'))).toEqual({
      plan: 'growth',
      changes: [{ plan: 'free', from: '2027-05-01' }],
    });
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
