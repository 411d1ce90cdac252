import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { runLoad } from './load.ts';

let server: Server;

async function serve(answer: string): Promise<string> {
  server = createServer((request, response) => {
    request.resume().once('end', () => response.end(answer));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

afterEach(() => void server.close());

const plan = { headers: {}, bodies: ['{}', '{"a":1}'], connections: 4, warmUpMs: 50, measureMs: 300 };

test('a load counts what is answered and how fast', async () => {
  const result = await runLoad({ ...plan, url: await serve('{"data":{}}') });
  expect(result.failures).toBe(0);
  expect(result.requests).toBeGreaterThan(10);
  expect(result.requestsPerSecond).toBeCloseTo(result.requests / 0.3, 5);
  expect(result.p50Ms).toBeGreaterThan(0);
  expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
}, 20_000);

test('an answer with errors is a failure, and the first is told', async () => {
  const result = await runLoad({ ...plan, url: await serve('{"errors":[{"message":"no"}]}') });
  expect(result.failures).toBeGreaterThan(0);
  expect(result.firstFailure).toBe('200 {"errors":[{"message":"no"}]}');
}, 20_000);
