import type { PaymentFact } from './provider.ts';

/** A fact as JSON, which has no 64-bit integers. */
export function factData(fact: PaymentFact): object {
  return 'amount' in fact
    ? { ...fact, amount: { ...fact.amount, amountMinor: `${fact.amount.amountMinor}` } }
    : fact;
}

/** Only for what `factData` wrote and nobody could have changed since. */
export function readFactData(data: unknown): PaymentFact {
  const fact = data as PaymentFact;
  if (!('amount' in fact)) return fact;
  const { amountMinor, currency } = fact.amount as unknown as { amountMinor: string; currency: string };
  return { ...fact, amount: { amountMinor: BigInt(amountMinor), currency } };
}
