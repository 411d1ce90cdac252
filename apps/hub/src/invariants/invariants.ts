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
];
