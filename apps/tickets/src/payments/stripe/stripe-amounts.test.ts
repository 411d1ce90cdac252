import { expect, test } from '@jest/globals';
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts';

const amount = (amountMinor: bigint, currency: string) => ({ amountMinor, currency });

test.each([
  [amount(2500n, 'EUR'), 2500],
  [amount(2500n, 'JPY'), 2500],
  // Three decimals, of which the last must be 0.
  [amount(12_340n, 'KWD'), 12_340],
  // No minor unit by ISO, two decimals at Stripe.
  [amount(2500n, 'ISK'), 250_000],
  [amount(2500n, 'UGX'), 250_000],
  // Two digits by ISO, none at Stripe.
  [amount(2500n, 'MGA'), 25],
  [amount(2500n, 'HUF'), 2500],
])('%p is %i at Stripe, and back', (money, stripe) => {
  expect(toStripeAmount(money)).toBe(stripe);
  expect(fromStripeAmount(stripe, money.currency.toLowerCase())).toEqual(money);
});

test.each([
  amount(12_345n, 'KWD'),
  amount(2550n, 'MGA'),
  amount(0n, 'EUR'),
  amount(-1n, 'EUR'),
  amount(100_000_000n, 'EUR'),
  amount(1_000_000n, 'ISK'),
])('%p is nothing that Stripe takes', (money) => {
  expect(toStripeAmount(money)).toBeNull();
});
