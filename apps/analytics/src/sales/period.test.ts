import { expect, test } from '@jest/globals';
import { parseDays, parseMinutes } from './period.ts';

const span = (from: string, to: string) => ({ from: new Date(from), to: new Date(to) });

test.each([
  ['one instant', '2027-03-20T00:00:00Z', '2027-03-20T00:00:00Z'],
  ['a leap year', '2028-01-01T00:00:00Z', '2028-12-31T00:00:00Z'],
])('%s is a span of days', (_, from, to) => {
  expect(parseDays(span(from, to))).toEqual({ ok: true, value: span(from, to) });
});

test.each([
  ['backwards', '2027-03-20T00:00:00Z', '2027-03-19T00:00:00Z'],
  ['longer than 366 days', '2027-01-01T00:00:00Z', '2028-01-02T00:00:00Z'],
  ['of ten thousand years', '0001-01-01T00:00:00Z', '9999-12-31T00:00:00Z'],
])('a span of days that is %s is refused', (_, from, to) => {
  expect(parseDays(span(from, to))).toMatchObject({ ok: false, refusal: { field: 'to' } });
});

test('minutes are asked for at most 24 hours at once', () => {
  expect(parseMinutes(span('2027-03-20T00:00:00Z', '2027-03-21T00:00:00Z')).ok).toBe(true);
  expect(parseMinutes(span('2027-03-20T00:00:00Z', '2027-03-21T00:01:00Z'))).toMatchObject({
    refusal: { field: 'to' },
  });
  expect(parseMinutes(span('2027-03-20T00:00:00Z', '2027-03-20T00:00:00Z'))).toMatchObject({
    refusal: { field: 'to' },
  });
});
