import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually, testNats } from '@marquee/testkit';
import { connect, type JetStreamManager, type NatsConnection } from 'nats';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { BrokenOrderError, openReader } from './reader.ts';

const pullMs = 1_000;

let connection: NatsConnection;
let jsm: JetStreamManager;
let stream: string;
let life: AbortController;

beforeEach(async () => {
  connection = await connect({ servers: (await testNats()).url });
  jsm = await connection.jetstreamManager();
  stream = `reader-${newUuid()}`;
  life = new AbortController();
  await jsm.streams.add({ name: stream, subjects: [`${stream}.>`] });
});

afterEach(async () => {
  life.abort();
  await jsm.streams.delete(stream);
  await connection.close();
});

const open = () =>
  openReader({
    connection,
    jsm,
    stream,
    filters: [`${stream}.>`],
    startSequence: 1,
    signal: life.signal,
    pullMs,
  });

async function publish(count: number): Promise<void> {
  for (let index = 0; index < count; index++) connection.publish(`${stream}.a`, String(index));
  await connection.flush();
}

test('what came while the process stood still, over the end of a pull, is not passed over', async () => {
  const reader = await open();
  const publishNow = await rawPublisher();
  // After an immediate, timers run before the socket is read again.
  const justBeforeTheEnd = () =>
    setImmediate(() => {
      publishNow(`${stream}.a`);
      standStill(400);
    });
  setTimeout(justBeforeTheEnd, pullMs - 100);

  const arrives = async () => {
    while ((await reader.take(1, pullMs)).length === 0);
  };
  await expect(arrives()).rejects.toThrow(BrokenOrderError);
  await reader.close();
  const anew = await open();
  expect(await anew.take(10, pullMs)).toHaveLength(1);
  await anew.close();
});

test('what was removed before it could be read is not waited for', async () => {
  await publish(1_200);
  const reader = await open();
  expect(reader.pending()).toBe(1_200);
  await eventually(async () => expect((await consumerOf()).delivered.consumer_seq).toBe(1_000));
  await jsm.streams.purge(stream);

  for (let taken = 0; taken < 1_000;) taken += (await reader.take(1_000, pullMs)).length;

  await eventually(() => expect(reader.pending()).toBe(0));
  await reader.close();
});

async function consumerOf() {
  const [consumer] = await jsm.consumers.list(stream).next();
  return consumer!;
}

/** Publishes by one write, at once: the client's own goes out with the next turn of the event loop. */
async function rawPublisher(): Promise<(subject: string) => void> {
  const { hostname, port } = new URL((await testNats()).url);
  const socket = createConnection({ host: hostname, port: Number(port) });
  life.signal.addEventListener('abort', () => socket.destroy());
  await once(socket, 'data');
  socket.write('CONNECT {"verbose":false}\r\nPING\r\n');
  await once(socket, 'data');
  return (subject) => socket.write(`PUB ${subject} 1\r\n1\r\n`);
}

/** Blocks the event loop, as a long garbage collection or a stopped process would. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
