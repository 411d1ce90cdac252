import { appendEvents, streamId } from '@marquee/event-log';
import { systemScope, type Transaction } from '@marquee/postgres';
import { planOn } from '../plans/plan.ts';
import { lockSubscription } from '../plans/subscription.ts';
import type { Invoicing } from './issue-invoices.ts';
import { dueMinor, dueOf, invoiceNumber, markOverdue, told } from './platform-invoice.ts';

/**
 * Tells of what has become overdue, and restricts the plans of those that left it so for longer than the terms allow, to
 * what they would have without having chosen any. Answers how many organisations something changed for. Any number of
 * processes may; whoever dies on the way leaves nothing of it.
 */
export async function dunDebtors(
  { database, terms, onCommit }: Omit<Invoicing, 'priceLists'>,
  now: Date,
): Promise<number> {
  const restrictBefore = new Date(now.getTime() - terms.restrictAfterDays * 86_400_000);
  const debtors = await database.read(systemScope, (tx) =>
    tx.rows<{ organisationId: string }>(debtorsSql, [now, restrictBefore]),
  );
  for (const { organisationId } of debtors)
    await database.transaction({ organisationId }, async (tx) => {
      tx.afterCommit(onCommit);
      const subscription = await lockSubscription(tx);
      await tellOverdue(tx, now);
      if (subscription && !subscription.restrictedAt)
        await restrict(tx, planOn(subscription, now), now, restrictBefore);
    });
  return debtors.length;
}

const debtorsSql = `
select distinct i.organisation_id as "organisationId"
from platform_invoice i left join plan_subscription s on s.organisation_id = i.organisation_id
where ${dueMinor} > 0 and (
  (overdue_at is null and due_at <= $1)
  or (overdue_at <= $2 and s.organisation_id is not null and s.restricted_at is null))
order by 1`;

async function tellOverdue(tx: Transaction, now: Date): Promise<void> {
  for (const invoice of await markOverdue(tx, now)) {
    const about = { invoiceId: invoice.id, number: invoiceNumber(invoice) };
    const data = { ...about, due: told(dueOf(invoice)), dueAt: invoice.dueAt.toISOString() };
    await appendEvents(tx, {
      streamId: streamId('platform-invoice', invoice.id),
      events: [{ type: 'hub.invoice-overdue.v1', data }],
    });
  }
}

async function restrict(tx: Transaction, plan: string, now: Date, before: Date): Promise<void> {
  const restricted = await tx.execute(
    `update plan_subscription set restricted_at = $1
     where exists (select from platform_invoice where overdue_at <= $2 and ${dueMinor} > 0)`,
    [now, before],
  );
  if (restricted === 0) return;
  await appendEvents(tx, {
    streamId: streamId('plan-subscription', tx.organisationId!),
    events: [{ type: 'hub.plan-restricted.v1', data: { plan, since: now.toISOString() } }],
  });
}
