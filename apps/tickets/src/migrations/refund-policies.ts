import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an organisation sells in and what it keeps of tickets that are given back. Whether a fee goes back too is said
 * with its rule and frozen with the order; a refund of chosen tickets remembers which, and what of them was kept.
 */
const changes = `
create table sales_policy (
  organisation_id uuid primary key,
  -- Sold in these; in any where there is none.
  currencies text[] not null default '{}',
  -- [{ "fromHoursBefore": 168, "keptBp": 1000 }]: from then on, a tenth of a cancelled ticket's price is kept.
  cancellation_steps jsonb not null default '[]',
  updated_at timestamptz not null default now()
);
alter table fee_rule add column refundable boolean not null default true;
alter table order_fee add column refundable boolean not null default true;
alter table refund
  add column ticket_ids uuid[] not null default '{}',
  add column kept_minor bigint not null default 0 check (kept_minor >= 0);
`;

export class RefundPolicies1763900600001 implements MigrationInterface {
  readonly name = 'RefundPolicies1763900600001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(changes + tenantTable('sales_policy'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table refund drop column ticket_ids, drop column kept_minor;
      alter table order_fee drop column refundable;
      alter table fee_rule drop column refundable;
      drop table sales_policy;`);
  }
}
