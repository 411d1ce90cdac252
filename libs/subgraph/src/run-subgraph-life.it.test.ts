import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runSubgraph } from './index.ts';
import { as, guest, resolvers, send, startThings, type Things } from './things.test-support.ts';

let things: Things;

beforeEach(async () => {
  things = await startThings();
});

afterEach(async () => {
  await things.subgraph.drain();
});

describe('health', () => {
  const base = () => things.subgraph.url.replace('/graphql', '');

  test('a process is live even while it is not ready, and says which check failed without secrets', async () => {
    expect((await fetch(`${base()}/health/ready`)).status).toBe(200);
    things.databaseIsUp = false;
    expect((await fetch(`${base()}/health/live`)).status).toBe(200);
    const response = await fetch(`${base()}/health/ready`);
    expect(response.status).toBe(503);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      status: 'not ready',
      service: 'things',
      checks: { database: { ok: false, error: 'ECONNREFUSED' } },
      details: { lag: 0 },
    });
    expect(body).not.toContain('hunter2');
  });

  test('metrics are served as text', async () => {
    await send(things, { query: '{ open }' });
    const response = await fetch(`${base()}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toMatch(/marquee_http_request_seconds_count\{.*path="\/graphql".*\} 1/);
  });

  test('an unknown path is 404', async () => {
    expect((await fetch(`${base()}/nothing`)).status).toBe(404);
  });
});

test('draining answers what runs, takes nothing new and runs onDrain once', async () => {
  let release = () => {};
  const wait = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = () => {};
  const hasEntered = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const slow = await runSubgraph({
    ...things.options,
    resolvers: {
      ...resolvers,
      Query: {
        ...resolvers.Query,
        open: async () => {
          entered();
          await wait;
          return 'late';
        },
      },
    },
  });
  const answer = fetch(slow.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...as(guest) },
    body: '{"query":"{ open }"}',
  });
  await hasEntered;
  const draining = Promise.all([slow.drain(), slow.drain()]);
  await expect(fetch(slow.url.replace('graphql', 'health/live'))).rejects.toThrow();
  expect(things.drained).toBe(0);
  release();
  expect(await (await answer).json()).toEqual({ data: { open: 'late' } });
  await draining;
  expect(things.drained).toBe(1);
});
