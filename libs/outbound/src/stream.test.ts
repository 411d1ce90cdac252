import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openWorld, type World } from './world.test-support.ts';

let world: World;

beforeEach(async () => {
  world = await openWorld();
});

afterEach(() => world.close());

test('a stream is answered when it begins, and is as long as it is', async () => {
  const rest = Promise.withResolvers<void>();
  world.handler = (_, response) => {
    response.writeHead(200, { 'content-type': 'text/csv' }).write('first\n');
    void rest.promise.then(() => response.end('x'.repeat(5000)));
  };
  const response = await world.outbound({ maxResponseBytes: 100 }).stream(world.url);
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
  world.handler = (_, response) => void response.writeHead(503).end('{"ok":false}');
  const made = world.outbound({ retry: { attempts: 2, safe: false } });
  const response = await made.stream(world.url);
  expect(response.status).toBe(503);
  const chunks = [];
  for await (const chunk of response.body) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString()).toBe('{"ok":false}');
  expect(world.requests).toHaveLength(2);
  expect(made.state()).toMatchObject({ failures: 2 });
});

test('a stream that does not begin ends at the deadline, and one that falls silent later', async () => {
  world.handler = () => {};
  await expect(world.outbound({ timeoutMs: 60 }).stream(world.url)).rejects.toMatchObject({
    code: 'DEADLINE',
  });
  world.handler = (_, response) => void response.writeHead(200).write('first');
  const { body } = await world.outbound({ timeoutMs: 1_000 }).stream(world.url);
  const read = async () => {
    for await (const chunk of body) expect(Buffer.from(chunk).toString()).toBe('first');
  };
  await expect(read()).rejects.toThrow(/timeout/i);
});

test('a stream that nobody reads any more ends at the other side too', async () => {
  const closed = Promise.withResolvers<void>();
  world.handler = (_, response) => {
    response.on('close', () => closed.resolve());
    response.writeHead(200).write('first');
  };
  const { body } = await world.outbound().stream(world.url);
  for await (const _ of body) break;
  await closed.promise;
});

test('lines are handed over as they come, wherever the bytes are divided, and a failure is the whole answer', async () => {
  const text = Buffer.from('first\nFoyer des Théâtres\n\nlast\nno line');
  const heard: string[] = [];
  const rest = Promise.withResolvers<void>();
  world.handler = (_, response) => {
    response.write(text.subarray(0, 8));
    // In the middle of a letter.
    void rest.promise.then(() =>
      response.write(text.subarray(8, text.indexOf('é') + 1), () => {
        setImmediate(() => response.end(text.subarray(text.indexOf('é') + 1)));
      }),
    );
  };
  const response = await world.outbound().lines(world.url, {}, (line) => {
    heard.push(line);
    rest.resolve();
  });
  expect(heard).toEqual(['first', 'Foyer des Théâtres', '', 'last']);
  expect(response).toMatchObject({ status: 200, ok: true });

  world.handler = (_, answer) => void answer.writeHead(400).end('not\nunderstood\n');
  const refused = await world.outbound().lines(world.url, {}, (line) => heard.push(line));
  expect(await refused.text()).toBe('not\nunderstood\n');
  expect(heard).toHaveLength(4);
});
