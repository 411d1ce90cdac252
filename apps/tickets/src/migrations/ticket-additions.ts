import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What plugins add to tickets, and the tickets about which they have yet to be asked. Without foreign keys: who asks would
 * wait for the lock of who hands a ticket on, who waits for the row of who asks.
 */
const tables = `
  create table ticket_to_extend (
    organisation_id uuid not null,
    ticket_id uuid not null,
    order_id uuid not null,
    guest_id uuid not null,
    -- Of this asking: an answer for an earlier holder or place is none.
    stamp uuid not null,
    since timestamptz(3) not null default now(),
    -- Nobody is shown the ticket before.
    holds_back boolean not null,
    attempts integer not null default 0,
    -- Also how long the one who is asking may take before another asks.
    due_at timestamptz(3) not null default now(),
    primary key (organisation_id, ticket_id)
  );
  create index ticket_to_extend_due on ticket_to_extend (due_at);

  create table ticket_addition (
    organisation_id uuid not null,
    ticket_id uuid not null,
    -- Whom it was made for, and is shown to.
    guest_id uuid not null,
    plugin text not null,
    title text not null,
    fields jsonb not null,
    note text,
    reference text,
    primary key (organisation_id, ticket_id, plugin)
  );
  create index ticket_addition_of_guest on ticket_addition (organisation_id, guest_id);
`;

export class TicketAdditions1764001400001 implements MigrationInterface {
  readonly name = 'TicketAdditions1764001400001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables);
    for (const table of ['ticket_to_extend', 'ticket_addition']) await queryRunner.query(tenantTable(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table ticket_addition, ticket_to_extend');
  }
}
