import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which forms of credential an event's doors accept; an event without a row accepts both. And the door's new answer. */
const tables = `
create table credential_policy (
  organisation_id uuid not null,
  event_id uuid not null,
  policy text not null check (policy in ('ANY', 'STATIC', 'ROTATING')),
  set_at timestamptz not null default now(),
  primary key (organisation_id, event_id)
);
alter table scan drop constraint if exists scan_reason_check;
alter table scan add constraint scan_reason_known check (reason in ('ALREADY_ADMITTED', 'UNKNOWN', 'REVOKED',
  'WRONG_OCCURRENCE', 'BAD_SIGNATURE', 'STALE')) not valid;
`;

export class CredentialPolicies1763800700001 implements MigrationInterface {
  readonly name = 'CredentialPolicies1763800700001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + tenantTable('credential_policy'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    // The wider check stays: readings that were refused as STALE are written down for ever.
    await queryRunner.query(`drop table credential_policy;
      alter table scan drop constraint if exists scan_reason_known`);
  }
}
