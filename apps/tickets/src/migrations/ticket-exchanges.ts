import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each exchange of a ticket: what it was for, and what it is worth since then. */
const table = `
create table ticket_exchange (
  organisation_id uuid not null,
  id uuid not null,
  ticket_id uuid not null,
  -- 1 for the ticket's first exchange.
  place integer not null check (place > 0),
  from_occurrence_id uuid not null,
  from_ticket_type_id uuid not null,
  from_seat_id uuid,
  occurrence_id uuid not null,
  -- As a buyer is told the price of the new place, and what of the money paid for the ticket stays with it, with tax.
  price_minor bigint not null check (price_minor >= 0),
  value_minor bigint not null check (value_minor >= 0),
  refund_ids uuid[] not null default '{}',
  exchanged_at timestamptz not null default now(),
  primary key (organisation_id, id),
  constraint ticket_exchange_place unique (organisation_id, ticket_id, place),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id),
  check (from_occurrence_id <> occurrence_id)
);
`;

export class TicketExchanges1763900900001 implements MigrationInterface {
  readonly name = 'TicketExchanges1763900900001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(table + tenantTable('ticket_exchange'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table ticket_exchange');
  }
}
