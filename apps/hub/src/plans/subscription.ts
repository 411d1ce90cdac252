import type { Transaction } from '@marquee/postgres';
import type { Course, Period } from './plan.ts';

/** Which plan an organisation has. One that has neither chosen a plan nor used a key has none of these. */
export type Subscription = Course & {
  /** The first day of the first period without an invoice. */
  readonly invoicedUntil: Date;
  /** Since when it has no more than the plan of who has chosen none, for an invoice that is overdue. */
  readonly restrictedAt: Date | null;
};

/** `next_plan` is of the releases that knew no other change than one at the end of the period. */
const columns = `plan, invoiced_until::timestamp at time zone 'UTC' as "invoicedUntil", restricted_at as "restrictedAt",
  case when next_plan is null then changes else changes || jsonb_build_object('plan', next_plan,
    'from', to_char(invoiced_until + interval '1 month', 'YYYY-MM-DD')) end as changes`;

export async function findSubscription(tx: Transaction): Promise<Subscription | null> {
  const [found] = await tx.rows<Subscription>(`select ${columns} from plan_subscription`);
  return found ?? null;
}

/** Nobody else counts requests, invoices or changes the plan until the transaction ends. */
export async function lockSubscription(tx: Transaction): Promise<Subscription | null> {
  const [found] = await tx.rows<Subscription>(`select ${columns} from plan_subscription for update`);
  return found ?? null;
}

/** Changes the plans that are to be invoiced, and from when on. */
export async function saveCourse(
  tx: Transaction,
  { plan, changes }: Course,
  invoicedUntil: Date,
): Promise<void> {
  await tx.execute(
    `update plan_subscription set plan = $1, changes = $2::jsonb, next_plan = null,
       invoiced_until = ($3::timestamptz at time zone 'UTC')::date`,
    [plan, JSON.stringify(changes), invoicedUntil],
  );
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
