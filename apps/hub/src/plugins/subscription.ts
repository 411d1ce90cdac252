import { newUuid } from '@marquee/kernel';
import type { Manifest, Settings } from '@marquee/plugin-sdk';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { typesOf, versionOf } from '../catalogue/event-types.ts';
import { insertEndpoint, markDeleted, setStatus, updateEndpoint } from '../endpoints/endpoint-rows.ts';
import type { EndpointSettings } from '../endpoints/endpoint.ts';
import { appendAbout } from '../endpoints/manage-endpoints.ts';
import type { DraftedKeys, SecretStore } from '../signing/secrets.ts';
import { targetOf } from './configuration.ts';

/** The endpoint that a plugin's events would go to, and the keys that sign them: made before the transaction. */
export type DraftedSubscription = DraftedKeys & { readonly endpointId: string };

export async function draftSubscription(
  secrets: SecretStore,
  organisationId: string,
  { events }: Manifest,
): Promise<DraftedSubscription | null> {
  if (!events) return null;
  const endpointId = newUuid();
  return { endpointId, ...(await secrets.draft(organisationId, endpointId)) };
}

/** An endpoint of the plugin's own, as its release and settings say: made, changed or ended. */
export async function keepSubscription(
  tx: Transaction,
  viewer: Viewer,
  plugin: { readonly id: string; readonly manifest: Manifest; readonly settings: Settings },
  { secrets, draft }: { readonly secrets: SecretStore; readonly draft: DraftedSubscription | null },
): Promise<void> {
  const wanted = endpointOf(plugin.manifest, plugin.settings);
  const [known] = await endpointIdsOf(tx, plugin.id);
  if (!wanted) return endSubscription(tx, plugin.id);
  if (known !== undefined) {
    await updateEndpoint(tx, known, wanted, viewer);
    const data = { endpointId: known, eventTypes: [...wanted.eventTypes] };
    return appendAbout(tx, known, { type: 'hub.endpoint-updated.v1', data });
  }
  if (draft) await openEndpoint(tx, viewer, { pluginId: plugin.id, settings: wanted }, { secrets, draft });
}

/** An endpoint that is a plugin's, with the keys that were drafted for it. */
export async function openEndpoint(
  tx: Transaction,
  viewer: Viewer,
  { pluginId, settings }: { readonly pluginId: string; readonly settings: EndpointSettings },
  { secrets, draft }: { readonly secrets: SecretStore; readonly draft: DraftedSubscription },
): Promise<void> {
  const { endpointId, publicKey, drafts } = draft;
  await insertEndpoint(tx, { ...settings, id: endpointId, publicKey }, viewer);
  await tx.execute('update webhook_endpoint set plugin_id = $2 where id = $1', [endpointId, pluginId]);
  await secrets.insert(tx, endpointId, drafts);
  const data = { endpointId, eventTypes: [...settings.eventTypes] };
  await appendAbout(tx, endpointId, { type: 'hub.endpoint-created.v1', data });
}

function endpointOf(manifest: Manifest, settings: Settings): EndpointSettings | null {
  const { events } = manifest;
  const url = events ? targetOf(manifest, events, settings) : null;
  if (!events || url === null) return null;
  const pinnedVersion = Math.max(...typesOf(events.types).types.map(versionOf));
  return {
    url,
    eventTypes: events.types,
    pinnedVersion,
    filter: null,
    selection: null,
    ordered: false,
    ratePerSecond: null,
  };
}

/** Events of a disabled plugin are kept, as those of any endpoint that is paused. */
export async function switchSubscription(tx: Transaction, pluginId: string, on: boolean): Promise<void> {
  for (const endpointId of await endpointIdsOf(tx, pluginId)) {
    await setStatus(tx, endpointId, on ? 'ACTIVE' : 'PAUSED');
    const type = on ? 'hub.endpoint-resumed.v1' : 'hub.endpoint-paused.v1';
    await appendAbout(tx, endpointId, { type, data: { endpointId } });
  }
}

export async function endSubscription(tx: Transaction, pluginId: string): Promise<void> {
  for (const endpointId of await endpointIdsOf(tx, pluginId)) await endEndpoint(tx, endpointId);
}

export async function endEndpoint(tx: Transaction, endpointId: string): Promise<void> {
  await markDeleted(tx, endpointId);
  await appendAbout(tx, endpointId, { type: 'hub.endpoint-deleted.v1', data: { endpointId } });
}

async function endpointIdsOf(tx: Transaction, pluginId: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from webhook_endpoint where plugin_id = $1 and status <> 'DELETED'`,
    [pluginId],
  );
  return rows.map(({ id }) => id);
}
