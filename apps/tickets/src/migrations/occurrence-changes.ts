import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How far a cancellation has got: `done` moves in the transaction of each thing that is done, so it is exact however
 * often the work dies. And reschedulings, with the time until which guests may have their money back.
 */
const tables = `
alter table occurrence_cancellation
  add column started_at timestamptz,
  add column total integer not null default 0,
  add column done integer not null default 0;

create table cancellation_failure (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  kind text not null check (kind in ('HOLD', 'ORDER', 'WAITLIST_ENTRY')),
  item_id uuid not null,
  error text not null,
  attempts integer not null default 1,
  failed_at timestamptz not null default now(),
  primary key (organisation_id, occurrence_id, item_id)
);

create table occurrence_reschedule (
  organisation_id uuid not null,
  occurrence_id uuid not null,
  revision integer not null,
  starts_at_before timestamptz not null,
  starts_at timestamptz not null,
  refund_until timestamptz not null,
  heard_at timestamptz not null default now(),
  primary key (organisation_id, occurrence_id, revision)
);
`;
const names = ['cancellation_failure', 'occurrence_reschedule'];

export class OccurrenceChanges1763800700003 implements MigrationInterface {
  readonly name = 'OccurrenceChanges1763800700003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.join(', ')};
      alter table occurrence_cancellation drop column started_at, drop column total, drop column done`);
  }
}
