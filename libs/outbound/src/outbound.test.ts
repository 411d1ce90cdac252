import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics, runWithCorrelation, silentLogger, type Metrics } from '@marquee/telemetry';
import { createOutbound, isUnavailable, type Outbound, type OutboundOptions } from './index.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let url: string;
let handler: Handler;
let requests: IncomingMessage[];
let metrics: Metrics;
const opened: Outbound[] = [];

beforeEach(async () => {
  requests = [];
  metrics = createMetrics();
  server = createServer((request, response) => {
    requests.push(request);
    handler(request, response);
  });
  url = await listen();
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((outbound) => outbound.close()));
  await stopListening();
});

async function listen(port = 0): Promise<string> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

async function stopListening(): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function outbound(options: Partial<OutboundOptions> = {}): Outbound {
  const made = createOutbound({ name: 'guests', timeoutMs: 2000, logger: silentLogger, metrics, ...options });
  opened.push(made);
  return made;
}

const answer =
  (status: number, body = '{"ok":true}', headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

/** Answers the first ones with these statuses, then 200. */
const statuses = (...list: number[]): Handler => {
  return (request, response) => answer(list.shift() ?? 200)(request, response);
};

/** The error's code, for a fault that is `OutboundUnavailableError`. */
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (fault: unknown) => fault,
  );
  if (!isUnavailable(error)) throw error;
  return error.code;
};

const post = { method: 'POST', body: '{}' };

describe('an exchange', () => {
  test('gives status, headers and the whole body', async () => {
    handler = answer(201, '{"id":7}', { 'content-type': 'application/json', 'set-cookie': 'a=1' });
    const response = await outbound().fetch(url, {
      ...post,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response).toMatchObject({ status: 201, ok: true, url });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers).toBe(response.headers);
    expect(await response.json()).toEqual({ id: 7 });
    expect(await response.text()).toBe('{"id":7}');
    expect(Buffer.from(await response.bytes()).toString()).toBe('{"id":7}');
    expect(requests[0]).toMatchObject({ method: 'POST', url: '/graphql' });
    expect(requests[0]!.headers['content-type']).toBe('application/json');
  });

  test('carries the correlation of the work at hand', async () => {
    handler = answer(200);
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const made = outbound();
    await runWithCorrelation({ correlationId: 'door-7', actor: 'system', traceparent }, () =>
      made.fetch(url, { headers: { 'X-Correlation-Id': 'forged' } }),
    );
    expect(requests[0]!.headers).toMatchObject({ 'x-correlation-id': 'door-7', traceparent });
  });

  test('follows no redirect: where it leads is not for the other side to say', async () => {
    handler = answer(302, '', { location: 'http://169.254.169.254/' });
    expect(await outbound().fetch(url)).toMatchObject({ status: 302, ok: false });
    expect(requests).toHaveLength(1);
  });

  test('refuses a body longer than its limit', async () => {
    handler = answer(200, 'x'.repeat(5000));
    expect(await codeOf(outbound({ maxResponseBytes: 4999 }).fetch(url))).toBe('RESPONSE_TOO_LARGE');
    expect((await outbound({ maxResponseBytes: 5000 }).fetch(url)).ok).toBe(true);
  });

  test('says that the connection failed', async () => {
    await stopListening();
    expect(await codeOf(outbound().fetch(url))).toBe('CONNECTION');
    url = await listen();
    handler = (request) => request.socket.destroy();
    expect(await codeOf(outbound().fetch(url, post))).toBe('CONNECTION');
  });
});

