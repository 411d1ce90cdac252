import type { Money } from '@marquee/kernel';

/** A price of a ticket type while it is open and, where it is limited, while some of its amount is left. */
export type PriceTier = {
  readonly id: string;
  readonly name: string;
  readonly price: Money;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** The quota that limits it; null: as many as there are. */
  readonly quotaId: string | null;
};

/** Some tickets of a type at one price. */
export type PricedPart = {
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly quotaId: string | null;
};

export function isOpen({ startsAt, endsAt }: PriceTier, now: Date): boolean {
  return (startsAt === null || startsAt <= now) && (endsAt === null || endsAt > now);
}

/**
 * What so many tickets cost: each at the first tier that is open and has one left, and those beyond all tiers at the
 * type's own price. Of four tickets the last two early birds may be two.
 */
export function priceTickets(
  quantity: number,
  { price, tiers }: { readonly price: Money; readonly tiers: readonly PriceTier[] },
  left: ReadonlyMap<string, number>,
  now: Date,
): PricedPart[] {
  const parts: PricedPart[] = [];
  let missing = quantity;
  for (const { price: unitPrice, quotaId } of tiers.filter((each) => isOpen(each, now))) {
    if (missing === 0) break;
    const fits = quotaId === null ? missing : Math.min(missing, Math.max(0, left.get(quotaId) ?? 0));
    if (fits > 0) parts.push({ quantity: fits, unitPrice, quotaId });
    missing -= fits;
  }
  if (missing > 0) parts.push({ quantity: missing, unitPrice: price, quotaId: null });
  return parts;
}
