import type { Invariant } from '@marquee/postgres';

/** What this service never breaks; the numbers are those of the domain's list. */
export const invariants: readonly Invariant[] = [
  {
    number: 13,
    states: 'every membership and every session has the event that it began with',
    over: 'membership',
    sql: `select format('membership %s', m.id) as subject from membership m where not exists (
            select from event_log e where e.organisation_id = m.organisation_id
              and e.type = 'identity.member-joined.v1' and e.stream_id = 'membership-' || m.id)
          union all
          select format('session %s', s.id) from session s where not exists (
            select from event_log e where e.organisation_id = s.organisation_id
              and e.type = 'identity.session-started.v1' and e.stream_id = 'session-' || s.id)`,
  },
  {
    number: 14,
    states: 'every organisation has an owner who may do all of it',
    over: 'organisation',
    sql: `select format('organisation %s', o.organisation_id) as subject from organisation o where not exists (
            select from membership m where m.organisation_id = o.organisation_id
              and m.role = 'OWNER' and m.scopes is null and m.event_ids is null)`,
  },
  {
    number: 14,
    states: 'no live session stands on a membership that has ended',
    over: 'session',
    sql: `select format('session %s', s.id) as subject from session s
           where s.revoked_at is null and s.expires_at > now() and not exists (
             select from membership m
              where m.organisation_id = s.organisation_id and m.account_id = s.account_id)`,
  },
];
