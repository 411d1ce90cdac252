import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { connect, type NatsConnection } from 'nats';
import { appendNumbered, effectsOf, faultsOf, migrations, noteEffect } from '../fixtures/world.ts';
import {
  connectMessaging,
  connectOperator,
  type Messaging,
  type Operator,
  type Subscription,
} from '../index.ts';
import { createTopology } from '../topology.ts';
import { noteRemoved } from './erase-organisation.ts';
import { noteForgetting } from './forget-in-stream.ts';

const [staying, leaving] = [newUuid(), newUuid()];
/** More than a relay looks back over at the end of a stream. */
const each = 150;
let nats: Awaited<ReturnType<typeof testNats>>;
let log: TestDatabase;
let messaging: Messaging;
let reading: Subscription;
let operator: Operator;
let connection: NatsConnection;

async function start(): Promise<void> {
  messaging = await connectMessaging({
    ...nats,
    service: 'tickets',
    database: log.database,
    logger: silentLogger,
  });
  messaging.startRelay();
  reading = messaging.project({
    name: 'effects',
    events: { 'tickets.hold-released.v1': (event, tx) => noteEffect(tx, 'effects', event) },
  });
}

beforeAll(async () => {
  nats = await testNats();
  log = await testDatabase({ name: 'tickets', migrations });
  operator = await connectOperator(nats);
  connection = await connect({ servers: new URL(nats.url).host });
  await start();
});
afterAll(async () => {
  await operator?.close();
  await messaging?.drain();
  await Promise.all([log?.drop(), connection?.close()]);
});

const append = (organisationId: string, from: number, to: number) =>
  appendNumbered(log.database, {
    organisationId,
    from,
    to,
    batch: 50,
    onCommit: () => messaging.wake(),
  });
const ofLeaving = { organisationId: leaving };
const streamName = () => createTopology(nats.namespace).stream('tickets');
const stream = async () => (await operator.streams.list()).find(({ name }) => name === streamName())!;
const holds = (messages: number) =>
  eventually(async () => expect(await stream()).toMatchObject({ messages }));
const compare = () => operator.streams.reconcile('tickets', log.database);
const read = async (organisationId: string) =>
  (await effectsOf(log.database, 'effects')).filter((one) => one.organisation_id === organisationId);
const forget = () => log.database.transaction(ofLeaving, noteForgetting);
const forgotten = () => eventually(async () => expect(await forget()).toBeInstanceOf(Date));

test('what a stream has of a removed organisation is erased when all have erased it, and nothing else', async () => {
  await append(staying, 1, each);
  await append(leaving, 1, each);
  await holds(2 * each);
  await eventually(async () => expect(await read(leaving)).toHaveLength(each));
  const { createdAt } = await stream();

  await log.database.transaction(ofLeaving, (tx) => noteRemoved(tx, newUuid()));
  expect(await forget()).toBeNull();
  await holds(each);
  await forgotten();
  // Once more, as the hour comes round.
  await log.database.transaction(systemScope, (tx) =>
    tx.execute(`update removed_organisation set stream_looked_at = now() - interval '2 hours'`),
  );
  await eventually(async () => {
    const [row] = await log.database.read(systemScope, (tx) =>
      tx.rows<{ looked: boolean }>(
        `select stream_looked_at > now() - interval '1 hour' as looked from removed_organisation`,
      ),
    );
    expect(row).toEqual({ looked: true });
  });
  expect(await stream()).toMatchObject({ messages: each, lastSequence: 2 * each, createdAt });
  expect(await compare()).toMatchObject({ inLog: each, inStream: each, missing: 0, surplus: 0 });
});

test('a relay that begins anew leaves such a stream as it is, publishes on, and what comes late is not published', async () => {
  const { createdAt } = await stream();
  await messaging.drain();
  await append(leaving, each + 1, each + 10);
  await start();
  await append(staying, each + 1, each + 10);
  await holds(each + 10);
  await eventually(async () => expect(faultsOf((await read(staying)) as never, each + 10)).toEqual([]));
  expect(await stream()).toMatchObject({ createdAt, lastSequence: 2 * each + 10 });
  expect(await read(leaving)).toHaveLength(each);
  expect(await compare()).toMatchObject({ missing: 0, surplus: 0 });
});

test('a projection that is made anew, and a stream that is, have everything but what was forgotten', async () => {
  await reading.rebuild((tx) => tx.execute('delete from effect').then(() => undefined));
  await eventually(async () => expect(faultsOf((await read(staying)) as never, each + 10)).toEqual([]));
  expect(await read(leaving)).toEqual([]);

  await (await connection.jetstreamManager()).streams.delete(streamName());
  await eventually(async () => expect(await stream()).toMatchObject({ lastSequence: each + 10 }));
  expect(await compare()).toMatchObject({ inStream: each + 10, missing: 0, surplus: 0 });
});

test('a message that somebody else took is still found missing: the stream is made anew', async () => {
  const { streams } = await connection.jetstreamManager();
  const { createdAt } = await stream();
  await streams.deleteMessage(streamName(), 7);
  await eventually(async () => expect((await stream())?.createdAt).not.toBe(createdAt));
  await holds(each + 10);
});
