import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists leave out who was erased, and so does their index. */
export class ErasedGuests1763800300010 implements MigrationInterface {
  readonly name = 'ErasedGuests1763800300010';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table guest add column erased_at timestamptz;
      drop index guest_by_name;
      create index guest_by_name on guest (organisation_id, sort_name, id) include (search_text)
        where erased_at is null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop index guest_by_name;
      create index guest_by_name on guest (organisation_id, sort_name, id) include (search_text);
      alter table guest drop column erased_at;`);
  }
}
