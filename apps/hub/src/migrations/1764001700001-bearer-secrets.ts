import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is sent as `authorization` beside the signatures: to a plugin's app, which asks for it of every request. */
export class BearerSecrets1764001700001 implements MigrationInterface {
  readonly name = 'BearerSecrets1764001700001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(kindsAre(`'v1', 'v1a', 'bearer'`));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`delete from webhook_secret where kind = 'bearer'`);
    await queryRunner.query(kindsAre(`'v1', 'v1a'`));
  }
}

const kindsAre = (kinds: string) => `
  alter table webhook_secret drop constraint webhook_secret_kind_check;
  alter table webhook_secret add constraint webhook_secret_kind_check check (kind in (${kinds}))`;
