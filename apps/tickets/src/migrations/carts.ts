import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An order may be of several occurrences: one part for each hold that became part of it. `total_minor` is what of the
 * order's total falls to the part, frozen with the order; `refunded_minor` what of it has gone back. Claims name their
 * occurrence in the key, for one order may draw on one quota on several days.
 */
const tables = `
create table order_part (
  organisation_id uuid not null,
  hold_id uuid not null,
  order_id uuid not null,
  -- From 0, in the sequence of the cart.
  place integer not null,
  occurrence_id uuid not null,
  quantity integer not null check (quantity > 0),
  total_minor bigint not null check (total_minor >= 0),
  refunded_minor bigint not null default 0,
  -- A hold becomes at most one order.
  constraint order_part_once_a_hold primary key (organisation_id, hold_id),
  constraint order_part_refunds check (refunded_minor between 0 and total_minor),
  constraint order_part_place unique (organisation_id, order_id, place),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id)
);
create index order_part_of_occurrence on order_part (organisation_id, occurrence_id, order_id);

alter table order_line add column hold_id uuid, add column occurrence_id uuid;
alter table refund add column shares jsonb not null default '[]';
alter table quota_claim drop constraint quota_claim_pkey,
  add primary key (organisation_id, owner_id, quota_id, occurrence_id);
`;

/** The owner is bound by row-level security too (it is forced), and so sees no rows unless it steps aside for a moment. */
const backfill = `
alter table ticket_order no force row level security;
alter table order_line no force row level security;
alter table refund no force row level security;
insert into order_part (organisation_id, hold_id, order_id, place, occurrence_id, quantity, total_minor, refunded_minor)
  select organisation_id, hold_id, id, 0, occurrence_id, quantity, total_minor, least(refunded_minor, total_minor)
  from ticket_order;
update order_line l set hold_id = o.hold_id, occurrence_id = o.occurrence_id
  from ticket_order o where o.organisation_id = l.organisation_id and o.id = l.order_id;
update refund r set shares = jsonb_build_array(jsonb_build_object(
    'holdId', o.hold_id, 'occurrenceId', o.occurrence_id, 'amountMinor', r.amount_minor::text))
  from ticket_order o where o.organisation_id = r.organisation_id and o.id = r.order_id;
alter table order_line alter column hold_id set not null, alter column occurrence_id set not null;
alter table ticket_order force row level security;
alter table order_line force row level security;
alter table refund force row level security;
`;

export class Carts1763800500001 implements MigrationInterface {
  readonly name = 'Carts1763800500001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables + backfill + tenantTable('order_part'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop table order_part;
      alter table order_line drop column hold_id, drop column occurrence_id;
      alter table refund drop column shares;
      alter table quota_claim drop constraint quota_claim_pkey,
        add primary key (organisation_id, owner_id, quota_id);`);
  }
}
