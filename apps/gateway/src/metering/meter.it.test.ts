import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { faultsOf, meteredBatch, type MeteredBatch } from '@marquee/contracts';
import { encodeId, newUuid } from '@marquee/kernel';
import { scopesOf } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { ask, organisationId, startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';
import { createMeter } from './meter.ts';
import type { Standing } from './standings.ts';

const keyId = newUuid();
const resetsAt = new Date(Date.now() + 3_600_000).toISOString();
let batches: { readonly id: string; readonly batch: MeteredBatch }[];
let isAway: boolean;
let asked = 0;
let standing: Standing | null;
let platform: FakePlatform;
let token: string;

const queue = {
  put: async (id: string, message: unknown) => {
    if (isAway) throw new Error('NATS is not connected');
    expect(faultsOf(meteredBatch, message)).toEqual([]);
    batches.push({ id, batch: message as MeteredBatch });
  },
};
const metering = {
  queue,
  everyMs: 20,
  ask: async () => {
    asked += 1;
    return standing ? [standing] : [];
  },
};
const counted = () => batches.flatMap(({ batch }) => batch.requests);
const plan = (more: Partial<Standing>): Standing => ({
  organisationId,
  plan: 'free',
  requestLimit: 100,
  remaining: 50,
  resetsAt,
  ...more,
});
const read = (query = '{ venues { name } }') => ask(platform.gateway, query, { token });

beforeEach(async () => {
  [batches, isAway, standing] = [[], false, null];
  platform = await startFakePlatform({ metering });
  token = await platform.issuer.sign({ sub: encodeId('ApiKey', keyId) });
});
afterEach(() => platform.stop());

test('what a key asks for is counted by its root field, each request once, and what people ask for is not', async () => {
  for (const query of ['{ venues { name } }', '{ a: venues { name } venues { id } }', '{ __typename }'])
    await read(query);
  await ask(platform.gateway, '{ venues { name } }', { token: await platform.issuer.sign() });
  await ask(platform.gateway, '{ venues { name } }');
  await read('{ not GraphQL');
  await eventually(() => expect(counted()).toHaveLength(3));
  expect(counted().map(({ operation }) => operation)).toEqual(['venues', 'venues', '(schema)']);
  expect(new Set(counted().map(({ id }) => id)).size).toBe(3);
  expect(counted()[0]).toMatchObject({ organisationId, keyId });
});

test('what was counted while NATS was away is sent when it is back, and at the end', async () => {
  isAway = true;
  await read();
  await eventually(() => expect(platform.logged.join('')).toContain('metered requests wait'));
  await read();
  isAway = false;
  await eventually(() => expect(counted()).toHaveLength(2));
  await read();
  await platform.stop();
  expect(counted()).toHaveLength(3);
  expect(new Set(batches.map(({ id }) => id)).size).toBe(batches.length);
});

test('what a plan has left stands in the headers, and once nothing is left keys are refused and people are not', async () => {
  await read();
  standing = plan({ remaining: 2 });
  await eventually(async () => {
    const { headers } = await ask(platform.gateway, '{ __typename }', { token });
    expect(headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+, "plan";r=[01];t=\d+$/);
  });
  await eventually(async () => {
    const { status, headers, body } = await read();
    expect(status).toBe(429);
    expect(body.errors[0]!.extensions).toMatchObject({ code: 'PLAN_SPENT', plan: 'free', resetsAt });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect(headers.get('ratelimit')).toMatch(/^"plan";r=0;t=3\d\d\d$/);
    expect(headers.get('ratelimit-policy')).toBe('"plan";q=100;qu="requests"');
  });
  standing = plan({ remaining: 0, restricted: true });
  await eventually(async () => {
    const { status, body } = await read();
    expect(status).toBe(429);
    expect(body.errors[0]!.extensions).toMatchObject({ code: 'PLAN_RESTRICTED', resetsAt });
  });
  const before = counted().length;
  expect((await read()).status).toBe(429);
  expect(
    (await ask(platform.gateway, '{ venues { name } }', { token: await platform.issuer.sign() })).status,
  ).toBe(200);
  standing = plan({ plan: 'growth', remaining: 1_000 });
  await eventually(async () => expect((await read()).status).toBe(200));
  await eventually(() => expect(counted().length).toBeGreaterThan(before));
});

test('a period that is over limits nobody, nor does a plan without a limit', async () => {
  await read();
  standing = plan({ remaining: 0, resetsAt: new Date(Date.now() - 1).toISOString() });
  const before = asked;
  await eventually(() => expect(asked).toBeGreaterThan(before + 1));
  expect((await read()).status).toBe(200);
  standing = plan({ remaining: null, requestLimit: null });
  await eventually(async () =>
    expect((await read()).headers.get('ratelimit')).toMatch(/^"key";r=\d+;t=\d+$/),
  );
});

test('beyond what it keeps the oldest is dropped and said to be', async () => {
  isAway = true;
  const metrics = createMetrics();
  const meter = createMeter({ ...metering, metrics, logger: silentLogger, everyMs: 1_000_000 });
  const viewer = { subject: encodeId('ApiKey', keyId), organisationId, role: 'OWNER' as const, scopes: [] };
  for (let n = 0; n < 201_000; n++) meter.count(viewer, new Map([['venues', 1]]));
  await meter.stop();
  expect(metrics.text()).toMatch(/marquee_metered_dropped_total(\{\})? 1000/);
});

test('over REST a key whose plan is spent is told so by a problem, and when there is more', async () => {
  standing = plan({ remaining: 0 });
  const names = ['analytics', 'events', 'guests', 'hub', 'identity', 'tickets', 'venues'];
  const spent = await startFakePlatform({
    supergraph: readFileSync(join(import.meta.dirname, '../generated/supergraph.graphql'), 'utf8'),
    // None is asked.
    serviceUrls: new Map(names.map((name) => [name, 'http://127.0.0.1:1/graphql'])),
    metering,
  });
  try {
    const claims = { sub: encodeId('ApiKey', keyId), role: 'ORGANISER', scopes: [...scopesOf('ORGANISER')] };
    const authorization = `Bearer ${await spent.issuer.sign(claims)}`;
    await eventually(async () => {
      const answer = await fetch(`${spent.gateway.url}/v1/venues`, { headers: { authorization } });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        ...[429, 'application/problem+json; charset=utf-8'],
      ]);
      expect(await answer.json()).toMatchObject({ code: 'PLAN_SPENT', plan: 'free', resetsAt });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(3_000);
      expect(answer.headers.get('ratelimit')).toMatch(/^"plan";r=0;t=3\d\d\d$/);
      expect(answer.headers.get('ratelimit-policy')).toBe('"plan";q=100;qu="requests"');
    });
  } finally {
    await spent.stop();
  }
});