describe('the deadline', () => {
  test('ends an exchange whose answer does not begin', async () => {
    handler = () => {};
    expect(await codeOf(outbound({ timeoutMs: 60 }).fetch(url))).toBe('DEADLINE');
  });

  test('ends an exchange whose body drips, though each drop comes in time', async () => {
    handler = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(drip));
    };
    const startedAtMs = performance.now();
    expect(await codeOf(outbound({ timeoutMs: 150 }).fetch(url))).toBe('DEADLINE');
    expect(performance.now() - startedAtMs).toBeLessThan(1500);
  });

  test('ends work that does not heed its signal', async () => {
    let seen: AbortSignal | undefined;
    const never = outbound({ timeoutMs: 40 }).run((signal) => {
      seen = signal;
      return new Promise(() => {});
    });
    expect(await codeOf(never)).toBe('DEADLINE');
    expect(seen!.aborted).toBe(true);
  });

  test('spans the retries and the pauses between them', async () => {
    let calls = 0;
    const failing = outbound({ timeoutMs: 120, retry: { attempts: 10, safe: true } }).run(() => {
      calls += 1;
      return Promise.reject(new Error('no'));
    });
    expect(await codeOf(failing)).toBe('DEADLINE');
    expect(calls).toBeGreaterThan(1);
  });

  test('leaves the caller free to stop earlier, which is nobody’s failure', async () => {
    handler = () => {};
    const made = outbound({ breaker: { volumeThreshold: 1 } });
    for (let round = 0; round < 3; round++) {
      const stop = new AbortController();
      const call = made.fetch(url, { signal: stop.signal });
      stop.abort(new Error('the client went away'));
      await expect(call).rejects.toThrow('the client went away');
    }
    await expect(made.fetch(url, { signal: AbortSignal.abort(new Error('gone before')) })).rejects.toThrow(
      'gone before',
    );
    expect(made.state()).toMatchObject({ state: 'closed', failures: 0 });
  });
});

describe('a retry', () => {
  const retry = { attempts: 4, safe: false };

  test('repeats a GET until it is answered', async () => {
    handler = statuses(503, 502, 429);
    expect(await outbound({ retry }).fetch(url)).toMatchObject({ status: 200 });
    expect(requests).toHaveLength(4);
    expect(metrics.text()).toContain('marquee_outbound_retries_total{outbound="guests"} 3');
  });

  test('gives the last answer when all attempts are used', async () => {
    handler = answer(503, 'busy');
    const response = await outbound({ retry }).fetch(url);
    expect(response).toMatchObject({ status: 503, ok: false });
    expect(await response.text()).toBe('busy');
    expect(requests).toHaveLength(4);
  });

  test('never repeats an unsafe request that may have arrived', async () => {
    handler = answer(503);
    expect(await outbound({ retry }).fetch(url, post)).toMatchObject({ status: 503 });
    expect(requests).toHaveLength(1);
    handler = (request) => request.socket.destroy();
    expect(await codeOf(outbound({ retry }).fetch(url, post))).toBe('CONNECTION');
    expect(requests).toHaveLength(2);
  });

  test('never repeats unsafe work', async () => {
    let calls = 0;
    const failing = outbound({ retry }).run(() => Promise.reject(new Error(`call ${++calls}`)));
    await expect(failing).rejects.toThrow('call 1');
  });

  test('repeats a POST marked as safe, and all where everything is', async () => {
    handler = statuses(503);
    expect(await outbound({ retry }).fetch(url, { ...post, safe: true })).toMatchObject({ status: 200 });
    handler = statuses(503);
    expect(await outbound({ retry: { attempts: 2, safe: true } }).fetch(url, post)).toMatchObject({
      status: 200,
    });
    handler = statuses(503);
    const unmarked = outbound({ retry: { attempts: 2, safe: true } }).fetch(url, { ...post, safe: false });
    expect(await unmarked).toMatchObject({ status: 503 });
  });

  test('repeats even an unsafe request of which no byte had left', async () => {
    handler = answer(200);
    const { port } = server.address() as AddressInfo;
    await stopListening();
    const call = outbound({ retry: { attempts: 10, safe: false }, breaker: { volumeThreshold: 100 } }).fetch(
      url,
      post,
    );
    await listen(port);
    expect(await call).toMatchObject({ status: 200 });
  });

  test('does not repeat what will be refused again', async () => {
    handler = answer(500);
    expect(await outbound({ retry }).fetch(url)).toMatchObject({ status: 500 });
    handler = answer(404);
    expect(await outbound({ retry }).fetch(url)).toMatchObject({ status: 404 });
    expect(requests).toHaveLength(2);
  });
});

