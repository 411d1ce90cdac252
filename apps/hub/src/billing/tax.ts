import { fractionOfMoney, type Money } from '@marquee/kernel';

/** Why an invoice has the tax that it has. */
export type TaxTreatment = 'STANDARD' | 'REVERSE_CHARGE' | 'OUT_OF_SCOPE' | 'NOT_CHARGED';

export type TaxRate = { readonly name: string; readonly rateBp: number };

export type Taxation = {
  readonly treatment: TaxTreatment;
  readonly name: string | null;
  readonly rateBp: number;
};

/** Where none is charged. */
export const untaxed: Taxation = { treatment: 'NOT_CHARGED', name: null, rateBp: 0 };

/** Where who issues is, and the rates that it charges, by country. */
export type TaxTable = {
  /** Null: the installation charges no tax. */
  readonly sellerCountry: string | null;
  readonly rates: ReadonlyMap<string, TaxRate>;
};

export type Taxpayer = { readonly countryCode: string; readonly vatId: string | null };

/** Members of the European Union; ISO 3166. */
export const union: ReadonlySet<string> = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
);

/**
 * The tax of what is supplied by electronic means (directive 2006/112/EC, articles 44, 58, 59c and 196). A business in
 * another country of the Union owes it itself; who else is there pays the rate of its country where the seller charges
 * that, and the seller's own otherwise. Elsewhere there is none unless the seller charges one. Of whom nothing is known
 * it is taken that it is where the seller is.
 */
export function taxationOf({ sellerCountry, rates }: TaxTable, taxpayer: Taxpayer | null): Taxation {
  if (sellerCountry === null) return untaxed;
  const country = taxpayer?.countryCode ?? sellerCountry;
  const isAbroad = country !== sellerCountry;
  const isWithinUnion = union.has(sellerCountry) && union.has(country);
  if (isAbroad && isWithinUnion && taxpayer?.vatId) return { ...untaxed, treatment: 'REVERSE_CHARGE' };
  const rate = rates.get(country) ?? (isWithinUnion ? rates.get(sellerCountry) : undefined);
  if (rate) return { treatment: 'STANDARD', ...rate };
  return isAbroad ? { ...untaxed, treatment: 'OUT_OF_SCOPE' } : untaxed;
}

/** Of the whole net amount, rounded once. */
export function taxOn(net: Money, rateBp: number): Money {
  return fractionOfMoney(net, rateBp, 10_000);
}
