import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { HookPoint } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { publicKeyOf } from '@marquee/plugin-sdk';
import { eventually } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import { eventOf, publish } from '../deliveries/deliveries.test-support.ts';
import { viewerOf } from '../world.test-support.ts';
import { createPayloads } from '../selections/payloads.ts';
import { cart, newKey, pluginStage } from './plugins.test-support.ts';
import { createTransform } from './transform.ts';

const { shop, world, receiver, hooks, viewer, run, install, installed, restartedMarketplace } = pluginStage();

/** What is said, and who is missed; who it was is told as well. */
async function ask(point: HookPoint, input: object) {
  const { outputs, missing } = await hooks().ask(viewer().organisationId, point, input);
  return { outputs, missing };
}
const askPrice = (input: object = cart()) => ask('price-adjustment', input);
const nothing = { outputs: [], missing: null };

describe('a plugin of the marketplace', () => {
  test('is found, installed, asked, disabled, enabled and uninstalled', async () => {
    expect(await run('shop', { search: 'percentage' })).toEqual([
      { name: 'early-bird', version: '1.2.0', level: 'CORE', installed: null },
    ]);
    expect(await askPrice()).toEqual(nothing);
    const { plugin } = await installed('early-bird', { settings: '{"percent":20}' });
    const { settings, status } = await run('one', plugin);
    expect({ status, settings: JSON.parse(settings) }).toEqual({
      status: 'ENABLED',
      settings: { percent: 20, days: 30 },
    });
    const off = { outputs: [{ discounts: [{ line: 0, amountMinor: '1000' }] }], missing: null };
    expect(await askPrice()).toEqual(off);
    expect(await askPrice(cart(5))).toMatchObject({ outputs: [{ discounts: [] }] });
    await run('disable', plugin);
    expect(await askPrice()).toEqual(nothing);
    await run('enable', plugin);
    expect(await askPrice()).toEqual(off);
    await eventually(async () => {
      const { usage, calls } = await run('one', plugin);
      expect(usage).toEqual([{ point: 'price-adjustment', calls: 3, failures: 0 }]);
      expect(calls.edges).toHaveLength(3);
    });
    await run('uninstall', plugin);
    expect(await askPrice()).toEqual(nothing);
    expect(await run('one', plugin)).toBeNull();
    await installed('early-bird');
  });

  test('tells its events, with where it has its say', async () => {
    const { plugin } = await installed('early-bird');
    await run('disable', plugin);
    await run('uninstall', plugin);
    const rows = await world().database.read(viewer(), (tx) =>
      tx.rows<{ type: string; data: { hooks?: unknown } }>(
        'select type, data from event_log order by version',
      ),
    );
    expect(rows.map(({ type }) => type)).toEqual([
      'hub.plugin-installed.v1',
      'hub.plugin-disabled.v1',
      'hub.plugin-uninstalled.v1',
    ]);
    const hooks = ['price-adjustment', 'ticket-issue', 'report-column'].map((point) => ({
      point,
      failsClosed: false,
      timeBudgetMs: 50,
    }));
    expect(rows[0]!.data).toMatchObject({ name: 'early-bird', hooks });
  });

  test('is installed once, and by the same idempotency key with the same answer', async () => {
    const input = { idempotencyKey: newUuid() };
    const [first, second] = [await install('early-bird', input), await install('early-bird', input)];
    expect(second.plugin.id).toBe(first.plugin.id);
    expect(await install('early-bird')).toMatchObject({ __typename: 'PluginRefused' });
    const both = viewerOf(newUuid());
    const asked = { input: { name: 'early-bird', approvedScopes: [] } };
    const answers = await Promise.all([1, 2, 3, 4].map(() => run('install', asked, both)));
    expect(answers.filter(({ __typename }) => __typename === 'PluginInstalled')).toHaveLength(1);
  });

  test.each([
    ['a setting that it does not know', { settings: '{"percents":1}' }, 'settings.percents'],
    ['a setting out of range', { settings: '{"percent":95}' }, 'settings.percent'],
    ['settings that are none', { settings: '[]' }, 'settings'],
    ['a secret that it does not know', { secrets: [{ name: 'key', value: 'x' }] }, 'secrets'],
  ])('is not installed with %s', async (_, input, field) => {
    expect(await install('early-bird', input)).toMatchObject({ __typename: 'InvalidInput', field });
  });

  test('is nobody else’s, and nothing for those who may not manage the hub', async () => {
    const { plugin } = await installed('early-bird');
    const stranger = viewerOf(newUuid());
    expect(await run('one', plugin, stranger)).toBeNull();
    for (const name of ['disable', 'enable', 'uninstall'] as const)
      expect(await run(name, plugin, stranger)).toEqual({ __typename: 'NotFound' });
    await expect(run('one', plugin, viewerOf(newUuid(), 'BOX_OFFICE'))).rejects.toThrow('FORBIDDEN');
  });
});

