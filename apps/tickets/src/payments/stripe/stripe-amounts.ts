import { minorUnitDigits, type Money } from '@marquee/kernel';

/**
 * Stripe counts in a currency's minor units, but not always in those of ISO 4217
 * (https://docs.stripe.com/currencies#zero-decimal and #special-cases).
 */
const zeroDecimal = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
/** Without minor units today, but kept with two decimals for old integrations; the last two must be 00. */
const twoDecimalForOldTimes = new Set(['ISK', 'UGX']);
/** Three decimals, of which the last must be 0. */
const threeDecimal = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

function stripeDigits(currency: string): number {
  if (zeroDecimal.has(currency)) return 0;
  if (threeDecimal.has(currency)) return 3;
  return twoDecimalForOldTimes.has(currency) ? 2 : minorUnitDigits(currency);
}

/** The amount as Stripe wants it; null where Stripe cannot take such an amount of this currency. */
export function toStripeAmount({ amountMinor, currency }: Money): number | null {
  const shift = stripeDigits(currency) - minorUnitDigits(currency);
  const scale = 10n ** BigInt(Math.abs(shift));
  if (shift < 0 && amountMinor % scale !== 0n) return null;
  if (threeDecimal.has(currency) && amountMinor % 10n !== 0n) return null;
  const amount = shift >= 0 ? amountMinor * scale : amountMinor / scale;
  // Stripe takes at most eight digits.
  return amount > 0n && amount <= 99_999_999n ? Number(amount) : null;
}

/** What Stripe's amount is in the currency's own minor units. `currency` in any case. */
export function fromStripeAmount(amount: number, stripeCurrency: string): Money {
  const currency = stripeCurrency.toUpperCase();
  const shift = stripeDigits(currency) - minorUnitDigits(currency);
  const scale = 10n ** BigInt(Math.abs(shift));
  return { amountMinor: shift >= 0 ? BigInt(amount) / scale : BigInt(amount) * scale, currency };
}
