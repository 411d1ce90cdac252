import type { Invariant } from '@marquee/postgres';

/** What this service never breaks; the numbers are those of the domain's list. */
export const invariants: readonly Invariant[] = [
  {
    number: 13,
    states: 'every webhook endpoint has the event that it came with',
    over: 'webhook_endpoint',
    sql: `select format('endpoint %s', w.id) as subject from webhook_endpoint w where not exists (
            select from event_log e where e.organisation_id = w.organisation_id
              and e.type = 'hub.endpoint-created.v1' and e.stream_id = 'webhook-endpoint-' || w.id)`,
  },
  {
    number: 13,
    states: 'what counts as delivered was taken at an attempt that is logged',
    over: 'webhook_delivery',
    sql: `select format('delivery %s', d.id) as subject from webhook_delivery d
           where d.status = 'DELIVERED' and not exists (
             select from webhook_attempt a where a.organisation_id = d.organisation_id
               and a.delivery_id = d.id and a.status_code between 200 and 299)`,
  },
  {
    number: 13,
    states: 'the requests of a day are its rows, as long as these are kept',
    over: 'usage_day',
    sql: `select format('%s of key %s on %s', d.operation, d.key_id, d.day) as subject from usage_day d
           where d.day > (now() at time zone 'UTC')::date - 30 and d.requests <> (
             select count(*) from usage_request r where r.organisation_id = d.organisation_id
               and r.day = d.day and r.key_id = d.key_id and r.operation = d.operation)`,
  },
  {
    number: 11,
    states: "an invoice is of what was metered in its period, and an organisation's ordinals have no gap",
    over: 'platform_invoice',
    sql: `select format('invoice %s', i.id) as subject from platform_invoice i
           where i.requests <> (select coalesce(sum(d.requests), 0) from usage_day d
               where d.organisation_id = i.organisation_id and d.day >= i.period_start and d.day < i.period_end)
             or i.requests <> (select sum((line ->> 'quantity')::bigint) from jsonb_array_elements(i.lines) as line
               where line ->> 'kind' <> 'MONTHLY_FEE')
             or i.number > (select count(*) from platform_invoice o where o.organisation_id = i.organisation_id)`,
  },
  {
    number: 11,
    states: 'no number of a series of invoices or credit notes is missing',
    over: 'billing_series',
    sql: `select format('series %s', s.series) as subject from billing_series s where s.last <>
            (select count(*) from platform_invoice i where i.full_number ~ ('^' || s.series || '-\\d+$'))
            + (select count(*) from platform_credit_note c where c.number ~ ('^' || s.series || '-\\d+$'))`,
  },
  {
    number: 11,
    states: 'what an invoice counts as paid and as taken back is what is written down of it',
    over: 'platform_invoice',
    sql: `select format('invoice %s', i.id) as subject from platform_invoice i
           where i.paid_minor <> (select coalesce(sum(p.amount_minor), 0) from platform_payment p
               where p.organisation_id = i.organisation_id and p.invoice_id = i.id)
             or i.credited_minor <> (select coalesce(sum(c.net_minor + c.tax_minor), 0) from platform_credit_note c
               where c.organisation_id = i.organisation_id and c.invoice_id = i.id)`,
  },
];
