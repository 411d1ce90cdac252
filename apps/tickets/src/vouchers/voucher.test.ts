import { expect, test } from '@jest/globals';
import { discountFor, isUsedUp, judgeValid, normaliseCode, type Voucher } from './voucher.ts';

const voucher = (over: Partial<Voucher> = {}): Voucher => ({
  id: 'v1',
  code: 'SPRING',
  name: 'Spring',
  percentBp: 1000,
  amountMinor: null,
  currency: null,
  eventId: null,
  ticketTypeIds: null,
  unlocks: [],
  maxUses: null,
  maxUsesPerGuest: null,
  budgetMinor: null,
  validFrom: null,
  validUntil: null,
  active: true,
  uses: 0,
  spentMinor: 0n,
  ...over,
});
const now = new Date('2027-03-20T19:00:00Z');
const cart = { lines: [{ ticketTypeId: 't1', eventId: 'e1' }], currency: 'EUR' };

test('a code is the same however it is typed', () => {
  expect(normaliseCode('  spring\n')).toBe('SPRING');
});

test('a voucher is valid from its beginning until before its end, unless it was switched off', () => {
  const valid = (over: Partial<Voucher>) => judgeValid(voucher(over), now).ok;
  expect(valid({ validFrom: now })).toBe(true);
  expect(valid({ validUntil: now })).toBe(false);
  expect(valid({ active: false })).toBe(false);
});

test('it is for the types and the event that it names, and takes off what is left of its budget at most', () => {
  expect(discountFor(voucher({ budgetMinor: 900n, spentMinor: 200n, currency: 'EUR' }), cart)).toEqual({
    ok: true,
    value: { percentBp: 1000, amountMinor: null, capMinor: 700n, ticketTypeIds: ['t1'] },
  });
  expect(discountFor(voucher({ eventId: 'e2' }), cart).ok).toBe(false);
  expect(discountFor(voucher({ ticketTypeIds: ['t2'] }), cart).ok).toBe(false);
  expect(discountFor(voucher({ ticketTypeIds: ['t2'], unlocks: ['t1'] }), cart).ok).toBe(true);
  expect(discountFor(voucher({ amountMinor: 5n, currency: 'CHF' }), cart).ok).toBe(false);
});

test('it is used up by its uses or by its budget', () => {
  expect(isUsedUp(voucher({ maxUses: 2, uses: 1 }))).toBe(false);
  expect(isUsedUp(voucher({ maxUses: 2, uses: 2 }))).toBe(true);
  expect(isUsedUp(voucher({ budgetMinor: 5n, spentMinor: 5n }))).toBe(true);
});
