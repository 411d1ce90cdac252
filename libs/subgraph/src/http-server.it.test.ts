import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { startHttpServer, type RunningHttpServer } from './http-server.ts';
import { onStopSignal } from './stop-signal.ts';

let server: RunningHttpServer;

/** A body that is no text. */
const everyByte = (length: number) => Buffer.alloc(length).map((_, index) => index % 256);

beforeEach(async () => {
  server = await startHttpServer({
    name: 'plain',
    host: '127.0.0.1',
    port: 0,
    routes: {
      '/broken': async () => {
        throw new Error('password=hunter2');
      },
      '/hanging': () => new Promise(() => undefined),
      '/echo': async (exchange) => ({ status: 200, body: exchange.search }),
      '/bytes': async ({ search }) => ({ status: 200, body: everyByte(Number(search.slice(1))) }),
      '/files/*': async (exchange) => ({ status: 200, body: `files: ${exchange.path}` }),
      '/files/own/*': async (exchange) => ({ status: 200, body: `own: ${exchange.path}` }),
    },
    readiness: {
      slow: () => new Promise(() => undefined),
    },
    answerHeaders: () => ({ 'x-always': 'yes' }),
    metrics: createMetrics(),
    logger: silentLogger,
  });
});

afterEach(async () => {
  await server.drain(0);
});

/** What the server says to bytes that no HTTP client would send. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('what is no HTTP is answered with 400 and an id to quote', async () => {
  const answer = await sendRaw('GET / HTTP/9.9\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toMatch(/x-correlation-id: [0-9a-f-]{36}/);
});

test('headers without end are cut off', async () => {
  expect(await sendRaw(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431/,
  );
});

test('a request that smuggles another by two lengths is refused', async () => {
  const bytes =
    'POST /echo HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /echo?smuggled HTTP/1.1\r\nhost: a\r\n\r\n';
  expect(await sendRaw(bytes)).toMatch(/^HTTP\/1\.1 400/);
});

test("a route's fault is 500 and says nothing but the id", async () => {
  const response = await fetch(`${server.url}/broken`);
  expect(response.status).toBe(500);
  expect(response.headers.get('x-always')).toBe('yes');
  const body = await response.text();
  expect(body).toContain(response.headers.get('x-correlation-id'));
  expect(body).not.toContain('hunter2');
});

test('HEAD is answered without a body', async () => {
  const response = await fetch(`${server.url}/echo?a=1`, { method: 'HEAD' });
  expect(response.headers.get('content-length')).toBe('4');
  expect(await response.text()).toBe('');
});

test('a check that says nothing counts as failed', async () => {
  const response = await fetch(`${server.url}/health/ready`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ checks: { slow: { error: 'no answer within 2000 ms' } } });
});

test('a drain ends what does not end by itself', async () => {
  const hanging = fetch(`${server.url}/hanging`).then(
    () => 'answered',
    () => 'cut off',
  );
  await fetch(`${server.url}/health/live`);
  await server.drain(50);
  expect(await hanging).toBe('cut off');
});

test('an address that is taken is an error at start', async () => {
  const again = startHttpServer({
    name: 'second',
    host: '127.0.0.1',
    port: server.port,
    routes: {},
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
  });
  await expect(again).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('handlers of stop signals are taken off again', () => {
  const before = process.listenerCount('SIGTERM');
  const remove = onStopSignal(async () => undefined, silentLogger);
  expect(process.listenerCount('SIGTERM')).toBe(before + 1);
  remove();
  expect(process.listenerCount('SIGTERM')).toBe(before);
});

test('a route may stand for all that lies under it, and the nearer one is asked', async () => {
  const ask = async (path: string) => {
    const answer = await fetch(`${server.url}${path}`);
    return answer.status === 200 ? answer.text() : answer.status;
  };
  expect(await ask('/files/a')).toBe('files: /files/a');
  expect(await ask('/files/own/a/b')).toBe('own: /files/own/a/b');
  expect(await ask('/files')).toBe(404);
  expect(await ask('/filesystem/a')).toBe(404);
});

test('bytes arrive as they are, whether they are sent with the head or after it', async () => {
  for (const length of [256, 16 * 1024, 16 * 1024 + 1]) {
    const response = await fetch(`${server.url}/bytes?${length}`);
    expect(response.headers.get('content-length')).toBe(String(length));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(everyByte(length));
  }
  const head = await fetch(`${server.url}/bytes?256`, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe('256');
});
