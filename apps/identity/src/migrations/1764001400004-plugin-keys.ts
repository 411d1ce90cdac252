import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose keys are plugins': they end with them. */
export class PluginKeys1764001400004 implements MigrationInterface {
  readonly name = 'PluginKeys1764001400004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      alter table api_key add column plugin_id uuid;
      create index api_key_of_plugin on api_key (organisation_id, plugin_id) where plugin_id is not null;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop index api_key_of_plugin; alter table api_key drop column plugin_id');
  }
}
