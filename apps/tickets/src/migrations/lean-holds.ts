import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One index for what is due instead of two, of which each cost every hold of a rush. It grows at its end, and whoever asks
 * for what is over at one occurrence goes through what nobody has tidied up yet: little, for that is done all the time.
 */
export class LeanHolds1764000300001 implements MigrationInterface {
  readonly name = 'LeanHolds1764000300001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index hold_due on hold (expires_at, occurrence_id) where status = 'ACTIVE';
      drop index hold_active, hold_expiry;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create index hold_active on hold (organisation_id, occurrence_id, expires_at) where status = 'ACTIVE';
      create index hold_expiry on hold (expires_at) where status = 'ACTIVE';
      drop index hold_due;`);
  }
}
