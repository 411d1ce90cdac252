import type { Invariant } from '@marquee/postgres';

/** What this service never breaks; the numbers are those of the domain's list. */
export const invariants: readonly Invariant[] = [
  {
    number: 12,
    states: 'no two bookings of a space overlap',
    over: 'space_booking',
    sql: `select format('bookings %s and %s of space %s', a.id, b.id, a.space_id) as subject
          from space_booking a join space_booking b on b.space_id = a.space_id and b.id > a.id and b.during && a.during
          where a.status = 'BOOKED' and b.status = 'BOOKED'`,
  },
  {
    number: 13,
    states: 'every booking that stands was said to, and every one that does not too',
    over: 'space_booking',
    sql: `select format('booking %s', b.id) as subject from space_booking b
          left join (
            select distinct on (organisation_id, data ->> 'occurrenceId') organisation_id,
              data ->> 'occurrenceId' as occurrence, type
            from event_log where type in
              ('venues.space-booked.v1', 'venues.space-booking-refused.v1', 'venues.space-released.v1')
            order by organisation_id, data ->> 'occurrenceId', global_position desc
          ) l on l.organisation_id = b.organisation_id and l.occurrence = b.occurrence_id::text
          where (b.status = 'BOOKED') <> (l.type is not distinct from 'venues.space-booked.v1')`,
  },
  {
    number: 13,
    states: 'every space and every seat map has the event that it came with',
    over: 'space',
    sql: `select format('space %s', s.id) as subject from space s where not exists (
            select from event_log e where e.organisation_id = s.organisation_id and e.type = 'venues.space-created.v1'
              and e.stream_id = 'space-' || s.id)
          union all
          select format('seat map %s', m.id) from seat_map m where not exists (
            select from event_log e where e.organisation_id = m.organisation_id
              and e.type = 'venues.seat-map-published.v1' and e.stream_id = 'seatmap-' || m.id)`,
  },
  {
    number: 14,
    states: "no space, seat map, seat or booking refers to another organisation's",
    over: 'space',
    sql: `select format('space %s', s.id) as subject from space s
          join venue v on v.id = s.venue_id and v.organisation_id <> s.organisation_id
          union all
          select format('seat map %s', m.id) from seat_map m
          join space s on s.id = m.space_id and s.organisation_id <> m.organisation_id
          union all
          select format('seat %s', e.id) from seat e
          join space s on s.id = e.space_id and s.organisation_id <> e.organisation_id
          union all
          select format('booking %s', b.id) from space_booking b
          join space s on s.id = b.space_id and s.organisation_id <> b.organisation_id and b.status = 'BOOKED'`,
  },
];
