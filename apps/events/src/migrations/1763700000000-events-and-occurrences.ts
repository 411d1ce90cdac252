import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Wall times are text (`2027-03-20T19:00:00`): the driver would read a `timestamp` in the server's own zone, and
 * their order as text is their order in time.
 */
const wallTime = `text collate "C" check (value ~ '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$')`;

const events = `
create domain wall_time as ${wallTime};

create table event_series (
  id uuid primary key,
  organisation_id uuid not null,
  title text not null,
  description text not null default '',
  created_at timestamptz not null default now(),
  unique (organisation_id, id)
);

create table event (
  id uuid primary key,
  organisation_id uuid not null,
  series_id uuid,
  title text not null,
  description text not null default '',
  status text not null default 'DRAFT' check (status in ('DRAFT', 'PUBLISHED', 'CANCELLED')),
  space_id uuid,
  time_zone text not null,
  starts_at_local wall_time not null,
  duration_minutes integer not null check (duration_minutes >= 0),
  all_day boolean not null default false,
  rrule text,
  rdates jsonb not null default '[]',
  exdates jsonb not null default '[]',
  overrides jsonb not null default '[]',
  -- Null where every occurrence exists.
  materialised_until timestamptz,
  -- Guests see what is or was published.
  published_at timestamptz,
  cancel_reason text,
  -- Of the imported calendar entry, where it came from one.
  uid text,
  ical_sequence integer,
  ical_stamp timestamptz,
  ical_digest text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, id),
  unique (organisation_id, uid),
  foreign key (organisation_id, series_id) references event_series (organisation_id, id)
);
create index event_of_series on event (series_id) where series_id is not null;
create index event_to_extend on event (materialised_until)
  where materialised_until is not null and status <> 'CANCELLED';
`;

const occurrences = `
create table occurrence (
  id uuid primary key,
  organisation_id uuid not null,
  event_id uuid not null,
  -- The wall time that the rule gives it: what an override names, and what keeps a moved one from coming back.
  recurrence_id wall_time not null,
  starts_at_local wall_time not null,
  time_zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at >= starts_at),
  status text not null default 'SCHEDULED' check (status in ('SCHEDULED', 'CANCELLED')),
  cancel_reason text,
  space_id uuid,
  space_booking_status text not null
    check (space_booking_status in ('NONE', 'PENDING', 'BOOKED', 'CONFLICT', 'RELEASED')),
  revision integer not null default 1,
  -- The revision that last changed its time or space: the answers of venues to older ones are stale.
  schedule_revision integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (organisation_id, id),
  unique (event_id, recurrence_id) deferrable initially deferred,
  foreign key (organisation_id, event_id) references event (organisation_id, id)
);
create index occurrence_by_start on occurrence (organisation_id, starts_at, id);
create index occurrence_of_event on occurrence (event_id, starts_at, id);

-- What venues says of its spaces; kept for the filters of the catalogue.
create table space_replica (
  organisation_id uuid not null,
  space_id uuid not null,
  venue_id uuid not null,
  name text not null,
  capacity integer not null,
  venue_name text not null,
  city text not null,
  time_zone text not null,
  primary key (organisation_id, space_id)
);
create index space_replica_by_city on space_replica (organisation_id, lower(city));
`;

const tables = ['event_series', 'event', 'occurrence', 'space_replica'];

export class EventsAndOccurrences1763700000000 implements MigrationInterface {
  readonly name = 'EventsAndOccurrences1763700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const sql of [events, occurrences, ...tables.map(tenantTable)]) await queryRunner.query(sql);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${tables.toReversed().join(', ')}`);
    await queryRunner.query('drop domain wall_time');
  }
}
