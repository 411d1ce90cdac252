import { deletableTable, undeletableTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Spaces and seat maps bear the mark of their venue, so that whoever waits for a lock on one finds it gone. */
const tables = ['venue', 'space', 'seat_map'];

export class DeletedVenues1764001100001 implements MigrationInterface {
  readonly name = 'DeletedVenues1764001100001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables.map(deletableTable).join('\n'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(tables.map(undeletableTable).join('\n'));
  }
}
