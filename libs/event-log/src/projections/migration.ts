import { systemRole, tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `event_projection`: which generation of a projection is live. `event_projection_generation`: how far each has come.
 * `event_projection_dead_letter`: events given up; not the events themselves, which are in the log, and enciphered there.
 */
export class EventProjections implements MigrationInterface {
  readonly name = 'EventProjections1763800100002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table event_projection (
        name text primary key,
        -- as stored, with the older versions of those that are read
        types text[] not null,
        inline boolean not null,
        -- 0: none yet
        live_generation integer not null default 0,
        paused boolean not null default false
      );
      create table event_projection_generation (
        projection text not null references event_projection (name) on delete cascade,
        generation integer not null check (generation > 0),
        -- of the code that writes it
        version integer not null,
        log_tx numeric(20) not null default 0,
        log_position numeric(20) not null default 0,
        handled bigint not null default 0,
        error text,
        started_at timestamptz not null default now(),
        live_at timestamptz,
        retired_at timestamptz,
        primary key (projection, generation)
      ) with (fillfactor = 50);
      create unique index event_projection_building on event_projection_generation (projection)
        where live_at is null and retired_at is null;
      create table event_projection_dead_letter (
        organisation_id uuid not null,
        projection text not null,
        generation integer not null,
        event_id uuid not null,
        type text not null,
        error text not null,
        tries integer not null,
        failed_at timestamptz not null default now(),
        primary key (projection, generation, event_id),
        foreign key (projection, generation) references event_projection_generation on delete cascade
      );
      ${tenantTable('event_projection_dead_letter')}
      create function event_projection_live(projection text) returns integer stable parallel safe
        language sql return (select live_generation from event_projection where name = projection);
      grant select, insert, update, delete
        on event_projection, event_projection_generation, event_projection_dead_letter to ${systemRole};`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function event_projection_live;
      drop table event_projection_dead_letter, event_projection_generation, event_projection`);
  }
}
