import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { appendNumbered, migrations, effectsOf, noteEffect } from './fixtures/world.ts';
import { connectMessaging, connectOperator, type Messaging, type Operator } from './index.ts';

const organisationId = newUuid();

let fixture: TestDatabase;
let messaging: Messaging;
let operator: Operator;
let faulty: boolean;

beforeEach(async () => {
  const nats = await testNats();
  fixture = await testDatabase({ name: 'tickets', migrations });
  messaging = await connectMessaging({
    ...nats,
    service: 'tickets',
    database: fixture.database,
    logger: silentLogger,
  });
  operator = await connectOperator(nats);
  faulty = false;
});
afterEach(async () => {
  await operator.close();
  await messaging.drain();
  await fixture.drop();
});

const append = (from: number, to: number) =>
  appendNumbered(fixture.database, {
    organisationId,
    from,
    to,
    batch: 10,
    onCommit: () => messaging.wake(),
  });
const project = (name: string, replayable: boolean) =>
  messaging.project({
    name,
    replayable,
    events: {
      'tickets.hold-released.v1': async (event, tx) => {
        if (faulty) throw new Error('the shelf is broken');
        await noteEffect(tx, name, event);
      },
    },
  });
const numbers = async (name: string) =>
  (await effectsOf(fixture.database, name)).map((effect) => effect.number);
const idle = () =>
  eventually(async () => {
    const [status] = await operator.status('tickets');
    expect(status?.subscriptions.map(({ state, lag }) => ({ state, lag }))).toEqual(
      status?.subscriptions.map(() => ({ state: 'running', lag: 0 })),
    );
    expect(status?.relay).toMatchObject({ state: 'leading', oldestAgeMs: 0 });
  });

test('an operator hears what each process of a service is at, and nothing of one that does not run', async () => {
  messaging.startRelay();
  project('kept', true);
  project('counted', false);
  await append(1, 5);
  await eventually(async () => expect(await numbers('counted')).toHaveLength(5));
  await idle();
  expect(await operator.status('tickets')).toMatchObject([
    { service: 'tickets', connected: true, replayable: ['kept'], subscriptions: [{ name: 'kept' }, {}] },
  ]);
  expect(await operator.status('venues')).toEqual([]);
});

test('a projection declared replayable handles again what comes after the place, and no other does', async () => {
  messaging.startRelay();
  project('kept', true);
  project('counted', false);
  await append(1, 5);
  await eventually(async () => {
    expect(await numbers('kept')).toHaveLength(5);
    expect(await numbers('counted')).toHaveLength(5);
  });
  const start = { tx: '0', position: '0' };
  expect(await operator.rewind('tickets', 'kept', 'tickets', start)).toBe(true);
  await eventually(async () => expect(await numbers('kept')).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]));

  const ahead = { tx: '18446744073709551615', position: '0' };
  expect(await operator.rewind('tickets', 'kept', 'tickets', ahead)).toBe(false);
  await expect(operator.rewind('tickets', 'counted', 'tickets', start)).rejects.toThrow(
    'not declared replayable',
  );
  await expect(operator.rewind('tickets', 'other', 'tickets', start)).rejects.toThrow(
    'no active subscription other; it has: kept, counted',
  );
  await expect(operator.rewind('venues', 'kept', 'tickets', start)).rejects.toThrow('venues does not run');
  expect(await numbers('counted')).toHaveLength(5);
});

test('a dead letter is handled again where its handlers are, and stays while it fails', async () => {
  messaging.startRelay();
  project('kept', true);
  faulty = true;
  await append(1, 1);
  const letters = () =>
    fixture.database.read(systemScope, (tx) =>
      tx.rows<{ id: string }>('select message_id as id from dead_letter'),
    );
  await eventually(async () => expect(await letters()).toHaveLength(1));
  const { id } = (await letters())[0]!;
  await expect(operator.retryDeadLetter('tickets', 'kept', id)).rejects.toThrow('the shelf is broken');
  expect(await letters()).toHaveLength(1);
  faulty = false;
  expect(await operator.retryDeadLetter('tickets', 'kept', id)).toBe(true);
  expect(await letters()).toEqual([]);
  expect(await numbers('kept')).toEqual([1]);
  expect(await operator.retryDeadLetter('tickets', 'kept', id)).toBe(false);
});
