import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testNats } from '@marquee/testkit';
import { connectMessaging, type Messaging } from './index.ts';

let nats: Awaited<ReturnType<typeof testNats>>;
let putter: Messaging;
const connected: Messaging[] = [];

async function connect(): Promise<Messaging> {
  const messaging = await connectMessaging({ ...nats, service: 'counter', logger: silentLogger });
  connected.push(messaging);
  await eventually(() => expect(messaging.health().connected).toBe(true));
  return messaging;
}

beforeAll(async () => {
  nats = await testNats();
  putter = await connect();
});
afterAll(() => Promise.all(connected.map((each) => each.drain())));

const options = (name: string) => ({ name, maxBytes: 64 * 1024, keptDays: 1 });

test('what is put is kept until somebody takes it, and a message that is put twice is one', async () => {
  const queue = putter.queue(options('kept'));
  const id = newUuid();
  for (const message of [1, 1, 2]) await queue.put(message === 1 ? id : newUuid(), message);
  const taken: unknown[] = [];
  const taker = await connect();
  taker.queue(options('kept')).take(async (message) => void taken.push(message));
  await eventually(() => expect(taken).toEqual([1, 2]));
  await queue.put(newUuid(), 3);
  await eventually(() => expect(taken).toEqual([1, 2, 3]));
});

test('what could not be handled comes again, and what a taker left goes to the next one', async () => {
  const queue = putter.queue(options('again'));
  for (let n = 0; n < 20; n++) await queue.put(newUuid(), n);
  const handled = new Set<unknown>();
  let failures = 0;
  const work = async (message: unknown) => {
    if (Math.random() < 0.5 && failures++ < 30) throw new Error('not now');
    handled.add(message);
  };
  const first = await connect();
  first.queue(options('again')).take(work);
  await eventually(() => expect(handled.size).toBeGreaterThan(0));
  await first.drain();
  const second = await connect();
  second.queue(options('again')).take(work);
  // What the first had been sent and had not looked at comes once the server has waited for its answer.
  await eventually(() => expect(handled.size).toBe(20));
});

test('two takers share the messages', async () => {
  const queue = putter.queue(options('shared'));
  const taken: unknown[] = [];
  for (const taker of [await connect(), await connect()])
    taker.queue(options('shared')).take(async (message) => void taken.push(message));
  for (let n = 0; n < 30; n++) await queue.put(newUuid(), n);
  await eventually(() => expect(taken.length).toBe(30));
  expect(new Set(taken).size).toBe(30);
});

test('a queue that is full refuses what is more, and keeps what it has', async () => {
  const queue = putter.queue(options('full'));
  const big = 'x'.repeat(20_000);
  const fill = async () => {
    for (let n = 0; n < 10; n++) await queue.put(newUuid(), big);
  };
  await expect(fill()).rejects.toThrow();
  const taken: unknown[] = [];
  const taker = await connect();
  taker.queue(options('full')).take(async (message) => void taken.push(message));
  await eventually(() => expect(taken.length).toBeGreaterThanOrEqual(2));
});

test('without NATS nothing is said to be kept', async () => {
  const away = await connectMessaging({
    url: 'nats://127.0.0.1:1',
    namespace: 'away',
    service: 'counter',
    logger: silentLogger,
  });
  try {
    await expect(away.queue(options('away')).put(newUuid(), 1)).rejects.toThrow('not connected');
  } finally {
    await away.drain();
  }
});
