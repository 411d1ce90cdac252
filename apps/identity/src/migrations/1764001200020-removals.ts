import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class Removals1764001200020 implements MigrationInterface {
  readonly name = 'Removals1764001200020';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      -- Stays when all else of the organisation is gone: it is the proof that it is.
      create table organisation_removal (
        organisation_id uuid not null,
        id uuid not null,
        status text not null check (status in ('COPYING', 'WAITING', 'ERASING', 'DONE', 'CANCELLED')),
        requested_by uuid not null,
        requested_at timestamptz(3) not null default now(),
        -- what was sold, by currency, when it was asked for
        ledger jsonb not null,
        erases_at timestamptz(3),
        archive_bytes bigint,
        archive_sha256 text,
        -- what each service erased
        reports jsonb not null default '{}',
        certificate text,
        primary key (organisation_id, id)
      );
      create unique index organisation_removal_live on organisation_removal (organisation_id)
        where status in ('COPYING', 'WAITING', 'ERASING');
      ${tenantTable('organisation_removal')}

      -- The archive, in parts: each is gzip by itself, and so are they one after the other.
      create table organisation_copy (
        organisation_id uuid not null,
        removal_id uuid not null,
        service text not null,
        part integer not null,
        content bytea not null,
        -- where the next part begins; null after the last
        next jsonb,
        primary key (organisation_id, removal_id, service, part)
      );
      alter table organisation_copy alter column content set storage external;
      ${tenantTable('organisation_copy')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table organisation_copy; drop table organisation_removal');
  }
}
