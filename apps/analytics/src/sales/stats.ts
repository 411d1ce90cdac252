import { noCurrency, type Money } from '@marquee/kernel';

/** What has been counted; `revenue` has one entry a currency, that with most orders first. */
export type Counted = {
  readonly ticketsSold: number;
  readonly ticketsHeld: number;
  readonly checkedIn: number;
  readonly revenue: readonly Money[];
  readonly updatedAt: Date | null;
};

export const nothingCounted: Counted = {
  ticketsSold: 0,
  ticketsHeld: 0,
  checkedIn: 0,
  revenue: [],
  updatedAt: null,
};

/** The one amount of an occurrence that sells in one currency, as nearly all do. */
export function mainRevenue({ revenue }: Counted): Money {
  return revenue[0] ?? { amountMinor: 0n, currency: noCurrency };
}

/** A row as the SQL answers it. Amounts come as text: neither JSON nor `numeric` of any size fits a number. */
export type CountedRow = {
  readonly ticketsSold: string | number;
  readonly ticketsHeld: string | number;
  readonly checkedIn: string | number;
  readonly revenue: readonly MoneyRow[];
  readonly updatedAt: Date | null;
};
export type MoneyRow = { readonly amountMinor: string; readonly currency: string };

export function readMoney({ amountMinor, currency }: MoneyRow): Money {
  return { amountMinor: BigInt(amountMinor), currency };
}

/**
 * The counts of a row. A count below zero can only mean that what raised it is still on its way (a projection is a
 * moment behind), and nobody can act on "minus two held": it reads as zero.
 */
export function readCounted(row: CountedRow): Counted {
  return {
    ticketsSold: Math.max(0, Number(row.ticketsSold)),
    ticketsHeld: Math.max(0, Number(row.ticketsHeld)),
    checkedIn: Math.max(0, Number(row.checkedIn)),
    revenue: row.revenue.map(readMoney),
    updatedAt: row.updatedAt,
  };
}
