import { accept, invalid, refuse, type InvalidInput, type Outcome } from '@marquee/kernel';

/** Under which terms a ticket type is sold; a type without any is open to all. */
export type SaleTerms = {
  readonly salesFrom: Date | null;
  readonly salesUntil: Date | null;
  readonly minPerOrder: number;
  /** For each occurrence, over all orders of a guest; null for no limit. */
  readonly maxPerGuest: number | null;
  /** Not listed, and held only with a voucher that unlocks it. */
  readonly hidden: boolean;
  readonly needsApproval: boolean;
  /** Time for the organiser to decide, in hours. */
  readonly decisionHours: number;
  /** The buyer names the price; the type's own is the least. */
  readonly donation: boolean;
};

export const openTerms: SaleTerms = {
  salesFrom: null,
  salesUntil: null,
  minPerOrder: 1,
  maxPerGuest: null,
  hidden: false,
  needsApproval: false,
  decisionHours: 72,
  donation: false,
};

export type NotForSaleNow = { readonly kind: 'NotOnSale'; readonly message: string };

/** Whether the type can be held at this instant by who has unlocked these hidden types. */
export function judgeSaleTerms(
  type: { readonly id: string; readonly name: string; readonly terms: SaleTerms },
  { now, unlocked }: { readonly now: Date; readonly unlocked: readonly string[] },
): Outcome<true, NotForSaleNow> {
  const { salesFrom, salesUntil, hidden } = type.terms;
  const reason =
    hidden && !unlocked.includes(type.id)
      ? `${type.name} is sold with a voucher only.`
      : salesFrom && now < salesFrom
        ? `The sale of ${type.name} has not begun yet.`
        : salesUntil && now >= salesUntil
          ? `The sale of ${type.name} is over.`
          : null;
  return reason === null ? accept(true) : refuse({ kind: 'NotOnSale', message: reason });
}

/** The most that a donation may be, in minor units: a slip of the keyboard should not pass for generosity. */
const largestDonation = 100_000_000n;

/** What one ticket costs: the type's price, or for a donation what the buyer gives, which is at least that. */
export function unitPriceOf(
  type: {
    readonly terms: SaleTerms;
    readonly price: { readonly amountMinor: bigint; readonly currency: string };
  },
  given: { readonly amountMinor: bigint; readonly currency: string } | null,
  field: string,
): Outcome<bigint, InvalidInput> {
  const { amountMinor: least, currency } = type.price;
  if (given === null) return accept(least);
  if (!type.terms.donation) return invalid(field, 'must be left out: the price of this type is fixed');
  if (given.currency !== currency) return invalid(field, `must be in ${currency}`);
  if (given.amountMinor < least || given.amountMinor > largestDonation)
    return invalid(field, `must be ${least} to ${largestDonation} minor units`);
  return accept(given.amountMinor);
}

export type Wanted = {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly maxPerOrder: number;
  readonly terms: SaleTerms;
};

/** Whether an order may be of this much of each type, its holds taken together. */
export function judgeAmounts(types: readonly Wanted[]): Outcome<true, InvalidInput> {
  for (const { name, quantity, maxPerOrder, terms } of types) {
    if (quantity > maxPerOrder) return invalid('holdIds', `must have at most ${maxPerOrder} of ${name}`);
    if (quantity < terms.minPerOrder)
      return invalid('holdIds', `must have at least ${terms.minPerOrder} of ${name}`);
  }
  return accept(true);
}

/** Hours in which the organiser decides about an order of these types; null where none of them needs that. */
export function approvalOf(types: readonly { readonly terms: SaleTerms }[]): number | null {
  const hours = types.filter(({ terms }) => terms.needsApproval).map(({ terms }) => terms.decisionHours);
  return hours.length === 0 ? null : Math.min(...hours);
}

export type GuestLimitReachedView = {
  readonly message: string;
  readonly ticketTypeId: string;
  readonly allowed: number;
};
export type GuestLimitReached = GuestLimitReachedView & { readonly kind: 'GuestLimitReached' };

export function guestLimitReached(
  type: { readonly id: string; readonly name: string },
  max: number,
  already: number,
): { readonly ok: false; readonly refusal: GuestLimitReached } {
  const allowed = Math.max(0, max - already);
  const message = `A guest may have ${max} of ${type.name}${already > 0 ? `, and has ${already} already` : ''}.`;
  return refuse({ kind: 'GuestLimitReached', message, ticketTypeId: type.id, allowed });
}
