import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addMoney,
  formatMoney,
  fractionOfMoney,
  isCurrency,
  minorUnitDigits,
  money,
  multiplyMoney,
  splitMoney,
  subtractMoney,
} from './index.ts';

describe('a currency', () => {
  test.each(['EUR', 'JPY', 'KWD', 'HUF', 'ZWG'])('%s is one', (code) => expect(isCurrency(code)).toBe(true));
  test.each(['eur', 'EURO', 'DEM', 'XXX', 'XTS', 'XAU', '', 'ABC'])('%j is none', (code) => {
    expect(isCurrency(code)).toBe(false);
    expect(() => money(1, code)).toThrow('unknown currency');
    expect(() => minorUnitDigits(code)).toThrow('unknown currency');
  });

  test('has the minor unit of ISO 4217, not the digits that prices are shown with', () => {
    expect(['EUR', 'JPY', 'KWD', 'HUF', 'IQD'].map(minorUnitDigits)).toEqual([2, 0, 3, 2, 3]);
  });
});

describe('arithmetic', () => {
  test('rounds a fraction once, a half away from zero', () => {
    const parts = (amount: number) => fractionOfMoney(money(amount, 'EUR'), 1_900, 10_000).amountMinor;
    expect([100, 50, 49, 0, -50, -49].map(parts)).toEqual([19n, 10n, 9n, 0n, -10n, -9n]);
    expect(fractionOfMoney(money(9_007_199_254_740_993n, 'EUR'), 1, 1)).toEqual(
      money(9_007_199_254_740_993n, 'EUR'),
    );
    expect(() => fractionOfMoney(money(1, 'EUR'), 1, 0)).toThrow('whole numbers');
  });

  test('is exact beyond what a number holds', () => {
    const price = money('9007199254740993', 'EUR');
    expect(addMoney(price, money(1, 'EUR'), money(1n, 'EUR')).amountMinor).toBe(9007199254740995n);
    expect(subtractMoney(price, price)).toEqual(money(0, 'EUR'));
    expect(multiplyMoney(price, 3).amountMinor).toBe(27021597764222979n);
  });

  test('never mixes currencies nor takes parts of a thing', () => {
    expect(() => addMoney(money(1, 'EUR'), money(1, 'USD'))).toThrow('cannot add USD to EUR');
    expect(() => subtractMoney(money(1, 'EUR'), money(1, 'USD'))).toThrow('cannot add USD to EUR');
    expect(() => multiplyMoney(money(1, 'EUR'), 1.5)).toThrow('whole number');
  });
});

describe('a split', () => {
  const amounts = fc.bigInt({ min: 0n, max: 10n ** 18n });
  const weights = fc
    .array(fc.nat(1_000_000), { minLength: 1, maxLength: 50 })
    .filter((list) => list.some((weight) => weight > 0));

  test('adds up to the total exactly and gives each part its share to less than one minor unit', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, shares) => {
        const parts = splitMoney(money(amount, 'EUR'), shares);
        const sum = BigInt(shares.reduce((total, weight) => total + weight, 0));
        expect(parts.reduce((total, part) => total + part.amountMinor, 0n)).toBe(amount);
        parts.forEach((part, index) => {
          const error = part.amountMinor * sum - amount * BigInt(shares[index]!);
          expect(error < sum && error > -sum).toBe(true);
        });
      }),
    );
  });

  test('gives what is left to the largest remainders, and on a tie to the earlier part', () => {
    const split = (amount: number, ...shares: number[]) =>
      splitMoney(money(amount, 'EUR'), shares).map((part) => Number(part.amountMinor));
    expect(split(100, 1, 1, 1)).toEqual([34, 33, 33]);
    expect(split(10, 1, 5)).toEqual([2, 8]);
    expect(split(1, 0, 1)).toEqual([0, 1]);
  });

  test.each([[[]], [[0]], [[-1, 2]], [[1.5]]])('by the weights %j is a fault', (shares) => {
    expect(() => splitMoney(money(1, 'EUR'), shares)).toThrow('weights');
  });

  test('of a debt is a fault', () => {
    expect(() => splitMoney(money(-1, 'EUR'), [1])).toThrow('non-negative');
  });
});

test.each([
  [2500, 'EUR', '€25.00'],
  [-5, 'EUR', '-€0.05'],
  [2500, 'JPY', '¥2,500'],
  [1234567, 'KWD', 'KWD 1,234.567'],
  ['922337203685477580799', 'USD', '$9,223,372,036,854,775,807.99'],
])('%s minor units of %s are shown as %s', (amount, currency, shown) => {
  expect(formatMoney(money(amount, currency)).replace(/\s/, ' ')).toBe(shown);
});
