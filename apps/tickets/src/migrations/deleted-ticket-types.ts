import { deletableTable, undeletableTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class DeletedTicketTypes1764001100004 implements MigrationInterface {
  readonly name = 'DeletedTicketTypes1764001100004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(deletableTable('ticket_type'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(undeletableTable('ticket_type'));
  }
}
