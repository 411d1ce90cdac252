import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { findFreePort } from '@marquee/embedded';
import { runWithCorrelation } from '@marquee/telemetry';
import { createAgent } from './exchange.ts';
import { answer, codeOf, openWorld, statuses, type World } from './world.test-support.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});

afterEach(() => world.close());

const post = { method: 'POST', body: '{}' };

describe('an exchange', () => {
  test('gives status, headers and the whole body', async () => {
    world.handler = answer(201, '{"id":7}', { 'content-type': 'application/json', 'set-cookie': 'a=1' });
    const response = await world.outbound().fetch(world.url, {
      ...post,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response).toMatchObject({ status: 201, ok: true, url: world.url });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers).toBe(response.headers);
    expect(await response.json()).toEqual({ id: 7 });
    expect(await response.text()).toBe('{"id":7}');
    expect(Buffer.from(await response.bytes()).toString()).toBe('{"id":7}');
    expect(world.requests[0]).toMatchObject({ method: 'POST', url: '/graphql' });
    expect(world.requests[0]!.headers['content-type']).toBe('application/json');
  });

  test('carries the correlation of the work at hand', async () => {
    world.handler = answer(200);
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const made = world.outbound();
    await runWithCorrelation({ correlationId: 'door-7', actor: 'system', traceparent }, () =>
      made.fetch(world.url, { headers: { 'X-Correlation-Id': 'forged' } }),
    );
    expect(world.requests[0]!.headers).toMatchObject({ 'x-correlation-id': 'door-7', traceparent });
  });

  test('follows no redirect: where it leads is not for the other side to say', async () => {
    world.handler = answer(302, '', { location: 'http://169.254.169.254/' });
    expect(await world.outbound().fetch(world.url)).toMatchObject({ status: 302, ok: false });
    expect(world.requests).toHaveLength(1);
  });

  test('refuses a body longer than its limit', async () => {
    world.handler = answer(200, 'x'.repeat(5000));
    expect(await codeOf(world.outbound({ maxResponseBytes: 4999 }).fetch(world.url))).toBe(
      'RESPONSE_TOO_LARGE',
    );
    expect((await world.outbound({ maxResponseBytes: 5000 }).fetch(world.url)).ok).toBe(true);
  });

  test('says that the connection failed', async () => {
    await world.stopListening();
    expect(await codeOf(world.outbound().fetch(world.url))).toBe('CONNECTION');
    await world.listen();
    world.handler = (request) => request.socket.destroy();
    expect(await codeOf(world.outbound().fetch(world.url, post))).toBe('CONNECTION');
  });
});

describe('the deadline', () => {
  test('ends an exchange whose answer does not begin', async () => {
    world.handler = () => {};
    expect(await codeOf(world.outbound({ timeoutMs: 60 }).fetch(world.url))).toBe('DEADLINE');
  });

  test('ends an exchange whose body drips, though each drop comes in time', async () => {
    world.handler = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    };
    expect(await codeOf(world.outbound({ timeoutMs: 150 }).fetch(world.url))).toBe('DEADLINE');
  });

  test('ends work that does not heed its signal', async () => {
    let seen: AbortSignal | undefined;
    const never = world.outbound({ timeoutMs: 40 }).run((signal) => {
      seen = signal;
      return new Promise(() => {});
    });
    expect(await codeOf(never)).toBe('DEADLINE');
    expect(seen!.aborted).toBe(true);
  });

  test('spans the retries and the pauses between them', async () => {
    let calls = 0;
    const failing = world.outbound({ timeoutMs: 120, retry: { attempts: 10, safe: true } }).run(() => {
      calls += 1;
      return Promise.reject(new Error('no'));
    });
    expect(await codeOf(failing)).toBe('DEADLINE');
    expect(calls).toBeGreaterThan(1);
  });

  test('leaves the caller free to stop earlier, which is nobody’s failure', async () => {
    world.handler = () => {};
    const made = world.outbound({ breaker: { volumeThreshold: 1 } });
    for (let round = 0; round < 3; round++) {
      const stop = new AbortController();
      const call = made.fetch(world.url, { signal: stop.signal });
      stop.abort(new Error('the client went away'));
      await expect(call).rejects.toThrow('the client went away');
    }
    await expect(
      made.fetch(world.url, { signal: AbortSignal.abort(new Error('gone before')) }),
    ).rejects.toThrow('gone before');
    expect(made.state()).toMatchObject({ state: 'closed', failures: 0 });
  });
});