describe('scopes', () => {
  const scoped = { name: 'early-bird-plus', scopes: ['guests:read'] };
  test('are approved before a plugin is installed, and added ones before it is upgraded', async () => {
    shop().offer('early-bird', { ...scoped, version: '1.0.0' });
    const wanted = { __typename: 'ScopesNotApproved', scopes: ['guests:read'] };
    expect(await install(scoped.name)).toMatchObject(wanted);
    const { plugin } = await installed(scoped.name, { approvedScopes: ['guests:read'] });
    const grown = ['guests:read', 'tickets:manage'];
    shop().offer('early-bird', { ...scoped, version: '1.1.0', scopes: grown });
    expect((await run('one', plugin)).upgrade).toEqual({ version: '1.1.0', addedScopes: ['tickets:manage'] });
    const { id } = plugin;
    expect(await run('upgrade', { input: { id } })).toMatchObject({ ...wanted, scopes: ['tickets:manage'] });
    expect(await run('upgrade', { input: { id, approvedScopes: ['tickets:manage'] } })).toMatchObject({
      plugin: { version: '1.1.0', scopes: grown, upgrade: null },
    });
  });

  test('that somebody has not got are not his to approve', async () => {
    shop().offer('early-bird', { name: 'mighty', scopes: ['platform:rule'] });
    expect(await install('mighty', { approvedScopes: ['platform:rule'] })).toMatchObject({
      ...{ __typename: 'InvalidInput', field: 'approvedScopes' },
    });
  });

  test('decide what of a guest a hook is shown', async () => {
    const name = 'curious';
    const code = `export const checkOutValidation = ({ guest }) =>
      ({ refusal: guest ? { field: 'guest', message: guest.name } : null })`;
    const hook = { point: 'check-out-validation', runs: 'sandbox', timeBudgetMs: 50, failure: 'closed' };
    shop().offer('early-bird', { name, hooks: [hook], version: '1.0.0' }, code);
    const { plugin } = await installed(name);
    const input = { ...cart(), business: null, guest: { name: 'Ada', email: 'ada@example.com' } };
    const asking = () => ask('check-out-validation', input);
    expect(await asking()).toEqual({ outputs: [{ refusal: null }], missing: null });
    shop().offer('early-bird', { name, hooks: [hook], version: '1.0.1', scopes: ['guests:read'] }, code);
    await run('upgrade', { input: { id: plugin.id, approvedScopes: ['guests:read'] } });
    expect(await asking()).toMatchObject({ outputs: [{ refusal: { message: 'Ada' } }] });
  });
});

