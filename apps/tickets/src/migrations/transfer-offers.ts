import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Open offers are found by the address that they are made to, and a ticket's by the ticket. */
export class TransferOffers1763800700004 implements MigrationInterface {
  readonly name = 'TransferOffers1763800700004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index transfer_of_address on transfer (organisation_id, lower(to_email)) where status = 'OFFERED';
      create index transfer_of_ticket on transfer (organisation_id, ticket_id, created_at);`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index transfer_of_address, transfer_of_ticket');
  }
}
