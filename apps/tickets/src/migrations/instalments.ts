import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders that are paid in instalments: the plans that an organisation offers, and the schedule of each such order,
 * frozen when it was placed. Once its deposit is paid an order keeps its places until it is paid up or defaults; its
 * claims then never expire (`infinity`), for its money is with us.
 */
const changes = `
create table payment_plan (
  organisation_id uuid not null,
  id uuid not null,
  name text not null,
  -- The more particular wins: of a ticket type, of an occurrence, of all.
  occurrence_id uuid,
  ticket_type_id uuid,
  deposit_bp integer check (deposit_bp between 0 and 10000),
  deposit_minor bigint check (deposit_minor >= 0),
  currency text,
  -- [{ "daysBefore": 30, "shareBp": 5000 }]: how much of the rest is due how long before the occurrence.
  instalments jsonb not null,
  grace_days integer not null check (grace_days between 0 and 90),
  remind_days integer not null check (remind_days between 0 and 90),
  -- What is kept of the money that was paid where an instalment is missed.
  forfeit_bp integer not null check (forfeit_bp between 0 and 10000),
  active boolean not null default true,
  created_at timestamptz not null default now(),
  primary key (organisation_id, id),
  check ((deposit_bp is null) <> (deposit_minor is null)),
  check ((deposit_minor is null) = (currency is null))
);

create table order_instalment (
  organisation_id uuid not null,
  order_id uuid not null,
  -- 0 is the deposit.
  place integer not null,
  amount_minor bigint not null check (amount_minor > 0),
  due_at timestamptz not null,
  -- Missed from then on.
  pay_by timestamptz not null,
  reminded_at timestamptz,
  primary key (organisation_id, order_id, place),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);
create index order_instalment_to_remind on order_instalment (due_at) where reminded_at is null and place > 0;

alter table ticket_order
  -- { id, name, remindDays, forfeitBp } as agreed.
  add column payment_plan jsonb,
  -- Kept of what was paid when an instalment was missed.
  add column forfeited_minor bigint not null default 0,
  add constraint ticket_order_forfeited
    check (forfeited_minor >= 0 and refunded_minor + forfeited_minor <= paid_minor);
create index ticket_order_in_instalments on ticket_order (expires_at)
  where status = 'PENDING_PAYMENT' and paid_minor > 0;
`;

const names = ['payment_plan', 'order_instalment'];

export class Instalments1763900600002 implements MigrationInterface {
  readonly name = 'Instalments1763900600002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(changes + names.map(tenantTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index ticket_order_in_instalments;
      alter table ticket_order drop column payment_plan, drop column forfeited_minor;
      drop table ${names.toReversed().join(', ')};`);
  }
}
