import { appendEvents, streamId } from '@marquee/event-log';
import { addMoney, newUuid } from '@marquee/kernel';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { dayOf, isOver, linesOf, periodFrom, type Period } from './plan.ts';
import { planOf, type Plans } from './plans.ts';
import { invoiceNumber } from './platform-invoice.ts';
import { lockSubscription, requestsOf, type Subscription } from './subscription.ts';

export type Invoicing = {
  readonly database: Database;
  readonly plans: Plans;
  /** Events were appended that the relay should publish. */
  readonly onCommit: () => void;
};

const atOnce = 1_000;

/** Invoices every period that is over and has no invoice yet; answers how many. Any number of processes may. */
export async function issueDueInvoices(invoicing: Invoicing, now: Date): Promise<number> {
  let issued = 0;
  for (let after: string | null = null; ;) {
    const due: { id: string }[] = await invoicing.database.read(systemScope, (tx) =>
      tx.rows(dueSql, [now, after, atOnce]),
    );
    for (const { id } of due) while (await issueNext(invoicing, id, now)) issued++;
    if (due.length < atOnce) return issued;
    after = due.at(-1)!.id;
  }
}

const dueSql = `
select organisation_id as id from plan_subscription
where invoiced_until < date_trunc('month', $1::timestamptz at time zone 'UTC')
  and ($2::uuid is null or organisation_id > $2) order by organisation_id limit $3`;

/**
 * The oldest period of an organisation that is over and not invoiced: the meter's sum, its price, the invoice and its
 * event in one transaction. Whoever dies on the way leaves nothing of it; of two at once, one waits for the lock and finds
 * the period invoiced. No request is counted for the period from the lock on. Answers whether there was one.
 */
async function issueNext(
  { database, plans, onCommit }: Invoicing,
  organisationId: string,
  now: Date,
): Promise<boolean> {
  return database.transaction({ organisationId }, async (tx) => {
    const subscription = await lockSubscription(tx);
    if (!subscription) return false;
    const period = periodFrom(subscription.invoicedUntil);
    if (!isOver(period, now)) return false;
    tx.afterCommit(onCommit);
    await issue(tx, plans, subscription, period);
    await tx.execute(
      'update plan_subscription set invoiced_until = $1::date, plan = coalesce(next_plan, plan), next_plan = null',
      [dayOf(period.end)],
    );
    return true;
  });
}

async function issue(tx: Transaction, plans: Plans, { plan }: Subscription, period: Period): Promise<void> {
  const requests = await requestsOf(tx, period);
  const lines = linesOf(planOf(plans, plan), requests);
  const [first, ...rest] = lines.map(({ amount }) => amount);
  const total = addMoney(first!, ...rest);
  const invoiceId = newUuid();
  const [{ number } = { number: 0 }] = await tx.rows<{ number: number }>(insertSql, [
    ...[tx.organisationId, invoiceId, plan, dayOf(period.start), dayOf(period.end), requests],
    JSON.stringify(
      lines.map(({ kind, quantity, amount }) => ({
        kind,
        quantity,
        amountMinor: String(amount.amountMinor),
      })),
    ),
    ...[String(total.amountMinor), total.currency],
  ]);
  await appendEvents(tx, {
    streamId: streamId('platform-invoice', invoiceId),
    expectedVersion: 'none',
    events: [
      {
        type: 'hub.invoice-issued.v1',
        data: {
          invoiceId,
          number: invoiceNumber({ number }),
          requests,
          periodStart: period.start.toISOString(),
          periodEnd: period.end.toISOString(),
          total: { amountMinor: String(total.amountMinor), currency: total.currency },
        },
      },
    ],
  });
}

/** Under the lock of the subscription, so that numbers have no gap. */
const insertSql = `
insert into platform_invoice
  (organisation_id, id, number, plan, period_start, period_end, requests, lines, total_minor, currency)
select $1, $2, 1 + count(*), $3, $4, $5, $6, $7, $8, $9 from platform_invoice
returning number`;
