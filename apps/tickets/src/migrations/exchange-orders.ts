import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An order that is paid to exchange a ticket for a dearer one: it is of the difference, has no ticket of its own, and
 * once it is paid the ticket has its place.
 */
const table = `
create table exchange_order (
  organisation_id uuid not null,
  order_id uuid not null,
  ticket_id uuid not null,
  -- Which exchange of the ticket it is to be: where another comes first, this one is none any more.
  place integer not null check (place > 0),
  primary key (organisation_id, order_id),
  foreign key (organisation_id, order_id) references ticket_order (organisation_id, id),
  foreign key (organisation_id, ticket_id) references ticket (organisation_id, id)
);
create index exchange_order_ticket on exchange_order (organisation_id, ticket_id);
`;

export class ExchangeOrders1764000500001 implements MigrationInterface {
  readonly name = 'ExchangeOrders1764000500001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(table + tenantTable('exchange_order'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table exchange_order');
  }
}
