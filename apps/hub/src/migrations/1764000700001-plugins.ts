import { tenantTable } from '@marquee/postgres';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Manifest and code are the installed release's own: a marketplace that is away, or that lists another by now, changes
 * nothing for who installed it. Secrets are wrapped by the key-encryption key, `_signing` among them, which is ours.
 */
const plugin = `
  create table plugin (
    organisation_id uuid not null,
    id uuid not null,
    name text not null,
    version text not null,
    publisher text not null,
    level text not null check (level in ('private', 'community', 'core')),
    manifest jsonb not null,
    code text,
    approved_scopes text[] not null,
    settings jsonb not null,
    status text not null default 'ENABLED' check (status in ('ENABLED', 'DISABLED', 'UNINSTALLED')),
    installed_by text not null,
    installed_at timestamptz(3) not null default now(),
    changed_at timestamptz(3) not null default now(),
    primary key (organisation_id, id)
  );
  create unique index plugin_once on plugin (organisation_id, name) where status <> 'UNINSTALLED';

  create table plugin_secret (
    organisation_id uuid not null,
    plugin_id uuid not null,
    name text not null,
    key_encryption_key_id text not null,
    wrapped bytea not null,
    primary key (organisation_id, plugin_id, name),
    foreign key (organisation_id, plugin_id) references plugin (organisation_id, id) on delete cascade
  );

  create table plugin_call (
    organisation_id uuid not null,
    id uuid not null,
    plugin_id uuid not null,
    point text not null,
    at timestamptz(3) not null,
    duration_ms real not null,
    outcome text not null check (outcome in ('OK', 'TIMEOUT', 'FAILED', 'INVALID', 'SKIPPED')),
    message text,
    correlation_id text not null,
    primary key (organisation_id, id),
    foreign key (organisation_id, plugin_id) references plugin (organisation_id, id) on delete cascade
  );
  create index plugin_call_log on plugin_call (organisation_id, plugin_id, at desc, id desc);
  create index plugin_call_age on plugin_call (at);

  -- Whose subscription an endpoint is; it goes with its plugin.
  alter table webhook_endpoint add column plugin_id uuid;
`;

const tables = ['plugin', 'plugin_secret', 'plugin_call'];

export class Plugins1764000700001 implements MigrationInterface {
  readonly name = 'Plugins1764000700001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(plugin);
    for (const table of tables) await queryRunner.query(tenantTable(table));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table webhook_endpoint drop column plugin_id');
    await queryRunner.query(`drop table ${tables.toReversed().join(', ')}`);
  }
}
