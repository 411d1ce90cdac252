import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which API key a plugin's app is to have, and how far it is. The key itself is among the plugin's secrets, wrapped. */
const table = `
  create table plugin_key (
    organisation_id uuid not null,
    plugin_id uuid not null,
    -- Null while the plugin is disabled.
    api_key_id uuid,
    -- Of who approved its scopes: the key may do no more, and acts nowhere else.
    role text not null,
    event_ids uuid[],
    -- By identity.
    made_at timestamptz(3),
    handed_over_at timestamptz(3),
    attempts integer not null default 0,
    due_at timestamptz(3) not null default now(),
    primary key (organisation_id, plugin_id),
    foreign key (organisation_id, plugin_id) references plugin (organisation_id, id) on delete cascade
  );
  create index plugin_key_due on plugin_key (due_at)
    where api_key_id is not null and made_at is not null and handed_over_at is null;
`;

export class PluginKeys1764001400003 implements MigrationInterface {
  readonly name = 'PluginKeys1764001400003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(table);
    await queryRunner.query(tenantTable('plugin_key'));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table plugin_key');
  }
}
