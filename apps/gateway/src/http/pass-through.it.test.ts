import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createOutbound, type Outbound } from '@marquee/outbound';
import { startHttpServer, type HttpExchange, type RunningHttpServer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { createPassage } from './pass-through.ts';

const options = {
  internalSecret: 'the secret that the services share, at length',
  trustedProxies: 0,
  logger: silentLogger,
};
const common = { host: '127.0.0.1', port: 0, readiness: {}, metrics: createMetrics(), logger: silentLogger };
const seen: { exchange: HttpExchange; body: string }[] = [];
let service: RunningHttpServer;
let edge: RunningHttpServer;
let outbound: Outbound;

beforeAll(async () => {
  const record = async (exchange: HttpExchange) => {
    seen.push({ exchange, body: await exchange.body() });
    return { status: 202, headers: { 'content-type': 'text/plain', 'x-internal': 'no' }, body: 'taken' };
  };
  service = await startHttpServer({ ...common, name: 'tickets', routes: { '/hooks/*': record } });
  outbound = createOutbound({ name: 'tickets', timeoutMs: 10_000, ...common });
  const passage = { path: '/hooks/*', service: 'tickets', methods: ['POST'], maxBodyBytes: 100 } as const;
  const route = createPassage(passage, { name: 'tickets', url: `${service.url}/graphql`, outbound }, options);
  edge = await startHttpServer({ ...common, name: 'edge', routes: { '/hooks/*': route } });
});
afterAll(async () => {
  await edge.drain(0);
  await service.drain(0);
  await outbound.close();
});

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${edge.url}${path}`, { method: 'POST', body, headers });

test('a request is passed on byte for byte, with the signature and without what only services may say', async () => {
  const body = '{"a":  "ä\\u0000"}\n';
  const answer = await post('/hooks/one?x=1', body, { 'stripe-signature': 't=1', 'x-marquee-viewer': 'me' });
  expect(answer.status).toBe(202);
  expect(await answer.text()).toBe('taken');
  expect(answer.headers.get('x-internal')).toBeNull();
  const { exchange, body: passed } = seen.at(-1)!;
  expect(passed).toBe(body);
  expect(exchange).toMatchObject({ path: '/hooks/one', search: '?x=1' });
  expect(exchange.headers['stripe-signature']).toBe('t=1');
  expect(exchange.headers['x-marquee-viewer']).toBeUndefined();
});

test('other methods and long bodies are refused here', async () => {
  expect((await fetch(`${edge.url}/hooks/one`)).status).toBe(405);
  expect((await post('/hooks/one', 'x'.repeat(101))).status).toBe(413);
});

test.each([
  '/hooks/../metrics',
  '/hooks/%2e%2e/metrics',
  '/hooks/a/../../health/ready',
  '/hooks/..\\metrics',
])('nobody climbs out of the path by %s', async (path) => {
  // fetch would tidy the path up before it is sent.
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(edge.url);
    const asked = request({ hostname, port, path, method: 'POST' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
    asked.end();
  });
  expect(status).toBe(404);
});

test('a service that is down is said to be down', async () => {
  const gone = createPassage(
    { path: '/hooks/*', service: 'tickets', methods: ['POST'], maxBodyBytes: 100 },
    { name: 'tickets', url: 'http://127.0.0.1:1/graphql', outbound },
    options,
  );
  const there = await startHttpServer({ ...common, name: 'edge', routes: { '/hooks/*': gone } });
  expect((await fetch(`${there.url}/hooks/a`, { method: 'POST', body: '{}' })).status).toBe(503);
  await there.drain(0);
});

test('what is long comes through as it is made, and ends where nobody reads it any more', async () => {
  const ended = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  async function* pages() {
    try {
      yield 'first';
      await go.promise;
      for (;;) yield 'x'.repeat(10_000);
    } finally {
      ended.resolve();
    }
  }
  const files = await startHttpServer({
    ...common,
    name: 'tickets',
    routes: { '/files/*': async () => ({ status: 200, body: pages() }) },
  });
  const passage = {
    path: '/files/*',
    service: 'tickets',
    methods: ['GET'],
    maxBodyBytes: 0,
    streams: true,
  } as const;
  const route = createPassage(passage, { name: 'tickets', url: `${files.url}/graphql`, outbound }, options);
  const there = await startHttpServer({ ...common, name: 'edge', routes: { '/files/*': route } });
  const answer = await fetch(`${there.url}/files/a.pdf`);
  const reader = answer.body!.getReader();
  expect(Buffer.from((await reader.read()).value!).toString()).toBe('first');
  go.resolve();
  expect((await reader.read()).value!.byteLength).toBeGreaterThan(0);
  await reader.cancel();
  await ended.promise;
  await Promise.all([there.drain(0), files.drain(0)]);
});
