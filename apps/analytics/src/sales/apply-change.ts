import { noCurrency } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { SalesChange } from './change.ts';

/** `live` is what queries read, `next` what a rebuild fills. */
export type Generation = 'live' | 'next';

/**
 * One statement: it runs for every event of every sale.
 *
 * `for share` on the pointer makes a switch of generations wait for the transaction, and the transaction see the
 * switch: a change is never added to a generation that has just gone.
 */
const sql = `
  with target as materialized (
    select live_generation + $1::integer as generation from projection where name = 'sales' for share
  ), stats as (
    insert into occurrence_stats as s
           (organisation_id, generation, occurrence_id, tickets_sold, tickets_held, checked_in, updated_at)
    select $2::uuid, generation, $3::uuid, $5::bigint, $6::bigint, $7::bigint, $4::timestamptz from target
    on conflict (organisation_id, generation, occurrence_id) do update set
      tickets_sold = s.tickets_sold + excluded.tickets_sold,
      tickets_held = s.tickets_held + excluded.tickets_held,
      checked_in = s.checked_in + excluded.checked_in,
      updated_at = greatest(s.updated_at, excluded.updated_at)
  ), revenue as (
    insert into occurrence_revenue as r
           (organisation_id, generation, occurrence_id, currency, orders_paid, amount_minor)
    select $2::uuid, generation, $3::uuid, $9::text, $10::bigint, $11::numeric - $12::numeric
      from target where $13::boolean
    on conflict (organisation_id, generation, occurrence_id, currency) do update set
      orders_paid = r.orders_paid + excluded.orders_paid,
      amount_minor = r.amount_minor + excluded.amount_minor
  )
  insert into sales_minute as m
         (organisation_id, generation, minute, occurrence_id, currency, orders_paid, tickets_sold,
          tickets_cancelled, paid_minor, refunded_minor)
  select $2::uuid, generation, date_trunc('minute', $4::timestamptz), $3::uuid, $9::text, $10::bigint,
         greatest($5::bigint, 0), $8::bigint, $11::numeric, $12::numeric
    from target where $13::boolean or $8::bigint > 0
  on conflict (organisation_id, generation, minute, occurrence_id, currency) do update set
    orders_paid = m.orders_paid + excluded.orders_paid,
    tickets_sold = m.tickets_sold + excluded.tickets_sold,
    tickets_cancelled = m.tickets_cancelled + excluded.tickets_cancelled,
    paid_minor = m.paid_minor + excluded.paid_minor,
    refunded_minor = m.refunded_minor + excluded.refunded_minor
`;

/** Adds the change to the counts of the transaction's organisation. */
export async function applyChange(
  tx: Transaction,
  generation: Generation,
  change: SalesChange,
): Promise<void> {
  const { paid, refunded } = change;
  await tx.rows(
    sql,
    [
      generation === 'live' ? 0 : 1,
      tx.organisationId,
      change.occurrenceId,
      change.at,
      change.sold,
      change.held,
      change.checkedIn,
      change.cancelled,
      paid?.currency ?? refunded?.currency ?? noCurrency,
      paid ? 1 : 0,
      String(paid?.amountMinor ?? 0),
      String(refunded?.amountMinor ?? 0),
      paid !== null || refunded !== null,
    ],
    { name: 'apply-sales-change' },
  );
}
