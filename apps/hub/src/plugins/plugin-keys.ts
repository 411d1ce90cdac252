import type { AnswerOf, questions } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import type { Handlers } from '@marquee/messaging';
import type { Manifest } from '@marquee/plugin-sdk';
import type { Database, Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { DraftedSecret, PluginSecrets } from './plugin-secrets.ts';

/**
 * The API key of a plugin with an app: which it is to have, said here with the plugin's own change; identity asks for it
 * once it hears of that change, and makes it. So whatever dies in between is made up for by who reads the event again.
 */

/** Only an app of its own can use one, and only where it was allowed something. */
const wantsKey = ({ remote, scopes }: Manifest) => remote !== undefined && scopes.length > 0;

/** A new key instead of the one before, or none where the plugin wants none. Who approves may not do less than the key. */
export async function giveKey(
  tx: Transaction,
  plugin: { readonly id: string; readonly manifest: Manifest },
  viewer: Pick<Viewer, 'role' | 'eventIds'>,
  { secrets, draft }: { readonly secrets: PluginSecrets; readonly draft: DraftedSecret },
): Promise<void> {
  if (!wantsKey(plugin.manifest)) return takeKey(tx, plugin.id, secrets);
  await secrets.store(tx, plugin.id, [draft]);
  await tx.execute(
    `insert into plugin_key as known (organisation_id, plugin_id, api_key_id, role, event_ids) values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, plugin_id) do update set api_key_id = excluded.api_key_id, role = excluded.role,
       event_ids = excluded.event_ids, made_at = null, handed_over_at = null, attempts = 0, due_at = now()`,
    [tx.organisationId, plugin.id, newUuid(), viewer.role, viewer.eventIds && [...viewer.eventIds]],
  );
}

/** As `giveKey` when a plugin is enabled: by the word of who approved its scopes, not of who enables it. */
export async function giveKeyAgain(
  tx: Transaction,
  plugin: { readonly id: string; readonly manifest: Manifest },
  viewer: Pick<Viewer, 'role' | 'eventIds'>,
  given: { readonly secrets: PluginSecrets; readonly draft: DraftedSecret },
): Promise<void> {
  const [known] = await tx.rows<{ role: Viewer['role']; eventIds: string[] | null }>(
    'select role, event_ids as "eventIds" from plugin_key where plugin_id = $1',
    [plugin.id],
  );
  const approvedBy = known
    ? { role: known.role, ...(known.eventIds && { eventIds: known.eventIds }) }
    : viewer;
  await giveKey(tx, plugin, approvedBy, given);
}

/** No key any more; who approved it is remembered, should the plugin be enabled again. */
export async function takeKey(tx: Transaction, pluginId: string, secrets: PluginSecrets): Promise<void> {
  await tx.execute('update plugin_key set api_key_id = null where plugin_id = $1', [pluginId]);
  await secrets.forgetApiKey(tx, pluginId);
}

type Answer = AnswerOf<typeof questions.pluginKey>;

/** What identity asks: the key that a plugin is to have now, whatever the event said that made it ask. */
export async function keyToMake(
  { database, pluginSecrets }: { readonly database: Database; readonly pluginSecrets: PluginSecrets },
  organisationId: string,
  pluginId: string,
): Promise<Answer> {
  return database.read({ organisationId }, async (tx) => {
    const [key] = await tx.rows<Omit<NonNullable<Answer['key']>, 'key'>>(
      `select k.api_key_id as "apiKeyId", p.manifest->>'title' as title, p.approved_scopes as scopes, k.role,
              k.event_ids as "eventIds"
         from plugin_key k join plugin p on p.id = k.plugin_id
        where k.plugin_id = $1 and k.api_key_id is not null and p.status = 'ENABLED'`,
      [pluginId],
    );
    const secret = key ? await pluginSecrets.revealApiKey(tx, pluginId) : null;
    return { key: key && secret !== null ? { ...key, key: secret } : null };
  });
}

/** Once identity has made it, it can be used: the app is told. */
export const madeKeyHandlers: Handlers = {
  'identity.api-key-created.v1': async ({ data: { apiKeyId, pluginId } }, tx) => {
    if (pluginId === undefined) return;
    await tx.execute(
      `update plugin_key set made_at = now(), due_at = now() where plugin_id = $1 and api_key_id = $2 and made_at is null`,
      [pluginId, apiKeyId],
    );
  },
};
