import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

class PluginHooks1764000700002 implements MigrationInterface {
  readonly name = 'PluginHooks1764000700002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      create table plugin_hook (
        organisation_id uuid not null,
        plugin_id uuid not null,
        point text not null,
        title text not null,
        fails_closed boolean not null,
        time_budget_ms integer not null,
        primary key (organisation_id, plugin_id, point)
      )`);
    await queryRunner.query(tenantTable('plugin_hook'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table plugin_hook');
  }
}

/** The replica of who has a say where; of every service that asks plugins. */
export const hookMigrations = [PluginHooks1764000700002];
