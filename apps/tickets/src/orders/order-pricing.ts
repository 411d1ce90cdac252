import type { Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { OrderLine, TaxRateFacts } from './order.ts';

export type OrderFee = {
  readonly orderId: string;
  readonly name: string;
  readonly net: Money;
  readonly tax: Money;
  readonly taxRate: TaxRateFacts | null;
};

/** What was agreed on when the order was placed, beside its lines. */
export type OrderPricing = {
  readonly id: string;
  readonly discount: Money;
  readonly voucherId: string | null;
  readonly business: {
    readonly name: string;
    readonly countryCode: string;
    readonly vatId: string;
    readonly reverseCharge: boolean;
  } | null;
};

export async function findPricings(tx: Transaction, orderIds: readonly string[]): Promise<OrderPricing[]> {
  const rows = await tx.rows<{
    id: string;
    discount_minor: string;
    currency: string;
    voucher_id: string | null;
    business: OrderPricing['business'];
  }>('select id, discount_minor, currency, voucher_id, business from ticket_order where id = any($1)', [
    orderIds,
  ]);
  return rows.map(({ id, discount_minor, currency, voucher_id: voucherId, business }) => ({
    id,
    discount: { amountMinor: BigInt(discount_minor), currency },
    voucherId,
    business,
  }));
}

/** The fees of many orders, each order's in the sequence of its rules. */
export async function findFees(tx: Transaction, orderIds: readonly string[]): Promise<OrderFee[]> {
  const rows = await tx.rows<{
    order_id: string;
    name: string;
    net_minor: string;
    tax_minor: string;
    currency: string;
    tax_rate: TaxRateFacts | null;
  }>(
    `select f.order_id, f.name, f.net_minor, f.tax_minor, f.tax_rate, o.currency
     from order_fee f join ticket_order o on o.id = f.order_id
     where f.order_id = any($1) order by f.order_id, f.place`,
    [orderIds],
  );
  return rows.map((row) => ({
    orderId: row.order_id,
    name: row.name,
    net: { amountMinor: BigInt(row.net_minor), currency: row.currency },
    tax: { amountMinor: BigInt(row.tax_minor), currency: row.currency },
    taxRate: row.tax_rate,
  }));
}

export type TaxAmount = {
  readonly name: string;
  readonly rate: number;
  readonly net: Money;
  readonly amount: Money;
};

type Taxed = Pick<OrderLine, 'net' | 'tax' | 'taxRate'>;

/** What lines and fees owe, by rate, in the sequence in which rates first come up. */
export function taxesOf(things: readonly Taxed[]): TaxAmount[] {
  const byRate = Map.groupBy(
    things.filter(({ taxRate }) => taxRate !== null),
    ({ taxRate }) => `${taxRate!.id} ${taxRate!.rateBp}`,
  );
  return [...byRate.values()].map((own) => {
    const { name, rateBp } = own[0]!.taxRate!;
    const { currency } = own[0]!.net;
    const sum = (of: (each: Taxed) => Money) => own.reduce((total, each) => total + of(each).amountMinor, 0n);
    return {
      name,
      rate: rateBp / 100,
      net: { amountMinor: sum(({ net }) => net), currency },
      amount: { amountMinor: sum(({ tax }) => tax), currency },
    };
  });
}
