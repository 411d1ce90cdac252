import type { Transaction } from '@marquee/postgres';
import { readCounted, type Counted, type CountedRow } from './stats.ts';

const live = `(select live_generation from projection where name = 'sales')`;
const moneyList = `jsonb_agg(jsonb_build_object('currency', currency, 'amountMinor', amount::text)
                             order by orders desc, currency)`;

export type OccurrenceCount = Counted & { readonly occurrenceId: string };

/** Counts of many occurrences in one statement; an occurrence of which nothing is known is left out. */
export async function occurrenceStats(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<Map<string, OccurrenceCount>> {
  const rows = await tx.rows<CountedRow & { occurrenceId: string }>(
    `select s.occurrence_id as "occurrenceId", s.tickets_sold as "ticketsSold", s.tickets_held as "ticketsHeld",
            s.checked_in as "checkedIn", s.updated_at as "updatedAt",
            coalesce((select ${moneyList}
                        from (select r.currency, r.amount_minor as amount, r.orders_paid as orders
                                from occurrence_revenue r
                               where r.organisation_id = s.organisation_id and r.generation = s.generation
                                 and r.occurrence_id = s.occurrence_id) r), '[]') as revenue
       from occurrence_stats s
      where s.generation = ${live} and s.occurrence_id = any($1::uuid[])`,
    [occurrenceIds],
  );
  return new Map(
    rows.map((row) => [row.occurrenceId, { ...readCounted(row), occurrenceId: row.occurrenceId }]),
  );
}

export type CountedSum = Counted & { readonly occurrenceCount: number };
export type EventSum = CountedSum & { readonly eventId: string };
type SumRow = CountedRow & { readonly occurrenceCount: string | number };

function readSum(row: SumRow): CountedSum {
  return { ...readCounted(row), occurrenceCount: Number(row.occurrenceCount) };
}

const sums = `count(*) filter (where o.status <> 'CANCELLED') as "occurrenceCount",
              coalesce(sum(s.tickets_sold), 0) as "ticketsSold", coalesce(sum(s.tickets_held), 0) as "ticketsHeld",
              coalesce(sum(s.checked_in), 0) as "checkedIn", max(s.updated_at) as "updatedAt"`;

/** Sums over the occurrences of many events in one statement; an unknown event is left out. */
export async function eventStats(
  tx: Transaction,
  eventIds: readonly string[],
): Promise<Map<string, EventSum>> {
  const rows = await tx.rows<SumRow & { eventId: string }>(
    `with revenue as (
       select event_id, ${moneyList} as list
         from (select o.event_id, r.currency, sum(r.amount_minor) as amount, sum(r.orders_paid) as orders
                 from occurrence o join occurrence_revenue r using (organisation_id, occurrence_id)
                where o.event_id = any($1::uuid[]) and r.generation = ${live}
                group by 1, 2) r
        group by event_id)
     select o.event_id as "eventId", ${sums}, coalesce(min(r.list::text)::jsonb, '[]') as revenue
       from occurrence o
       left join occurrence_stats s
         on s.organisation_id = o.organisation_id and s.occurrence_id = o.occurrence_id and s.generation = ${live}
       left join revenue r on r.event_id = o.event_id
      where o.event_id = any($1::uuid[])
      group by o.event_id`,
    [eventIds],
  );
  return new Map(rows.map((row) => [row.eventId, { ...readSum(row), eventId: row.eventId }]));
}

/** Sums over everything that the organisation sells. */
export async function organisationStats(tx: Transaction): Promise<CountedSum> {
  const [row] = await tx.rows<SumRow>(
    `select ${sums},
            coalesce((select ${moneyList}
                        from (select currency, sum(amount_minor) as amount, sum(orders_paid) as orders
                                from occurrence_revenue where generation = ${live} group by currency) r),
                     '[]') as revenue
       from (select * from occurrence_stats where generation = ${live}) s
       full join occurrence o using (organisation_id, occurrence_id)`,
  );
  return readSum(row!);
}
