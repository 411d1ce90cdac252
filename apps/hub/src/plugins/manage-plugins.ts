import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  andThen,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { compareVersions, type Listing, type Manifest, type PluginPackage } from '@marquee/plugin-sdk';
import type { Transaction } from '@marquee/postgres';
import { decide, type Command } from '../command.ts';
import { judgeConfiguration, mergeSettings } from './configuration.ts';
import { bidFarewell, draftFarewell } from './farewell.ts';
import { newestOf } from './marketplace.ts';
import {
  countPlugins,
  insertPlugin,
  lockPlugin,
  pluginsById,
  pluginsByName,
  setPluginSettings,
  setPluginStatus,
  updatePlugin,
} from './plugin-rows.ts';
import { giveKey, giveKeyAgain, takeKey } from './plugin-keys.ts';
import type { SecretValue } from './plugin-secrets.ts';
import {
  judgeScopes,
  mostPlugins,
  pluginRefused,
  type Plugin,
  type PluginRefused,
  type ScopesNotApproved,
} from './plugin.ts';
import { draftSubscription, endSubscription, keepSubscription, switchSubscription } from './subscription.ts';

type Configuration = { readonly settings: object; readonly secrets: readonly SecretValue[] };
export type InstallRequest = Configuration & {
  readonly name: string;
  readonly version: string | null;
  readonly approvedScopes: readonly string[];
};
export type UpgradeRequest = Configuration & {
  readonly pluginId: string;
  readonly version: string | null;
  readonly approvedScopes: readonly string[];
};

type Changed = { readonly pluginId: string };
type NotLoaded = PluginRefused | NotFound | Unavailable;

/** From the marketplace into the organisation: verified, approved, configured, and at work from the commit on. */
export async function installPlugin(
  command: Command,
  request: InstallRequest,
): Promise<
  Outcome<
    Changed & { readonly signingSecret: string | null },
    NotLoaded | ScopesNotApproved | InvalidInput | IdempotencyConflict
  >
> {
  const { viewer, addresses, pluginSecrets, secrets, database } = command;
  const loaded = await load(command, request.name, request.version);
  if (!loaded.ok) return loaded;
  const { listing, manifest } = loaded.value;
  const approved = judgeScopes(manifest, request.approvedScopes, viewer.scopes);
  if (!approved.ok) return approved;
  const secretNames = request.secrets.map(({ name }) => name);
  const settings = await judgeConfiguration(addresses, manifest, { settings: request.settings, secretNames });
  if (!settings.ok) return settings;
  const id = newUuid();
  const owner = { organisationId: viewer.organisationId, pluginId: id };
  const wrapped = [...(await pluginSecrets.wrap(owner, request.secrets))];
  if (manifest.remote) wrapped.push(await pluginSecrets.draftSigning(owner));
  const draft = await draftSubscription(secrets, viewer.organisationId, manifest);
  const key = await pluginSecrets.draftApiKey(owner);
  const asked = { ...request, secrets: secretNames };
  const outcome = await decide<Changed, PluginRefused>(command, 'installPlugin', asked, async (tx) => {
    const count = await countPlugins(tx);
    if (count >= mostPlugins)
      return pluginRefused(`An organisation has at most ${mostPlugins} plugins. Uninstall one first.`);
    const [known] = await pluginsByName(tx, [manifest.name]);
    if (known) return pluginRefused(`${manifest.title} is installed already, in version ${known.version}.`);
    const { publisher, level } = listing;
    const release = {
      ...loaded.value,
      publisher,
      level,
      approvedScopes: manifest.scopes,
      settings: settings.value,
    };
    await insertPlugin(tx, { ...release, id, installedBy: viewer.subject });
    await pluginSecrets.store(tx, id, wrapped);
    await giveKey(tx, { id, manifest }, viewer, { secrets: pluginSecrets, draft: key });
    await keepSubscription(tx, viewer, { id, manifest, settings: settings.value }, { secrets, draft });
    await appendAboutPlugin(tx, { type: 'hub.plugin-installed.v1', data: workingData(id, manifest) });
    return accept({ pluginId: id });
  });
  return andThen(outcome, async ({ pluginId }) =>
    accept({
      pluginId,
      signingSecret: await database.read(viewer, (tx) => pluginSecrets.revealSigning(tx, pluginId)),
    }),
  );
}

