import { accept, notFound, type InvalidInput, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Hold } from '../holds/hold.ts';
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import { findOccurrence } from '../occurrences/replicas.ts';
import { priceCart, type Business, type CartDiscounts, type PricedCart } from '../pricing/price-cart.ts';
import { approvalOf, judgeAmounts, type GuestLimitReached, type Wanted } from '../pricing/sale-terms.ts';
import { findTypesWithTerms } from '../pricing/sale-terms-rows.ts';
import { lockUsableVoucher } from '../vouchers/use-voucher.ts';
import { judgeValid, type Voucher, type VoucherNotUsable } from '../vouchers/voucher.ts';
import { judgeGuestLimits } from './guest-limits.ts';
import { occurrencesOf } from './order-parts.ts';

/** Holds that this transaction has locked and found live, and who wants them. */
export type CartToJudge = {
  readonly holds: readonly Hold[];
  readonly now: Date;
  readonly guestId: string;
  readonly voucher: Voucher | null;
  readonly business: Business | null;
  readonly discounts: CartDiscounts;
};

export type JudgedCart = {
  readonly voucher: Voucher | null;
  readonly priced: PricedCart;
  readonly approvalHours: number | null;
};

/** Whether every occurrence of the cart is still for sale. */
export async function judgeOccurrences(
  tx: Transaction,
  { holds, now }: Pick<CartToJudge, 'holds' | 'now'>,
): Promise<Outcome<true, NotOnSale | NotFound>> {
  for (const occurrenceId of occurrencesOf(holds)) {
    const found = await findOccurrence(tx, occurrenceId);
    if (!found) return notFound('The occurrence');
    const onSale = judgeOnSale(found.occurrence, now);
    if (!onSale.ok) return onSale;
  }
  return accept(true);
}

/** Amounts, voucher and guest's limits, the latter two under their locks; then the price. */
export async function judgeCart(
  tx: Transaction,
  cart: CartToJudge,
): Promise<Outcome<JudgedCart, InvalidInput | VoucherNotUsable | GuestLimitReached>> {
  const { holds, now, guestId, business, discounts } = cart;
  const types = await wantedTypes(tx, holds);
  const amounts = judgeAmounts(types);
  if (!amounts.ok) return amounts;
  const voucher = cart.voucher ? await lockUsableVoucher(tx, cart.voucher.id, guestId) : accept(null);
  if (!voucher.ok) return voucher;
  const valid = voucher.value ? judgeValid(voucher.value, now) : accept(null);
  if (!valid.ok) return valid;
  const lines = holds.flatMap((hold) =>
    hold.lines.map((line) => ({ ...line, occurrenceId: hold.occurrenceId })),
  );
  const limits = await judgeGuestLimits(tx, types, { guestId, lines, butOrderId: null });
  if (!limits.ok) return limits;
  const priced = await priceCart(tx, { holds, voucher: voucher.value, business, discounts });
  return priced.ok
    ? accept({ voucher: voucher.value, priced: priced.value, approvalHours: approvalOf(types) })
    : priced;
}

/** Each type of the cart with how many of it, over all holds: limits are for each occurrence's hold taken together. */
async function wantedTypes(tx: Transaction, holds: readonly Hold[]): Promise<Wanted[]> {
  const quantities = new Map<string, Map<string, number>>();
  for (const hold of holds)
    for (const { ticketTypeId, quantity } of hold.lines) {
      const byOccurrence = quantities.get(ticketTypeId) ?? new Map<string, number>();
      byOccurrence.set(hold.occurrenceId, (byOccurrence.get(hold.occurrenceId) ?? 0) + quantity);
      quantities.set(ticketTypeId, byOccurrence);
    }
  const types = await findTypesWithTerms(tx, [...quantities.keys()]);
  return types.flatMap((type) =>
    [...(quantities.get(type.id)?.values() ?? [])].map((quantity) => ({ ...type, quantity })),
  );
}
