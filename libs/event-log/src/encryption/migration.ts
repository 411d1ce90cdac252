import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tenantTable } from '@marquee/postgres';

/** The data key of each data subject, wrapped. An erased subject's row stays, without its key, so that none is made anew. */
export class SubjectKeys implements MigrationInterface {
  readonly name = 'SubjectKeys1763600000011';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table event_subject_key (
        organisation_id uuid not null,
        subject text not null check (length(subject) between 1 and 200),
        key_id uuid not null,
        key_encryption_key_id text,
        wrapped bytea,
        created_at timestamptz not null default now(),
        erased_at timestamptz,
        primary key (organisation_id, subject),
        check ((wrapped is null) = (erased_at is not null) and (wrapped is null) = (key_encryption_key_id is null))
      );
      ${tenantTable('event_subject_key')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table event_subject_key');
  }
}
