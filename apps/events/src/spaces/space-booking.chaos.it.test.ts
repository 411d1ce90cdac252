import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId } from '@marquee/kernel';
import { isPassing, systemScope } from '@marquee/postgres';
import { inspectSaga, listSagas, readSaga, startSagaWorkers, type SagaWorkers } from '@marquee/sagas';
import { PeerUnavailableError } from '@marquee/subgraph';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import {
  FakeVenues,
  makeEvent,
  newViewer,
  serveTestGraph,
  type ServedGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { bookingHandlers } from '../occurrences/on-space-booking.ts';
import type { BookingProcess } from './booking-process.test-support.ts';
import { carryOutSpaceBookings } from './carry-out-space-bookings.ts';
import type { FindBooking } from './find-booking.ts';
import { spaceBooking } from './space-booking.ts';

const viewer = newViewer();
const venues = new FakeVenues();
let world: TestDatabase;
let graph: ServedGraph;
const pools: SagaWorkers[] = [];

beforeAll(async () => {
  world = await testDatabase({ name: 'events', migrations, entities });
  graph = await serveTestGraph(world.database, { venues });
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});

function work(findBooking: FindBooking): void {
  const sagas = [carryOutSpaceBookings(world.database, findBooking)];
  pools.push(startSagaWorkers(world.database, { sagas, logger: silentLogger, pollMs: 20 }));
}

/** The id of an occurrence in a space; on the wire and bare. */
async function plan(): Promise<{ readonly id: string; readonly uuid: string }> {
  const event = await makeEvent(graph, viewer, { spaceId: venues.addSpace(viewer) });
  const { id } = event.occurrences[0] as { id: string };
  return { id, uuid: decodeId('Occurrence', id)! };
}

/** The minute that venues has for its answer is over. */
const passTime = (uuid: string) =>
  world.database.transaction(viewer, (tx) =>
    tx.execute(
      `update saga_task set due_at = now() where kind = 'timer' and type = 'answer'
       and saga_id = (select id from saga where key = $1)`,
      [uuid],
    ),
  );
const saga = (uuid: string) => world.database.read(viewer, (tx) => readSaga(tx, spaceBooking, uuid));
const statusOf = async (uuid: string) => {
  const [row] = await world.database.read(viewer, (tx) =>
    tx.rows<{ status: string }>('select space_booking_status as status from occurrence where id = $1', [
      uuid,
    ]),
  );
  return row!.status;
};
const answer = (uuid: string, revision = 1) =>
  world.database.transaction(viewer, (tx) =>
    bookingHandlers['venues.space-booked.v1']!({ data: { occurrenceId: uuid, revision } } as never, tx),
  );

async function historyOf(uuid: string): Promise<string[]> {
  return world.database.read(systemScope, async (tx) => {
    const [found] = await listSagas(tx, { key: uuid });
    const details = await inspectSaga(tx, found!.id);
    return details!.history.map(({ input }) => {
      const { kind, command, timer } = input as { kind: string; command?: string; timer?: string };
      return [kind, command ?? timer].filter(Boolean).join(' ');
    });
  });
}

describe('the booking of a space', () => {
  test('that venues does not answer is seen on the occurrence, until venues does', async () => {
    const { uuid } = await plan();
    work(async () => {
      throw new PeerUnavailableError('venues', 'is away');
    });
    expect(await statusOf(uuid)).toBe('PENDING');
    await passTime(uuid);
    await eventually(async () => expect(await statusOf(uuid)).toBe('TIMED_OUT'));
    await answer(uuid);
    expect(await statusOf(uuid)).toBe('BOOKED');
    expect(await saga(uuid)).toMatchObject({ status: 'RUNNING', state: { phase: 'booked' } });
  });

  test('whose answer was lost is found by asking', async () => {
    const { uuid } = await plan();
    work(async () => 'BOOKED');
    await passTime(uuid);
    await eventually(async () => expect(await statusOf(uuid)).toBe('BOOKED'));
  });

  test('ends when the occurrence is called off, once venues has let go', async () => {
    const { id, uuid } = await plan();
    let held = true;
    let asked = 0;
    work(async () => {
      asked += 1;
      return held ? 'BOOKED' : 'FREE';
    });
    await answer(uuid);
    const { data } = await graph.query(
      viewer,
      'mutation($id: ID!) { cancelOccurrence(input: { id: $id }) { __typename } }',
      { id },
    );
    expect(data.cancelOccurrence.__typename).toBe('OccurrenceCancelled');
    await eventually(() => expect(asked).toBeGreaterThan(0));
    expect(await saga(uuid)).toMatchObject({ status: 'RUNNING', state: { phase: 'releasing' } });
    held = false;
    await eventually(async () =>
      expect(await saga(uuid)).toMatchObject({ status: 'DONE', state: { phase: 'over' } }),
    );
  });
});

test('silence of venues is nobody’s fault', () => {
  const away = new PeerUnavailableError(
    'venues',
    'x',
    Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }),
  );
  expect(isPassing(away)).toBe(true);
});

test('killed at each step, the booking of a space goes on to its end, each step taken once', async () => {
  const { uuid } = await plan();
  await passTime(uuid);
  const dieAt = async (die: BookingProcess['die']) => {
    const file = fileURLToPath(new URL('./booking-process.test-support.ts', import.meta.url));
    const role: BookingProcess = { databaseUrl: world.url, die };
    const child = spawn(process.execPath, [file, JSON.stringify(role)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    expect(await new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))).toBe(
      'SIGKILL',
    );
  };
  await dieAt({ before: 1 }); // the timer has fired, and is not written
  await dieAt({ after: 1 }); // written: venues is to be asked
  await dieAt('asked');
  await dieAt({ before: 1 }); // venues has answered
  await dieAt({ after: 1 }); // the status is to be noted
  await dieAt({ before: 1 }); // noted, and not committed
  work(async () => 'FREE');
  await eventually(async () => expect(await statusOf(uuid)).toBe('TIMED_OUT'));
  expect(await historyOf(uuid)).toEqual(['started', 'timer answer', 'succeeded ask', 'succeeded note']);
});
