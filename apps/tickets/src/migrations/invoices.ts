import { appendOnlyTable, tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Invoices and credit notes: written once and never changed, without gaps in their numbers. `invoice_series` has the
 * last number of an organisation's year; its row is locked by the transaction that issues, so a number that is rolled
 * back was never given. `invoice_due` is what is still to be issued, written with the payment or refund itself: numbers
 * are given a moment later and many at a time, lest every sale of an organisation wait for one row.
 */
const tables = `
create table invoice_issuer (
  organisation_id uuid primary key,
  name text not null,
  address text not null,
  tax_id text,
  email text,
  note text,
  -- Decides on which day, and so in which year, something is issued.
  time_zone text not null default 'UTC',
  updated_at timestamptz not null default now()
);

create table invoice_series (
  organisation_id uuid not null,
  kind text not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
  year integer not null,
  last_number integer not null default 0 check (last_number >= 0),
  primary key (organisation_id, kind, year)
);

create table invoice_due (
  organisation_id uuid not null,
  kind text not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
  -- The order that was paid, or the refund that was carried out.
  source_id uuid not null,
  order_id uuid not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organisation_id, kind, source_id)
);
create index invoice_due_oldest on invoice_due (created_at);

create table invoice (
  organisation_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
  year integer not null,
  number integer not null check (number > 0),
  source_id uuid not null,
  order_id uuid not null,
  -- A credit note names the invoice that it corrects.
  corrects_id uuid,
  issued_at timestamptz not null,
  -- Everything that is printed, as it was on that day.
  document jsonb not null,
  total_minor bigint not null check (total_minor >= 0),
  currency text not null,
  primary key (organisation_id, id),
  constraint invoice_number unique (organisation_id, kind, year, number),
  constraint invoice_once unique (organisation_id, kind, source_id),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id),
  foreign key (organisation_id, corrects_id) references invoice (organisation_id, id),
  check ((corrects_id is not null) = (kind = 'CREDIT_NOTE'))
);
create index invoice_of_order on invoice (organisation_id, order_id);
`;

const names = ['invoice_issuer', 'invoice_series', 'invoice_due', 'invoice'];

export class Invoices1763800600002 implements MigrationInterface {
  readonly name = 'Invoices1763800600002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query([tables, ...names.map(tenantTable), appendOnlyTable('invoice')].join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.toReversed().join(', ')}`);
  }
}
