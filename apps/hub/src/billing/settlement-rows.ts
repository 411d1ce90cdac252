import type { Transaction } from '@marquee/postgres';

export type Payment = {
  readonly invoiceId: string;
  readonly amountMinor: string;
  readonly currency: string;
  readonly receivedAt: Date;
  readonly reference: string;
};

/** Never changed once it is there. */
export type CreditNote = {
  readonly id: string;
  readonly invoiceId: string;
  readonly number: string;
  readonly netMinor: string;
  readonly taxMinor: string;
  readonly currency: string;
  readonly reason: string;
  readonly issuedAt: Date;
};

/** Of these invoices, in the order in which they were written down. */
export function paymentsOf(tx: Transaction, invoiceIds: readonly string[]): Promise<Payment[]> {
  return tx.rows(
    `select p.invoice_id as "invoiceId", p.amount_minor as "amountMinor", i.currency, p.received_at as "receivedAt",
       p.reference
     from platform_payment p join platform_invoice i on i.id = p.invoice_id
     where p.invoice_id = any($1::uuid[]) order by p.recorded_at, p.reference`,
    [invoiceIds],
  );
}

const creditNotes = `
select c.id, c.invoice_id as "invoiceId", c.number, c.net_minor as "netMinor", c.tax_minor as "taxMinor", i.currency,
  c.reason, c.issued_at as "issuedAt"
from platform_credit_note c join platform_invoice i on i.id = c.invoice_id`;

/** Of these invoices, by their numbers. */
export function creditNotesOf(tx: Transaction, invoiceIds: readonly string[]): Promise<CreditNote[]> {
  return tx.rows(`${creditNotes} where c.invoice_id = any($1::uuid[]) order by c.number`, [invoiceIds]);
}

export async function findCreditNote(tx: Transaction, id: string): Promise<CreditNote | null> {
  const [found] = await tx.rows<CreditNote>(`${creditNotes} where c.id = $1`, [id]);
  return found ?? null;
}
