import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { InvoiceLine } from './plan.ts';

/** What an organisation owes for a period's use of the API. Never changed once it is there. */
export type PlatformInvoice = {
  readonly id: string;
  /** From 1 in each organisation, without a gap. */
  readonly number: number;
  readonly plan: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly requests: string;
  readonly lines: readonly (Pick<InvoiceLine, 'kind' | 'quantity'> & { readonly amountMinor: string })[];
  readonly totalMinor: string;
  readonly currency: string;
  readonly issuedAt: Date;
};

const columns = `id, number, plan, period_start::timestamp at time zone 'UTC' as "periodStart",
  period_end::timestamp at time zone 'UTC' as "periodEnd", requests, lines, total_minor as "totalMinor", currency,
  issued_at as "issuedAt"`;

export async function platformInvoicesById(
  tx: Transaction,
  ids: readonly string[],
): Promise<PlatformInvoice[]> {
  return tx.rows(`select ${columns} from platform_invoice where id = any($1::uuid[])`, [ids]);
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

export function invoiceNumber({ number }: Pick<PlatformInvoice, 'number'>): string {
  return `API-${String(number).padStart(6, '0')}`;
}
