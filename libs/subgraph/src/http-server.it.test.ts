import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { startHttpServer, type RunningHttpServer } from './http-server.ts';
import { onStopSignal } from './stop-signal.ts';

let server: RunningHttpServer;
/** What the shortcut was asked for, in its order. */
let steps: string[];

/** A body that is no text. */
const everyByte = (length: number) => Buffer.alloc(length).map((_, index) => index % 256);

beforeEach(async () => {
  steps = [];
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
      '/echo-body': async (exchange) => ({ status: 200, body: `route: ${await exchange.body()}` }),
      '/broken-shortcut': async () => ({ status: 200, body: 'route' }),
      '/bytes': async ({ search }) => ({ status: 200, body: everyByte(Number(search.slice(1))) }),
      '/files/*': async (exchange) => ({ status: 200, body: `files: ${exchange.path}` }),
      '/files/own/*': async (exchange) => ({ status: 200, body: `own: ${exchange.path}` }),
    },
    shortcut: ({ path }) => {
      if (path === '/broken-shortcut') throw new Error('no');
      if (path !== '/echo-body') return null;
      steps.push('read');
      return (bytes) => {
        steps.push('answered');
        if (bytes.includes('broken')) throw new Error('no');
        return bytes.startsWith('short') ? { status: 200, body: `shortcut: ${bytes.length}` } : null;
      };
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

/** A connection that asks for the shortcut, and waits for its answer. */
async function keptAlive(): Promise<{ ask(): Promise<void>; close(): void }> {
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  return {
    ask: async () => {
      socket.write('POST /echo-body HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n\r\nshort');
      await once(socket, 'data');
    },
    close: () => void socket.destroy(),
  };
}

test('what is no HTTP is answered with 400 and an id to quote', async () => {
  const answer = await sendRaw('GET / HTTP/9.9\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(answer).toMatch(/x-correlation-id: [0-9a-f-]{36}/);
});

test('an idle connection is kept longer than by the most patient of usual proxies', async () => {
  const response = await fetch(`${server.url}/health/live`);
  expect(response.headers.get('keep-alive')).toBe('timeout=620');
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

describe('a shortcut', () => {
  const post = async (
    body: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
    path = '/echo-body',
  ) => {
    const answer = await fetch(`${server.url}${path}`, { method: 'POST', headers, body });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  test('answers by the bytes of a body, under the headers that every answer has', async () => {
    const answer = await post('short \u00e9', { 'x-correlation-id': 'mine' });
    expect(answer.text).toBe('shortcut: 8');
    expect(answer.headers.get('x-always')).toBe('yes');
    expect(answer.headers.get('x-correlation-id')).toBe('mine');
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toContain('marquee_http_request_seconds_count{path="/echo-body",status="200"} 1');
  });

  test('leaves what it does not know to the route, with its body', async () => {
    expect((await post('other \u00e9')).text).toBe('route: other \u00e9');
    expect((await post(new Uint8Array([0x73, 0xff]))).status).toBe(400);
  });

  test('is not shown what is long, or encoded', async () => {
    expect((await post(`short${'x'.repeat(16 * 1024)}`)).text).toMatch(/^route: short/);
    expect((await post('short', { 'content-encoding': 'gzip' })).status).toBe(415);
  });

  test('answers what is there at one time when all of it is read', async () => {
    const [one, other] = await Promise.all([keptAlive(), keptAlive()]);
    try {
      await eventually(async () => {
        steps = [];
        await Promise.all([one.ask(), other.ask()]);
        expect(steps).toEqual(['read', 'read', 'answered', 'answered']);
      });
    } finally {
      one.close();
      other.close();
    }
  });

  test('that fails takes nothing down: the route answers', async () => {
    expect((await post('broken')).text).toBe('route: broken');
    expect((await post('', {}, '/broken-shortcut')).text).toBe('route');
  });
});
