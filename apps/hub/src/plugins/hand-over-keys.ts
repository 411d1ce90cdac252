import { repeat, systemScope, type Database, type Repeated } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import type { Hooks } from './hooks.ts';
import { runnableById } from './plugin-rows.ts';
import type { PluginSecrets } from './plugin-secrets.ts';

export type HandingOver = {
  readonly database: Database;
  readonly pluginSecrets: PluginSecrets;
  readonly hooks: Pick<Hooks, 'install'>;
  readonly logger: Logger;
};

const everyMs = 500;
const atOnce = 10;

/** Gives apps the keys that were made for their plugins: again until they take them, at growing intervals. */
export function startHandingOver(options: HandingOver): Repeated {
  return repeat({
    everyMs,
    work: () => handOverKeys(options),
    onError: (error) => options.logger.warn({ error }, "plugins' keys could not be handed over this time"),
  });
}

type Due = { readonly organisationId: string; readonly pluginId: string; readonly apiKeyId: string };

/** Five seconds are longer than an app may take: nobody else tries meanwhile. Answers how many were tried. */
const claimSql = `
  update plugin_key k set attempts = k.attempts + 1,
         due_at = now() + make_interval(secs => least(5 * 2 ^ least(k.attempts, 10), 3600))
   where (k.organisation_id, k.plugin_id) in (
     select organisation_id, plugin_id from plugin_key
      where api_key_id is not null and made_at is not null and handed_over_at is null and due_at <= now()
      order by due_at limit ${atOnce} for update skip locked)
  returning k.organisation_id as "organisationId", k.plugin_id as "pluginId", k.api_key_id as "apiKeyId"`;

export async function handOverKeys(options: HandingOver): Promise<number> {
  const due = await options.database.transaction(systemScope, (tx) => tx.rows<Due>(claimSql));
  await Promise.all(due.map((each) => handOver(options, each)));
  return due.length;
}

async function handOver({ database, pluginSecrets, hooks }: HandingOver, due: Due): Promise<void> {
  const { organisationId, pluginId, apiKeyId } = due;
  const found = await database.read({ organisationId }, async (tx) => ({
    plugin: await runnableById(tx, pluginId),
    apiKey: await pluginSecrets.revealApiKey(tx, pluginId),
  }));
  if (!found.plugin || found.apiKey === null) return;
  const { plugin, apiKey } = found;
  const input = { apiKey, scopes: plugin.approvedScopes };
  // The same message however often it is sent: an app may know it by its id.
  if (!(await hooks.install({ organisationId, plugin, messageId: apiKeyId }, input))) return;
  await database.transaction({ organisationId }, (tx) =>
    tx.execute('update plugin_key set handed_over_at = now() where plugin_id = $1 and api_key_id = $2', [
      pluginId,
      apiKeyId,
    ]),
  );
}
