import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { platformMigrations } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { summarise, type Changes } from './changes.ts';
import { connectMessaging, messagingMigrations, type Messaging } from './index.ts';

let source: TestDatabase;
let tickets: Messaging;
let listener: Messaging;
const heard: Changes[] = [];
let gaps = 0;

beforeAll(async () => {
  const migrations = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
  const nats = await testNats();
  source = await testDatabase({ name: 'tickets', migrations });
  const connecting = { ...nats, logger: silentLogger };
  listener = await connectMessaging({ ...connecting, service: 'gateway' });
  listener.listenToChanges({ onChanges: (changes) => heard.push(changes), onGap: () => (gaps += 1) });
  tickets = await connectMessaging({ ...connecting, service: 'tickets', database: source.database });
  tickets.startRelay();
});

afterAll(async () => {
  await Promise.all([tickets.drain(), listener.drain()]);
  await source.drop();
});

const released = (holdId: string, occurrenceId: string) => ({
  type: 'tickets.hold-released.v1' as const,
  data: { holdId, occurrenceId, quantity: 2 },
});

test('a listener without a database hears which ids changed, by organisation and type', async () => {
  await eventually(() => expect(gaps).toBe(1)); // the first connection, before which anything may have happened
  const [ours, theirs, holdId, occurrenceId, other] = Array.from({ length: 5 }, () => newUuid()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (const [organisationId, hold, occurrence] of [
    [ours, holdId, occurrenceId],
    [theirs, other, other],
  ] as const) {
    await source.database.transaction({ organisationId }, async (tx) => {
      await appendEvents(tx, { streamId: streamId('hold', hold), events: [released(hold, occurrence)] });
      tx.afterCommit(tickets.wake);
    });
  }
  const type = 'tickets.hold-released.v1';
  await eventually(() => {
    expect(heard.find((changes) => changes.organisationId === ours)).toEqual({
      service: 'tickets',
      organisationId: ours,
      ids: { [type]: [holdId, occurrenceId] },
    });
    expect(heard.find((changes) => changes.organisationId === theirs)?.ids).toEqual({ [type]: [other] });
  });
});

test('the processes of a service hear each other over a channel, and nobody hears himself or another service', async () => {
  const connecting = { ...(await testNats()), logger: silentLogger };
  const namespace = `channels-${newUuid()}`;
  const processes = await Promise.all(
    ['gateway', 'gateway', 'hub'].map((service) => connectMessaging({ ...connecting, namespace, service })),
  );
  try {
    const channels = processes.map((each) => each.openChannel('counts'));
    const told = channels.map((channel) => {
      const messages: unknown[] = [];
      channel.listen((message) => messages.push(message));
      return messages;
    });
    const [first, second] = channels;
    await eventually(() => {
      first!.send({ from: 'first' });
      second!.send(['from', 2]);
      expect(told[0]).toContainEqual(['from', 2]);
      expect(told[1]).toContainEqual({ from: 'first' });
    });
    expect(told[0]).not.toContainEqual({ from: 'first' });
    expect(told[2]).toEqual([]);
  } finally {
    await Promise.all(processes.map((each) => each.drain()));
  }
});

test('each id is told once, and too many are told as any', () => {
  const organisationId = newUuid();
  const occurrenceId = newUuid();
  const entry = (stream: string) => ({
    event: {
      type: 'tickets.hold-released.v1',
      organisationId,
      streamId: `hold-${stream}`,
      data: { occurrenceId, note: 'not an id', seatIds: [occurrenceId, 'A 1'] },
    } as never,
  });
  const [one] = summarise('tickets', [entry(organisationId), entry(organisationId)]);
  expect(one?.ids).toEqual({ 'tickets.hold-released.v1': [organisationId, occurrenceId] });
  const many = summarise(
    'tickets',
    Array.from({ length: 1001 }, () => entry(newUuid())),
  );
  expect(many[0]?.ids).toEqual({ 'tickets.hold-released.v1': '*' });
});
