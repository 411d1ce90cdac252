import { money, subtractMoney, type Money } from '@marquee/kernel';
import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { InvoiceLine } from '../plans/plan.ts';
import type { Taxation } from './tax.ts';
import type { Party } from './terms.ts';

/** What is printed beside lines and amounts; frozen when it is issued. */
export type InvoiceDocument = {
  readonly seller: Party | null;
  readonly customer: Party | null;
  readonly tax: Taxation;
};

/** What an organisation owes for a period. Once it is there only what became of it changes: paid, credited, overdue. */
export type PlatformInvoice = {
  readonly id: string;
  /** From 1 in each organisation. */
  readonly ordinal: number;
  /** In the seller's series of a year; null for those issued before there was one. */
  readonly fullNumber: string | null;
  readonly plan: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly requests: string;
  /** Those of earlier releases name neither plan nor days: theirs are the invoice's. */
  readonly lines: readonly (Pick<InvoiceLine, 'kind' | 'quantity'> &
    Partial<Pick<InvoiceLine, 'plan' | 'days'>> & { readonly amountMinor: string })[];
  readonly netMinor: string;
  readonly taxMinor: string;
  readonly paidMinor: string;
  /** Taken back by credit notes, tax included. */
  readonly creditedMinor: string;
  readonly currency: string;
  /** Null for those of earlier releases, which had no tax. */
  readonly document: InvoiceDocument | null;
  readonly issuedAt: Date;
  readonly dueAt: Date;
  readonly overdueAt: Date | null;
};

export type InvoiceStatus = 'ISSUED' | 'OVERDUE' | 'PAID' | 'VOID';

const columns = `id, number as ordinal, full_number as "fullNumber", plan,
  period_start::timestamp at time zone 'UTC' as "periodStart", period_end::timestamp at time zone 'UTC' as "periodEnd",
  requests, lines, total_minor as "netMinor", tax_minor as "taxMinor", paid_minor as "paidMinor",
  credited_minor as "creditedMinor", currency, document, issued_at as "issuedAt", due_at as "dueAt",
  overdue_at as "overdueAt"`;

/** What `due` is in SQL. */
export const dueMinor = 'total_minor + tax_minor - paid_minor - credited_minor';

export async function platformInvoicesById(
  tx: Transaction,
  ids: readonly string[],
): Promise<PlatformInvoice[]> {
  return tx.rows(`select ${columns} from platform_invoice where id = any($1::uuid[])`, [ids]);
}

/** Nobody else pays, credits or duns it until the transaction ends. */
export async function lockPlatformInvoice(tx: Transaction, id: string): Promise<PlatformInvoice | null> {
  const [found] = await tx.rows<PlatformInvoice>(
    `select ${columns} from platform_invoice where id = $1 for update`,
    [id],
  );
  return found ?? null;
}

/** Notes of those of the organisation that were to be paid by now that they are overdue; answers those that were not yet. */
export async function markOverdue(tx: Transaction, now: Date): Promise<PlatformInvoice[]> {
  return tx.rows(
    `update platform_invoice set overdue_at = $1 where overdue_at is null and due_at <= $1 and ${dueMinor} > 0
     returning ${columns}`,
    [now],
  );
}

/** The newest first. */
export async function platformInvoicesPage(
  tx: Transaction,
  { first, after }: KeysetPage,
): Promise<PlatformInvoice[]> {
  return tx.rows(
    `select ${columns} from platform_invoice where $1::int is null or number < $1 order by number desc limit $2`,
    [after?.[0] ?? null, first + 1],
  );
}

/** An amount as events tell it. */
export function told({ amountMinor, currency }: Money): { amountMinor: string; currency: string } {
  return { amountMinor: String(amountMinor), currency };
}

export function invoiceNumber({ fullNumber, ordinal }: PlatformInvoice): string {
  return fullNumber ?? `API-${String(ordinal).padStart(6, '0')}`;
}

/** What an invoice or a credit note is of. */
export type Amounts = Pick<PlatformInvoice, 'netMinor' | 'taxMinor' | 'currency'>;

export function grossOf({ netMinor, taxMinor, currency }: Amounts): Money {
  return money(BigInt(netMinor) + BigInt(taxMinor), currency);
}

/** What is still to be paid; below zero where more was paid than is owed, which is to be paid back. */
export function dueOf(invoice: PlatformInvoice): Money {
  const { paidMinor, creditedMinor, currency } = invoice;
  return subtractMoney(grossOf(invoice), money(BigInt(paidMinor) + BigInt(creditedMinor), currency));
}

/** What was taken back as a whole and never paid is void; what is owed is issued, and overdue once that was told. */
export function statusOf(invoice: PlatformInvoice): InvoiceStatus {
  if (dueOf(invoice).amountMinor > 0n) return invoice.overdueAt === null ? 'ISSUED' : 'OVERDUE';
  return BigInt(invoice.creditedMinor) > 0n && BigInt(invoice.paidMinor) === 0n ? 'VOID' : 'PAID';
}
