import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const venues = `
create table venue (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null,
  time_zone text not null,
  address_line1 text not null,
  address_line2 text,
  postal_code text,
  city text not null,
  region text,
  country_code text not null,
  latitude double precision,
  longitude double precision,
  created_at timestamptz not null default now(),
  unique (organisation_id, id),
  check ((latitude is null) = (longitude is null))
);
create index venue_by_name on venue (organisation_id, name, id);

create table space (
  id uuid primary key,
  organisation_id uuid not null,
  venue_id uuid not null,
  name text not null,
  capacity integer not null check (capacity > 0),
  created_at timestamptz not null default now(),
  unique (organisation_id, id),
  foreign key (organisation_id, venue_id) references venue (organisation_id, id)
);
create index space_by_name on space (organisation_id, name, id);
create index space_of_venue on space (venue_id, name, id);
`;

/**
 * A version's geometry is read as a whole and never changes, so each section keeps its rows as one document: a plan
 * of 5,000 seats is one row to read, not 5,000. `seat` keeps what outlives a version: the id, and where the newest
 * version puts it.
 */
const seatMaps = `
create table seat_map (
  id uuid primary key,
  organisation_id uuid not null,
  space_id uuid not null,
  version integer not null check (version > 0),
  seat_count integer not null,
  published_at timestamptz not null default now(),
  unique (organisation_id, id),
  unique (space_id, version),
  foreign key (organisation_id, space_id) references space (organisation_id, id)
);

create table seat_map_section (
  organisation_id uuid not null,
  seat_map_id uuid not null,
  section_id uuid not null,
  position integer not null,
  name text not null,
  seat_count integer not null,
  rows jsonb not null,
  primary key (seat_map_id, section_id),
  unique (seat_map_id, name),
  foreign key (organisation_id, seat_map_id) references seat_map (organisation_id, id)
);
create index seat_map_section_by_section on seat_map_section (section_id);

create table seat_map_area (
  organisation_id uuid not null,
  seat_map_id uuid not null,
  area_id uuid not null,
  position integer not null,
  name text not null,
  capacity integer not null check (capacity > 0),
  primary key (seat_map_id, area_id),
  unique (seat_map_id, name),
  foreign key (organisation_id, seat_map_id) references seat_map (organisation_id, id)
);
create index seat_map_area_by_area on seat_map_area (area_id);

create table seat (
  id uuid primary key,
  organisation_id uuid not null,
  space_id uuid not null,
  section_id uuid not null,
  row_label text not null,
  label text not null,
  x double precision not null,
  y double precision not null,
  accessible boolean not null,
  unique (section_id, row_label, label),
  foreign key (organisation_id, space_id) references space (organisation_id, id)
);
`;

/**
 * One row an occurrence: the newest revision that was applied. The constraint is the judge of overlaps; nothing in
 * the code decides it. A refused row keeps its range, so that it can be tried again when the space becomes free.
 */
const bookings = `
create extension if not exists btree_gist;

create table space_booking (
  id uuid primary key,
  organisation_id uuid not null,
  occurrence_id uuid not null,
  space_id uuid,
  during tstzrange not null,
  status text not null check (status in ('BOOKED', 'REFUSED', 'RELEASED')),
  revision integer not null,
  updated_at timestamptz not null default now(),
  unique (organisation_id, occurrence_id),
  constraint space_booking_no_overlap
    exclude using gist (space_id with =, during with &&) where (status = 'BOOKED')
);
create index space_booking_refused on space_booking using gist (space_id, during) where status = 'REFUSED';
create index space_booking_by_start on space_booking (space_id, lower(during), id);
`;

const tables = ['venue', 'space', 'seat_map', 'seat_map_section', 'seat_map_area', 'seat', 'space_booking'];

export class VenuesSpacesAndSeatMaps1763700000000 implements MigrationInterface {
  readonly name = 'VenuesSpacesAndSeatMaps1763700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const sql of [venues, seatMaps, bookings, ...tables.map(tenantTable)]) await queryRunner.query(sql);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${tables.toReversed().join(', ')}`);
  }
}
