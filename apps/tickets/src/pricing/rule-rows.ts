import type { Transaction } from '@marquee/postgres';
import type { FeeRule, TaxRate } from './pricing.ts';

export type TaxProfile = {
  readonly countryCode: string;
  readonly vatId: string | null;
  readonly reverseChargeCountries: readonly string[];
};

export async function findTaxProfile(tx: Transaction): Promise<TaxProfile | null> {
  const [row] = await tx.rows<{
    country_code: string;
    vat_id: string | null;
    reverse_charge_countries: readonly string[];
  }>('select country_code, vat_id, reverse_charge_countries from tax_profile');
  return row
    ? {
        countryCode: row.country_code,
        vatId: row.vat_id,
        reverseChargeCountries: row.reverse_charge_countries,
      }
    : null;
}

/** A rate with what it is for. */
export type StoredTaxRate = TaxRate & {
  readonly eventId: string | null;
  readonly ticketTypeId: string | null;
  readonly active: boolean;
};

type TaxRow = {
  readonly id: string;
  readonly name: string;
  readonly rate_bp: number;
  readonly inclusive: boolean;
  readonly event_id: string | null;
  readonly ticket_type_id: string | null;
  readonly active: boolean;
};

const readTax = ({ id, name, rate_bp: rateBp, inclusive }: Omit<TaxRow, 'active'>): TaxRate => ({
  id,
  name,
  rateBp,
  inclusive,
});

export async function findTaxRates(tx: Transaction): Promise<StoredTaxRate[]> {
  const rows = await tx.rows<TaxRow>('select * from tax_rate order by created_at, id limit 500');
  return rows.map((row) => ({
    ...readTax(row),
    eventId: row.event_id,
    ticketTypeId: row.ticket_type_id,
    active: row.active,
  }));
}

export type TaxOfType = { readonly eventId: string; readonly tax: TaxRate | null };

/** Each type's event and tax: the most particular rate wins, of these the newest. */
export async function findTaxesOfTypes(
  tx: Transaction,
  ticketTypeIds: readonly string[],
): Promise<ReadonlyMap<string, TaxOfType>> {
  const rows = await tx.rows<
    { readonly type_id: string; readonly type_event_id: string } & { [K in keyof TaxRow]: TaxRow[K] | null }
  >(
    `select distinct on (t.id) t.id as type_id, t.event_id as type_event_id, r.* from ticket_type t
     left join tax_rate r on r.active
       and (r.ticket_type_id = t.id
         or r.ticket_type_id is null and (r.event_id = t.event_id or r.event_id is null))
     where t.id = any($1)
     order by t.id, r.ticket_type_id is null, r.event_id is null, r.created_at desc, r.id desc`,
    [ticketTypeIds],
  );
  return new Map(
    rows.map((row) => [
      row.type_id,
      { eventId: row.type_event_id, tax: row.rate_bp === null ? null : readTax(row as TaxRow) },
    ]),
  );
}

/** A rule as the organiser keeps it. */
export type StoredFeeRule = {
  readonly id: string;
  readonly name: string;
  readonly per: FeeRule['per'];
  readonly percentBp: number | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
  readonly eventId: string | null;
  readonly ticketTypeId: string | null;
  readonly taxRateId: string | null;
  readonly active: boolean;
  readonly refundable: boolean;
};

type FeeRow = {
  readonly id: string;
  readonly name: string;
  readonly per: FeeRule['per'];
  readonly percent_bp: number | null;
  readonly amount_minor: string | null;
  readonly currency: string | null;
  readonly event_id: string | null;
  readonly ticket_type_id: string | null;
  readonly tax_rate_id: string | null;
  readonly active: boolean;
  readonly tax_name: string | null;
  readonly rate_bp: number | null;
  readonly inclusive: boolean | null;
  readonly refundable: boolean;
};

const feesSql = `select f.*, r.name as tax_name, r.rate_bp, r.inclusive from fee_rule f
  left join tax_rate r on r.id = f.tax_rate_id`;

export async function findStoredFeeRules(tx: Transaction): Promise<StoredFeeRule[]> {
  const rows = await tx.rows<FeeRow>(`${feesSql} order by f.created_at, f.id limit 500`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    per: row.per,
    percentBp: row.percent_bp,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    currency: row.currency,
    eventId: row.event_id,
    ticketTypeId: row.ticket_type_id,
    taxRateId: row.tax_rate_id,
    active: row.active,
    refundable: row.refundable,
  }));
}

/** The fees of a cart: of all events or of its own, in its currency where they are fixed. */
export async function findFeeRules(
  tx: Transaction,
  cart: {
    readonly lines: readonly { readonly ticketTypeId: string; readonly eventId: string }[];
    readonly currency: string;
  },
): Promise<FeeRule[]> {
  const rows = await tx.rows<FeeRow>(
    `${feesSql} where f.active and (f.currency is null or f.currency = $1)
       and (f.event_id is null or f.event_id = any($2)) and (f.ticket_type_id is null or f.ticket_type_id = any($3))
     order by f.created_at, f.id`,
    [
      cart.currency,
      cart.lines.map(({ eventId }) => eventId),
      cart.lines.map(({ ticketTypeId }) => ticketTypeId),
    ],
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    per: row.per,
    percentBp: row.percent_bp,
    amountMinor: row.amount_minor === null ? null : BigInt(row.amount_minor),
    ticketTypeIds: typesOf(row, cart.lines),
    refundable: row.refundable,
    tax:
      row.tax_rate_id === null
        ? null
        : { id: row.tax_rate_id, name: row.tax_name!, rateBp: row.rate_bp!, inclusive: row.inclusive! },
  }));
}

function typesOf(
  { event_id: eventId, ticket_type_id: typeId }: FeeRow,
  lines: readonly { readonly ticketTypeId: string; readonly eventId: string }[],
): readonly string[] | null {
  if (typeId !== null) return [typeId];
  if (eventId === null) return null;
  return lines.filter((line) => line.eventId === eventId).map((line) => line.ticketTypeId);
}