describe('what is not as it was published is not loaded', () => {
  const refused = { __typename: 'PluginRefused' };

  test('a package that was tampered with', async () => {
    const path = shop().offer('early-bird', { name: 'tampered' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('100n', '1n'));
    expect(await install('tampered')).toMatchObject(refused);
  });

  test('a package that somebody else signed, and an index that the marketplace did not', async () => {
    shop().offer('early-bird', { name: 'forged' });
    const genuine = shop().text();
    const index = shop().index();
    const swapped = { ...index, publishers: { ...index.publishers, marquee: publicKeyOf(newKey()) } };
    try {
      shop().sign(swapped);
      expect(await install('forged')).toMatchObject(refused);
      shop().sign(index, newKey());
      expect(await install('forged')).toMatchObject(refused);
    } finally {
      shop().put(genuine);
    }
    await installed('forged');
  });

  test('an older release, whether asked for or by an older index', async () => {
    shop().offer('early-bird', { name: 'ageing', version: '2.0.0' });
    const older = shop().text();
    shop().offer('early-bird', { name: 'ageing', version: '2.1.0' });
    const { plugin } = await installed('ageing');
    const { id } = plugin;
    for (const version of ['2.0.0', '2.1.0'])
      expect(await run('upgrade', { input: { id, version } })).toMatchObject(refused);
    const newer = shop().text();
    try {
      shop().put(older);
      expect(await install('early-bird')).toMatchObject(refused);
      const restarted = restartedMarketplace().releases(viewer().organisationId);
      await expect(restarted).rejects.toThrow('older than one that was seen before');
    } finally {
      shop().put(newer);
    }
  });

  test('a release for another host, and one that is private to others', async () => {
    shop().offer('early-bird', { name: 'from-tomorrow', host: '^2.0.0' });
    const theirs = { level: 'private', organisationIds: [newUuid()] } as const;
    shop().offer('early-bird', { name: 'secretive' }, undefined, theirs);
    for (const name of ['from-tomorrow', 'secretive'])
      expect(await install(name)).toMatchObject({ __typename: 'NotFound' });
  });
});

describe('a plugin with an app of its own', () => {
  const business = { name: 'Northlight', countryCode: 'AT', vatId: 'ATU12345678' };
  const askAbout = () => ask('check-out-validation', { ...cart(), business });

  test('is asked by a request that is signed and carries its secret, which nobody is shown', async () => {
    const settings = JSON.stringify({ serviceUrl: `${receiver().url}/vat` });
    expect(await install('vat-check', { settings })).toMatchObject({ field: 'secrets' });
    const secrets = [{ name: 'apiKey', value: 'key of the register' }];
    const { plugin, signingSecret } = await installed('vat-check', { settings, secrets });
    receiver().behave('/vat', (_, response) => void response.end('{"refusal":null}'));
    expect(await askAbout()).toEqual({ outputs: [{ refusal: null }], missing: null });
    const [request] = receiver().at('/vat');
    expect(request!.headers['authorization']).toBe('Bearer key of the register');
    const body = new Webhook(signingSecret!).verify(
      request!.body,
      request!.headers as Record<string, string>,
    );
    expect(body).toMatchObject({ point: 'check-out-validation', organisationId: viewer().organisationId });
    expect(JSON.stringify(await run('one', plugin))).not.toContain('key of the register');
    await run('uninstall', plugin);
    const left = await world().database.read(viewer(), (tx) => tx.rows('select * from plugin_secret'));
    expect(left).toEqual([]);
  });

  test('that does not answer in its time holds what may not go on without it', async () => {
    const settings = JSON.stringify({ serviceUrl: `${receiver().url}/slow-vat` });
    await installed('vat-check', { settings, secrets: [{ name: 'apiKey', value: 'k' }] });
    receiver().behave('/slow-vat', () => undefined);
    expect(await askAbout()).toEqual({ outputs: [], missing: 'VAT number check' });
  });

  test('lives where plugins may be: nowhere private, unless the operator says so', async () => {
    const settings = JSON.stringify({ serviceUrl: 'https://169.254.169.254/latest' });
    expect(await install('vat-check', { settings, secrets: [{ name: 'apiKey', value: 'k' }] })).toMatchObject(
      { __typename: 'InvalidInput', field: 'settings.serviceUrl' },
    );
  });
});

test('a plugin with a subscription makes its own messages, until it is uninstalled', async () => {
  const settings = JSON.stringify({ webhookUrl: `${receiver().url}/chat` });
  const { plugin } = await installed('chat-notifier', { settings });
  const payloadOf = createPayloads(world().database, world().graph, createTransform(hooks()));
  const engine = world().worker({ payloadOf });
  try {
    const total = { amountMinor: '9800', currency: 'EUR' };
    const sale = () =>
      eventOf(viewer().organisationId, 'tickets.order-paid.v1', { number: 'A-7', quantity: 2, total });
    await publish(world().database, [sale()]);
    await eventually(() => expect(receiver().at('/chat')).toHaveLength(1));
    const [message] = receiver().at('/chat');
    expect(JSON.parse(message!.body)).toEqual({ text: 'Order A-7: 2 tickets sold for 98.00 EUR.' });
    expect(message!.headers['content-type']).toBe('application/json');
    await run('configure', {
      input: { id: plugin.id, settings: JSON.stringify({ webhookUrl: `${receiver().url}/room` }) },
    });
    await publish(world().database, [sale()]);
    await eventually(() => expect(receiver().at('/room')).toHaveLength(1));
    await run('uninstall', plugin);
    await publish(world().database, [sale()]);
    const endpoints = `select status from webhook_endpoint`;
    expect(await world().database.read(viewer(), (tx) => tx.rows(endpoints))).toEqual([
      { status: 'DELETED' },
    ]);
    expect(receiver().at('/room')).toHaveLength(1);
  } finally {
    await engine.stop();
  }
});
