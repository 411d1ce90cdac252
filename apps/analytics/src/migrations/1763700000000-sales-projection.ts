import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Everything counted from the ticket service's events carries a generation, so that a rebuild can fill the next one
 * beside the live one; `projection` says which one is live. Changing that one row is the whole of a switch.
 *
 * Amounts are numeric: an event may carry 19 digits, and a sum of those leaves bigint.
 */
const createSales = `
  create table projection (
    name text primary key,
    live_generation integer not null default 1
  );
  insert into projection (name) values ('sales');

  create table occurrence_stats (
    organisation_id uuid not null,
    generation integer not null,
    occurrence_id uuid not null,
    tickets_sold bigint not null default 0,
    tickets_held bigint not null default 0,
    checked_in bigint not null default 0,
    updated_at timestamptz not null,
    primary key (organisation_id, generation, occurrence_id)
  );

  create table occurrence_revenue (
    organisation_id uuid not null,
    generation integer not null,
    occurrence_id uuid not null,
    currency text not null,
    orders_paid bigint not null default 0,
    amount_minor numeric(38) not null default 0,
    primary key (organisation_id, generation, occurrence_id, currency)
  );

  create table sales_minute (
    organisation_id uuid not null,
    generation integer not null,
    minute timestamptz not null,
    occurrence_id uuid not null,
    currency text not null,
    orders_paid bigint not null default 0,
    tickets_sold bigint not null default 0,
    tickets_cancelled bigint not null default 0,
    paid_minor numeric(38) not null default 0,
    refunded_minor numeric(38) not null default 0,
    primary key (organisation_id, generation, minute, occurrence_id, currency)
  );
  create index sales_minute_by_occurrence on sales_minute (organisation_id, generation, occurrence_id, minute);
`;

/** Which event an occurrence belongs to, replicated from the events service. */
const createOccurrence = `
  create table occurrence (
    organisation_id uuid not null,
    occurrence_id uuid not null,
    event_id uuid not null,
    status text not null,
    revision bigint not null,
    primary key (organisation_id, occurrence_id)
  );
  create index occurrence_by_event on occurrence (organisation_id, event_id);
`;

const tenantTables = ['occurrence_stats', 'occurrence_revenue', 'sales_minute', 'occurrence'];

export class SalesProjection1763700000000 implements MigrationInterface {
  readonly name = 'SalesProjection1763700000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(createSales);
    await queryRunner.query(createOccurrence);
    for (const table of tenantTables) await queryRunner.query(tenantTable(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...tenantTables, 'projection']) await queryRunner.query(`drop table ${table}`);
  }
}
