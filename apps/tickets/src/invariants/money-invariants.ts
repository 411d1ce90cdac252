import type { Invariant } from '@marquee/postgres';

/** What holds of chargebacks, and of invoices and their numbers. */
export const moneyInvariants: readonly Invariant[] = [
  {
    number: 5,
    states:
      'a payment is charged back exactly while a dispute about it is open or lost, and never for more than was paid',
    over: 'payment',
    sql: `select format('payment %s', p.id) as subject from payment p
          where (p.status = 'CHARGED_BACK') <> (p.status in ('CONFIRMED', 'CHARGED_BACK') and exists (
            select from payment_dispute d where d.organisation_id = p.organisation_id and d.payment_id = p.id
              and d.status <> 'WON'))
          union all
          select format('order %s', id) from ticket_order
          where charged_back_minor < 0 or refunded_minor + charged_back_minor > paid_minor`,
  },
  {
    number: 11,
    states:
      'invoices and credit notes are numbered from 1 without a gap, up to the last number given, in each series',
    over: 'invoice',
    sql: `select format('%s of %s, organisation %s', kind, year, organisation_id) as subject
          from invoice_series s
          left join invoice i using (organisation_id, kind, year)
          group by organisation_id, kind, year, s.last_number
          having count(i.number) <> s.last_number or count(distinct i.number) <> s.last_number
            or coalesce(max(i.number), 0) <> s.last_number or coalesce(min(i.number), 1) <> 1
          union all
          select format('invoice %s', i.id) from invoice i where not exists (
            select from invoice_series s where s.organisation_id = i.organisation_id and s.kind = i.kind and s.year = i.year)`,
  },
  {
    number: 11,
    states: 'a credit note takes back from an invoice of its order, and all of them no more than it charged',
    over: 'invoice',
    sql: `select format('invoice %s', i.id) as subject from invoice i
          join invoice n on n.organisation_id = i.organisation_id and n.corrects_id = i.id
          group by i.organisation_id, i.id, i.kind, i.order_id, i.total_minor
          having sum(n.total_minor) > i.total_minor or i.kind <> 'INVOICE' or bool_or(n.order_id <> i.order_id)`,
  },
];
