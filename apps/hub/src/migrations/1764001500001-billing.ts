import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Beside what processes of the release before this one still read and write. */
const existing = `
  -- [{ plan, from }], the earliest first; \`plan\` holds until then. \`next_plan\` goes with the release after this one.
  alter table plan_subscription
    add column changes jsonb not null default '[]',
    add column restricted_at timestamptz(3);

  -- \`total_minor\` is net. What there is already is due as long from now as what is issued now.
  alter table platform_invoice
    add column full_number text,
    add column tax_minor bigint not null default 0 check (tax_minor >= 0),
    add column paid_minor bigint not null default 0 check (paid_minor >= 0),
    add column credited_minor bigint not null default 0,
    add column document jsonb,
    add column due_at timestamptz(3) not null default now() + interval '14 days',
    add column overdue_at timestamptz(3),
    add constraint platform_invoice_full_number unique (full_number),
    add constraint platform_invoice_credited check (credited_minor between 0 and total_minor + tax_minor);
  create index platform_invoice_due on platform_invoice (due_at)
    where total_minor + tax_minor - paid_minor - credited_minor > 0;
`;

const own = `
  create table billing_details (
    organisation_id uuid primary key,
    name text not null,
    address text not null,
    country_code text not null check (country_code ~ '^[A-Z]{2}$'),
    vat_id text,
    changed_at timestamptz not null default now()
  );

  create table platform_payment (
    organisation_id uuid not null,
    invoice_id uuid not null,
    reference text not null,
    amount_minor bigint not null check (amount_minor > 0),
    received_at timestamptz(3) not null,
    recorded_at timestamptz not null default now(),
    primary key (organisation_id, invoice_id, reference),
    foreign key (organisation_id, invoice_id) references platform_invoice (organisation_id, id)
  );

  create table platform_credit_note (
    organisation_id uuid not null,
    id uuid not null,
    invoice_id uuid not null,
    number text not null unique,
    reference text not null,
    reason text not null,
    net_minor bigint not null check (net_minor >= 0),
    tax_minor bigint not null check (tax_minor >= 0),
    issued_at timestamptz(3) not null,
    primary key (organisation_id, id),
    unique (organisation_id, invoice_id, reference),
    foreign key (organisation_id, invoice_id) references platform_invoice (organisation_id, id)
  );
`;

/** Of the installation, and nobody's in particular. */
const common = `
  create table billing_series (series text primary key, last integer not null check (last > 0));
  create table price_list (
    period_start date primary key check (extract(day from period_start) = 1),
    list jsonb not null,
    made_at timestamptz not null default now()
  );
`;

const tables = ['billing_details', 'platform_payment', 'platform_credit_note'];

export class Billing1764001500001 implements MigrationInterface {
  readonly name = 'Billing1764001500001';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const sql of [existing, own, common]) await queryRunner.query(sql);
    for (const table of tables) await queryRunner.query(tenantTable(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${tables.toReversed().join(', ')}, billing_series, price_list`);
    await queryRunner.query('alter table plan_subscription drop column changes, drop column restricted_at');
    await queryRunner.query(`alter table platform_invoice drop column full_number, drop column tax_minor,
      drop column paid_minor, drop column credited_minor, drop column document, drop column due_at,
      drop column overdue_at`);
  }
}
