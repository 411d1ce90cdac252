import { assert, noCurrency, splitMoney } from '@marquee/kernel';

/** A part of the price in basis points: 1,900 are 19 %. */
export type BasisPoints = number;

export type TaxRate = {
  readonly id: string;
  readonly name: string;
  readonly rateBp: BasisPoints;
  /** Whether prices contain the tax already, or it comes on top. */
  readonly inclusive: boolean;
};

/** A line as the holds agreed on it; `key` names it in the answer. */
export type LineToPrice = {
  readonly key: string;
  readonly holdId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly unitMinor: bigint;
  /** What plugins take off the line, before any voucher; no more counts than there is. */
  readonly offMinor?: bigint;
  readonly tax: TaxRate | null;
};

/** What a voucher takes off. `capMinor`: what is left of its budget. */
export type Discount = {
  readonly percentBp: BasisPoints | null;
  readonly amountMinor: bigint | null;
  readonly capMinor: bigint | null;
  /** The ticket types that it is for; null for all. */
  readonly ticketTypeIds: readonly string[] | null;
};

export type FeeRule = {
  readonly id: string;
  readonly name: string;
  readonly per: 'TICKET' | 'ORDER';
  readonly percentBp: BasisPoints | null;
  /** In the order's currency: a fixed fee in another does not apply. */
  readonly amountMinor: bigint | null;
  /** The ticket types that it is for; null for all. An order's fee takes them together. */
  readonly ticketTypeIds: readonly string[] | null;
  readonly tax: TaxRate | null;
  /** Whether it goes back with tickets that are given back. */
  readonly refundable: boolean;
};

export type ToPrice = {
  readonly lines: readonly LineToPrice[];
  readonly discount: Discount | null;
  readonly fees: readonly FeeRule[];
  /** A business elsewhere owes the tax itself: none is charged, and prices that contain it lose it. */
  readonly reverseCharge: boolean;
};

type Taxed = {
  readonly netMinor: bigint;
  readonly taxMinor: bigint;
  /** What is to be paid: net and tax. */
  readonly totalMinor: bigint;
  readonly tax: TaxRate | null;
};

export type PricedLine = LineToPrice & Taxed & { readonly discountMinor: bigint };
export type PricedFee = Taxed & {
  readonly ruleId: string;
  readonly name: string;
  readonly refundable: boolean;
};

export type Price = {
  readonly lines: readonly PricedLine[];
  readonly fees: readonly PricedFee[];
  /** The lines, net. */
  readonly linesMinor: bigint;
  readonly discountMinor: bigint;
  /** What of the discount the voucher gives. */
  readonly voucherMinor: bigint;
  /** The fees, net. */
  readonly feesMinor: bigint;
  readonly taxMinor: bigint;
  /** linesMinor + feesMinor + taxMinor, always. */
  readonly totalMinor: bigint;
};

/**
 * The price of a cart: what plugins take off, then the voucher, then fees on what is left, then tax on each line and
 * each fee by itself, rounded there (half up). What is split is split by largest remainder. The answer does not depend on the sequence of
 * the lines: where rounding must favour one of them, it goes by what they are.
 */
