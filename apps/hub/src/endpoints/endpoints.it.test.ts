import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { givenEndpoint } from '../deliveries/deliveries.test-support.ts';
import { startReceiver, type Receiver } from '../receiver.test-support.ts';
import { createWorld, viewerOf, type World } from '../world.test-support.ts';
import { documents } from './documents.test-support.ts';

let world: World;
let receiver: Receiver;
beforeAll(async () => {
  [world, receiver] = await Promise.all([createWorld(), startReceiver()]);
});
afterAll(async () => {
  await world?.drop();
  await receiver?.close();
});

const input = () => ({ url: `${receiver.url}/hook`, eventTypes: ['tickets.order-paid.v1'] });
const create = async (more: object, viewer = viewerOf(newUuid())) =>
  (await world.ask(viewer, documents.create, { input: { ...input(), ...more } })).data.createWebhookEndpoint;

describe('an endpoint', () => {
  test('is made, listed, found, changed, paused, resumed and deleted', async () => {
    const endpoint = await givenEndpoint(world, receiver, '/life');
    const { viewer, id } = endpoint;
    expect(endpoint.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(endpoint.publicKey).toMatch(/^whpk_[A-Za-z0-9+/]{43}=$/);
    const list = '{ webhookEndpoints { edges { node { id } } pageInfo { hasNextPage } } }';
    const { data } = await world.ask(viewer, list);
    expect(data.webhookEndpoints).toEqual({ edges: [{ node: { id } }], pageInfo: { hasNextPage: false } });
    const change = { id, eventTypes: ['tickets.*', 'guests.*'], ratePerSecond: 5, filter: '{"data.x":1}' };
    const changed = await world.ask(viewer, documents.update, { input: change });
    expect(changed.data.updateWebhookEndpoint).toMatchObject({
      endpoint: { url: `${receiver.url}/life`, eventTypes: ['tickets.*', 'guests.*'], ratePerSecond: 5 },
    });
    const cleared = await world.ask(viewer, documents.update, {
      input: { id, ratePerSecond: 0, filter: '' },
    });
    expect(cleared.data.updateWebhookEndpoint.endpoint).toMatchObject({ ratePerSecond: null, filter: null });
    const paused = await world.ask(viewer, documents.pause, { id });
    expect(paused.data.pauseWebhookEndpoint.endpoint.status).toBe('PAUSED');
    const resumed = await world.ask(viewer, documents.resume, { id });
    expect(resumed.data.resumeWebhookEndpoint.endpoint.status).toBe('ACTIVE');
    const removed = await world.ask(viewer, documents.remove, { id });
    expect(removed.data.deleteWebhookEndpoint.__typename).toBe('WebhookEndpointDeleted');
    expect((await world.ask(viewer, list)).data.webhookEndpoints.edges).toEqual([]);
    const again = await world.ask(viewer, documents.remove, { id });
    expect(again.data.deleteWebhookEndpoint.__typename).toBe('NotFound');
    const events = await world.database.read(viewer, (tx) =>
      tx.rows<{ type: string }>('select type from event_log order by version'),
    );
    expect(events.map(({ type }) => type.replace('hub.endpoint-', ''))).toEqual(
      ['created', 'updated', 'updated', 'paused', 'resumed', 'deleted'].map((what) => `${what}.v1`),
    );
  });

  test('is made once for an idempotency key, and its secret shown again with it', async () => {
    const viewer = viewerOf(newUuid());
    const idempotencyKey = newUuid();
    const [one, again] = [await create({ idempotencyKey }, viewer), await create({ idempotencyKey }, viewer)];
    expect(again).toEqual(one);
    const other = await create({ idempotencyKey, ordered: true }, viewer);
    expect(other.__typename).toBe('IdempotencyConflict');
  });

  test('has its secret nowhere in the database as it is', async () => {
    const { secret } = await givenEndpoint(world, receiver, '/sealed');
    const rows = await world.database.read(systemScope, (tx) =>
      tx.rows<{ all: string }>(`select string_agg(encode(wrapped, 'hex'), ' ') as all from webhook_secret`),
    );
    const raw = Buffer.from(secret.slice('whsec_'.length), 'base64').toString('hex');
    expect(rows[0]!.all).not.toContain(raw);
  });

  test('keeps its secret when a command exchanges the key-encryption key, which then is not needed any more', async () => {
    const [viewer, idempotencyKey] = [viewerOf(newUuid()), newUuid()];
    const before = await create({ idempotencyKey }, viewer);
    const kept = 'select distinct key_encryption_key_id as id from webhook_secret';
    const keysOf = () => world.database.read(systemScope, (tx) => tx.rows<{ id: string }>(kept));
    const [old] = await keysOf();
    const tool = fileURLToPath(new URL('../../../../tools/field-keys/main.ts', import.meta.url));
    const env = { ...process.env, DATABASE_URL: world.db.url, MARQUEE_FIELD_KEYS_FILE: world.keysFile };
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [tool, 'rewrap', '--rotate', '--destroy-old'], { env });
    expect(stdout).toMatch(/webhook_secret: [1-9]\d* wrapped anew\n/);
    expect(stdout).toContain(`${old!.id} is destroyed`);
    const now = await keysOf();
    expect(now).toHaveLength(1);
    expect(now).not.toEqual([old]);
    expect(await create({ idempotencyKey }, viewer)).toEqual(before);
    expect((await run(process.execPath, [tool, 'rewrap'], { env })).stdout).toContain('webhook_secret: 0');
  });

  test('there are at most a hundred in an organisation', async () => {
    const viewer = viewerOf(newUuid());
    const { endpoint } = await create({}, viewer);
    await world.database.transaction(viewer, (tx) =>
      tx.execute(`insert into webhook_endpoint
        (organisation_id, id, url, event_types, pinned_version, ordered, public_key, role, scopes, created_by)
        select e.organisation_id, uuidv7(), e.url, e.event_types, 1, false, '', e.role, e.scopes, ''
          from webhook_endpoint e, generate_series(1, 98)`),
    );
    const both = await Promise.all([create({}, viewer), create({}, viewer)]);
    expect(both.map(({ __typename }) => __typename).toSorted()).toEqual([
      'TooManyWebhookEndpoints',
      'WebhookEndpointCreated',
    ]);
    expect(endpoint.id).toBeDefined();
  });

  test.each([
    ['url', { url: 'http://10.0.0.1/' }],
    ['url', { url: 'nonsense' }],
    ['eventTypes', { eventTypes: [] }],
    ['eventTypes', { eventTypes: ['tickets.order-paid.v9'] }],
    ['eventTypes', { eventTypes: ['nobody.*'] }],
    ['ratePerSecond', { ratePerSecond: 1_001 }],
    ['ratePerSecond', { ratePerSecond: 0 }],
    ['pinnedVersion', { pinnedVersion: 2 }],
    ['filter', { filter: '{"$where":"1"}' }],
    ['filter', { filter: '{"data.name":{"$regex":"(a+)+$"}}' }],
    ['filter', { filter: '{"__proto__.x":1}' }],
    ['filter', { filter: 'not JSON' }],
    ['selection', { selection: '{ nobody }' }],
    ['selection', { selection: 'mutation { x }' }],
    ['selection', { selection: '{ secret } query Other { secret }' }],
    ['selection', { selection: '{' }],
    ['selection', { selection: 'query ($nobodyId: ID!) { order(id: $nobodyId) { id } }' }],
    [
      'selection',
      { selection: '{ orders(first: 100) { lines(first: 100) { orders(first: 100) { id } } } }' },
    ],
    [
      'selection',
      { selection: `{ order(id: 1) ${'{ lines { order '.repeat(5)} { id } ${'} }'.repeat(5)} }` },
    ],
  ])('with a %s that is not right is refused: %j', async (field, more) => {
    expect(await create(more)).toMatchObject({ __typename: 'InvalidInput', field });
  });

  test('may have its payload made by a selection that an event can fill', async () => {
    const selection = 'query ($orderId: ID!) { order(id: $orderId) { number } }';
    expect(await create({ selection })).toMatchObject({ __typename: 'WebhookEndpointCreated' });
  });

  test("is nobody else's, and for those with hub:manage alone", async () => {
    const { id } = await givenEndpoint(world, receiver, '/mine');
    const other = viewerOf(newUuid());
    expect((await world.ask(other, documents.log, { id })).data.webhookEndpoint).toBeNull();
    for (const document of [documents.pause, documents.resume, documents.remove]) {
      const { data } = await world.ask(other, document, { id });
      expect(Object.values(data)).toEqual([expect.objectContaining({ __typename: 'NotFound' })]);
    }
    const update = { input: { id, url: `${receiver.url}/theirs` } };
    expect((await world.ask(other, documents.update, update)).data.updateWebhookEndpoint.__typename).toBe(
      'NotFound',
    );
    for (const role of ['BOX_OFFICE', 'SCANNER', 'GUEST'] as const) {
      const { errors } = await world.ask(viewerOf(newUuid(), role), documents.log, { id });
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
    const representations = [
      { __typename: 'WebhookEndpoint', id },
      { __typename: 'Delivery', id: encodeId('Delivery', newUuid()) },
    ];
    const entities = 'query E($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    const scanner = viewerOf(newUuid(), 'SCANNER');
    for (const viewer of [other, scanner])
      expect(await world.ask(viewer, entities, { r: representations })).toEqual({
        data: { _entities: [null, null] },
      });
  });
});

test('the catalogue can be browsed, and every sample is a CloudEvent that fits its schema', async () => {
  const query = `query Types($matching: String) {
    eventTypes(matching: $matching) { name service version description schema sample } }`;
  const { data } = await world.ask(viewerOf(newUuid()), query, { matching: 'tickets.*' });
  expect(data.eventTypes.length).toBeGreaterThan(40);
  for (const type of data.eventTypes) {
    const sample = JSON.parse(type.sample);
    const required = JSON.parse(type.schema).required ?? [];
    expect(sample).toMatchObject({
      specversion: '1.0',
      type: type.name,
      source: '/marquee/tickets',
      test: true,
    });
    expect(Object.keys(sample.data)).toEqual(expect.arrayContaining(required));
    expect(type.description).not.toBe('');
  }
});

test.each([
  ['id', documents.log, { id: 'nonsense' }],
  ['first', 'query { webhookEndpoints(first: 1000) { edges { cursor } } }', {}],
])('the bad argument %s is refused by name', async (field, query, variables) => {
  const { errors } = await world.ask(viewerOf(newUuid()), query, variables);
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
});