/** To a newer release of the same publisher's. What it asks for beyond what is allowed must be approved anew. */
export async function upgradePlugin(
  command: Command,
  request: UpgradeRequest,
): Promise<Outcome<Changed, NotLoaded | ScopesNotApproved | InvalidInput>> {
  const { viewer, addresses, database, secrets, pluginSecrets } = command;
  const [known] = await database.read(viewer, (tx) => pluginsById(tx, [request.pluginId]));
  if (!known) return notFound('The plugin');
  const loaded = await load(command, known.name, request.version);
  if (!loaded.ok) return loaded;
  const { listing, manifest } = loaded.value;
  const fit = judgeUpgrade(known, listing);
  if (!fit.ok) return fit;
  const approved = judgeScopes(manifest, [...known.approvedScopes, ...request.approvedScopes], viewer.scopes);
  if (!approved.ok) return approved;
  const kept = known.secretNames.filter((name) => Object.hasOwn(manifest.secrets, name));
  const secretNames = [...new Set([...kept, ...request.secrets.map(({ name }) => name)])];
  const merged = mergeSettings(manifest, known.settings, request.settings);
  const settings = await judgeConfiguration(addresses, manifest, { settings: merged, secretNames });
  if (!settings.ok) return settings;
  const owner = { organisationId: viewer.organisationId, pluginId: known.id };
  const wrapped = [...(await pluginSecrets.wrap(owner, request.secrets))];
  if (manifest.remote && !known.manifest.remote) wrapped.push(await pluginSecrets.draftSigning(owner));
  const draft = await draftSubscription(secrets, viewer.organisationId, manifest);
  const key = { secrets: pluginSecrets, draft: await pluginSecrets.draftApiKey(owner) };
  return changePlugin(command, known.id, async (tx, plugin) => {
    // Judged again: another upgrade may have come first.
    const still = judgeUpgrade(plugin, listing);
    if (!still.ok) return still;
    const { publisher, level } = listing;
    const release = {
      ...loaded.value,
      publisher,
      level,
      approvedScopes: manifest.scopes,
      settings: settings.value,
    };
    await updatePlugin(tx, plugin.id, release);
    await pluginSecrets.store(tx, plugin.id, wrapped);
    if (plugin.status === 'ENABLED') await giveKey(tx, { id: plugin.id, manifest }, viewer, key);
    await keepSubscription(
      tx,
      viewer,
      { id: plugin.id, manifest, settings: settings.value },
      { secrets, draft },
    );
    const data = workingData(plugin.id, manifest);
    // A disabled one has its say when it is enabled: by what it then is.
    return accept<NewEvent>(
      plugin.status === 'ENABLED'
        ? { type: 'hub.plugin-upgraded.v1', data }
        : { type: 'hub.plugin-upgraded.v1', data: { ...data, hooks: [] } },
    );
  });
}

function judgeUpgrade(known: Plugin, listing: Listing): Outcome<true, PluginRefused> {
  const { version, publisher } = listing;
  if (publisher !== known.publisher)
    return pluginRefused(`${known.name} is ${known.publisher}'s; this release is ${publisher}'s.`);
  return compareVersions(version, known.version) > 0
    ? accept(true)
    : pluginRefused(`${known.name} is at ${known.version}: ${version} is not newer, and nothing goes back.`);
}

export async function configurePlugin(
  command: Command,
  pluginId: string,
  { settings: given, secrets: values }: Configuration,
): Promise<Outcome<Changed, InvalidInput | NotFound>> {
  const { viewer, addresses, database, secrets, pluginSecrets } = command;
  const [known] = await database.read(viewer, (tx) => pluginsById(tx, [pluginId]));
  if (!known) return notFound('The plugin');
  const { manifest } = known;
  const secretNames = [...new Set([...known.secretNames, ...values.map(({ name }) => name)])];
  const merged = mergeSettings(manifest, known.settings, given);
  const settings = await judgeConfiguration(addresses, manifest, { settings: merged, secretNames });
  if (!settings.ok) return settings;
  const wrapped = await pluginSecrets.wrap({ organisationId: viewer.organisationId, pluginId }, values);
  const draft = await draftSubscription(secrets, viewer.organisationId, manifest);
  return changePlugin<InvalidInput>(command, pluginId, async (tx, { name }) => {
    await setPluginSettings(tx, pluginId, settings.value);
    await pluginSecrets.store(tx, pluginId, wrapped);
    await keepSubscription(
      tx,
      viewer,
      { id: pluginId, manifest, settings: settings.value },
      { secrets, draft },
    );
    return accept<NewEvent>({ type: 'hub.plugin-settings-changed.v1', data: { pluginId, name } });
  });
}