describe('the breaker', () => {
  const breaker = { volumeThreshold: 4, errorThresholdPercentage: 50, resetTimeoutMs: 60 };
  const until = async (made: Outbound, state: string) => {
    while (made.state().state !== state) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const failUntilOpen = async (made: Outbound) => {
    handler = answer(500);
    for (let call = 0; call < 4; call++) await made.fetch(url);
    expect(made.state().state).toBe('open');
  };

  test('opens after failures, half-opens after a while, closes after one success', async () => {
    const made = outbound({ breaker });
    await failUntilOpen(made);
    expect(await codeOf(made.fetch(url))).toBe('BREAKER_OPEN');
    expect(requests).toHaveLength(4);
    expect(metrics.text()).toContain('marquee_outbound_breaker_state{outbound="guests"} 2');

    await until(made, 'half-open');
    expect(metrics.text()).toContain('marquee_outbound_breaker_state{outbound="guests"} 1');
    handler = answer(200);
    const [trial, other] = await Promise.all([made.fetch(url), codeOf(made.fetch(url))]);
    expect(trial.status).toBe(200);
    expect(other).toBe('BREAKER_OPEN');
    expect(made.state().state).toBe('closed');
    expect(metrics.text()).toContain(
      'marquee_outbound_breaker_changes_total{outbound="guests",state="closed"} 1',
    );
    expect(metrics.text()).toContain(
      'marquee_outbound_calls_total{outbound="guests",outcome="breaker_open"} 2',
    );
  });

  test('is not asked while it is switched off, and goes on where it was when it is on again', async () => {
    let isOn = true;
    const made = outbound({ breaker: { ...breaker, resetTimeoutMs: 60_000, isOn: () => isOn } });
    await failUntilOpen(made);
    expect(await codeOf(made.fetch(url))).toBe('BREAKER_OPEN');
    isOn = false;
    expect(await made.fetch(url)).toMatchObject({ status: 500 });
    handler = answer(200);
    expect(await made.fetch(url)).toMatchObject({ status: 200 });
    isOn = true;
    expect(await codeOf(made.fetch(url))).toBe('BREAKER_OPEN');
  });

  test('opens again when the trial fails', async () => {
    const made = outbound({ breaker });
    await failUntilOpen(made);
    await until(made, 'half-open');
    expect(await made.fetch(url)).toMatchObject({ status: 500 });
    expect(made.state().state).toBe('open');
  });

  test('does not close on a trial that its caller gave up', async () => {
    const made = outbound({ breaker });
    await failUntilOpen(made);
    await until(made, 'half-open');
    handler = () => {};
    const stop = new AbortController();
    const trial = made.fetch(url, { signal: stop.signal });
    stop.abort(new Error('gone'));
    await expect(trial).rejects.toThrow('gone');
    expect(made.state().state).toBe('open');
  });

  test('counts deadlines and faults of work, not the refusals of a client’s mistake', async () => {
    const made = outbound({ breaker, timeoutMs: 20 });
    for (let call = 0; call < 4; call++) await codeOf(made.run(() => new Promise(() => {})));
    expect(made.state()).toMatchObject({ state: 'open', failures: 4 });
    handler = answer(404);
    const mistaken = outbound({ breaker });
    for (let call = 0; call < 8; call++) await mistaken.fetch(url);
    expect(mistaken.state()).toMatchObject({ name: 'guests', state: 'closed', successes: 8, failures: 0 });
  });

  test('answers nothing after close', async () => {
    handler = answer(200);
    const made = createOutbound({ name: 'guests', timeoutMs: 500, logger: silentLogger, metrics });
    await made.fetch(url);
    await made.close();
    expect(await codeOf(made.fetch(url))).toBe('BREAKER_OPEN');
  });
});
