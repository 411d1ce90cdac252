import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people ask for by law, and what every service said to it. */
export class PrivacyRequests1764000600010 implements MigrationInterface {
  readonly name = 'PrivacyRequests1764000600010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table privacy_request (
        organisation_id uuid not null,
        id uuid not null,
        guest_id uuid not null,
        kind text not null check (kind in ('EXPORT', 'ERASURE')),
        requested_by text not null,
        requested_at timestamptz(3) not null default clock_timestamp(),
        completed_at timestamptz(3),
        -- Of an export, until it is forgotten.
        archive text,
        -- Of an erasure.
        certificate text,
        primary key (organisation_id, id),
        foreign key (organisation_id, guest_id) references guest (organisation_id, id)
      );
      create index privacy_request_of_guest on privacy_request (organisation_id, guest_id, requested_at desc);
      ${tenantTable('privacy_request')}

      create table privacy_answer (
        organisation_id uuid not null,
        request_id uuid not null,
        service text not null,
        answered_at timestamptz(3) not null default clock_timestamp(),
        -- What it has of the person, or what it erased; gone once the request is completed.
        data jsonb,
        primary key (organisation_id, request_id, service),
        foreign key (organisation_id, request_id) references privacy_request (organisation_id, id)
      );
      ${tenantTable('privacy_answer')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table privacy_answer, privacy_request');
  }
}
