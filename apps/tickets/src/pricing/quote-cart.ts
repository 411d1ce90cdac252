import {
  accept,
  invalid,
  notFound,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { mayActOn } from '../access.ts';
import { findHolds } from '../holds/hold-rows.ts';
import { holdExpired, judgeHoldLive, type HoldExpired, type HoldNotActive } from '../holds/hold.ts';
import { viewSchedule, type InstalmentView } from '../instalments/payment-plan.ts';
import { findOffer } from '../instalments/schedule-order.ts';
import { taxesOf, type TaxAmount } from '../orders/order-pricing.ts';
import { askDiscounts } from '../plugins/cart-hooks.ts';
import type { Services } from '../services.ts';
import {
  isUsedUp,
  judgeValid,
  normaliseCode,
  voucherNotUsable,
  type VoucherNotUsable,
} from '../vouchers/voucher.ts';
import { findVoucherByCode } from '../vouchers/voucher-rows.ts';
import { priceCart, type Business, type PricedCart } from './price-cart.ts';

export type QuoteRequest = {
  readonly holdIds: readonly string[];
  readonly voucherCode: string | null;
  readonly business: Business | null;
};

export type QuoteLineView = {
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly discount: Money;
  readonly net: Money;
  readonly tax: Money;
};

export type QuoteView = {
  readonly lines: readonly QuoteLineView[];
  readonly discount: Money;
  readonly fees: readonly { readonly name: string; readonly net: Money; readonly tax: Money }[];
  readonly taxes: readonly TaxAmount[];
  readonly reverseCharge: boolean;
  readonly total: Money;
  /** Null where instalments are not offered. */
  readonly paymentSchedule: readonly InstalmentView[] | null;
};

type Refusals = HoldExpired | HoldNotActive | VoucherNotUsable | InvalidInput | NotFound | Unavailable;

/** What these holds would cost now; nothing is promised but what check-out then freezes. */
export async function quoteCart(
  services: Services,
  viewer: Viewer,
  { holdIds, voucherCode, business }: QuoteRequest,
): Promise<Outcome<QuoteView, Refusals>> {
  const { database } = services;
  const discounts = await askDiscounts(services, viewer, () =>
    database.read(viewer, async (tx) =>
      (await findHolds(tx, holdIds)).filter((hold) => mayActOn(viewer, hold)),
    ),
  );
  if (!discounts.ok) return discounts;
  return database.read(viewer, async (tx): Promise<Outcome<QuoteView, Refusals>> => {
    const found = new Map((await findHolds(tx, holdIds)).map((hold) => [hold.id, hold]));
    const holds = holdIds.flatMap((id) => found.get(id) ?? []);
    if (holds.length !== holdIds.length || !holds.every((hold) => mayActOn(viewer, hold)))
      return notFound('The hold');
    const [clock] = await tx.rows<{ now: Date }>('select now() as now');
    for (const hold of holds) {
      const live = judgeHoldLive(hold, clock!.now);
      if (!live.ok) return live;
    }
    if (holds.length === 0) return holdExpired();
    if (holds.some((hold) => hold.total.currency !== holds[0]!.total.currency))
      return invalid('holdIds', 'must all be in one currency');
    const voucher = voucherCode === null ? null : await findVoucherByCode(tx, normaliseCode(voucherCode));
    if (voucherCode !== null && !voucher)
      return invalid('voucherCode', 'is not a voucher of this organisation');
    const valid = voucher ? judgeValid(voucher, clock!.now) : accept(null);
    if (!valid.ok) return valid;
    if (voucher && isUsedUp(voucher)) return voucherNotUsable('USED_UP');
    const priced = await priceCart(tx, { holds, voucher, business, discounts: discounts.value });
    if (!priced.ok) return priced;
    const occurrences = new Map(holds.map((hold) => [hold.id, hold.occurrenceId]));
    const view = toView(priced.value, occurrences);
    const offered = await findOffer(tx, holds, { total: view.total, now: clock!.now });
    const nothing = { amountMinor: 0n, currency: view.total.currency };
    const paymentSchedule = offered && viewSchedule(offered.schedule, nothing, clock!.now);
    return accept({ ...view, paymentSchedule });
  });
}

function toView(
  { currency, price, reverseCharge }: PricedCart,
  occurrences: ReadonlyMap<string, string>,
): Omit<QuoteView, 'paymentSchedule'> {
  const money = (amountMinor: bigint): Money => ({ amountMinor, currency });
  const taxed = ({ netMinor, taxMinor }: { readonly netMinor: bigint; readonly taxMinor: bigint }) => ({
    net: money(netMinor),
    tax: money(taxMinor),
  });
  return {
    lines: price.lines.map((line) => ({
      occurrenceId: occurrences.get(line.holdId)!,
      ticketTypeId: line.ticketTypeId,
      quantity: line.quantity,
      unitPrice: money(line.unitMinor),
      discount: money(line.discountMinor),
      ...taxed(line),
    })),
    discount: money(price.discountMinor),
    fees: price.fees.map((fee) => ({ name: fee.name, ...taxed(fee) })),
    taxes: taxesOf([...price.lines, ...price.fees].map((each) => ({ ...taxed(each), taxRate: each.tax }))),
    reverseCharge,
    total: money(price.totalMinor),
  };
}
