import type { TaxRate, TaxTable } from './tax.ts';

/** Who invoices are from and to, as printed. */
export type Party = {
  readonly name: string;
  readonly address: string;
  readonly countryCode: string;
  readonly vatId: string | null;
};

/** How the operator of an installation invoices organisations. */
export type BillingTerms = {
  /** Null: invoices name nobody and have no tax. */
  readonly seller: Party | null;
  /** What numbers of invoices begin with; another seller takes another. */
  readonly series: string;
  readonly taxes: ReadonlyMap<string, TaxRate>;
  readonly dueDays: number;
  /** How long an invoice may be overdue before the plan is restricted. */
  readonly restrictAfterDays: number;
};

export const defaultTerms: BillingTerms = {
  seller: null,
  series: 'API',
  taxes: new Map(),
  dueDays: 14,
  restrictAfterDays: 14,
};

export function taxTableOf({ seller, taxes }: BillingTerms): TaxTable {
  return { sellerCountry: seller?.countryCode ?? null, rates: taxes };
}
