import { expect, test } from '@jest/globals';
import { instantOf } from './row.ts';

test('an instant reads the same whether the connection makes dates or leaves text', () => {
  for (const text of [
    '2027-03-20 19:00:00+00',
    '2027-03-20 19:00:00.1+00',
    '2027-03-20 19:00:00.12+00',
    '2027-03-20 19:00:00.123+00',
    '2027-03-20 20:00:00.12+01',
    '2027-03-21 00:30:00.123+05:30',
    '12027-03-20 19:00:00+00',
  ]) {
    const known = /^\d{5}/.test(text) ? new Date(`+0${text.replace(' ', 'T')}:00`) : new Date(text);
    expect(instantOf(text)).toBe(known.toISOString());
  }
  expect(instantOf(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
});
