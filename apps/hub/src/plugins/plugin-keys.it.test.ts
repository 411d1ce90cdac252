import { beforeEach, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { isApiKey } from '@marquee/subgraph';
import { silentLogger } from '@marquee/telemetry';
import { Webhook } from 'standardwebhooks';
import { handOverKeys } from './hand-over-keys.ts';
import { keyToMake, madeKeyHandlers } from './plugin-keys.ts';
import { pluginStage } from './plugins.test-support.ts';

const { shop, world, receiver, hooks, viewer, run, installed } = pluginStage();

const scopes = ['guests:read'];
const over = { name: 'caller', scopes };
let path: string;
let answer: number;

beforeEach(() => {
  path = `/caller-${newUuid()}`;
  answer = 204;
  receiver().behave(path, (_, response) => void response.writeHead(answer).end());
});

const secrets = [{ name: 'apiKey', value: 'key of the register' }];
const install = (name: string, approvedScopes: readonly string[]) => {
  const settings = JSON.stringify({ serviceUrl: `${receiver().url}${path}` });
  return installed(name, { settings, secrets, approvedScopes });
};
const wanted = async (pluginId: string) =>
  (await keyToMake(world(), viewer().organisationId, uuidOf(pluginId))).key;
const uuidOf = (id: string) => decodeId('Plugin', id)!;
const handOver = () => handOverKeys({ ...world(), hooks: hooks(), logger: silentLogger });
const later = () =>
  world().database.transaction(systemScope, (tx) => tx.execute('update plugin_key set due_at = now()'));
const handedOverAt = async (id: string) => (await run('key', { id })).keyHandedOverAt as string | null;

/** What identity tells once it has made a key. */
async function made(pluginId: string, apiKeyId: string): Promise<void> {
  const data = { apiKeyId, scopes, expiresAt: null, pluginId: uuidOf(pluginId) };
  const handle = madeKeyHandlers['identity.api-key-created.v1']!;
  await world().database.transaction(viewer(), (tx) => handle({ data } as never, tx, undefined));
}

const given = () =>
  receiver()
    .at(path)
    .map(({ body }) => JSON.parse(body) as { point: string; input: { apiKey: string; scopes: string[] } });

test('an app gets a key for just what was approved, signed, once identity has made it and until it takes it', async () => {
  shop().offer('vat-check', { ...over, version: '1.0.0' });
  const { plugin, signingSecret } = await install('caller', scopes);
  const key = await wanted(plugin.id);
  expect(key).toMatchObject({ scopes, role: 'ORGANISER', eventIds: null, title: 'VAT number check' });
  expect(isApiKey(key!.key)).toBe(true);
  await handOver();
  expect(given()).toEqual([]);
  await made(plugin.id, key!.apiKeyId);
  // It does not know yet what its requests are signed with.
  answer = 401;
  await handOver();
  expect(given()).toHaveLength(1);
  expect(await handedOverAt(plugin.id)).toBeNull();
  answer = 204;
  await handOver();
  expect(given()).toHaveLength(1);
  await later();
  await handOver();
  await made(plugin.id, key!.apiKeyId);
  await later();
  await handOver();
  expect(given()).toHaveLength(2);
  expect(given()[1]).toMatchObject({ point: 'installation', input: { apiKey: key!.key, scopes } });
  const { body, headers } = receiver().at(path)[1]!;
  expect(new Webhook(signingSecret!).verify(body, headers as Record<string, string>)).toBeTruthy();
  expect(await handedOverAt(plugin.id)).not.toBeNull();
  const stored = await world().database.read(viewer(), (tx) =>
    tx.rows<{ all: string }>(
      `select string_agg(t, ' ') as all from (select e::text as t from event_log e union all
         select c::text from plugin_call c union all select i::text from idempotency_key i) as rows`,
    ),
  );
  expect(stored[0]!.all).not.toContain(key!.key.slice(8, -4));
});

test('whoever dies between the app and the note of it leaves the same key under the same message to the next', async () => {
  shop().offer('vat-check', { ...over, name: 'mortal', version: '1.0.0' });
  const { plugin } = await install('mortal', scopes);
  const key = await wanted(plugin.id);
  await made(plugin.id, key!.apiKeyId);
  const dying = async (...handed: Parameters<ReturnType<typeof hooks>['install']>) => {
    await hooks().install(...handed);
    throw new Error('killed');
  };
  const options = { ...world(), logger: silentLogger };
  await expect(handOverKeys({ ...options, hooks: { install: dying } })).rejects.toThrow('killed');
  await later();
  await handOver();
  const [first, second] = receiver().at(path);
  expect(second!.body).toBe(first!.body);
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(await handedOverAt(plugin.id)).not.toBeNull();
});

test('a key ends with the plugin’s work and grows only with what is approved', async () => {
  shop().offer('vat-check', { ...over, name: 'grower', version: '1.0.0' });
  const { plugin } = await install('grower', scopes);
  const first = await wanted(plugin.id);
  const grown = [...scopes, 'analytics:read'];
  shop().offer('vat-check', { ...over, name: 'grower', version: '1.1.0', scopes: grown });
  await run('upgrade', { input: { id: plugin.id } });
  expect(await wanted(plugin.id)).toEqual(first);
  await run('upgrade', { input: { id: plugin.id, approvedScopes: ['analytics:read'] } });
  const second = await wanted(plugin.id);
  expect(second!.scopes).toEqual(grown);
  expect([second!.apiKeyId, second!.key]).not.toContain(first!.apiKeyId);
  expect(second!.key).not.toBe(first!.key);
  // News of the earlier one says nothing of the later.
  await made(plugin.id, first!.apiKeyId);
  await handOver();
  expect(given()).toEqual([]);
  await run('disable', plugin);
  expect(await wanted(plugin.id)).toBeNull();
  await made(plugin.id, second!.apiKeyId);
  await handOver();
  expect(given()).toEqual([]);
  await run('enable', plugin);
  const third = await wanted(plugin.id);
  expect(third).toMatchObject({ scopes: grown, role: 'ORGANISER' });
  expect(third!.key).not.toBe(second!.key);
  await run('enable', plugin);
  expect(await wanted(plugin.id)).toEqual(third);
  await run('uninstall', plugin);
  expect(await wanted(plugin.id)).toBeNull();
});

test('a plugin without scopes, or without an app, has none', async () => {
  const silent = await install('vat-check', []);
  expect(await wanted(silent.plugin.id)).toBeNull();
  shop().offer('early-bird', { name: 'boxed', version: '1.0.0', scopes });
  const boxed = await installed('boxed', { approvedScopes: scopes });
  expect(await wanted(boxed.plugin.id)).toBeNull();
});
