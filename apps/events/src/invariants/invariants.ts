import type { Invariant } from '@marquee/postgres';

/** What this service never breaks; the numbers are those of the domain's list. */
export const invariants: readonly Invariant[] = [
  {
    number: 13,
    states: 'every occurrence is what the last of its events says',
    over: 'occurrence',
    sql: `select format('occurrence %s', o.id) as subject from occurrence o
          left join (
            select distinct on (organisation_id, stream_id) organisation_id, stream_id,
              data ->> 'status' as status, (data ->> 'revision')::integer as revision
            from event_log where category = 'occurrence' and data ? 'revision'
            order by organisation_id, stream_id, version desc
          ) l on l.organisation_id = o.organisation_id and l.stream_id = 'occurrence-' || o.id
          where l.status is distinct from o.status or l.revision is distinct from o.revision`,
  },
  {
    number: 13,
    states: 'every event has the events that its state came from',
    over: 'event',
    sql: `select format('event %s', e.id) as subject from event e where not exists (
            select from event_log l where l.organisation_id = e.organisation_id and l.stream_id = 'event-' || e.id
              and (e.status = 'DRAFT' or e.status = 'PUBLISHED' and l.type = 'events.event-published.v1'
                or e.status = 'CANCELLED' and l.type = 'events.event-cancelled.v1'
                or l.type = 'events.event-created.v1' and l.data ->> 'status' = e.status))`,
  },
  {
    number: 14,
    states: "no event or occurrence refers to another organisation's",
    over: 'occurrence',
    sql: `select format('occurrence %s', o.id) as subject from occurrence o
          join event e on e.id = o.event_id and e.organisation_id <> o.organisation_id
          union all
          select format('event %s', e.id) from event e
          join event_series s on s.id = e.series_id and s.organisation_id <> e.organisation_id`,
  },
];
