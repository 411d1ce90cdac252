import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `plan_subscription` is also the lock between the meter and the invoice: whoever counts shares it, whoever invoices has
 * it alone. A request is counted for the day on which it came, or for `invoiced_until` where that day is invoiced already.
 */
const subscription = `
  create table plan_subscription (
    organisation_id uuid primary key,
    plan text not null check (char_length(plan) <= 50),
    next_plan text check (char_length(next_plan) <= 50),
    -- The first day that no invoice holds.
    invoiced_until date not null check (extract(day from invoiced_until) = 1)
  );
`;

/** A row for each request, for as long as one may come twice, and the sums that are kept. */
const usage = `
  create table usage_request (
    organisation_id uuid not null,
    id uuid not null,
    key_id uuid not null,
    operation text not null,
    at timestamptz(3) not null,
    day date not null,
    recorded_at timestamptz not null default now(),
    primary key (organisation_id, id)
  );
  create index usage_request_recorded on usage_request (recorded_at);

  create table usage_day (
    organisation_id uuid not null,
    day date not null,
    key_id uuid not null,
    operation text not null,
    requests bigint not null check (requests > 0),
    primary key (organisation_id, day, key_id, operation)
  );
`;

const invoice = `
  create table platform_invoice (
    organisation_id uuid not null,
    id uuid not null,
    number integer not null check (number > 0),
    plan text not null,
    period_start date not null,
    period_end date not null check (period_end > period_start),
    requests bigint not null,
    lines jsonb not null,
    total_minor bigint not null,
    currency text not null check (char_length(currency) = 3),
    issued_at timestamptz(3) not null default now(),
    primary key (organisation_id, id),
    constraint platform_invoice_once unique (organisation_id, period_start),
    constraint platform_invoice_number unique (organisation_id, number)
  );
`;

const tables = ['plan_subscription', 'usage_request', 'usage_day', 'platform_invoice'];

export class Metering1764000800001 implements MigrationInterface {
  readonly name = 'Metering1764000800001';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const sql of [subscription, usage, invoice]) await queryRunner.query(sql);
    for (const table of tables) await queryRunner.query(tenantTable(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${tables.toReversed().join(', ')}`);
  }
}
