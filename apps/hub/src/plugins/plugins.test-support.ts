import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import {
  createSandbox,
  emptyIndex,
  packPlugin,
  publicKeyOf,
  publish as release,
  readIndex,
  readPluginFolder,
  writeIndex,
  type MarketplaceIndex,
} from '@marquee/plugin-sdk';
import type { Database } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { temporaryDirectory } from '@marquee/testkit';
import { startReceiver, type Receiver } from '../receiver.test-support.ts';
import { createWorld, viewerOf, type World } from '../world.test-support.ts';
import { createCallLog } from './call-log.ts';
import { createHooks, type Hooks } from './hooks.ts';
import { createMarketplace, type Marketplace } from './marketplace.ts';

export const newKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const [shopKey, ourKey] = [newKey(), newKey()];
const ourPlugins = join(import.meta.dirname, '../../../../libs/plugins');

/** A marketplace in a directory, with our plugins to begin with. */
export async function openShop() {
  const { path } = await temporaryDirectory();
  const index = join(path, 'index.json');
  const shop = {
    path,
    publicKeyPem: publicKeyOf(shopKey),
    text: () => readFileSync(index, 'utf8'),
    index: () => readIndex(shop.text(), publicKeyOf(shopKey)),
    put: (text: string) => writeFileSync(index, text),
    sign: (unsigned: MarketplaceIndex, key = shopKey) => shop.put(writeIndex(unsigned, key)),
    /** A release as `plugin publish` makes it; `over` changes the manifest of one of our plugins. Answers its file. */
    offer: (
      name: string,
      over: object = {},
      code?: string,
      more: Partial<Parameters<typeof release>[1]> = {},
    ): string => {
      const folder = readPluginFolder(join(ourPlugins, name));
      const text = packPlugin({ ...(folder.manifest as object), ...over }, code ?? folder.code);
      const ours = { publisher: 'marquee', publisherKeyPem: ourKey, level: 'core' } as const;
      const next = release(shop.index(), { text, ...ours, ...more });
      const file = join(path, next.plugins.at(-1)!.file);
      writeFileSync(file, text);
      shop.sign(next);
      return file;
    },
  };
  shop.sign(emptyIndex);
  for (const name of ['early-bird', 'chat-notifier', 'vat-check']) shop.offer(name);
  return shop;
}

const refusal = '__typename ... on InvalidInput { field } ... on Refusal { message }';
const seen = 'id name version status scopes settings secretNames upgrade { version addedScopes }';
const documents = {
  install: `mutation Install($input: InstallPluginInput!) { installPlugin(input: $input) { ${refusal}
    ... on ScopesNotApproved { scopes } ... on PluginInstalled { signingSecret plugin { ${seen} } } } }`,
  upgrade: `mutation Upgrade($input: UpgradePluginInput!) { upgradePlugin(input: $input) { ${refusal}
    ... on ScopesNotApproved { scopes } ... on PluginUpgraded { plugin { ${seen} } } } }`,
  configure: `mutation Configure($input: ConfigurePluginInput!) { configurePlugin(input: $input) { ${refusal}
    ... on PluginChanged { plugin { ${seen} } } } }`,
  disable: 'mutation Disable($id: ID!) { disablePlugin(id: $id) { __typename } }',
  enable: 'mutation Enable($id: ID!) { enablePlugin(id: $id) { __typename } }',
  uninstall: 'mutation Uninstall($id: ID!) { uninstallPlugin(id: $id) { __typename } }',
  one: `query One($id: ID!) { plugin(id: $id) { ${seen} usage { point calls failures }
    calls(first: 10) { edges { node { point outcome message } } } } }`,
  key: 'query Key($id: ID!) { plugin(id: $id) { keyHandedOverAt } }',
  shop: 'query Shop($search: String) { marketplacePlugins(search: $search) { name version level installed { id } } }',
};

type Answered = any; // eslint-disable-line @typescript-eslint/no-explicit-any -- what a test asks for, it knows the shape of

/** Hub with a marketplace, a receiver and the host of plugins, for all tests of a file; a new organisation for each test. */
export function pluginStage() {
  let shop: Awaited<ReturnType<typeof openShop>>;
  let openMarketplace: (database: Database) => Marketplace;
  let world: World;
  let receiver: Receiver;
  let hooks: Hooks;
  let viewer: Viewer;
  const [logger, metrics] = [silentLogger, createMetrics()];
  const outbound = createOutbound({ name: 'marketplace', timeoutMs: 2_000, logger, metrics });
  beforeAll(async () => {
    shop = await openShop();
    const { path: location, publicKeyPem } = shop;
    openMarketplace = (database) =>
      createMarketplace({ location, publicKeyPem, outbound, database, keptMs: 0 });
    [world, receiver] = await Promise.all([createWorld({ marketplaceOf: openMarketplace }), startReceiver()]);
    const { database, dispatcher, pluginSecrets } = world;
    const [sandbox, calls] = [createSandbox(), createCallLog(database, logger)];
    hooks = createHooks({ database, dispatcher, pluginSecrets, sandbox, calls, logger, metrics });
  });
  afterAll(async () => {
    await hooks?.stop();
    await world?.drop();
    await receiver?.close();
    await outbound.close();
  });
  beforeEach(() => {
    viewer = viewerOf(newUuid());
  });
  const run = async (name: keyof typeof documents, variables: object, as = viewer): Promise<Answered> => {
    const { data, errors } = await world.ask(as, documents[name], variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data)[0];
  };
  const install = (name: string, input: object = {}) =>
    run('install', { input: { name, approvedScopes: [], ...input } });
  return {
    shop: () => shop,
    world: () => world,
    receiver: () => receiver,
    hooks: () => hooks,
    /** As a process that has just started sees it. */
    restartedMarketplace: () => openMarketplace(world.database),
    viewer: () => viewer,
    run,
    install,
    /** The plugin as it was installed. */
    installed: async (name: string, input: object = {}) => {
      const answer = await install(name, input);
      if (answer.__typename !== 'PluginInstalled') throw new Error(JSON.stringify(answer));
      return answer as { plugin: { id: string }; signingSecret: string | null };
    },
  };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** What a hook is asked about a cart that is to be used in so many days. */
export const cart = (days = 60) => ({
  now: inDays(0),
  lines: [
    {
      ticketTypeId: newUuid(),
      occurrenceId: newUuid(),
      startsAt: inDays(days),
      quantity: 2,
      unitPrice: { amountMinor: '2500', currency: 'EUR' },
    },
  ],
});
