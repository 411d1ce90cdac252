import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { MigrationClass } from './migrate.ts';
import { tenantCheckedByRow, tenantCheckedOnce, tenantTable } from './tenancy.ts';

class IdempotencyKeys implements MigrationInterface {
  readonly name = 'IdempotencyKeys1763600000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table idempotency_key (
        organisation_id uuid not null,
        subject text not null,
        operation text not null,
        key text not null check (length(key) between 1 and 200),
        request_hash text not null,
        -- null only inside the transaction that does the work
        outcome jsonb,
        created_at timestamptz not null default now(),
        primary key (organisation_id, subject, operation, key)
      );
      create index idempotency_key_created_at on idempotency_key (created_at);
      ${tenantTable('idempotency_key')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table idempotency_key');
  }
}

/**
 * Keys are written by every request that takes something, and read by time once an hour: their time has a BRIN, which
 * costs an insert next to nothing. The tenant is read once a statement instead of once a row.
 */
class LeanIdempotencyKeys implements MigrationInterface {
  readonly name = 'LeanIdempotencyKeys1763900500001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index idempotency_key_created_at;
      create index idempotency_key_created_at on idempotency_key
        using brin (created_at) with (pages_per_range = 32, autosummarize = on);
      ${tenantCheckedOnce('idempotency_key')}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ${tenantCheckedByRow('idempotency_key')}
      drop index idempotency_key_created_at;
      create index idempotency_key_created_at on idempotency_key (created_at);`);
  }
}

/** What every service's database has, whatever it does. */
export const platformMigrations: readonly MigrationClass[] = [IdempotencyKeys, LeanIdempotencyKeys];
