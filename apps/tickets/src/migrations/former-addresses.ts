import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whom an offer of a ticket was made to, told once that guest has another address: erasing the guest finds it by that, and
 * no address needs to be kept for it.
 */
export class FormerAddresses1764000300002 implements MigrationInterface {
  readonly name = 'FormerAddresses1764000300002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table transfer add column addressed_guest_id uuid;
      create index transfer_of_addressed_guest on transfer (organisation_id, addressed_guest_id)
        where addressed_guest_id is not null;
      -- Whoever changes an address looks for all offers to the one before, also those that ended.
      create index transfer_to_email on transfer (organisation_id, lower(to_email));`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index transfer_to_email, transfer_of_addressed_guest;
      alter table transfer drop column addressed_guest_id;`);
  }
}
