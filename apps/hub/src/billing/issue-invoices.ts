import { appendEvents, streamId } from '@marquee/event-log';
import { addMoney, newUuid } from '@marquee/kernel';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import {
  courseFrom,
  dayOf,
  daysIn,
  isOver,
  linesOf,
  periodFrom,
  termsIn,
  type Period,
  type PricedTerm,
} from '../plans/plan.ts';
import { planOf, type Plans } from '../plans/plans.ts';
import type { PriceLists } from '../plans/price-lists.ts';
import { lockSubscription, requestsOf, saveCourse, type Subscription } from '../plans/subscription.ts';
import { findBillingDetails } from './billing-details.ts';
import { nextNumber } from './numbers.ts';
import { told, type InvoiceDocument } from './platform-invoice.ts';
import { taxationOf, taxOn } from './tax.ts';
import { taxTableOf, type BillingTerms } from './terms.ts';

export type Invoicing = {
  readonly database: Database;
  readonly priceLists: PriceLists;
  readonly terms: BillingTerms;
  /** Events were appended that the relay should publish. */
  readonly onCommit: () => void;
};

const atOnce = 1_000;

/** Invoices every period that is over and has no invoice yet; answers how many. Any number of processes may. */
export async function issueDueInvoices(invoicing: Invoicing, now: Date): Promise<number> {
  const listOf = await invoicing.priceLists.read(now);
  let issued = 0;
  for (let after: string | null = null; ;) {
    const due: { id: string }[] = await invoicing.database.read(systemScope, (tx) =>
      tx.rows(dueSql, [now, after, atOnce]),
    );
    for (const { id } of due) while (await issueNext(invoicing, id, { now, listOf })) issued++;
    if (due.length < atOnce) return issued;
    after = due.at(-1)!.id;
  }
}

const dueSql = `
select organisation_id as id from plan_subscription
where invoiced_until < date_trunc('month', $1::timestamptz at time zone 'UTC')
  and ($2::uuid is null or organisation_id > $2) order by organisation_id limit $3`;

type Round = { readonly now: Date; readonly listOf: (period: Period) => Plans };

/**
 * The oldest period of an organisation that is over and not invoiced: the meter's sum, its price, the tax, the number, the
 * invoice and its event in one transaction. Whoever dies on the way leaves nothing of it; of two at once, one waits for
 * the lock and finds the period invoiced. No request is counted for the period from the lock on. Answers whether there
 * was one.
 */
async function issueNext(invoicing: Invoicing, organisationId: string, round: Round): Promise<boolean> {
  return invoicing.database.transaction({ organisationId }, async (tx) => {
    const subscription = await lockSubscription(tx);
    if (!subscription) return false;
    const period = periodFrom(subscription.invoicedUntil);
    if (!isOver(period, round.now)) return false;
    tx.afterCommit(invoicing.onCommit);
    await issue(tx, { ...invoicing, ...round }, subscription, period);
    await saveCourse(tx, courseFrom(subscription, period.end), period.end);
    return true;
  });
}

async function issue(
  tx: Transaction,
  { terms, listOf, now }: Invoicing & Round,
  subscription: Subscription,
  period: Period,
): Promise<void> {
  const priced = await pricedTerms(tx, listOf(period), subscription, period);
  const lines = linesOf(priced);
  const [first, ...rest] = lines.map(({ amount }) => amount);
  const net = addMoney(first!, ...rest);
  const customer = await findBillingDetails(tx);
  const taxation = taxationOf(taxTableOf(terms), customer);
  const tax = taxOn(net, taxation.rateBp);
  const document: InvoiceDocument = { seller: terms.seller, customer, tax: taxation };
  const requests = priced.reduce((sum, term) => sum + term.requests, 0);
  const invoiceId = newUuid();
  const number = await nextNumber(tx, terms.series, now);
  const dueAt = new Date(now.getTime() + terms.dueDays * 86_400_000);
  await tx.execute(insertSql, [
    ...[
      tx.organisationId,
      invoiceId,
      priced.at(-1)!.plan.code,
      dayOf(period.start),
      dayOf(period.end),
      requests,
    ],
    JSON.stringify(
      lines.map(({ amount, ...line }) => ({ ...line, amountMinor: String(amount.amountMinor) })),
    ),
    ...[String(net.amountMinor), net.currency, String(tax.amountMinor), number],
    ...[JSON.stringify(document), now, dueAt],
  ]);
  const data = {
    invoiceId,
    number,
    requests,
    periodStart: period.start.toISOString(),
    periodEnd: period.end.toISOString(),
    total: told(net),
    tax: told(tax),
    gross: told(addMoney(net, tax)),
    dueAt: dueAt.toISOString(),
  };
  await appendEvents(tx, {
    streamId: streamId('platform-invoice', invoiceId),
    expectedVersion: 'none',
    events: [{ type: 'hub.invoice-issued.v1', data }],
  });
}

async function pricedTerms(
  tx: Transaction,
  plans: Plans,
  subscription: Subscription,
  period: Period,
): Promise<PricedTerm[]> {
  const priced: PricedTerm[] = [];
  for (const term of termsIn(subscription, period)) {
    const requests = await requestsOf(tx, term);
    priced.push({ plan: planOf(plans, term.plan), days: daysIn(term), ofDays: daysIn(period), requests });
  }
  return priced;
}

/** Under the lock of the subscription, which makes the ordinal one of its own. */
const insertSql = `
insert into platform_invoice
  (organisation_id, id, number, plan, period_start, period_end, requests, lines, total_minor, currency, tax_minor,
   full_number, document, issued_at, due_at)
select $1, $2, 1 + count(*), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 from platform_invoice`;