export function disablePlugin(command: Command, pluginId: string): Promise<Outcome<Changed, NotFound>> {
  return changePlugin<never>(command, pluginId, async (tx, { name }) => {
    await setPluginStatus(tx, pluginId, 'DISABLED');
    await takeKey(tx, pluginId, command.pluginSecrets);
    await switchSubscription(tx, pluginId, false);
    return accept<NewEvent>({ type: 'hub.plugin-disabled.v1', data: { pluginId, name } });
  });
}

export async function enablePlugin(command: Command, pluginId: string): Promise<Outcome<Changed, NotFound>> {
  const { viewer, pluginSecrets } = command;
  const draft = await pluginSecrets.draftApiKey({ organisationId: viewer.organisationId, pluginId });
  return changePlugin<never>(command, pluginId, async (tx, { manifest, status }) => {
    await setPluginStatus(tx, pluginId, 'ENABLED');
    if (status === 'DISABLED')
      await giveKeyAgain(tx, { id: pluginId, manifest }, viewer, { secrets: pluginSecrets, draft });
    await switchSubscription(tx, pluginId, true);
    return accept<NewEvent>({ type: 'hub.plugin-enabled.v1', data: workingData(pluginId, manifest) });
  });
}

/** It has nothing any more from the commit on; its app is told, with the secret that it knows. */
export async function uninstallPlugin(
  command: Command,
  pluginId: string,
): Promise<Outcome<Changed, NotFound>> {
  const draft = await draftFarewell(command, pluginId);
  const end = async (tx: Transaction, { name }: Plugin) => {
    await setPluginStatus(tx, pluginId, 'UNINSTALLED');
    await endSubscription(tx, pluginId);
    await takeKey(tx, pluginId, command.pluginSecrets);
    await command.pluginSecrets.forget(tx, pluginId);
    return accept<NewEvent>({ type: 'hub.plugin-uninstalled.v1', data: { pluginId, name } });
  };
  return changePlugin<never>(command, pluginId, end, async (tx, plugin, event) => {
    if (draft) await bidFarewell(tx, command, { plugin, event, draft });
  });
}

/** A change of a plugin that is there, with its event. */
async function changePlugin<R extends PluginRefused | InvalidInput>(
  command: Command,
  pluginId: string,
  work: (tx: Transaction, plugin: Plugin) => Promise<Outcome<NewEvent, R>>,
  tell: (tx: Transaction, plugin: Plugin, event: DomainEvent) => Promise<void> = async () => undefined,
): Promise<Outcome<Changed, R | NotFound>> {
  // Without an idempotency key there is no other request to meet under it.
  const unkeyed = { ...command, idempotencyKey: null };
  const outcome = await decide<Changed, R | NotFound>(unkeyed, 'changePlugin', {}, async (tx) => {
    const plugin = await lockPlugin(tx, pluginId);
    if (!plugin) return notFound('The plugin');
    const event = await work(tx, plugin);
    if (!event.ok) return event;
    await tell(tx, plugin, await appendAboutPlugin(tx, event.value));
    return accept({ pluginId });
  });
  return outcome as Outcome<Changed, R | NotFound>;
}

type PluginEvent = NewEvent & { readonly data: { readonly pluginId?: string } };

async function appendAboutPlugin(tx: Transaction, event: PluginEvent): Promise<DomainEvent> {
  const about = streamId('plugin', event.data.pluginId!);
  const [appended] = await appendEvents(tx, { streamId: about, events: [event] });
  return appended!;
}

/** What other services must know to ask a plugin, and to know what to do when it does not answer. */
function workingData(pluginId: string, { name, version, hooks }: Manifest) {
  const asked = hooks.map(({ point, failure, timeBudgetMs }) => ({
    point,
    failsClosed: failure === 'closed',
    timeBudgetMs,
  }));
  return { pluginId, name, version, hooks: asked };
}

/** A release of the marketplace, verified; the newest that fits where no version is wanted. */
async function load(
  { marketplace, viewer }: Command,
  name: string,
  version: string | null,
): Promise<Outcome<PluginPackage & { readonly listing: Listing }, NotLoaded>> {
  try {
    const releases = (await marketplace.releases(viewer.organisationId)).filter((each) => each.name === name);
    const [listing] =
      version === null ? newestOf(releases) : releases.filter((each) => each.version === version);
    if (!listing) return notFound(version === null ? `The plugin ${name}` : `Version ${version} of ${name}`);
    return accept({ ...(await marketplace.open(listing)), listing });
  } catch (error) {
    if ((error as Error).name === 'PluginRefusedError') return pluginRefused((error as Error).message);
    if ((error as { code?: unknown }).code !== 'MARKETPLACE_UNAVAILABLE') throw error;
    return refuse({ kind: 'Unavailable', message: 'The marketplace does not answer. Try again later.' });
  }
}
