import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startNats, type RunningNats } from '@marquee/embedded';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { eventually, temporaryDirectory } from '@marquee/testkit';
import { connect as connectNats } from 'nats';
import { connectMessaging, connectOperator, type Messaging, type Operator } from './index.ts';
import { trackOf } from './queue-shares.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let nats: RunningNats;
let operator: Operator;
const connected = new Set<Messaging>();

beforeAll(async () => {
  directory = await temporaryDirectory();
  nats = await startNats({
    dataDirectory: `${directory.path}/nats`,
    logFile: `${directory.path}/nats.log`,
    port: 0,
  });
  operator = await connectOperator({ url: nats.url });
});
afterAll(async () => {
  await Promise.all([...connected].map((each) => each.drain()));
  await operator.close();
  await nats.stop();
  await directory.remove();
});

async function connect(): Promise<Messaging> {
  const messaging = await connectMessaging({ url: nats.url, service: 'counter', logger: silentLogger });
  connected.add(messaging);
  await eventually(() => expect(messaging.health().connected).toBe(true));
  return messaging;
}

const options = (name: string) => ({ name, maxBytes: 1024 * 1024, keptDays: 1 });
const weigh = (name: string, canary: number) => operator.shareQueue(name, { stable: 100 - canary, canary });

/** Puts as another service does, numbered. */
async function putter(name: string) {
  const queue = (await connect()).queue(options(name));
  let count = 0;
  const put = async (more: number) => {
    for (let n = 0; n < more; n++) await queue.put(newUuid(), (count += 1));
  };
  /** Until this track is given one: whoever puts has heard of its share. */
  const putUntil = async ({ taken }: { readonly taken: readonly unknown[] }) => {
    const before = taken.length;
    await eventually(async () => {
      await put(1);
      expect(taken.length).toBeGreaterThan(before);
    });
  };
  return { put, putUntil, count: () => count };
}

/** Takes as this track; what it takes is told. */
async function taker(name: string, track: string, work?: () => void) {
  const taken: unknown[] = [];
  const messaging = await connect();
  messaging.queue({ ...options(name), track }).take(async (message) => {
    work?.();
    taken.push(message);
  });
  return { messaging, taken };
}

test('takers of a track get the share that is theirs, and each message is taken once', async () => {
  const stable = await taker('shares', 'stable');
  const canary = await taker('shares', 'canary');
  const { put, putUntil, count } = await putter('shares');
  const all = () => [...stable.taken, ...canary.taken];
  await put(20);
  await eventually(() => expect(stable.taken).toHaveLength(20));

  await weigh('shares', 100);
  await putUntil(canary);
  await eventually(() => expect(all()).toHaveLength(count()));
  const before = stable.taken.length;
  await put(20);
  await eventually(() => expect(all()).toHaveLength(count()));
  expect(stable.taken).toHaveLength(before);

  await weigh('shares', 0);
  await putUntil(stable);
  await eventually(() => expect(all()).toHaveLength(count()));
  const given = canary.taken.length;
  await put(20);
  await eventually(() => expect(all()).toHaveLength(count()));
  expect(canary.taken).toHaveLength(given);
  expect(new Set(all()).size).toBe(count());
});

test('the first message that somebody puts is for the track that has all of it already', async () => {
  const stable = await taker('first', 'stable');
  const canary = await taker('first', 'canary');
  await weigh('first', 100);
  await (await putter('first')).put(1);
  await eventually(() => expect(canary.taken).toHaveLength(1));
  expect(stable.taken).toEqual([]);
});

test('what a track that fails had been given is taken by the others once it is gone', async () => {
  let failures = 0;
  const canary = await taker('left', 'canary', () => {
    failures += 1;
    throw new Error('a bad version');
  });
  const stable = await taker('left', 'stable');
  const { put, count } = await putter('left');
  await put(1);
  await weigh('left', 100);
  await eventually(async () => {
    await put(1);
    expect(failures).toBeGreaterThan(0);
  });
  await put(10);
  await weigh('left', 0);
  connected.delete(canary.messaging);
  await canary.messaging.drain();
  await eventually(() => expect(new Set(stable.taken).size).toBe(count()));
  expect(stable.taken).toHaveLength(count());
});

test('the taker of a release before there were tracks is left its own share', async () => {
  const { put, putUntil } = await putter('older');
  await put(5);
  const connection = await connectNats({ servers: nats.url });
  try {
    const jsm = await connection.jetstreamManager();
    await jsm.consumers.add('MARQUEE_QUEUE_older', {
      durable_name: 'taker',
      ack_policy: 'explicit' as never,
    });
  } finally {
    await connection.close();
  }
  const canary = await taker('older', 'canary');
  const stable = await taker('older', 'stable');
  await eventually(() => expect(stable.taken).toHaveLength(5));
  await weigh('older', 100);
  await putUntil(canary);
});

test('shares that are no whole, and tracks that cannot be, are refused', async () => {
  await expect(operator.shareQueue('half', { stable: 40 })).rejects.toThrow(
    'the shares of the queue half must be 100 % together, and are 40 %',
  );
  await expect(operator.shareQueue('half', { 'a.b': 100 })).rejects.toThrow('not a track: a.b');
});

test.each([
  [0, 'canary'],
  [0.099, 'canary'],
  [0.1, 'stable'],
  [0.999, 'stable'],
])('of a tenth for the canary a draw of %d is for %s', (draw, track) => {
  expect(trackOf({ canary: 10, stable: 90 }, draw)).toBe(track);
  expect(trackOf({}, draw)).toBe('stable');
});
