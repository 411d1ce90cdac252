import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import {
  eventually,
  settledLog,
  temporaryDirectory,
  testDatabase,
  testNats,
  type TestDatabase,
} from '@marquee/testkit';
import { connect, type NatsConnection } from 'nats';
import { appendNumbered, migrations } from './fixtures/world.ts';
import { connectMessaging, connectOperator, type Messaging, type Operator } from './index.ts';

const organisationId = newUuid();
let nats: Awaited<ReturnType<typeof testNats>>;
let log: TestDatabase;
let otherLog: TestDatabase;
let messaging: Messaging;
let operator: Operator;
let connection: NatsConnection;
let directory: Awaited<ReturnType<typeof temporaryDirectory>>;

beforeAll(async () => {
  directory = await temporaryDirectory();
  nats = await testNats();
  log = await testDatabase({ name: 'tickets', migrations });
  otherLog = await testDatabase({ name: 'tickets', migrations });
  messaging = await connectMessaging({
    ...nats,
    service: 'tickets',
    database: log.database,
    logger: silentLogger,
  });
  messaging.startRelay();
  operator = await connectOperator(nats);
  await operator.setSetting('flags', 'breakers', '{"percent":0}');
  connection = await connect({ servers: new URL(nats.url).host });
  await append(log, 1, 2_500);
});
afterAll(async () => {
  await operator.close();
  await messaging.drain();
  await Promise.all([log.drop(), otherLog.drop(), connection.close(), directory.remove()]);
});

const append = ({ database }: TestDatabase, from: number, to: number) =>
  appendNumbered(database, { organisationId, from, to, batch: 100, onCommit: () => messaging.wake() });
const compare = ({ database }: TestDatabase, options = {}) =>
  operator.streams.reconcile('tickets', database, options);
const agrees = (count: number) =>
  eventually(async () =>
    expect(await compare(log)).toEqual({
      service: 'tickets',
      inLog: count,
      inStream: count,
      missing: 0,
      surplus: 0,
      isDeleted: false,
    }),
  );

test('a log and its stream agree once all is published', () => agrees(2_500));

test('streams and settings come back out of a backup as they were', async () => {
  const saved = await operator.streams.backUp(directory.path);
  const names = [`KV_${nats.namespace}_settings_flags`, `${nats.namespace.toUpperCase()}_tickets`];
  expect(saved.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
  await messaging.drain();
  const { streams } = await connection.jetstreamManager();
  for (const name of names) await streams.delete(name);
  expect(await compare(log)).toMatchObject({ missing: 2_500, inStream: 0 });

  expect(await operator.streams.restore(directory.path)).toEqual(saved);
  await agrees(2_500);
  expect((await operator.settings('flags')).get('breakers')).toBe('{"percent":0}');
  expect((await operator.streams.list()).find(({ name }) => name === names[1])).toMatchObject({
    messages: 2_500,
  });
  await expect(operator.streams.restore(directory.path)).rejects.toThrow(/RESTORE|already/);
});

test('what a backup has only half of is not restored', async () => {
  await rm(join(directory.path, `${nats.namespace.toUpperCase()}_tickets.json`));
  const { streams } = await connection.jetstreamManager();
  await streams.delete(`KV_${nats.namespace}_settings_flags`);
  const restored = await operator.streams.restore(directory.path);
  expect(restored.map(({ name }) => name)).toEqual([`KV_${nats.namespace}_settings_flags`]);
});

test('a stream with events that its log does not have is told from one that lacks some, and is deleted to be made anew', async () => {
  // A log that was restored to an instant before all of this, and went on with other events.
  await append(otherLog, 1, 7);
  await settledLog(otherLog.database);
  expect(await compare(otherLog)).toMatchObject({ inLog: 7, missing: 7, surplus: 2_500, isDeleted: false });
  expect(await compare(otherLog, { mend: true })).toMatchObject({ isDeleted: true });
  messaging = await connectMessaging({
    ...nats,
    service: 'tickets',
    database: log.database,
    logger: silentLogger,
  });
  messaging.startRelay();
  await agrees(2_500);
});
