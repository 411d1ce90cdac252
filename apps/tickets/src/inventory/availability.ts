import { assert } from '@marquee/kernel';

/** What is left of one quota for one occurrence: never below zero, expired holds counted as free. */
export type QuotaLeft = { readonly quotaId: string; readonly size: number; readonly available: number };

export type Availability = {
  readonly status: 'NOT_ON_SALE' | 'AVAILABLE' | 'LIMITED' | 'SOLD_OUT';
  readonly available: number;
};

/** Below this part of all places, buyers are told that few are left. */
const limitedShare = 0.1;

/** A type can be sold as often as the scarcest quota that it draws on allows. */
export function availableOfType(quotas: readonly QuotaLeft[]): number {
  assert(quotas.length > 0, 'a ticket type draws on at least one quota');
  return Math.min(...quotas.map((quota) => quota.available));
}

/**
 * Over all types of an occurrence. Types that share quotas must not be counted twice, so the answer is the smaller of
 * what the types allow and what the quotas hold: exact while each type has quotas of its own or all share the same.
 */
export function availabilityOf(onSale: boolean, types: readonly (readonly QuotaLeft[])[]): Availability {
  if (!onSale || types.length === 0) return { status: 'NOT_ON_SALE', available: 0 };
  const quotas = new Map(types.flat().map((quota) => [quota.quotaId, quota]));
  const ofTypes = types.reduce((sum, quotasOfType) => sum + availableOfType(quotasOfType), 0);
  const ofQuotas = [...quotas.values()].reduce((sum, quota) => sum + quota.available, 0);
  const size = [...quotas.values()].reduce((sum, quota) => sum + quota.size, 0);
  const available = Math.min(ofTypes, ofQuotas);
  if (available === 0) return { status: 'SOLD_OUT', available };
  return { status: available <= size * limitedShare ? 'LIMITED' : 'AVAILABLE', available };
}
