import { deletableTable, undeletableTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const index = (also: string) => `
  drop index guest_by_name;
  create index guest_by_name on guest (organisation_id, sort_name, id) include (search_text${also})
    where erased_at is null;`;

/** The index holds the mark as well, so that a search still reads nothing else until it knows the page. */
export class DeletedGuests1764001100003 implements MigrationInterface {
  readonly name = 'DeletedGuests1764001100003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(deletableTable('guest') + index(', deleted_at'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(index('') + undeletableTable('guest'));
  }
}
