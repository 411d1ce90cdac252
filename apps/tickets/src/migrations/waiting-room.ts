import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A waiting room is one row of counters: who waits holds a signed token and has no row. The steps say when which
 * positions were let in, one a second at most, and are dropped after two hours.
 */
const tables = `
create table waiting_room (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  enabled boolean not null,
  round integer not null default 1 check (round between 1 and 65535),
  opens_at timestamptz not null,
  opened_at timestamptz,
  commitment text not null,
  seed text not null,
  early bigint not null default 0 check (early >= 0),
  arrived bigint not null default 0 check (arrived >= 0),
  admitted double precision not null default 0 check (admitted >= 0),
  per_second double precision not null,
  max_per_second double precision not null check (max_per_second > 0),
  pass_minutes integer not null check (pass_minutes between 1 and 60),
  stepped_at timestamptz not null default now(),
  primary key (organisation_id, occurrence_id),
  constraint waiting_room_admitted check (admitted <= early + arrived)
) with (fillfactor = 50);
create index waiting_room_on on waiting_room (occurrence_id) where enabled;

create table waiting_room_step (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  round integer not null,
  at timestamptz not null,
  admitted_from double precision not null,
  admitted_to double precision not null,
  primary key (organisation_id, occurrence_id, round, at)
);
create index waiting_room_step_at on waiting_room_step (at);
`;

const names = ['waiting_room', 'waiting_room_step'];

export class WaitingRoom1763800900001 implements MigrationInterface {
  readonly name = 'WaitingRoom1763800900001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.join(', ')}`);
  }
}
