import { appendMany, streamId } from '@marquee/event-log';
import { newUuid, type Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Services } from '../services.ts';
import { findFactsOfOrders, type OrderFacts } from './invoice-facts.ts';
import {
  composeCreditNote,
  composeInvoice,
  invoiceNumber,
  type InvoiceDocument,
  type InvoiceKind,
} from './invoice.ts';
import { findInvoicesOfOrders, takeNumbers } from './invoice-rows.ts';

type Due = { readonly kind: InvoiceKind; readonly source_id: string; readonly order_id: string };
type Draft = {
  readonly due: Due;
  readonly document: InvoiceDocument;
  readonly correctsId: string | null;
};

/** Issued in one go at most: the series is locked that long. */
export const issueLimit = 200;

/**
 * Issues what is due, oldest first, in one transaction: numbers, documents and events stand or fall together. Answers
 * how many were worked off; what another process is just issuing is left to it.
 */
export async function issueDueInvoices(
  services: Services,
  scope: { readonly organisationId: string },
): Promise<number> {
  return services.database.transaction(scope, async (tx) => {
    // Credit notes after the invoices that they correct.
    let done = 0;
    for (const kind of ['INVOICE', 'CREDIT_NOTE'] as const) done += await issueKind(tx, kind);
    tx.afterCommit(services.wake);
    return done;
  });
}

async function issueKind(tx: Transaction, kind: InvoiceKind): Promise<number> {
  const dues = await tx.rows<Due>(
    `select kind, source_id, order_id from invoice_due d where kind = $1
       and (kind = 'INVOICE' or not exists (
         select from invoice_due i where i.kind = 'INVOICE' and i.source_id = d.order_id))
     order by created_at, source_id limit ${issueLimit} for update skip locked`,
    [kind],
  );
  if (dues.length === 0) return 0;
  const orderIds = [...new Set(dues.map((due) => due.order_id))];
  const facts = await findFactsOfOrders(tx, orderIds);
  const drafts = kind === 'INVOICE' ? draftInvoices(dues, facts) : await draftCreditNotes(tx, dues, orderIds);
  if (drafts.length > 0) await insert(tx, kind, drafts);
  await tx.execute('delete from invoice_due where kind = $1 and source_id = any($2)', [
    kind,
    dues.map((due) => due.source_id),
  ]);
  return dues.length;
}

function draftInvoices(dues: readonly Due[], facts: ReadonlyMap<string, OrderFacts>): Draft[] {
  return dues.flatMap((due) => {
    const found = facts.get(due.order_id);
    if (!found) return [];
    const { lines, ...heads } = found;
    return [{ due, document: composeInvoice(heads, lines), correctsId: null }];
  });
}

async function draftCreditNotes(
  tx: Transaction,
  dues: readonly Due[],
  orderIds: readonly string[],
): Promise<Draft[]> {
  const invoices = await findInvoicesOfOrders(tx, orderIds);
  const refunds = await findRefunded(tx, dues);
  const left = new Map(invoices.map((one) => [one.id, one.total.amountMinor]));
  for (const { correctsId, total } of invoices)
    if (correctsId !== null) left.set(correctsId, (left.get(correctsId) ?? 0n) - total.amountMinor);
  return dues.flatMap((due) => {
    // An order of the time before there were invoices has none that could be corrected.
    const invoice = invoices.find(({ kind, orderId }) => kind === 'INVOICE' && orderId === due.order_id);
    const wanted = refunds.get(due.source_id);
    if (!invoice || !wanted) return [];
    // What a bank took back may have been refunded in part; no more is credited than was invoiced.
    const [most, { amountMinor, currency }] = [left.get(invoice.id) ?? 0n, wanted.amount];
    const amount = { amountMinor: amountMinor < most ? amountMinor : most, currency };
    if (amount.amountMinor <= 0n) return [];
    left.set(invoice.id, most - amount.amountMinor);
    const corrects = invoiceNumber(invoice);
    const document = composeCreditNote(invoice.document, { ...wanted, amount, corrects });
    return [{ due, document, correctsId: invoice.id }];
  });
}

async function findRefunded(
  tx: Transaction,
  dues: readonly Due[],
): Promise<ReadonlyMap<string, { readonly amount: Money; readonly reason: string }>> {
  const rows = await tx.rows<{ id: string; amount_minor: string; currency: string; reason: string | null }>(
    `select id, amount_minor, currency, reason from refund where id = any($1)
     union all
     select id, amount_minor, currency, 'Charged back' from payment_dispute where id = any($1)`,
    [dues.map((due) => due.source_id)],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        amount: { amountMinor: BigInt(row.amount_minor), currency: row.currency },
        reason: row.reason?.trim() || 'Refund',
      },
    ]),
  );
}

async function insert(tx: Transaction, kind: InvoiceKind, drafts: readonly Draft[]): Promise<void> {
  const year = await yearNow(tx);
  const { last, issuedAt } = await takeNumbers(tx, kind, year, drafts.length);
  const invoices = drafts.map((draft, place) => ({
    ...draft,
    id: newUuid(),
    number: last - drafts.length + 1 + place,
  }));
  await tx.execute(
    `insert into invoice (organisation_id, id, kind, year, number, source_id, order_id, corrects_id, issued_at, document,
                          total_minor, currency)
     select $1, i.id, $2, $3, i.number, i.source_id, i.order_id, i.corrects_id, $4, i.document,
            (i.document ->> 'totalMinor')::bigint, i.document ->> 'currency'
     from jsonb_to_recordset($5) as i(id uuid, number integer, source_id uuid, order_id uuid, corrects_id uuid,
                                      document jsonb)`,
    [
      tx.organisationId,
      kind,
      year,
      issuedAt,
      JSON.stringify(
        invoices.map(({ id, number, due, correctsId, document }) => ({
          id,
          number,
          source_id: due.source_id,
          order_id: due.order_id,
          corrects_id: correctsId,
          document,
        })),
      ),
    ],
  );
  const ofOrders = Map.groupBy(invoices, ({ due }) => due.order_id);
  await appendMany(
    tx,
    [...ofOrders].map(([orderId, own]) => ({
      streamId: streamId('order', orderId),
      events: own.map(({ id, number, document }) => ({
        type: 'tickets.invoice-issued.v1' as const,
        data: {
          invoiceId: id,
          orderId,
          kind,
          number: invoiceNumber({ kind, year, number }),
          total: { amountMinor: document.totalMinor, currency: document.currency },
        },
      })),
    })),
  );
}

/** By the issuer's own calendar. */
async function yearNow(tx: Transaction): Promise<number> {
  const [row] = await tx.rows<{ year: number }>(
    `select extract(year from clock_timestamp() at time zone
       coalesce((select time_zone from invoice_issuer), 'UTC'))::integer as year`,
  );
  return row!.year;
}
