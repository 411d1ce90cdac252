import type { Transaction } from '@marquee/postgres';
import type { Period } from './plan.ts';

/** Which plan an organisation has. One that has neither chosen a plan nor used a key has none of these. */
export type Subscription = {
  readonly plan: string;
  /** From the next period on; null where it stays. */
  readonly nextPlan: string | null;
  /** The first day of the first period without an invoice. */
  readonly invoicedUntil: Date;
};

const columns = `plan, next_plan as "nextPlan", invoiced_until::timestamp at time zone 'UTC' as "invoicedUntil"`;

export async function findSubscription(tx: Transaction): Promise<Subscription | null> {
  const [found] = await tx.rows<Subscription>(`select ${columns} from plan_subscription`);
  return found ?? null;
}

/** Nobody else counts requests, invoices or changes the plan until the transaction ends. */
export async function lockSubscription(tx: Transaction): Promise<Subscription | null> {
  const [found] = await tx.rows<Subscription>(`select ${columns} from plan_subscription for update`);
  return found ?? null;
}

/** Requests of a period that were counted, whatever the key and the operation. */
export async function requestsOf(tx: Transaction, { start, end }: Period): Promise<number> {
  const [sum] = await tx.rows<{ requests: string }>(
    `select coalesce(sum(requests), 0) as requests from usage_day
      where day >= ($1::timestamptz at time zone 'UTC')::date and day < ($2::timestamptz at time zone 'UTC')::date`,
    [start, end],
  );
  return Number(sum!.requests);
}