export function price({ lines, discount, fees, reverseCharge }: ToPrice): Price {
  const canonical = lines.toSorted((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
  const vouchers = discountsOf(canonical, discount);
  const byKey = new Map(
    canonical.map((line, place): [string, PricedLine] => {
      const discountMinor = offOf(line) + vouchers[place]!;
      const charged = subtotal(line) - discountMinor;
      assert(charged >= 0n, 'a discount takes no more off than there is');
      return [line.key, { ...line, discountMinor, ...taxed(charged, line.tax, reverseCharge) }];
    }),
  );
  assert(byKey.size === lines.length, 'each line has a key of its own');
  const pricedLines = lines.map((line) => byKey.get(line.key)!);
  const pricedFees = fees.flatMap((rule) => feeOf(rule, pricedLines, reverseCharge));
  const linesMinor = sum(pricedLines.map((line) => line.netMinor));
  const feesMinor = sum(pricedFees.map((fee) => fee.netMinor));
  const taxMinor = sum([...pricedLines, ...pricedFees].map((each) => each.taxMinor));
  return {
    lines: pricedLines,
    fees: pricedFees,
    linesMinor,
    discountMinor: sum(pricedLines.map((line) => line.discountMinor)),
    voucherMinor: sum(vouchers),
    feesMinor,
    taxMinor,
    totalMinor: linesMinor + feesMinor + taxMinor,
  };
}

/** What a line is, whatever its place: ids of lines come last, where nothing else tells two of them apart. */
function orderKey({ ticketTypeId, unitMinor, quantity, holdId, key }: LineToPrice): string {
  return [ticketTypeId, `${unitMinor}`.padStart(20, '0'), `${quantity}`.padStart(10, '0'), holdId, key].join(
    ' ',
  );
}

function subtotal({ unitMinor, quantity }: LineToPrice): bigint {
  return unitMinor * BigInt(quantity);
}

const offOf = (line: LineToPrice) => least(line.offMinor ?? 0n, subtotal(line));
const sum = (amounts: readonly bigint[]) => amounts.reduce((total, each) => total + each, 0n);
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const isFor = (ids: readonly string[] | null, id: string) => ids === null || ids.includes(id);

/** `amount * part / whole`, rounded half up; nothing here is negative. */
export function share(amount: bigint, part: bigint, whole: bigint): bigint {
  return (2n * amount * part + whole) / (2n * whole);
}

function discountsOf(lines: readonly LineToPrice[], discount: Discount | null): bigint[] {
  if (!discount) return lines.map(() => 0n);
  const worth = lines.map((line) =>
    isFor(discount.ticketTypeIds, line.ticketTypeId) ? subtotal(line) - offOf(line) : 0n,
  );
  const percent = worth.map((each) => share(each, BigInt(discount.percentBp ?? 0), 10_000n));
  const amount = least(discount.amountMinor ?? 0n, sum(worth) - sum(percent));
  const wanted = addUp(percent, splitBy(amount, addUp(worth, percent, -1n)));
  const cap = discount.capMinor;
  return cap === null || sum(wanted) <= cap ? wanted : splitBy(cap, wanted);
}

function addUp(a: readonly bigint[], b: readonly bigint[], sign = 1n): bigint[] {
  return a.map((each, place) => each + sign * b[place]!);
}

/** Shares in proportion to the weights that add up exactly; none is larger than its weight where the amount is not. */
export function splitBy(amount: bigint, weights: readonly bigint[]): bigint[] {
  const whole = sum(weights);
  if (amount === 0n || whole === 0n) return weights.map(() => 0n);
  // splitMoney weighs by numbers: amounts beyond 2^53 are no prices of tickets.
  const parts = splitMoney({ amountMinor: amount, currency: noCurrency }, weights.map(Number));
  return parts.map((part) => part.amountMinor);
}

function taxed(chargedMinor: bigint, tax: TaxRate | null, reverseCharge: boolean): Taxed {
  if (!tax) return { netMinor: chargedMinor, taxMinor: 0n, totalMinor: chargedMinor, tax };
  const rate = BigInt(tax.rateBp);
  const taxMinor = tax.inclusive
    ? share(chargedMinor, rate, 10_000n + rate)
    : share(chargedMinor, rate, 10_000n);
  const netMinor = tax.inclusive ? chargedMinor - taxMinor : chargedMinor;
  if (reverseCharge) return { netMinor, taxMinor: 0n, totalMinor: netMinor, tax };
  return { netMinor, taxMinor, totalMinor: netMinor + taxMinor, tax };
}

/** A fee for what costs something: who pays nothing for a ticket pays no fee for it. */
function feeOf(rule: FeeRule, lines: readonly PricedLine[], reverseCharge: boolean): PricedFee[] {
  const charged = lines
    .filter((line) => isFor(rule.ticketTypeIds, line.ticketTypeId))
    .map((line) => ({ quantity: line.quantity, minor: subtotal(line) - line.discountMinor }))
    .filter(({ minor }) => minor > 0n);
  if (charged.length === 0) return [];
  const count = rule.per === 'ORDER' ? 1n : sum(charged.map(({ quantity }) => BigInt(quantity)));
  const base = sum(charged.map(({ minor }) => minor));
  const fixed = (rule.amountMinor ?? 0n) * count;
  const minor = fixed + share(base, BigInt(rule.percentBp ?? 0), 10_000n);
  if (minor === 0n) return [];
  const { id: ruleId, name, refundable } = rule;
  return [{ ruleId, name, refundable, ...taxed(minor, rule.tax, reverseCharge) }];
}

/**
 * What of the whole falls to each hold, its lines and its share of the fees: fees go by what the lines cost, by largest
 * remainder. The shares add up to the total.
 */
export function partTotals({ lines, fees }: Price, holdIds: readonly string[]): bigint[] {
  const own = holdIds.map((id) =>
    sum(lines.filter((line) => line.holdId === id).map((line) => line.totalMinor)),
  );
  return addUp(own, splitBy(sum(fees.map((fee) => fee.totalMinor)), own));
}
