import type { DomainEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { hookRequest, uninstallation } from '@marquee/plugin-sdk';
import { asTenant, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { envelopeOf } from '../catalogue/envelope.ts';
import type { Command } from '../command.ts';
import { insertDeliveries } from '../deliveries/delivery-rows.ts';
import { freezePayload } from '../selections/payloads.ts';
import { targetOf } from './configuration.ts';
import { pluginsById } from './plugin-rows.ts';
import type { Plugin } from './plugin.ts';
import { endEndpoint, openEndpoint, type DraftedSubscription } from './subscription.ts';

/**
 * The last that an app hears of a plugin that was uninstalled. It is a webhook like any: with retries and a log, at an
 * endpoint of its own, which takes this one event, has the secrets that the app knows (the plugin's are gone by then) and
 * ends with it.
 */

/** The keys of that endpoint, made before the transaction; null for a plugin that has no app. */
export async function draftFarewell(
  { database, secrets, pluginSecrets, viewer }: Command,
  pluginId: string,
): Promise<DraftedSubscription | null> {
  const known = await database.read(viewer, async (tx) => {
    const [plugin] = await pluginsById(tx, [pluginId]);
    const { remote } = plugin?.manifest ?? {};
    return remote ? pluginSecrets.forRequest(tx, pluginId, remote.bearerSecret) : null;
  });
  if (!known) return null;
  const endpointId = newUuid();
  const given = { secret: known.key.export(), bearer: known.bearer };
  return { endpointId, ...(await secrets.draft(viewer.organisationId, endpointId, given)) };
}

type Farewell = {
  /** As it was when it went. */
  readonly plugin: Plugin;
  /** That it went. */
  readonly event: DomainEvent;
  readonly draft: DraftedSubscription;
};

/** In the transaction that uninstalls it: whoever dies afterwards, the app is told. */
export async function bidFarewell(
  tx: Transaction,
  { viewer, secrets }: Pick<Command, 'viewer' | 'secrets'>,
  { plugin, event, draft }: Farewell,
): Promise<void> {
  const { id: pluginId, manifest, settings } = plugin;
  const url = manifest.remote ? targetOf(manifest, manifest.remote, settings) : null;
  if (url === null) return;
  const { id: eventId, type, occurredAt, organisationId } = event;
  const endpoint = {
    url,
    eventTypes: [type],
    pinnedVersion: 1,
    // Of no other plugin's end.
    filter: { 'data.pluginId': pluginId },
    selection: null,
    ordered: false,
    ratePerSecond: null,
  };
  await openEndpoint(tx, viewer, { pluginId, settings: endpoint }, { secrets, draft });
  const to = [{ deliveryId: newUuid(), endpointId: draft.endpointId }];
  await insertDeliveries(tx, [
    { id: eventId, type, occurredAt, envelope: JSON.stringify(envelopeOf(event)), to },
  ]);
  const said = hookRequest(manifest, { point: uninstallation, organisationId, input: {}, settings });
  await freezePayload(tx, { eventId, pluginId, body: JSON.stringify(said) });
}

const atOnce = 100;

/** Those whose app was told, or could not be for as long as anything is tried, or said that it is gone. */
const endedSql = `
  select e.organisation_id as "organisationId", e.id from webhook_endpoint e
    left join plugin p on p.organisation_id = e.organisation_id and p.id = e.plugin_id
   where e.plugin_id is not null and e.status <> 'DELETED' and coalesce(p.status, 'UNINSTALLED') = 'UNINSTALLED'
     and (e.status = 'DISABLED' or not exists (
       select from webhook_delivery d
        where d.organisation_id = e.organisation_id and d.endpoint_id = e.id and d.status = 'PENDING'))
   order by e.id limit ${atOnce} for update of e skip locked`;

/** Ends the endpoints, with their secrets, that there is nothing more to say at. Answers how many. */
export async function endFarewells(database: Database, onCommit: () => void): Promise<number> {
  return database.transaction(systemScope, async (tx) => {
    const ended = await tx.rows<{ organisationId: string; id: string }>(endedSql);
    for (const { organisationId, id } of ended)
      await asTenant(tx, organisationId, (own) => endEndpoint(own, id));
    if (ended.length > 0) tx.afterCommit(onCommit);
    return ended.length;
  });
}
