import type { Transaction } from '@marquee/postgres';
import type { Customer, InvoiceLine, Seller, TaxName } from './invoice.ts';

/** What an invoice of an order is made of: as frozen on the order when it was placed. */
export type OrderFacts = {
  readonly seller: Seller;
  readonly customer: Customer;
  readonly orderNumber: string;
  readonly currency: string;
  readonly reverseCharge: boolean;
  readonly lines: readonly InvoiceLine[];
};

type OrderRow = {
  readonly id: string;
  readonly number: string;
  readonly currency: string;
  readonly guest_name: string | null;
  readonly business: {
    readonly name?: string;
    readonly vatId?: string | null;
    readonly reverseCharge?: boolean;
  } | null;
};

type LineRow = {
  readonly order_id: string;
  readonly description: string;
  readonly quantity: number;
  readonly unit_price_minor: string | null;
  readonly discount_minor: string;
  readonly net_minor: string;
  readonly tax_minor: string;
  readonly tax_rate: TaxName | null;
};

/** Those of the orders that cost something: what is free needs no invoice. */
export async function findFactsOfOrders(
  tx: Transaction,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderFacts>> {
  const seller = await findSeller(tx);
  const orders = await tx.rows<OrderRow>(
    `select o.id, o.number, o.currency, o.business, g.name as guest_name
     from ticket_order o left join guest g on g.id = o.guest_id where o.id = any($1) and o.total_minor > 0`,
    [orderIds],
  );
  const lines = Map.groupBy(await findLines(tx, orderIds), (row) => row.order_id);
  return new Map(
    orders.map((order) => [
      order.id,
      {
        seller,
        customer: {
          name: order.guest_name ?? '',
          company: order.business?.name ?? null,
          taxId: order.business?.vatId ?? null,
        },
        orderNumber: order.number,
        currency: order.currency,
        reverseCharge: order.business?.reverseCharge ?? false,
        lines: (lines.get(order.id) ?? []).map(readLine),
      },
    ]),
  );
}

async function findLines(tx: Transaction, orderIds: readonly string[]): Promise<LineRow[]> {
  return tx.rows<LineRow>(
    `select l.order_id, l.place, 0 as fee, concat_ws(', ', t.name, nullif(c.event_title, ''),
              to_char(c.starts_at at time zone c.time_zone, 'YYYY-MM-DD HH24:MI')) as description,
            l.quantity, l.unit_price_minor, l.discount_minor,
            coalesce(l.net_minor, l.quantity * l.unit_price_minor - l.discount_minor) as net_minor, l.tax_minor,
            l.tax_rate
     from order_line l
     left join ticket_type t on t.id = l.ticket_type_id
     left join occurrence c on c.id = l.occurrence_id
     where l.order_id = any($1)
     union all
     select f.order_id, f.place, 1, f.name, 1, null, 0, f.net_minor, f.tax_minor, f.tax_rate
     from order_fee f where f.order_id = any($1)
     order by order_id, fee, place`,
    [orderIds],
  );
}

function readLine(row: LineRow): InvoiceLine {
  return {
    description: row.description,
    quantity: row.quantity,
    unitPriceMinor: row.unit_price_minor,
    discountMinor: row.discount_minor,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    tax: row.tax_rate && { name: row.tax_rate.name, rateBp: row.tax_rate.rateBp },
  };
}

/** The organisation as it wants to be printed; one that has not said so yet is named as the organiser. */
export async function findSeller(tx: Transaction): Promise<Seller> {
  const [row] = await tx.rows<{
    name: string;
    address: string;
    tax_id: string | null;
    email: string | null;
    note: string | null;
  }>('select name, address, tax_id, email, note from invoice_issuer');
  if (!row) return { name: 'The organiser', address: '', taxId: null, email: null, note: null };
  return { name: row.name, address: row.address, taxId: row.tax_id, email: row.email, note: row.note };
}
