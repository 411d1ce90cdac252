import type { Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { readMoney, type MoneyRow } from './stats.ts';
import type { Span } from './period.ts';

/** What was paid and refunded in one span of time, amounts by currency. */
export type Sales = {
  readonly ordersPaid: number;
  readonly ticketsSold: number;
  readonly ticketsCancelled: number;
  readonly paid: Money[];
  readonly refunded: Money[];
};
export type DaySales = Sales & { readonly date: string };
export type MinuteSales = Sales & { readonly occurrenceId: string; readonly startsAt: Date };
type SalesRow = {
  readonly ordersPaid: string | number;
  readonly ticketsSold: string | number;
  readonly ticketsCancelled: string | number;
  readonly paid: readonly MoneyRow[] | null;
  readonly refunded: readonly MoneyRow[] | null;
};

const live = `(select live_generation from projection where name = 'sales')`;

/** Sums of a subquery `m` with one row a period and currency. */
const sums = `
  coalesce(sum(m.orders), 0) as "ordersPaid", coalesce(sum(m.sold), 0) as "ticketsSold",
  coalesce(sum(m.cancelled), 0) as "ticketsCancelled",
  jsonb_agg(jsonb_build_object('currency', m.currency, 'amountMinor', m.paid::text) order by m.currency)
    filter (where m.paid <> 0) as paid,
  jsonb_agg(jsonb_build_object('currency', m.currency, 'amountMinor', m.refunded::text) order by m.currency)
    filter (where m.refunded <> 0) as refunded`;

function readSales(row: SalesRow): Sales {
  return {
    ordersPaid: Number(row.ordersPaid),
    ticketsSold: Number(row.ticketsSold),
    ticketsCancelled: Number(row.ticketsCancelled),
    paid: (row.paid ?? []).map(readMoney),
    refunded: (row.refunded ?? []).map(readMoney),
  };
}

/** Every day of the span in the zone's calendar, days without a sale included. Reads the minutes, not the events. */
export async function salesByDay(tx: Transaction, { from, to }: Span, timeZone: string): Promise<DaySales[]> {
  const rows = await tx.rows<SalesRow & { date: string }>(
    `with bounds as (
       select ($1::timestamptz at time zone $3)::date as first, ($2::timestamptz at time zone $3)::date as last
     ), m as (
       select (minute at time zone $3)::date as day, currency, sum(orders_paid) as orders, sum(tickets_sold) as sold,
              sum(tickets_cancelled) as cancelled, sum(paid_minor) as paid, sum(refunded_minor) as refunded
         from sales_minute, bounds
        where generation = ${live}
          and minute >= first::timestamp at time zone $3 and minute < (last + 1)::timestamp at time zone $3
        group by 1, 2)
     select d::date::text as date, ${sums}
       from bounds, generate_series(first::timestamp, last::timestamp, interval '1 day') d
       left join m on m.day = d::date
      group by d order by d`,
    [from, to, timeZone],
  );
  return rows.map((row) => ({ ...readSales(row), date: row.date }));
}

/** The minutes of [from, to) with a sale, refund or cancellation of this occurrence, in order. */
export async function salesByMinute(
  tx: Transaction,
  occurrenceId: string,
  { from, to }: Span,
): Promise<MinuteSales[]> {
  const rows = await tx.rows<SalesRow & { startsAt: Date }>(
    `select m.minute as "startsAt", ${sums}
       from (select minute, currency, orders_paid as orders, tickets_sold as sold, tickets_cancelled as cancelled,
                    paid_minor as paid, refunded_minor as refunded
               from sales_minute
              where generation = ${live} and occurrence_id = $1 and minute >= $2 and minute < $3) m
      group by m.minute order by m.minute`,
    [occurrenceId, from, to],
  );
  return rows.map((row) => ({ ...readSales(row), occurrenceId, startsAt: row.startsAt }));
}
