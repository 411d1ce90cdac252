import { questions, type AnswerOf, type DomainEvent } from '@marquee/contracts';
import { appendMany, streamId } from '@marquee/event-log';
import type { Messaging, ProjectionOptions } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import type { Services } from '../command.ts';
import { insertApiKey, insertSecret } from './api-key-rows.ts';

export type PluginKey = AnswerOf<typeof questions.pluginKey>['key'];

/** How long an app may go on with the key of its earlier release: time to take the new one. */
const overlapHours = 24;
const askTimeoutMs = 3_000;

/**
 * Makes and ends the API keys of plugins, after the hub's events. Which key a plugin is to have is asked of the hub, as it
 * is now: the key is in no event and no stream. Handled again, all stays as it is.
 */
export function pluginKeyProjection(
  services: Services,
  messaging: Pick<Messaging, 'ask'>,
): ProjectionOptions {
  const keep = async ({ data: { pluginId }, type }: About, tx: Transaction, prepared: unknown) => {
    const isUpgrade = type === 'hub.plugin-upgraded.v1';
    await keepPluginKey(services, tx, pluginId, prepared as PluginKey, { isUpgrade });
  };
  return {
    name: 'plugin-keys',
    events: {
      'hub.plugin-installed.v1': keep,
      'hub.plugin-upgraded.v1': keep,
      'hub.plugin-enabled.v1': keep,
      'hub.plugin-disabled.v1': keep,
      'hub.plugin-uninstalled.v1': keep,
    },
    prepare: async ({ type, organisationId, data }) => {
      // What ends is ended without a question.
      if (type === 'hub.plugin-disabled.v1' || type === 'hub.plugin-uninstalled.v1') return null;
      const { pluginId } = data as About['data'];
      const asking = { organisationId, timeoutMs: askTimeoutMs };
      return (await messaging.ask(questions.pluginKey, { pluginId }, asking)).key;
    },
  };
}

type About = Pick<DomainEvent, 'type'> & { readonly data: { readonly pluginId: string } };

/** The plugin has this key from now on, or none; those before it end, at an upgrade a day later and with no more than it. */
export async function keepPluginKey(
  { secrets, onCommit }: Services,
  tx: Transaction,
  pluginId: string,
  key: PluginKey,
  { isUpgrade }: { readonly isUpgrade: boolean },
): Promise<void> {
  tx.afterCommit(onCommit);
  await endOthers(tx, pluginId, key, isUpgrade && key !== null);
  if (key === null || (await isThere(tx, key.apiKeyId))) return;
  const { apiKeyId, scopes, eventIds } = key;
  await insertApiKey(
    tx,
    {
      id: apiKeyId,
      scopes,
      eventIds,
      pluginId,
      networks: null,
      expiresAt: null,
      name: `Plugin ${key.title}`.slice(0, 100),
      role: key.role as 'OWNER',
    },
    `plugin ${pluginId}`,
  );
  await insertSecret(tx, apiKeyId, key.key, secrets);
  const data = { apiKeyId, scopes, expiresAt: null, pluginId };
  const events = [{ type: 'identity.api-key-created.v1' as const, data }];
  await appendMany(tx, [{ streamId: streamId('api-key', apiKeyId), expectedVersion: 'none', events }]);
}

/** Or the organisation is not: one that only the hub knows of, with nobody to act for. */
async function isThere(tx: Transaction, apiKeyId: string): Promise<boolean> {
  const [row] = await tx.rows<{ there: boolean }>(
    `select exists (select from api_key where id = $1) or not exists (select from organisation) as there`,
    [apiKeyId],
  );
  return row!.there;
}

async function endOthers(
  tx: Transaction,
  pluginId: string,
  key: PluginKey,
  overlaps: boolean,
): Promise<void> {
  if (overlaps) {
    await tx.execute(
      `update api_key set scopes = array(select unnest(scopes) intersect select unnest($3::text[])),
              expires_at = least(expires_at, now() + make_interval(hours => $4))
        where plugin_id = $1 and id <> $2 and revoked_at is null`,
      [pluginId, key!.apiKeyId, [...key!.scopes], overlapHours],
    );
    return;
  }
  const revoked = await tx.rows<{ id: string }>(
    `update api_key set revoked_at = now() where plugin_id = $1 and id is distinct from $2 and revoked_at is null
     returning id`,
    [pluginId, key?.apiKeyId ?? null],
  );
  await appendMany(
    tx,
    revoked.map(({ id }) => ({
      streamId: streamId('api-key', id),
      events: [{ type: 'identity.api-key-revoked.v1' as const, data: { apiKeyId: id } }],
    })),
  );
}
