import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What decides a price beside the ticket types' own, and under which terms they are sold. Prices are frozen with the
 * order: its lines and fees keep what was agreed, whatever becomes of the rules. `voucher.uses` and `spent_minor` are
 * counters under the row's lock; the CHECKs are the second net. A use whose order ended unpaid is released when the
 * next one needs it.
 */
const tables = `
create table sale_terms (
  organisation_id uuid not null,
  ticket_type_id uuid not null,
  sales_from timestamptz,
  sales_until timestamptz,
  min_per_order integer not null default 1 check (min_per_order between 1 and 100),
  -- For each occurrence, over all orders of a guest.
  max_per_guest integer check (max_per_guest > 0),
  hidden boolean not null default false,
  needs_approval boolean not null default false,
  decision_hours integer not null default 72 check (decision_hours between 1 and 720),
  -- The buyer names the price; the type's own is the least.
  donation boolean not null default false,
  primary key (organisation_id, ticket_type_id),
  foreign key (organisation_id, ticket_type_id) references ticket_type (organisation_id, id),
  check (sales_until > sales_from)
);

create table tax_profile (
  organisation_id uuid primary key,
  country_code text not null,
  vat_id text,
  -- Businesses with a VAT id of these countries owe the tax themselves.
  reverse_charge_countries text[] not null default '{}'
);

create table tax_rate (
  organisation_id uuid not null,
  id uuid not null,
  name text not null,
  rate_bp integer not null check (rate_bp between 0 and 10000),
  inclusive boolean not null,
  -- The more particular wins: of a ticket type, of an event, of all.
  event_id uuid,
  ticket_type_id uuid,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id)
);

create table fee_rule (
  organisation_id uuid not null,
  id uuid not null,
  name text not null,
  per text not null check (per in ('TICKET', 'ORDER')),
  percent_bp integer check (percent_bp between 0 and 10000),
  amount_minor bigint check (amount_minor >= 0),
  currency text,
  event_id uuid,
  ticket_type_id uuid,
  tax_rate_id uuid,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  foreign key (organisation_id, tax_rate_id) references tax_rate (organisation_id, id),
  check ((amount_minor is null) = (currency is null))
);

create table voucher (
  organisation_id uuid not null,
  id uuid not null,
  -- Upper case: codes are typed in.
  code text not null check (code = upper(code)),
  name text not null,
  percent_bp integer check (percent_bp between 0 and 10000),
  amount_minor bigint check (amount_minor >= 0),
  currency text,
  event_id uuid,
  ticket_type_ids uuid[],
  -- Hidden types that may be held with it.
  unlocks uuid[] not null default '{}',
  max_uses integer check (max_uses >= 0),
  max_uses_per_guest integer check (max_uses_per_guest > 0),
  budget_minor bigint check (budget_minor >= 0),
  valid_from timestamptz,
  valid_until timestamptz,
  active boolean not null default true,
  uses integer not null default 0 check (uses >= 0),
  spent_minor bigint not null default 0 check (spent_minor >= 0),
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  constraint voucher_code unique (organisation_id, code),
  constraint voucher_not_overused check (uses <= max_uses),
  constraint voucher_not_overspent check (spent_minor <= budget_minor),
  check ((amount_minor is null and budget_minor is null) = (currency is null))
);

create table voucher_use (
  organisation_id uuid not null,
  voucher_id uuid not null,
  order_id uuid not null,
  guest_id uuid not null,
  discount_minor bigint not null check (discount_minor >= 0),
  used_at timestamptz not null default now(),
  released_at timestamptz,
  primary key (organisation_id, voucher_id, order_id),
  foreign key (organisation_id, voucher_id) references voucher (organisation_id, id),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);
create index voucher_use_of_order on voucher_use (organisation_id, order_id);
create index voucher_use_live on voucher_use (organisation_id, voucher_id, guest_id) where released_at is null;

-- Locked by who orders types with a limit a guest, so that two orders of one guest take turns; it holds nothing else.
create table guest_limit (
  organisation_id uuid not null,
  guest_id uuid not null,
  ticket_type_id uuid not null,
  primary key (organisation_id, guest_id, ticket_type_id)
);

create table order_fee (
  organisation_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  place integer not null,
  rule_id uuid not null,
  name text not null,
  net_minor bigint not null check (net_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  tax_rate jsonb,
  primary key (organisation_id, id),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);
create index order_fee_of_order on order_fee (organisation_id, order_id);

alter table order_line
  add column discount_minor bigint not null default 0 check (discount_minor >= 0),
  add column tax_minor bigint not null default 0 check (tax_minor >= 0),
  -- Quantity times price where nothing was taken off and no tax is in it.
  add column net_minor bigint check (net_minor >= 0),
  -- { id, name, rateBp, inclusive } as it was.
  add column tax_rate jsonb;
alter table ticket_order
  add column discount_minor bigint not null default 0,
  add column fees_minor bigint not null default 0,
  add column tax_minor bigint not null default 0,
  add column voucher_id uuid,
  -- { name, countryCode, vatId, reverseCharge } of a business that buys.
  add column business jsonb;
create index ticket_order_undecided_expiry on ticket_order (expires_at) where status in ('DRAFT', 'PENDING_APPROVAL');
alter table hold
  add column extensions integer not null default 0;
`;

const names = [
  'sale_terms',
  'tax_profile',
  'tax_rate',
  'fee_rule',
  'voucher',
  'voucher_use',
  'guest_limit',
  'order_fee',
];

export class Pricing1763800500002 implements MigrationInterface {
  readonly name = 'Pricing1763800500002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table hold drop column extensions;
      alter table ticket_order drop column discount_minor, drop column fees_minor, drop column tax_minor,
        drop column voucher_id, drop column business;
      alter table order_line drop column discount_minor, drop column tax_minor, drop column net_minor,
        drop column tax_rate;
      drop table ${names.toReversed().join(', ')};`);
  }
}