describe('a retry', () => {
  const retry = { attempts: 4, safe: false };

  test('repeats a GET until it is answered', async () => {
    world.handler = statuses(503, 502, 429);
    expect(await world.outbound({ retry }).fetch(world.url)).toMatchObject({ status: 200 });
    expect(world.requests).toHaveLength(4);
    expect(world.metrics.text()).toContain('marquee_outbound_retries_total{outbound="guests"} 3');
  });

  test('gives the last answer when all attempts are used', async () => {
    world.handler = answer(503, 'busy');
    const response = await world.outbound({ retry }).fetch(world.url);
    expect(response).toMatchObject({ status: 503, ok: false });
    expect(await response.text()).toBe('busy');
    expect(world.requests).toHaveLength(4);
  });

  test('never repeats an unsafe request that may have arrived', async () => {
    world.handler = answer(503);
    expect(await world.outbound({ retry }).fetch(world.url, post)).toMatchObject({ status: 503 });
    expect(world.requests).toHaveLength(1);
    world.handler = (request) => request.socket.destroy();
    expect(await codeOf(world.outbound({ retry }).fetch(world.url, post))).toBe('CONNECTION');
    expect(world.requests).toHaveLength(2);
  });

  test('never repeats unsafe work', async () => {
    let calls = 0;
    const failing = world.outbound({ retry }).run(() => Promise.reject(new Error(`call ${++calls}`)));
    await expect(failing).rejects.toThrow('call 1');
  });

  test('repeats a POST marked as safe, and all where everything is', async () => {
    world.handler = statuses(503);
    expect(await world.outbound({ retry }).fetch(world.url, { ...post, safe: true })).toMatchObject({
      status: 200,
    });
    world.handler = statuses(503);
    expect(await world.outbound({ retry: { attempts: 2, safe: true } }).fetch(world.url, post)).toMatchObject(
      {
        status: 200,
      },
    );
    world.handler = statuses(503);
    const unmarked = world
      .outbound({ retry: { attempts: 2, safe: true } })
      .fetch(world.url, { ...post, safe: false });
    expect(await unmarked).toMatchObject({ status: 503 });
  });

  test('repeats even an unsafe request of which no byte had left', async () => {
    world.handler = answer(200);
    await world.stopListening();
    const port = await findFreePort();
    const made = world.outbound({ retry: { attempts: 10, safe: false }, breaker: { volumeThreshold: 100 } });
    const call = made.fetch(`http://127.0.0.1:${port}/`, post);
    await world.listen(port);
    expect(await call).toMatchObject({ status: 200 });
  });

  test('does not repeat what will be refused again', async () => {
    world.handler = answer(500);
    expect(await world.outbound({ retry }).fetch(world.url)).toMatchObject({ status: 500 });
    world.handler = answer(404);
    expect(await world.outbound({ retry }).fetch(world.url)).toMatchObject({ status: 404 });
    expect(world.requests).toHaveLength(2);
  });
});

test('an idle connection is closed by us, whatever the other side promises', async () => {
  world.server.keepAliveTimeout = 620_000;
  const dispatcher = createAgent(50);
  const made = world.outbound({ dispatcher });
  await made.fetch(world.url);
  await once(world.requests[0]!.socket, 'close');
  expect((await made.fetch(world.url)).status).toBe(200);
  await dispatcher.close();
});
