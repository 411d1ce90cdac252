import type { Invariant } from '@marquee/postgres';
import { logOfPresent } from './log-of-present.ts';

/** What holds of chargebacks, and of invoices and their numbers. */
export const moneyInvariants: readonly Invariant[] = [
  {
    number: 5,
    states: 'no payment gives back more than it confirmed',
    over: 'payment',
    sql: `select format('payment %s', p.id) as subject from payment p
          join refund r on r.organisation_id = p.organisation_id and r.payment_id = p.id and r.status <> 'FAILED'
          group by p.organisation_id, p.id, p.amount_minor having sum(r.amount_minor) > p.amount_minor`,
  },
  {
    number: 6,
    states:
      'the payments of an order that is paid in instalments, done or on their way, are of no more than its total',
    over: 'order_instalment',
    sql: `select format('order %s', o.id) as subject from ticket_order o
          join payment p on p.organisation_id = o.organisation_id and p.order_id = o.id
          where o.payment_plan is not null and p.status not in ('FAILED', 'CANCELLED') and not exists (
            select from refund r where r.organisation_id = p.organisation_id and r.payment_id = p.id
              and r.amount_minor = p.amount_minor)
          group by o.organisation_id, o.id, o.total_minor having sum(p.amount_minor) > o.total_minor`,
  },
  {
    number: 6,
    states: 'the instalments of an order add up to its total',
    over: 'order_instalment',
    sql: `select format('order %s', o.id) as subject from ticket_order o
          left join order_instalment i on i.organisation_id = o.organisation_id and i.order_id = o.id
          where o.payment_plan is not null
          group by o.organisation_id, o.id, o.total_minor having coalesce(sum(i.amount_minor), 0) <> o.total_minor`,
  },
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
  {
    number: 15,
    states: 'what the log says a guest paid is in the orders, also once the guest was erased',
    over: 'guest',
    sql: `select format('guest %s', guest_id) as subject from (
            select o.organisation_id, o.guest_id, o.total_minor::numeric as amount
            from ticket_order o where o.paid_at is not null
            union all
            select organisation_id, (data ->> 'guestId')::uuid, - (data -> 'total' ->> 'amountMinor')::numeric
            from ${logOfPresent} where type = 'tickets.order-paid.v1') as booked
          group by organisation_id, guest_id having sum(amount) <> 0`,
  },
  {
    number: 15,
    states: 'of an erased guest nothing is left but its id: no name, no address, no answer',
    over: 'guest',
    sql: `select format('guest %s', g.id) as subject from guest g
          where g.email like '%@erased.invalid' and (g.email <> g.id || '@erased.invalid' or g.name <> 'Erased guest'
            or exists (select from order_answer a join ticket_order o
              on o.organisation_id = a.organisation_id and o.id = a.order_id
              where o.organisation_id = g.organisation_id and o.guest_id = g.id))`,
  },
];
