import { systemRole, tenantTable, type MigrationClass } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `saga`: every instance, with its state. `saga_task`: what is to be done for it, commands and timers alike, gone once
 * it is done. `saga_step`: what it was told and what it asked for, in order. Its life is not in the event log: that one
 * is published, and tells the world of what happened, not of who is waiting for what.
 */
class Sagas implements MigrationInterface {
  readonly name = 'Sagas1763800100001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table saga (
        id uuid primary key,
        organisation_id uuid not null,
        name text not null,
        key text not null check (length(key) between 1 and 200),
        -- of the state's shape
        version integer not null check (version > 0),
        state jsonb not null,
        -- commands that undo what was done, oldest first
        undo jsonb not null default '[]',
        unwinding boolean not null default false,
        steps integer not null default 0,
        -- commands and undo steps issued and not settled; tasks that were given up
        open_commands integer not null default 0 check (open_commands >= 0),
        stuck_tasks integer not null default 0 check (stuck_tasks >= 0),
        error text,
        correlation_id text not null,
        actor text not null,
        started_at timestamptz not null,
        updated_at timestamptz not null,
        done_at timestamptz,
        status text not null generated always as (
          case when stuck_tasks > 0 then 'STUCK' when done_at is not null then 'DONE' else 'RUNNING' end) stored,
        unique (organisation_id, name, key)
      ) with (fillfactor = 70);
      create index saga_live on saga (name, status, started_at) where status <> 'DONE';
      create index saga_done on saga (done_at) where status = 'DONE';
      ${tenantTable('saga')}

      create table saga_task (
        saga_id uuid not null references saga (id) on delete cascade,
        -- <step>.<place> of a command, the name of a timer
        task text not null,
        kind text not null check (kind in ('command', 'undo', 'timer')),
        organisation_id uuid not null,
        saga_name text not null,
        type text not null,
        data jsonb,
        -- when it is due, or due again should the one that does it die
        due_at timestamptz not null,
        tries integer not null default 0,
        -- who does it now
        claim uuid,
        stuck boolean not null default false,
        error text,
        correlation_id text not null,
        actor text not null,
        traceparent text,
        created_at timestamptz not null,
        primary key (saga_id, kind, task)
      ) with (fillfactor = 70);
      create index saga_task_due on saga_task (due_at) where not stuck;
      ${tenantTable('saga_task')}

      create table saga_step (
        saga_id uuid not null references saga (id) on delete cascade,
        step integer not null,
        organisation_id uuid not null,
        at timestamptz not null,
        input jsonb not null,
        -- names of what was asked for
        issued text[] not null,
        primary key (saga_id, step)
      );
      ${tenantTable('saga_step')}
      grant select, insert, update, delete on saga, saga_task, saga_step to ${systemRole};`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table saga_step, saga_task, saga');
  }
}

/** How many steps an instance had taken when it last progressed. */
class SagaProgress implements MigrationInterface {
  readonly name = 'SagaProgress1763900200001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table saga add column counted_from integer not null default 0');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table saga drop column counted_from');
  }
}

/** The tables of sagas, for a service's list of migrations. */
export const sagaMigrations: readonly MigrationClass[] = [Sagas, SagaProgress];
