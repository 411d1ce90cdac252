import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import { eventually } from '@marquee/testkit';
import { openWorld, type World } from './fixtures/open-world.test-support.ts';
import { upTo } from './fixtures/services.ts';
import { noteEffect, released } from './fixtures/world.ts';
import { lockHandling } from './index.ts';

let world: World;
let services: World['services'];

beforeEach(async () => {
  world = await openWorld();
  ({ services } = world);
});

afterEach(async () => {
  await world.close();
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
    await eventually(() => expect(seats.status().handled).toBe(number));
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
    await eventually(() => expect(seats.status().handled).toBe(number));
  }
  expect(flushed).toEqual([{ off: true }, { off: true }, { off: false }]);
});

test('whoever comes while another handles waits, and is refused before any handler runs', async () => {
  const called: number[] = [];
  services.tickets.startRelay();
  const seats = services.project((event) => void called.push(event.data.quantity));
  await services.append(1, 1);
  await eventually(() => expect(seats.status().handled).toBe(1));
  await world.replica.database.transaction(systemScope, async (tx) => {
    await lockHandling(tx, 'seats');
    await services.append(2, 2);
    await eventually(() => expect(seats.status().inFlight).toBe(1));
    await tx.rows(`update messaging_checkpoint set stream_sequence = 0, log_tx = log_tx - 1`);
    expect(called).toEqual([1]);
  });
  // From where the other left it, which here is before the first.
  await eventually(() => expect(called).toEqual([1, 1, 2]));
  expect(seats.status().deadLetters).toBe(0);
});
