import { andThen, decodeId, encodeId } from '@marquee/kernel';
import { compareVersions, type Level, type Manifest } from '@marquee/plugin-sdk';
import { toConnection } from '@marquee/postgres';
import { graphError, orBadInput, parseId, parseInteger, parseKeysetPage, toResult } from '@marquee/subgraph';
import { reload, type Context } from '../context.ts';
import type { PluginLevel, Resolvers } from '../generated/schema.ts';
import {
  configurePlugin,
  disablePlugin,
  enablePlugin,
  installPlugin,
  uninstallPlugin,
  upgradePlugin,
} from './manage-plugins.ts';
import { newestOf } from './marketplace.ts';
import { callsPage, pluginsPage, usageOf } from './plugin-rows.ts';
import { addedScopes, type Plugin } from './plugin.ts';
import { readConfiguration, readInstall, readUpgrade } from './plugins.input.ts';

const unkeyed = (context: Context) => ({ ...context, idempotencyKey: null });

/** Enabling and disabling: an id in, the plugin as it is now out. */
function changing(change: typeof disablePlugin) {
  return async (_: unknown, { id }: { readonly id: string }, context: Context) => {
    const outcome = await andThen(parseId('Plugin', 'id', id), (uuid) => change(unkeyed(context), uuid));
    return toResult(outcome, ({ pluginId }) => ({
      __typename: 'PluginChanged',
      plugin: reload(context.loaders.plugin, pluginId),
    }));
  };
}

/** The newest releases that the viewer may see; none where the marketplace cannot be read, which an error says. */
async function releasesFor({ marketplace, viewer }: Context) {
  try {
    return newestOf(await marketplace.releases(viewer.organisationId));
  } catch (error) {
    throw graphError(
      'UNAVAILABLE',
      'The marketplace cannot be read now.',
      {},
      { originalError: error as Error },
    );
  }
}

const levelOf = (level: Level) => level.toUpperCase() as PluginLevel;
const ofManifest = {
  title: ({ manifest }: { readonly manifest: Manifest }) => manifest.title,
  summary: ({ manifest }: { readonly manifest: Manifest }) => manifest.summary,
  hooks: ({ manifest }: { readonly manifest: Manifest }) => [...manifest.hooks],
  eventTypes: ({ manifest }: { readonly manifest: Manifest }) => [...(manifest.events?.types ?? [])],
  egress: ({ manifest }: { readonly manifest: Manifest }) => [...manifest.egress],
  level: ({ level }: { readonly level: Level }) => levelOf(level),
};

async function upgradeOf({ name, version, approvedScopes, publisher }: Plugin, context: Context) {
  // Nothing is known of upgrades while the marketplace is away; the plugin itself is.
  const releases = await context.marketplace.releases(context.viewer.organisationId).catch(() => []);
  const [newest] = newestOf(releases.filter((each) => each.name === name && each.publisher === publisher));
  if (!newest || compareVersions(newest.version, version) <= 0) return null;
  return { version: newest.version, addedScopes: addedScopes(newest.manifest, approvedScopes) };
}

export const pluginsResolvers = {
  Query: {
    marketplacePlugins: async (_, { search, first }, context) => {
      const most = orBadInput(parseInteger('first', first ?? 20, { min: 1, max: 100 }));
      const wanted = (search ?? '').trim().toLowerCase();
      const about = ({ name, manifest }: { name: string; manifest: Manifest }) =>
        `${name}\n${manifest.title}\n${manifest.summary}`.toLowerCase();
      return (await releasesFor(context)).filter((each) => about(each).includes(wanted)).slice(0, most);
    },
    plugin: (_, { id }, { loaders }) => loaders.plugin.load(orBadInput(parseId('Plugin', 'id', id))),
    plugins: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const plugins = await database.read(viewer, (tx) => pluginsPage(tx, page));
      return toConnection(plugins, page, ({ installedAt, id }) => [installedAt.toISOString(), id]);
    },
  },
  Mutation: {
    installPlugin: async (_, { input }, context) => {
      const outcome = await andThen(readInstall(input), ({ idempotencyKey, ...request }) =>
        installPlugin({ ...context, idempotencyKey }, request),
      );
      return toResult(outcome, ({ pluginId, signingSecret }) => ({
        __typename: 'PluginInstalled',
        plugin: reload(context.loaders.plugin, pluginId),
        signingSecret,
      }));
    },
    upgradePlugin: async (_, { input }, context) => {
      const outcome = await andThen(readUpgrade(input), (request) =>
        upgradePlugin(unkeyed(context), request),
      );
      return toResult(outcome, ({ pluginId }) => ({
        __typename: 'PluginUpgraded',
        plugin: reload(context.loaders.plugin, pluginId),
      }));
    },
    configurePlugin: async (_, { input }, context) => {
      const outcome = await andThen(readConfiguration(input), ({ pluginId, ...configuration }) =>
        configurePlugin(unkeyed(context), pluginId, configuration),
      );
      return toResult(outcome, ({ pluginId }) => ({
        __typename: 'PluginChanged',
        plugin: reload(context.loaders.plugin, pluginId),
      }));
    },
    disablePlugin: changing(disablePlugin),
    enablePlugin: changing(enablePlugin),
    uninstallPlugin: async (_, { id }, context) => {
      const outcome = await andThen(parseId('Plugin', 'id', id), (uuid) =>
        uninstallPlugin(unkeyed(context), uuid),
      );
      return toResult(outcome, () => ({ __typename: 'PluginUninstalled', id }));
    },
  },
  MarketplacePlugin: {
    ...ofManifest,
    scopes: ({ manifest }) => [...manifest.scopes],
    settings: ({ manifest }) => JSON.stringify(manifest.settings),
    secretNames: ({ manifest }) => Object.keys(manifest.secrets),
    installed: ({ name }, _, { loaders }) => loaders.pluginByName.load(name),
  },
  PluginHook: {
    failure: ({ failure }) => (failure === 'closed' ? 'CLOSED' : 'OPEN'),
    remote: ({ runs }) => runs === 'remote',
  },
  Plugin: {
    ...ofManifest,
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('Plugin', id);
      if (uuid === null || !viewer.scopes.includes('hub:manage')) return null;
      return loaders.plugin.load(uuid);
    },
    id: ({ id }) => encodeId('Plugin', id),
    scopes: ({ approvedScopes }) => [...approvedScopes],
    settings: ({ settings }) => JSON.stringify(settings),
    secretNames: ({ secretNames }) => [...secretNames],
    upgrade: (plugin, _, context) => upgradeOf(plugin, context),
    calls: async ({ id }, { failed, ...args }, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const calls = await database.read(viewer, (tx) => callsPage(tx, id, failed ?? null, page));
      return toConnection(calls, page, (call) => [call.at.toISOString(), call.id]);
    },
    usage: async ({ id }, { hours }, { database, viewer }) => {
      const wanted = orBadInput(parseInteger('hours', hours ?? 24, { min: 1, max: 720 }));
      return database.read(viewer, (tx) => usageOf(tx, id, wanted));
    },
  },
} satisfies Resolvers;
