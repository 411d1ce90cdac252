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
    states: "an invoice is of what was metered in its period, and an organisation's numbers have no gap",
    over: 'platform_invoice',
    sql: `select format('invoice %s', i.id) as subject from platform_invoice i
           where i.requests <> (select coalesce(sum(d.requests), 0) from usage_day d
               where d.organisation_id = i.organisation_id and d.day >= i.period_start and d.day < i.period_end)
             or i.requests <> (select sum((line ->> 'quantity')::bigint) from jsonb_array_elements(i.lines) as line
               where line ->> 'kind' <> 'MONTHLY_FEE')
             or i.number > (select count(*) from platform_invoice o where o.organisation_id = i.organisation_id)`,
  },
];
