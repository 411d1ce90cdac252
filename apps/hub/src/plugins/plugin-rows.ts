import type { PluginPackage } from '@marquee/plugin-sdk';
import { systemScope, type Database, type KeysetPage, type Transaction } from '@marquee/postgres';
import type { Plugin } from './plugin.ts';

const columns = `p.id, p.name, p.version, p.publisher, p.level, p.manifest, p.approved_scopes as "approvedScopes",
  p.settings, p.status, p.installed_at as "installedAt",
  array(select s.name from plugin_secret s where s.organisation_id = p.organisation_id and s.plugin_id = p.id
    and s.name !~ '^_' order by s.name) as "secretNames",
  (select k.handed_over_at from plugin_key k where k.organisation_id = p.organisation_id and k.plugin_id = p.id
    and k.api_key_id is not null) as "keyHandedOverAt"`;
const there = `p.status <> 'UNINSTALLED'`;

export async function pluginsById(tx: Transaction, ids: readonly string[]): Promise<Plugin[]> {
  return tx.rows<Plugin>(`select ${columns} from plugin p where p.id = any($1::uuid[]) and ${there}`, [ids]);
}

export async function pluginsByName(tx: Transaction, names: readonly string[]): Promise<Plugin[]> {
  return tx.rows<Plugin>(`select ${columns} from plugin p where p.name = any($1::text[]) and ${there}`, [
    names,
  ]);
}

export async function pluginsPage(tx: Transaction, { first, after }: KeysetPage): Promise<Plugin[]> {
  const [installedAt, id] = after ?? [null, null];
  return tx.rows<Plugin>(
    `select ${columns} from plugin p
      where ${there} and ($1::timestamptz is null or (p.installed_at, p.id) < ($1, $2::uuid))
      order by p.installed_at desc, p.id desc limit $3`,
    [installedAt, id, first + 1],
  );
}

/** The plugin, kept from changing until the transaction ends; null where there is none. */
export async function lockPlugin(tx: Transaction, id: string): Promise<Plugin | null> {
  const [plugin] = await tx.rows<Plugin>(
    `select ${columns} from plugin p where p.id = $1 and ${there} for no key update`,
    [id],
  );
  return plugin ?? null;
}

/** How many there are. They are installed one after the other, or two could both be the last. */
export async function countPlugins(tx: Transaction): Promise<number> {
  await tx.execute(`select pg_advisory_xact_lock(hashtextextended('plugins-' || $1, 0))`, [
    tx.organisationId,
  ]);
  const [row] = await tx.rows<{ count: number }>(
    `select count(*)::int as count from plugin p where ${there}`,
  );
  return row!.count;
}

type Release = Pick<Plugin, 'publisher' | 'level' | 'approvedScopes' | 'settings'> & PluginPackage;

function valuesOf({
  manifest,
  code,
  publisher,
  level,
  approvedScopes,
  settings,
}: Release): readonly unknown[] {
  return [
    manifest.version,
    publisher,
    level,
    JSON.stringify(manifest),
    code,
    [...approvedScopes],
    JSON.stringify(settings),
  ];
}

