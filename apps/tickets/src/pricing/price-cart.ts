import { accept, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Hold } from '../holds/hold.ts';
import { discountFor, type Voucher, type VoucherNotUsable } from '../vouchers/voucher.ts';
import { partTotals, price, type Price } from './pricing.ts';
import { findFeeRules, findTaxesOfTypes, findTaxProfile } from './rule-rows.ts';

/** A business that buys, with the VAT id that it goes by. */
export type Business = { readonly name: string; readonly countryCode: string; readonly vatId: string };

export type CartToPrice = {
  readonly holds: readonly Hold[];
  readonly voucher: Voucher | null;
  readonly business: Business | null;
  /** Of a ticket that is given for this one: it comes off the price, and its fees were paid with it. */
  readonly creditMinor?: bigint;
  /** What plugins take off. */
  readonly discounts?: CartDiscounts;
};

export type PricedCart = {
  readonly currency: string;
  readonly price: Price;
  /** What of the total falls to each hold, in the cart's sequence. */
  readonly partTotals: readonly bigint[];
  readonly reverseCharge: boolean;
};

/** By the key of the line. */
export type CartDiscounts = ReadonlyMap<string, bigint>;

/** The key of a line in its price. */
export const lineKey = (holdId: string, place: number) => `${holdId}/${place}`;

const anything = { percentBp: null, capMinor: null, ticketTypeIds: null };

/** What a cart costs by the rules as they are now. All its holds are in one currency. */
export async function priceCart(
  tx: Transaction,
  { holds, voucher, business, creditMinor, discounts }: CartToPrice,
): Promise<Outcome<PricedCart, VoucherNotUsable>> {
  const { currency } = holds[0]!.total;
  const typeIds = [...new Set(holds.flatMap((hold) => hold.lines.map((line) => line.ticketTypeId)))];
  const types = await findTaxesOfTypes(tx, typeIds);
  const lines = holds.flatMap((hold) =>
    hold.lines.map(({ ticketTypeId, quantity, unitPrice }, place) => ({
      key: lineKey(hold.id, place),
      holdId: hold.id,
      ticketTypeId,
      quantity,
      unitMinor: unitPrice.amountMinor,
      offMinor: discounts?.get(lineKey(hold.id, place)) ?? 0n,
      tax: types.get(ticketTypeId)?.tax ?? null,
    })),
  );
  const cartLines = typeIds.map((ticketTypeId) => ({
    ticketTypeId,
    eventId: types.get(ticketTypeId)?.eventId ?? '',
  }));
  const discount = voucher ? discountFor(voucher, { lines: cartLines, currency }) : null;
  if (discount && !discount.ok) return discount;
  const reverseCharge = business !== null && (await isReverseCharge(tx, business));
  const priced =
    creditMinor === undefined
      ? price({
          lines,
          discount: discount?.value ?? null,
          fees: await findFeeRules(tx, { lines: cartLines, currency }),
          reverseCharge,
        })
      : price({ lines, discount: { ...anything, amountMinor: creditMinor }, fees: [], reverseCharge });
  const shares = partTotals(
    priced,
    holds.map(({ id }) => id),
  );
  return accept({ currency, price: priced, partTotals: shares, reverseCharge });
}

async function isReverseCharge(tx: Transaction, { countryCode }: Business): Promise<boolean> {
  const profile = await findTaxProfile(tx);
  return profile !== null && profile.reverseChargeCountries.includes(countryCode);
}
