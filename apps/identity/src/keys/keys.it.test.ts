import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { makeApiKey } from '@marquee/subgraph';
import { createWorld, givenOrganisation, serveForTest, type World } from '../harness.test-support.ts';
import { keepPluginKey, pluginKeyProjection, type PluginKey } from './plugin-keys.ts';
import { verifyKey } from './verify-key.ts';

let world: World;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveForTest(world.services);
});
afterAll(async () => {
  await graph?.drain();
  await world?.drop();
});

const shown = 'id scopes networks lastUsedAt revokedAt secrets { prefix lastFour expiresAt }';
const create = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) {
  __typename ... on Refusal { message } ... on ApiKeyCreated { secret apiKey { ${shown} } } } }`;
const rotate = `mutation ($input: RotateApiKeyInput!) { rotateApiKey(input: $input) {
  __typename ... on ApiKeyRotated { secret apiKey { ${shown} } } } }`;
const revoke = `mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) {
  __typename ... on ApiKeyRevoked { apiKey { ${shown} } } } }`;
const list = `{ organisation { apiKeys { edges { node { ${shown} } } } } }`;

async function given(more: object = {}) {
  const organisation = await givenOrganisation(world.services);
  const input = { idempotencyKey: newUuid(), name: 'door', scopes: ['tickets:scan'], ...more };
  const { data } = await graph.ask(organisation.viewer, create, { input });
  return { ...organisation, input, created: data.createApiKey };
}

test('a key is shown once, stands for its organisation, and is remembered by its ends alone', async () => {
  const { viewer, input, created } = await given({ networks: ['203.0.113.0/24', '2001:db8::1'] });
  const { secret, apiKey } = created;
  expect(apiKey.secrets).toEqual([
    { prefix: secret.slice(0, 8), lastFour: secret.slice(-4), expiresAt: null },
  ]);
  const again = await graph.ask(viewer, create, { input });
  expect(again.data.createApiKey).toMatchObject({ secret: null, apiKey: { id: apiKey.id } });
  const verified = await verifyKey(world.services, secret);
  expect(verified).toEqual({
    viewer: {
      subject: apiKey.id,
      organisationId: viewer.organisationId,
      role: 'OWNER',
      scopes: ['tickets:scan'],
    },
    networks: ['203.0.113.0/24', '2001:db8::1'],
  });
  const { data } = await graph.ask(viewer, list);
  expect(data.organisation.apiKeys.edges[0].node.lastUsedAt).not.toBeNull();
  const stored = await world.services.database.read(viewer, (tx) =>
    tx.rows<{ all: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as all from (
         select k::text as t from api_key k union all select s::text from api_key_secret s
         union all select i::text from idempotency_key i union all select e::text from event_log e) as rows`,
    ),
  );
  expect(stored[0]!.all).not.toContain(secret.slice(8, -4));
});

test('an unknown key, or one with a wrong checksum, is nobody; the latter never reaches the database', async () => {
  const { created } = await given();
  const statements: string[] = [];
  const stop = world.services.database.observe((statement) => statements.push(statement));
  const { secret } = created;
  const mistyped = `${secret.slice(0, -1)}${secret.endsWith('0') ? '1' : '0'}`;
  expect(await verifyKey(world.services, mistyped)).toBeNull();
  stop();
  expect(statements).toEqual([]);
});

test('a rotated key has two secrets for the overlap, and never three', async () => {
  const { viewer, created } = await given();
  const apiKeyId = created.apiKey.id;
  const turn = async (overlapHours: number) => {
    const input = { apiKeyId, idempotencyKey: newUuid(), overlapHours };
    return (await graph.ask(viewer, rotate, { input })).data.rotateApiKey;
  };
  const second = await turn(1);
  expect(second.apiKey.secrets).toHaveLength(2);
  expect(await verifyKey(world.services, created.secret)).not.toBeNull();
  const third = await turn(0);
  expect(third.apiKey.secrets).toHaveLength(1);
  expect(await verifyKey(world.services, created.secret)).toBeNull();
  expect(await verifyKey(world.services, second.secret)).toBeNull();
  expect(await verifyKey(world.services, third.secret)).not.toBeNull();
});

test('a revoked or expired key is nobody at once', async () => {
  const { viewer, created } = await given();
  const input = { apiKeyId: created.apiKey.id };
  const { data } = await graph.ask(viewer, revoke, { input });
  expect(data.revokeApiKey.apiKey.revokedAt).not.toBeNull();
  expect(await verifyKey(world.services, created.secret)).toBeNull();
  expect((await graph.ask(viewer, revoke, { input })).data.revokeApiKey.__typename).toBe('NotFound');
  const expiring = await given({ expiresAt: new Date(Date.now() + 86_400_000).toISOString() });
  expect(await verifyKey(world.services, expiring.created.secret)).not.toBeNull();
  await world.services.database.transaction(expiring.viewer, (tx) =>
    tx.execute(`update api_key set expires_at = now() - interval '1 s'`),
  );
  expect(await verifyKey(world.services, expiring.created.secret)).toBeNull();
});