export async function insertPlugin(
  tx: Transaction,
  { id, installedBy, ...release }: Release & { readonly id: string; readonly installedBy: string },
): Promise<void> {
  await tx.execute(
    `insert into plugin (organisation_id, id, name, version, publisher, level, manifest, code, approved_scopes, settings,
       installed_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [tx.organisationId, id, release.manifest.name, ...valuesOf(release), installedBy],
  );
}

export async function updatePlugin(tx: Transaction, id: string, release: Release): Promise<void> {
  await tx.execute(
    `update plugin set version = $2, publisher = $3, level = $4, manifest = $5, code = $6, approved_scopes = $7,
       settings = $8, changed_at = now() where id = $1`,
    [id, ...valuesOf(release)],
  );
}

export async function setPluginSettings(
  tx: Transaction,
  id: string,
  settings: Plugin['settings'],
): Promise<void> {
  await tx.execute(`update plugin set settings = $2, changed_at = now() where id = $1`, [
    id,
    JSON.stringify(settings),
  ]);
}

export async function setPluginStatus(
  tx: Transaction,
  id: string,
  status: Plugin['status'] | 'UNINSTALLED',
): Promise<void> {
  await tx.execute(`update plugin set status = $2, changed_at = now() where id = $1`, [id, status]);
}

/** What runs a plugin. */
export type Runnable = Pick<Plugin, 'id' | 'manifest' | 'settings' | 'approvedScopes'> & {
  readonly code: string | null;
};

const runnable = `p.id, p.manifest, p.settings, p.approved_scopes as "approvedScopes", p.code`;

/** The enabled plugins of an organisation that have their say at a place, in the sequence of their installation. */
export async function runnableAt(tx: Transaction, point: string): Promise<Runnable[]> {
  return tx.rows<Runnable>(
    `select ${runnable} from plugin p
      where p.status = 'ENABLED' and p.manifest @> jsonb_build_object('hooks', jsonb_build_array(
        jsonb_build_object('point', $1::text)))
      order by p.installed_at, p.id`,
    [point],
    { name: 'plugins-at' },
  );
}

export async function runnableById(tx: Transaction, id: string): Promise<Runnable | null> {
  const [plugin] = await tx.rows<Runnable>(
    `select ${runnable} from plugin p where p.id = $1 and p.status = 'ENABLED'`,
    [id],
    { name: 'plugin-to-run' },
  );
  return plugin ?? null;
}

export type PluginCall = {
  readonly id: string;
  readonly point: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly outcome: 'OK' | 'TIMEOUT' | 'FAILED' | 'INVALID' | 'SKIPPED';
  readonly message: string | null;
  readonly correlationId: string;
};
export type NotedCall = PluginCall & { readonly organisationId: string; readonly pluginId: string };

export async function insertCalls(database: Database, calls: readonly NotedCall[]): Promise<void> {
  await database.transaction(systemScope, (tx) =>
    tx.execute(
      `insert into plugin_call (organisation_id, id, plugin_id, point, at, duration_ms, outcome, message, correlation_id)
       select * from jsonb_to_recordset($1) as c("organisationId" uuid, id uuid, "pluginId" uuid, point text,
         at timestamptz, "durationMs" real, outcome text, message text, "correlationId" text)`,
      [JSON.stringify(calls)],
    ),
  );
}

export async function callsPage(
  tx: Transaction,
  pluginId: string,
  failed: boolean | null,
  { first, after }: KeysetPage,
): Promise<PluginCall[]> {
  const [at, id] = after ?? [null, null];
  return tx.rows<PluginCall>(
    `select id, point, at, duration_ms as "durationMs", outcome, message, correlation_id as "correlationId"
       from plugin_call
      where plugin_id = $1 and ($2::boolean is null or (outcome <> 'OK') = $2)
        and ($3::timestamptz is null or (at, id) < ($3, $4::uuid))
      order by at desc, id desc limit $5`,
    [pluginId, failed, at, id, first + 1],
  );
}

export type HookUsage = {
  readonly point: string;
  readonly calls: number;
  readonly failures: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

export async function usageOf(tx: Transaction, pluginId: string, hours: number): Promise<HookUsage[]> {
  return tx.rows<HookUsage>(
    `select point, count(*)::int as calls, count(*) filter (where outcome <> 'OK')::int as failures,
            percentile_cont(0.5) within group (order by duration_ms) as "p50Ms",
            percentile_cont(0.99) within group (order by duration_ms) as "p99Ms"
       from plugin_call where plugin_id = $1 and at > now() - make_interval(hours => $2)
      group by point order by point`,
    [pluginId, hours],
  );
}

const atOnce = 5_000;

/** Forgets calls that are older than logs are kept, and plugins that went and have none left. */
export async function sweepPluginCalls(database: Database, retentionDays: number): Promise<void> {
  const sweep = (sql: string) =>
    database.transaction(systemScope, (tx) => tx.execute(sql, [retentionDays, atOnce]));
  while ((await sweep(callsSql)) === atOnce);
  await sweep(pluginsSql);
}

const callsSql = `
delete from plugin_call where ctid = any (array(
  select ctid from plugin_call where at < now() - make_interval(days => $1) limit $2 for update skip locked))`;
const pluginsSql = `
delete from plugin where ctid = any (array(
  select p.ctid from plugin p where p.status = 'UNINSTALLED' and p.changed_at < now() - make_interval(days => $1)
  limit $2 for update skip locked))`;
