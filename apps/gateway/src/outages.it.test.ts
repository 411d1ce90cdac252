import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import {
  ask,
  readinessOf,
  startFake,
  startFakePlatform,
  venueId,
  type FakePlatform,
} from './fake-platform.test-support.ts';

let platform: FakePlatform;
let token: string;

beforeEach(async () => {
  platform = await startFakePlatform();
  token = await platform.issuer.sign();
});

afterEach(async () => {
  await platform.stop();
});

async function breakerOf(name: string): Promise<string | undefined> {
  const { details } = await readinessOf(platform.gateway);
  return details.breakers.find((breaker) => breaker.name === name)?.state;
}

test('while a service is down the others answer, and what is missing is named', async () => {
  await platform.services['venues']!.drain();
  const query = '{ venues { name } occurrences { id venue { id name } } }';
  const { status, body } = await ask(platform.gateway, query, { token });
  expect(status).toBe(200);
  expect(body.data).toMatchObject({ venues: null, occurrences: [{ id: expect.stringMatching(/^occ_/) }] });
  expect(body.errors.map(({ extensions }) => extensions.code)).toEqual([
    'SUBGRAPH_UNAVAILABLE',
    'SUBGRAPH_UNAVAILABLE',
  ]);
  expect(body.errors[0]).toMatchObject({ extensions: { serviceName: 'venues' } });
  expect(body.errors.map(({ path }) => path)).toEqual(expect.arrayContaining([['venues'], ['occurrences']]));
});

test('node(id:) names the owner that did not answer', async () => {
  await platform.services['venues']!.drain();
  const { body } = await ask(platform.gateway, `{ node(id: "${venueId}") { id } }`, { token });
  expect(body.data).toEqual({ node: null });
  expect(body.errors[0]).toMatchObject({
    path: ['node'],
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', reason: 'CONNECTION' },
  });
  expect(body.errors[0]?.message).toContain('venues');
});

test('the breaker opens while a service is down, is shown, and closes by itself once it is back', async () => {
  const { port } = platform.services['venues']!;
  await platform.services['venues']!.drain();
  await eventually(async () => {
    await ask(platform.gateway, '{ venues { name } }', { token });
    expect(await breakerOf('venues')).toBe('open');
  });
  const open = await ask(platform.gateway, '{ venues { name } }', { token });
  expect(open.body.errors[0]).toMatchObject({ extensions: { reason: 'BREAKER_OPEN' } });
  expect(await breakerOf('events')).toBe('closed');

  platform.services['venues'] = await startFake('venues', platform.behaviour, port);
  await eventually(async () => {
    const { body } = await ask(platform.gateway, '{ venues { name } }', { token });
    expect(body).toEqual({ data: { venues: [{ name: 'Lyceum' }] } });
  });
  expect(await breakerOf('venues')).toBe('closed');
});

test('a mutation to a service that is down is not sent twice and says so', async () => {
  await platform.services['venues']!.drain();
  const { body } = await ask(platform.gateway, 'mutation { renameVenue(name: "x") { id } }', { token });
  expect(body.data).toEqual({ renameVenue: null });
  expect(body.errors[0]).toMatchObject({
    path: ['renameVenue'],
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  });
  expect(platform.behaviour.mutations).toBe(0);
});

test('draining answers what runs and takes nothing new', async () => {
  const url = platform.gateway.url;
  const [answer] = await Promise.all([
    ask(platform.gateway, '{ venues { name } }', { token }),
    fetch(`${url}/health/live`).then(() => platform.gateway.drain()),
  ]);
  expect(answer.body.data?.['venues']).toHaveLength(1);
  await expect(fetch(`${url}/health/live`)).rejects.toThrow();
});
