import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What this service keeps of facts that others own: occurrences (events), the newest seat map of each space (venues),
 * guests' names. A replica may be behind; before it leads to a refusal its owner is asked.
 */
const tables = `
create table occurrence (
  organisation_id uuid not null,
  id uuid not null,
  event_id uuid not null,
  event_title text not null,
  event_status text not null check (event_status in ('DRAFT', 'PUBLISHED', 'CANCELLED')),
  space_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  time_zone text not null,
  status text not null check (status in ('SCHEDULED', 'CANCELLED')),
  revision integer not null,
  primary key (organisation_id, id)
);
create index occurrence_of_event on occurrence (organisation_id, event_id, starts_at);

create table space_map (
  organisation_id uuid not null,
  space_id uuid not null,
  seat_map_id uuid not null,
  version integer not null,
  primary key (organisation_id, space_id)
);

-- A section with seats, or a general-admission area. It belongs to the current map when its version is the map's.
create table space_section (
  organisation_id uuid not null,
  space_id uuid not null,
  id uuid not null,
  name text not null,
  seated boolean not null,
  version integer not null,
  primary key (organisation_id, id)
);
create index space_section_of_space on space_section (organisation_id, space_id);

create table space_seat (
  organisation_id uuid not null,
  space_id uuid not null,
  id uuid not null,
  section_name text not null,
  row_label text not null,
  label text not null,
  version integer not null,
  primary key (organisation_id, id)
);
create index space_seat_of_space on space_seat (organisation_id, space_id, section_name);

create table guest (
  organisation_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null,
  primary key (organisation_id, id)
);
create index guest_by_email on guest (organisation_id, lower(email));
`;

const names = ['occurrence', 'space_map', 'space_section', 'space_seat', 'guest'];

export class Replicas1763700000001 implements MigrationInterface {
  readonly name = 'Replicas1763700000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.join(', ')}`);
  }
}
