import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The middle of a map from left to right, before which its stage is; null until its seats are known. */
export class SeatCentres1763900400003 implements MigrationInterface {
  readonly name = 'SeatCentres1763900400003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table space_map add column centre_x double precision');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table space_map drop column centre_x');
  }
}
