import type { Money } from '@marquee/kernel';

/** Money as events carry it: JSON has no 64-bit integers. */
export function moneyData({ amountMinor, currency }: Money): { amountMinor: string; currency: string } {
  return { amountMinor: `${amountMinor}`, currency };
}

export function readMoneyData(data: { readonly amountMinor: string; readonly currency: string }): Money {
  return { amountMinor: BigInt(data.amountMinor), currency: data.currency };
}
