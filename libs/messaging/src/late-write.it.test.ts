import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope, type Transaction } from '@marquee/postgres';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { startServices, upTo, type Services } from './fixtures/services.ts';
import { effectMigrations, noteEffect, released } from './fixtures/world.ts';
import { lockHandling, messagingMigrations } from './index.ts';

const patience = { timeoutMs: 60_000 };
jest.setTimeout(120_000);

const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  ...effectMigrations,
];

let source: TestDatabase;
let replica: TestDatabase;
let services: Services;

beforeEach(async () => {
  const [databases, nats] = await Promise.all([
    Promise.all([
      testDatabase({ name: 'tickets', migrations }),
      testDatabase({ name: 'tickets', migrations }),
    ]),
    testNats(),
  ]);
  [source, replica] = databases;
  services = await startServices({ ...nats, source: source.database, replica: replica.database });
});

afterEach(async () => {
  await services.drain();
  await Promise.all([source.drop(), replica.drop()]);
});

const one = async <R>(tx: Transaction, sql: string) => (await tx.rows<R>(sql))[0]!;

test('a handler that has not written yet holds back no reader of a log', async () => {
  const begun: unknown[] = [];
  services.tickets.startRelay();
  const seats = services.analytics.project({
    name: 'seats',
    events: {
      'tickets.hold-released.v1': async (event, tx) => {
        begun.push(await one(tx, 'select pg_current_xact_id_if_assigned()::text as id'));
        await noteEffect(tx, 'seats', event);
      },
    },
  });
  // One a transaction: of several, those after the first find its writes.
  for (const number of upTo(3)) {
    await services.append(number, number);
    await eventually(() => expect(seats.status().handled).toBe(number), patience);
  }
  expect(begun).toEqual([{ id: null }, { id: null }, { id: null }]);
});

test('a derived projection does not wait for the disk, but where it appends events', async () => {
  const flushed: unknown[] = [];
  services.tickets.startRelay();
  const setting = `select current_setting('synchronous_commit') = 'off' as off`;
  const seats = services.analytics.project({
    name: 'seats',
    derived: true,
    events: {
      'tickets.hold-released.v1': async (event, tx) => {
        flushed.push(await one(tx, setting));
        if (event.data.quantity < 2) return;
        await appendEvents(tx, { streamId: streamId('hold', newUuid()), events: [released(9)] });
        flushed.push(await one(tx, setting));
      },
    },
  });
  for (const number of upTo(2)) {
    await services.append(number, number);
    await eventually(() => expect(seats.status().handled).toBe(number), patience);
  }
  expect(flushed).toEqual([{ off: true }, { off: true }, { off: false }]);
});

test('whoever comes while another handles waits, and is refused before any handler runs', async () => {
  const called: number[] = [];
  services.tickets.startRelay();
  const seats = services.project((event) => void called.push(event.data.quantity));
  await services.append(1, 1);
  await eventually(() => expect(seats.status().handled).toBe(1), patience);
  await replica.database.transaction(systemScope, async (tx) => {
    await lockHandling(tx, 'seats');
    await services.append(2, 2);
    await eventually(() => expect(seats.status().inFlight).toBe(1), patience);
    await tx.rows(`update messaging_checkpoint set stream_sequence = 0, log_tx = log_tx - 1`);
    expect(called).toEqual([1]);
  });
  // From where the other left it, which here is before the first.
  await eventually(() => expect(called).toEqual([1, 1, 2]), patience);
  expect(seats.status().deadLetters).toBe(0);
});
