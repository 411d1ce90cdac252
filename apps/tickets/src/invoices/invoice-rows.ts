import type { Transaction } from '@marquee/postgres';
import type { Invoice, InvoiceDocument, InvoiceKind } from './invoice.ts';

export type InvoiceRow = {
  readonly id: string;
  readonly kind: InvoiceKind;
  readonly year: number;
  readonly number: number;
  readonly order_id: string;
  readonly corrects_id: string | null;
  readonly issued_at: Date;
  readonly document: InvoiceDocument;
  readonly total_minor: string;
  readonly currency: string;
};

export function readInvoiceRow(row: InvoiceRow): Invoice {
  return {
    id: row.id,
    kind: row.kind,
    year: row.year,
    number: row.number,
    orderId: row.order_id,
    correctsId: row.corrects_id,
    issuedAt: row.issued_at,
    document: row.document,
    total: { amountMinor: BigInt(row.total_minor), currency: row.currency },
  };
}

export async function findInvoices(tx: Transaction, ids: readonly string[]): Promise<Invoice[]> {
  const rows = await tx.rows<InvoiceRow>('select * from invoice where id = any($1)', [ids]);
  return rows.map(readInvoiceRow);
}

/** The invoices and credit notes of orders, each order's oldest first. */
export async function findInvoicesOfOrders(tx: Transaction, orderIds: readonly string[]): Promise<Invoice[]> {
  const rows = await tx.rows<InvoiceRow>(
    'select * from invoice where order_id = any($1) order by issued_at, kind desc, number',
    [orderIds],
  );
  return rows.map(readInvoiceRow);
}

/**
 * Asks for an invoice (of an order that was paid) or a credit note (for a refund that was carried out), in the
 * transaction of the payment or refund itself. Nothing of it waits for a number.
 */
export async function requestInvoice(
  tx: Transaction,
  kind: InvoiceKind,
  { sourceId, orderId }: { readonly sourceId: string; readonly orderId: string },
): Promise<void> {
  await tx.execute(
    `insert into invoice_due (organisation_id, kind, source_id, order_id) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [tx.organisationId, kind, sourceId, orderId],
  );
}

/**
 * The last of `count` numbers of a series, which is locked until the transaction ends: whoever else issues waits, and
 * numbers that are rolled back were never given.
 */
export async function takeNumbers(
  tx: Transaction,
  kind: InvoiceKind,
  year: number,
  count: number,
): Promise<{ readonly last: number; readonly issuedAt: Date }> {
  await tx.execute(
    `insert into invoice_series (organisation_id, kind, year) values ($1, $2, $3) on conflict do nothing`,
    [tx.organisationId, kind, year],
  );
  const [row] = await tx.rows<{ last: number; issued_at: Date }>(
    `update invoice_series set last_number = last_number + $3 where kind = $1 and year = $2
     returning last_number as last, clock_timestamp() as issued_at`,
    [kind, year, count],
  );
  if (!row) throw new Error('a series that was just made is gone');
  return { last: row.last, issuedAt: row.issued_at };
}