test('nobody makes a key that may do more than itself, or act at more events', async () => {
  const { viewer } = await givenOrganisation(world.services);
  const input = { idempotencyKey: newUuid(), name: 'door', scopes: ['tickets:scan', 'hub:manage'] };
  const less = { ...viewer, scopes: ['keys:manage', 'tickets:scan'] };
  expect((await graph.ask(less, create, { input })).data.createApiKey.__typename).toBe('BeyondOwnScopes');
  const eventIds = [newUuid()];
  const confined = { ...viewer, eventIds };
  const { data } = await graph.ask(confined, create, {
    input: { ...input, eventIds: [encodeId('Event', newUuid())] },
  });
  expect((await verifyKey(world.services, data.createApiKey.secret))?.viewer.eventIds).toEqual(eventIds);
});

describe('the key of a plugin', () => {
  const scopes = ['guests:read', 'analytics:read'];
  const newPluginKey = (more: object = {}) => ({
    apiKeyId: newUuid(),
    key: makeApiKey(randomBytes),
    title: 'VAT number check',
    scopes,
    role: 'ORGANISER',
    eventIds: null,
    ...more,
  });
  const plugin = async () => {
    const { viewer } = await givenOrganisation(world.services);
    const pluginId = newUuid();
    const keep = (key: PluginKey, isUpgrade = false) =>
      world.services.database.transaction(viewer, (tx) =>
        keepPluginKey(world.services, tx, pluginId, key, { isUpgrade }),
      );
    const events = async () => {
      const rows = await world.services.database.read(viewer, (tx) =>
        tx.rows<{ type: string }>(
          `select type from event_log where type like 'identity.api-key-%' order by occurred_at, type`,
        ),
      );
      return rows.map(({ type }) => type);
    };
    return { viewer, pluginId, keep, events };
  };
  const scopesNow = async (key: string) => (await verifyKey(world.services, key))?.viewer.scopes ?? null;

  test('may do just what was approved, is made once however often it is told, and is seen by those who manage keys', async () => {
    const { viewer, pluginId, keep, events } = await plugin();
    const key = newPluginKey();
    const dies = world.services.database.transaction(viewer, async (tx) => {
      await keepPluginKey(world.services, tx, pluginId, key, { isUpgrade: false });
      throw new Error('killed');
    });
    await expect(dies).rejects.toThrow('killed');
    expect(await scopesNow(key.key)).toBeNull();
    await keep(key);
    await keep(key);
    expect((await scopesNow(key.key))?.toSorted()).toEqual(scopes.toSorted());
    expect(await events()).toEqual(['identity.api-key-created.v1']);
    const { data } = await graph.ask(viewer, '{ organisation { apiKeys { edges { node { name } } } } }');
    expect(data.organisation.apiKeys.edges).toEqual([{ node: { name: 'Plugin VAT number check' } }]);
  });

  test('is followed by another at an upgrade, and goes on for a day with nothing that the other may not', async () => {
    const { keep } = await plugin();
    const [first, second] = [newPluginKey(), newPluginKey({ scopes: ['guests:read', 'tickets:scan'] })];
    await keep(first);
    await keep(second, true);
    await keep(second, true);
    expect(await scopesNow(first.key)).toEqual(['guests:read']);
    expect((await scopesNow(second.key))?.toSorted()).toEqual(['guests:read', 'tickets:scan']);
    await world.services.database.transaction(systemScope, (tx) =>
      tx.execute(`update api_key set expires_at = expires_at - interval '25 h' where plugin_id is not null`),
    );
    expect(await scopesNow(first.key)).toBeNull();
    expect(await scopesNow(second.key)).not.toBeNull();
  });

  test('is nobody at once when the plugin is disabled or gone, and is no plugin’s of another organisation', async () => {
    const { keep, events, pluginId } = await plugin();
    const key = newPluginKey();
    await keep(key);
    const stranger = await givenOrganisation(world.services);
    await world.services.database.transaction(stranger.viewer, (tx) =>
      keepPluginKey(world.services, tx, pluginId, null, { isUpgrade: false }),
    );
    expect(await scopesNow(key.key)).not.toBeNull();
    await keep(null);
    await keep(null);
    expect(await scopesNow(key.key)).toBeNull();
    expect(await events()).toEqual(['identity.api-key-created.v1', 'identity.api-key-revoked.v1']);
  });

  test('is asked of the hub where a plugin begins, and of nobody where it ends', async () => {
    const asked: string[] = [];
    const key = newPluginKey();
    const ask = (async ({ name }: { name: string }) => {
      asked.push(name);
      return { key };
    }) as never;
    const { prepare } = pluginKeyProjection(world.services, { ask });
    const about = (type: string) =>
      prepare!({ type, organisationId: newUuid(), data: { pluginId: newUuid() } } as never);
    expect(await about('hub.plugin-enabled.v1')).toEqual(key);
    expect(await about('hub.plugin-disabled.v1')).toBeNull();
    expect(asked).toEqual(['hub.plugin-key.v1']);
  });
});

test.each([
  [{ networks: ['203.0.113.0/33'] }, 'networks'],
  [{ networks: [] }, 'networks'],
  [{ scopes: ['everything'] }, 'scopes'],
  [{ expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
])('a key with %j is refused', async (more, field) => {
  const { created } = await given(more);
  expect(created).toMatchObject({ __typename: 'InvalidInput', message: expect.any(String) });
  expect(field).toBeTruthy();
});
