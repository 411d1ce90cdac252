import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { createOutbound, type Outbound, type OutboundOptions } from './index.ts';

let server: Server;
let url: string;
let handler: RequestListener;
let requests: number;
const opened: Outbound[] = [];

beforeEach(async () => {
  requests = 0;
  server = createServer((request, response) => {
    requests += 1;
    handler(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((outbound) => outbound.close()));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function outbound(options: Partial<OutboundOptions> = {}): Outbound {
  const common = { name: 'files', timeoutMs: 2000, logger: silentLogger, metrics: createMetrics() };
  const made = createOutbound({ ...common, ...options });
  opened.push(made);
  return made;
}

test('a stream is answered when it begins, and is as long as it is', async () => {
  const rest = Promise.withResolvers<void>();
  handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' }).write('first\n');
    void rest.promise.then(() => response.end('x'.repeat(5000)));
  };
  const response = await outbound({ maxResponseBytes: 100 }).stream(url);
  expect(response).toMatchObject({ status: 200, ok: true });
  expect(response.headers.get('content-type')).toBe('text/csv');
  let bytes = 0;
  for await (const chunk of response.body) {
    if (bytes === 0) rest.resolve();
    bytes += chunk.byteLength;
  }
  expect(bytes).toBe(5006);
});

test('a stream of a failure is the whole answer, tried again where that is safe', async () => {
  handler = (_, response) => void response.writeHead(503).end('{"ok":false}');
  const made = outbound({ retry: { attempts: 2, safe: false } });
  const response = await made.stream(url);
  expect(response.status).toBe(503);
  const chunks = [];
  for await (const chunk of response.body) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('{"ok":false}');
  expect(requests).toBe(2);
  expect(made.state()).toMatchObject({ failures: 2 });
});

test('a stream that does not begin ends at the deadline, and one that falls silent later', async () => {
  handler = () => {};
  await expect(outbound({ timeoutMs: 60 }).stream(url)).rejects.toMatchObject({ code: 'DEADLINE' });
  handler = (_, response) => void response.writeHead(200).write('first');
  const { body } = await outbound({ timeoutMs: 60 }).stream(url);
  const read = async () => {
    for await (const chunk of body) expect(Buffer.from(chunk).toString()).toBe('first');
  };
  await expect(read()).rejects.toThrow(/timeout/i);
});

test('a stream that nobody reads any more ends at the other side too', async () => {
  const closed = Promise.withResolvers<void>();
  handler = (_, response) => {
    response.on('close', () => closed.resolve());
    response.writeHead(200).write('first');
  };
  const { body } = await outbound().stream(url);
  for await (const _ of body) break;
  await closed.promise;
});

test('lines are handed over as they come, wherever the bytes are divided, and a failure is the whole answer', async () => {
  const text = Buffer.from('first\nFoyer des Théâtres\n\nlast\nno line');
  const heard: string[] = [];
  const rest = Promise.withResolvers<void>();
  handler = (_, response) => {
    response.write(text.subarray(0, 8));
    // In the middle of a letter.
    void rest.promise.then(() =>
      response.write(text.subarray(8, text.indexOf('é') + 1), () => {
        setImmediate(() => response.end(text.subarray(text.indexOf('é') + 1)));
      }),
    );
  };
  const response = await outbound().lines(url, {}, (line) => {
    heard.push(line);
    rest.resolve();
  });
  expect(heard).toEqual(['first', 'Foyer des Théâtres', '', 'last']);
  expect(response).toMatchObject({ status: 200, ok: true });

  handler = (_, answer) => void answer.writeHead(400).end('not\nunderstood\n');
  const refused = await outbound().lines(url, {}, (line) => heard.push(line));
  expect(await refused.text()).toBe('not\nunderstood\n');
  expect(heard).toHaveLength(4);
});
