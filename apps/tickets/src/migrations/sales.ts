import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Holds, orders and their money. `paid_minor` and `refunded_minor` are guarded counters on the order's row, so that
 * refunds can never exceed confirmed payments; one payment an order may be on its way or confirmed.
 */
const tables = `
create table hold (
  organisation_id uuid not null,
  id uuid not null,
  occurrence_id uuid not null,
  status text not null check (status in ('ACTIVE', 'CONVERTED', 'RELEASED', 'EXPIRED')),
  -- [{ ticketTypeId, quantity, unitPriceMinor: "2500", seatIds: [] }]: as agreed when it was placed.
  lines jsonb not null,
  quantity integer not null check (quantity > 0),
  total_minor bigint not null check (total_minor >= 0),
  currency text not null,
  placed_by text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id)
);
create index hold_active on hold (organisation_id, occurrence_id, expires_at) where status = 'ACTIVE';
create index hold_expiry on hold (expires_at) where status = 'ACTIVE';

create table ticket_order (
  organisation_id uuid not null,
  id uuid not null,
  number text not null,
  hold_id uuid not null,
  occurrence_id uuid not null,
  guest_id uuid not null,
  placed_by text not null,
  status text not null check (status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT', 'PAID',
    'PARTIALLY_REFUNDED', 'REFUNDED', 'EXPIRED', 'CANCELLED')),
  quantity integer not null check (quantity > 0),
  total_minor bigint not null check (total_minor >= 0),
  currency text not null,
  paid_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  paid_at timestamptz,
  primary key (organisation_id, id),
  constraint ticket_order_number unique (organisation_id, number),
  constraint ticket_order_once_a_hold unique (organisation_id, hold_id),
  constraint ticket_order_refunds check (refunded_minor >= 0 and refunded_minor <= paid_minor)
);
create index ticket_order_newest on ticket_order (organisation_id, created_at desc, id desc);
create index ticket_order_of_occurrence on ticket_order (organisation_id, occurrence_id, status);
create index ticket_order_of_guest on ticket_order (organisation_id, guest_id);
create index ticket_order_expiry on ticket_order (expires_at) where status = 'PENDING_PAYMENT';

create table order_line (
  organisation_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  -- From 0, in the order asked for.
  place integer not null,
  ticket_type_id uuid not null,
  quantity integer not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  seat_ids uuid[] not null default '{}',
  primary key (organisation_id, id),
  unique (organisation_id, order_id, place),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);

create table payment (
  organisation_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  provider text not null,
  status text not null check (status in ('CREATED', 'PENDING', 'AUTHORIZED', 'CONFIRMED', 'FAILED', 'CANCELLED',
    'CHARGED_BACK')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  idempotency_key text not null,
  -- SHA-256 of what was asked: the key with another request is refused. The token itself is never kept.
  request_hash text not null,
  failure_reason text,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (organisation_id, id),
  constraint payment_idempotency unique (organisation_id, idempotency_key),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);
create unique index payment_one_at_a_time on payment (organisation_id, order_id)
  where status in ('CREATED', 'PENDING', 'AUTHORIZED', 'CONFIRMED');
create index payment_of_order on payment (organisation_id, order_id);
create index payment_open on payment (created_at) where status in ('CREATED', 'PENDING', 'AUTHORIZED');

create table refund (
  organisation_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  payment_id uuid,
  status text not null check (status in ('CREATED', 'TRANSIT', 'DONE', 'FAILED', 'EXTERNAL')),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  reason text,
  created_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (organisation_id, id),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);
create index refund_of_order on refund (organisation_id, order_id);
create index refund_open on refund (created_at) where status in ('CREATED', 'TRANSIT');

-- What the sandbox provider remembers, as a real one would on its own side. Never joined with the tables above.
create table sandbox_charge (
  organisation_id uuid not null,
  payment_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  approved boolean not null,
  answers_at timestamptz not null,
  primary key (organisation_id, payment_id)
);
create table sandbox_refund (
  organisation_id uuid not null,
  refund_id uuid not null,
  payment_id uuid not null,
  amount_minor bigint not null,
  primary key (organisation_id, refund_id)
);
`;

const names = ['hold', 'ticket_order', 'order_line', 'payment', 'refund', 'sandbox_charge', 'sandbox_refund'];

export class Sales1763700000003 implements MigrationInterface {
  readonly name = 'Sales1763700000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`drop table ${names.toReversed().join(', ')}`);
  }
}
