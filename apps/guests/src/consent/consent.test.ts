import { expect, test } from '@jest/globals';
import { parsePurpose } from './consent.ts';

test.each(['marketing-email', 'photos', 'sms2', 'share-with-sponsors-2027'])('%j is a purpose', (value) => {
  expect(parsePurpose('purpose', value)).toEqual({ ok: true, value });
});

test.each([
  '',
  'Marketing',
  'marketing email',
  '-a',
  'a-',
  'a--b',
  '2fa',
  'ü',
  'a\n',
  'a'.repeat(101),
  'a'.repeat(1_000_000),
])('%.20j is no purpose', (value) => {
  expect(parsePurpose('purpose', value)).toMatchObject({ ok: false, refusal: { field: 'purpose' } });
});
