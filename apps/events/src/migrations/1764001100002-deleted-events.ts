import { deletableTable, undeletableTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Occurrences bear the mark of their event. One that gave up its space when it was deleted remembers which it was.
 * A replica of a space whose venue is deleted is out of sight of searches, and kept for when the venue comes back.
 */
const up = `
${['event', 'occurrence'].map(deletableTable).join('\n')}
alter table occurrence add column space_id_when_deleted uuid;
alter table space_replica add column venue_deleted boolean not null default false;
`;

const down = `
alter table space_replica drop column venue_deleted;
alter table occurrence drop column space_id_when_deleted;
${['event', 'occurrence'].map(undeletableTable).join('\n')}
`;

export class DeletedEvents1764001100002 implements MigrationInterface {
  readonly name = 'DeletedEvents1764001100002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(up);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(down);
  }
}
