import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When somebody proved who it is, which is not when a session begins where another issuer was asked. */
export class SessionProofs1764001800001 implements MigrationInterface {
  readonly name = 'SessionProofs1764001800001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table session add column proved_at timestamptz(3)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table session drop column proved_at');
  }
}
