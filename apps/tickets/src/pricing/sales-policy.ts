import { accept, refuse, type Outcome } from '@marquee/kernel';
import type { CancellationStep } from '../refunds/refund-policy.ts';

/** In which currencies an organisation sells, and what it keeps of tickets that are given back. */
export type SalesPolicy = {
  /** Any where there is none. */
  readonly currencies: readonly string[];
  readonly cancellationSteps: readonly CancellationStep[];
};

export type CurrencyNotAllowedView = {
  readonly message: string;
  readonly allowedCurrencies: readonly string[];
};
export type CurrencyNotAllowed = CurrencyNotAllowedView & { readonly kind: 'CurrencyNotAllowed' };

/** Whether the organisation sells in this currency; null (no fixed amount) is in none. */
export function judgeCurrency(
  { currencies: allowed }: SalesPolicy,
  currency: string | null,
): Outcome<true, CurrencyNotAllowed> {
  if (currency === null || allowed.length === 0 || allowed.includes(currency)) return accept(true);
  const message = `The organisation sells in ${allowed.join(', ')}, not in ${currency}.`;
  return refuse({ kind: 'CurrencyNotAllowed', message, allowedCurrencies: allowed });
}
