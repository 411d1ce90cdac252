import { beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import type { Engine } from '../deliveries/engine.ts';
import { endFarewells } from './farewell.ts';
import { pluginStage } from './plugins.test-support.ts';

const { shop, world, receiver, viewer, run, installed } = pluginStage();

let path: string;
let name: string;

beforeEach(() => {
  name = `leaver-${newUuid().slice(-12)}`;
  path = `/${name}`;
});

async function withWorker<T>(work: () => Promise<T>): Promise<T> {
  const engine: Engine = world().worker();
  try {
    return await work();
  } finally {
    await engine.stop();
  }
}

/** A plugin that has an app, which asks for a bearer secret of its own. */
async function givenApp() {
  shop().offer('vat-check', { name });
  return installed(name, {
    settings: JSON.stringify({ serviceUrl: `${receiver().url}${path}` }),
    secrets: [{ name: 'apiKey', value: 'key of the register' }],
  });
}

/** What is left at the plugin's endpoints, and of secrets. */
async function left(pluginId: string) {
  const [counts] = await world().database.read(viewer(), (tx) =>
    tx.rows<{ endpoints: number; secrets: number; pending: number }>(
      `select (select count(*)::int from webhook_endpoint where plugin_id = $1 and status <> 'DELETED') as endpoints,
              (select count(*)::int from webhook_delivery where status = 'PENDING') as pending,
              (select count(*)::int from webhook_secret) + (select count(*)::int from plugin_secret) as secrets`,
      [decodeId('Plugin', pluginId)],
    ),
  );
  return counts!;
}

const end = () => endFarewells(world().database, () => undefined);

describe('an app whose plugin is uninstalled', () => {
  test('is told so with the secrets that it knows, until it takes it, and nothing is kept of them', async () => {
    const { plugin, signingSecret } = await givenApp();
    receiver().behave(path, (_, response) => {
      const tried = receiver().at(path).length;
      response.writeHead(tried < 3 ? 503 : 204).end();
    });
    await run('uninstall', plugin);
    // While it is to be told its endpoint stays.
    await end();
    expect(await left(plugin.id)).toMatchObject({ endpoints: 1, pending: 1 });
    await withWorker(() =>
      eventually(async () => expect(await left(plugin.id)).toMatchObject({ pending: 0 })),
    );
    const told = receiver().at(path);
    expect(told).toHaveLength(3);
    expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { body, headers } of told) {
      expect(new Webhook(signingSecret!).verify(body, headers as Record<string, string>)).toEqual({
        point: 'uninstallation',
        organisationId: viewer().organisationId,
        input: {},
        settings: { serviceUrl: `${receiver().url}${path}` },
        plugin: { name, version: '1.0.0' },
      });
      expect(headers.authorization).toBe('Bearer key of the register');
    }
    await end();
    expect(await left(plugin.id)).toEqual({ endpoints: 0, pending: 0, secrets: 0 });
  });

  test('hears of no other plugin, and nothing more once it says that it is gone', async () => {
    const { plugin } = await givenApp();
    receiver().status(path, 410);
    await run('disable', plugin);
    await run('uninstall', plugin);
    const other = await installed('early-bird');
    await run('uninstall', other.plugin);
    await withWorker(async () => {
      await eventually(() => expect(receiver().at(path)).toHaveLength(1));
    });
    await end();
    expect(await left(plugin.id)).toMatchObject({ endpoints: 0, secrets: 0 });
    expect(await left(other.plugin.id)).toMatchObject({ endpoints: 0 });
    expect(receiver().at(path)).toHaveLength(1);
  });

  test('is told once, also where nobody was at work when it was uninstalled', async () => {
    const { plugin } = await givenApp();
    await run('uninstall', plugin);
    expect(await run('uninstall', plugin)).toEqual({ __typename: 'NotFound' });
    expect(receiver().at(path)).toEqual([]);
    await withWorker(() =>
      eventually(async () => expect(await left(plugin.id)).toMatchObject({ pending: 0 })),
    );
    expect(receiver().at(path)).toHaveLength(1);
  });
});
