import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What must be known of seats to choose them for people: where they are and whose they are. `place` is null where an
 * event of an earlier release told only the names; then the map's owner is asked. `kept_seat` has the seats that someone
 * had when a new map left them out; `space_map.reported_version` is the version up to which that was looked at.
 */
const tables = `
alter table space_seat
  add column place integer,
  add column x double precision not null default 0,
  add column y double precision not null default 0,
  add column row_rank integer,
  add column accessible boolean not null default false,
  add column companion_of uuid,
  add column restricted_view boolean not null default false,
  add column aisle_after boolean not null default false;

alter table space_map
  add column seat_count integer,
  add column applied_at timestamptz not null default now(),
  add column reported_version integer not null default 0;

create table kept_seat (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  seat_id uuid not null,
  space_id uuid not null,
  -- Of the map that left it out.
  version integer not null,
  kept_at timestamptz not null default now(),
  primary key (organisation_id, occurrence_id, seat_id)
);

-- of_id: an occurrence, or the organisation for all that have none of their own. What is null is as the next one says.
create table seating_policy (
  organisation_id uuid not null,
  of_id uuid not null,
  single_seats text check (single_seats in ('ALLOWED', 'AVOIDED', 'REFUSED')),
  release_accessible_hours integer check (release_accessible_hours between 0 and 8760),
  set_at timestamptz not null default now(),
  primary key (organisation_id, of_id)
);
`;

const names = ['kept_seat', 'seating_policy'];

export class Seating1763900400002 implements MigrationInterface {
  readonly name = 'Seating1763900400002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.join(', ')};
      alter table space_map drop column seat_count, drop column applied_at, drop column reported_version;
      alter table space_seat drop column place, drop column x, drop column y, drop column row_rank,
        drop column accessible, drop column companion_of, drop column restricted_view, drop column aisle_after`);
  }
}
