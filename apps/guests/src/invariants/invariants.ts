import type { Invariant } from '@marquee/postgres';

/** What this service never breaks; the numbers are those of the domain's list. */
export const invariants: readonly Invariant[] = [
  {
    number: 13,
    states: 'every guest and every consent has the event that it came with',
    over: 'guest',
    sql: `select format('guest %s', g.id) as subject from guest g where not exists (
            select from event_log e where e.organisation_id = g.organisation_id
              and e.type = 'guests.guest-registered.v1' and e.stream_id = 'guest-' || g.id)
          union all
          select format('guest %s', c.guest_id) from (
            select organisation_id, guest_id, count(*) as consents from consent_record group by 1, 2) as c
          where consents > (select count(*) from event_log e where e.organisation_id = c.organisation_id
            and e.type = 'guests.consent-recorded.v1' and e.stream_id = 'guest-' || c.guest_id)`,
  },
  {
    number: 14,
    states: "no consent is of another organisation's guest",
    over: 'consent_record',
    sql: `select format('consent %s', c.id) as subject from consent_record c where not exists (
            select from guest g where g.organisation_id = c.organisation_id and g.id = c.guest_id)`,
  },
];
