import { assert } from './assert.ts';
import { currencyDigits } from './currencies.ts';

/** An amount in the currency's minor unit (cents; yen have none) and its ISO 4217 code, such as `EUR`. */
export type Money = { readonly amountMinor: bigint; readonly currency: string };

/** ISO 4217's code for amounts in no currency: zero before there is any, and shares where the currency is the caller's. */
export const noCurrency = 'XXX';

/** Whether the code is a currency of ISO 4217 (upper case only). */
export function isCurrency(code: string): boolean {
  return currencyDigits.has(code);
}

/** Digits of the minor unit as ISO 4217 lists them: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorUnitDigits(currency: string): number {
  const digits = currencyDigits.get(currency);
  assert(digits !== undefined, `unknown currency ${currency}`);
  return digits;
}

export function money(amountMinor: bigint | number | string, currency: string): Money {
  assert(isCurrency(currency), `unknown currency ${currency}`);
  return { amountMinor: BigInt(amountMinor), currency };
}

/** The sum. At least one amount is needed, and all in one currency: adding two currencies is a fault. */
export function addMoney(first: Money, ...rest: readonly Money[]): Money {
  return rest.reduce((sum, next) => {
    assert(next.currency === sum.currency, `cannot add ${next.currency} to ${sum.currency}`);
    return { amountMinor: sum.amountMinor + next.amountMinor, currency: sum.currency };
  }, first);
}

export function subtractMoney(from: Money, amount: Money): Money {
  return addMoney(from, { amountMinor: -amount.amountMinor, currency: amount.currency });
}

export function multiplyMoney(price: Money, quantity: number): Money {
  assert(Number.isSafeInteger(quantity), `quantity must be a whole number, got ${quantity}`);
  return { amountMinor: price.amountMinor * BigInt(quantity), currency: price.currency };
}

/**
 * A part of an amount, such as 1,900 of its 10,000 parts for a tax of 19 %: rounded once to the nearest minor unit, a half
 * away from zero.
 */
export function fractionOfMoney(of: Money, numerator: number, denominator: number): Money {
  assert(
    Number.isSafeInteger(numerator) && numerator >= 0 && Number.isSafeInteger(denominator) && denominator > 0,
    `a fraction needs whole numbers, got ${numerator}/${denominator}`,
  );
  const scaled = of.amountMinor * BigInt(numerator) * 2n;
  const half = scaled < 0n ? -BigInt(denominator) : BigInt(denominator);
  return { amountMinor: (scaled + half) / (2n * BigInt(denominator)), currency: of.currency };
}

/**
 * Splits a non-negative total in proportion to whole weights by the largest-remainder method (Hamilton): the parts
 * add up to the total exactly, and ties go to the earlier part.
 */
export function splitMoney(total: Money, weights: readonly number[]): Money[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  assert(total.amountMinor >= 0n, 'only a non-negative total can be split');
  assert(
    weightSum > 0 && weights.every((w) => Number.isSafeInteger(w) && w >= 0),
    'weights must be whole and some above 0',
  );
  const shares = weights.map((weight, index) => {
    const scaled = total.amountMinor * BigInt(weight);
    return { index, floor: scaled / BigInt(weightSum), remainder: scaled % BigInt(weightSum) };
  });
  const left = Number(total.amountMinor - shares.reduce((sum, share) => sum + share.floor, 0n));
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1,
  );
  const lucky = new Set(byRemainder.slice(0, left).map((share) => share.index));
  return shares.map(({ index, floor }) => ({
    amountMinor: floor + (lucky.has(index) ? 1n : 0n),
    currency: total.currency,
  }));
}

/** For people, in English: `€25.00`. */
export function formatMoney({ amountMinor, currency }: Money): string {
  const digits = minorUnitDigits(currency);
  const sign = amountMinor < 0n ? '-' : '';
  const padded = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  const whole = digits ? padded.slice(0, -digits) : padded;
  const decimal = digits ? `${whole}.${padded.slice(-digits)}` : whole;
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return sign + format.format(decimal as unknown as number);
}
