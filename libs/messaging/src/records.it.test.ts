import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testNats } from '@marquee/testkit';
import { connect, type KV, type NatsConnection } from 'nats';
import { connectMessaging, connectOperator, type Messaging, type Records } from './index.ts';
import { createRecords } from './records.ts';
import { createTopology } from './topology.ts';

const options = { name: 'counts', maxBytes: 64 * 1024, keptDays: 1 };
let nats: Awaited<ReturnType<typeof testNats>>;
let processes: Messaging[];
let connection: NatsConnection;

beforeAll(async () => {
  nats = await testNats();
  processes = await Promise.all(
    ['one', 'two'].map((service) => connectMessaging({ ...nats, service, logger: silentLogger })),
  );
  connection = await connect({ servers: new URL(nats.url).host });
  await eventually(() => expect(processes.every((each) => each.health().connected)).toBe(true));
});
afterAll(async () => {
  await Promise.all(processes.map((each) => each.drain()));
  await connection.close();
});

/** Each of these counts to 25, all at once. */
async function race(records: readonly Pick<Records, 'merge'>[], key: string): Promise<void> {
  const add = (kept: string | undefined) => String(Number(kept ?? 0) + 1);
  await Promise.all(
    records.map(async ({ merge }) => {
      for (let n = 0; n < 25; n += 1) await merge(key, add);
    }),
  );
}

test('no process loses what another wrote; without the guard they do', async () => {
  const records = [...processes, ...processes].map((each) => each.records(options));
  await race(records, 'guarded');
  expect(await records[0]!.all()).toEqual(['100']);

  const bucket: KV = await connection.jetstream().views.kv(`${nats.namespace}_counts`);
  const unguarded = records.map(() => ({
    merge: async (key: string, change: (kept: string | undefined) => string) => {
      const entry = await bucket.get(key);
      await bucket.put(key, change(entry?.string()));
    },
  }));
  await race(unguarded, 'unguarded');
  expect(Number((await bucket.get('unguarded'))?.string())).toBeLessThan(100);
});

test('an operator reads them, and makes no bucket by asking for one', async () => {
  const operator = await connectOperator(nats);
  expect(await operator.records('counts')).toContain('100');
  expect(await operator.records('nothing')).toEqual([]);
  const manager = await connection.jetstreamManager();
  await expect(manager.streams.info(`KV_${nats.namespace}_nothing`)).rejects.toThrow();
  await operator.close();
});

test('what the bucket has no room for, or no connection carries, is refused and nothing else is lost', async () => {
  const records = processes[0]!.records(options);
  await expect(records.merge('large', () => 'x'.repeat(70_000))).rejects.toThrow();
  expect(await records.all()).toContain('100');
  const away = createRecords(() => null, createTopology('nowhere'), options);
  await expect(away.merge('a', () => 'b')).rejects.toThrow('NATS is not connected');
});
