import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { runLoad } from './load.ts';

let server: Server;

async function serve(answer: string, isInChunks = false): Promise<string> {
  server = createServer((request, response) => {
    request.resume().once('end', () => {
      if (isInChunks) response.write(answer.slice(0, 5));
      response.end(isInChunks ? answer.slice(5) : answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

afterEach(() => void server.close());

const plan = { headers: {}, bodies: ['{}', '{"a":1}'], connections: 4, warmUpMs: 50, measureMs: 500 };

describe('a load', () => {
  test.each([
    ['whole', false],
    ['in chunks', true],
  ])('counts what is answered %s, and how fast', async (_, isInChunks) => {
    const result = await runLoad({ ...plan, url: await serve('{"data":{}}', isInChunks) });
    expect(result.failures).toBe(0);
    expect(result.requests).toBeGreaterThan(0);
    expect(result.requestsPerSecond).toBeCloseTo(result.requests / 0.5, 5);
    expect(result.p50Ms).toBeGreaterThan(0);
    expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  });

  test('takes an answer with errors for a failure, and tells the first', async () => {
    const result = await runLoad({ ...plan, url: await serve('{"errors":[{"message":"no"}]}') });
    expect(result.failures).toBeGreaterThan(0);
    expect(result.firstFailure).toBe('200 {"errors":[{"message":"no"}]}');
  });

  test('at a rate sends no more than it was told to', async () => {
    const { sent, failures } = await runLoad({
      ...plan,
      url: await serve('{"data":{}}'),
      rate: 40,
    });
    expect(failures).toBe(0);
    expect(sent).toBeGreaterThan(0);
    // 40 a second for 550 ms, the first of them at once.
    expect(sent).toBeLessThanOrEqual(23);
  });

  test('fails where the server goes away', async () => {
    const url = await serve('{"data":{}}');
    const load = runLoad({ ...plan, url, measureMs: 20_000 });
    server.once('request', () => server.closeAllConnections());
    await expect(load).rejects.toThrow('ended with');
  });
});
