import type { Invariant } from '@marquee/postgres';

/** What holds in every log, whatever its events say. */
export const logInvariants: readonly Invariant[] = [
  {
    number: 13,
    states: 'the events of a stream are numbered from 1 without a gap, up to the version that the stream has',
    over: 'event_log',
    sql: `select format('stream %s', coalesce(s.stream_id, l.stream_id)) as subject
          from event_stream s
          full join (
            select organisation_id, stream_id, count(*) as events, max(version) as newest from event_log group by 1, 2
          ) l on l.organisation_id = s.organisation_id and l.stream_id = s.stream_id
          where l.newest is distinct from s.version or l.events is distinct from s.version`,
  },
];
