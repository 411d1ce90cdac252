import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newUuid, systemClock } from '@marquee/kernel';
import type { Database, Transaction } from '@marquee/postgres';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, times, type TestDatabase } from '@marquee/testkit';
import { effectsOf, trip, tripHandlers, tripMigrations } from './fixtures/trip.ts';
import { deliverToSaga, readSaga, sagaMigrations, startSaga, startSagaWorkers } from './index.ts';
import { doTask } from './worker/do-task.ts';
import { createInstruments } from './worker/instruments.ts';
import { claimTasks } from './worker/tasks.ts';

const organisationId = newUuid();
const mine = { organisationId };

let world: TestDatabase;
beforeEach(async () => {
  world = await testDatabase({ name: 'sagas', migrations: [...sagaMigrations, ...tripMigrations] });
});
afterEach(() => world.drop());

const start = (key: string) =>
  world.database.transaction(mine, (tx) => startSaga(tx, trip, { key, input: { note: '' } }));
const work = () =>
  startSagaWorkers(world.database, {
    sagas: [tripHandlers(world.database)],
    logger: silentLogger,
    pollMs: 10,
  });
const isDone = (key: string) =>
  eventually(async () =>
    expect(await world.database.read(mine, (tx) => readSaga(tx, trip, key))).toMatchObject({
      status: 'DONE',
    }),
  );

/** The harness without its guard: whoever comes late believes that the task is still its own. */
function unfenced(database: Database): Database {
  const transaction: Database['transaction'] = (scope, run, options) =>
    database.transaction(scope, (tx) => run(believing(tx)), options);
  return Object.assign(Object.create(database) as Database, database, { transaction });
}

function believing(tx: Transaction): Transaction {
  return {
    ...tx,
    execute: async (sql, parameters) => {
      const affected = await tx.execute(sql, parameters);
      return sql.startsWith('delete from saga_task') && sql.includes('claim') ? 1 : affected;
    },
  };
}

/**
 * A process takes the charge and stands still until its lease has ended and another one has done it. Answers how often the
 * saga is told that it was done.
 */
async function chargeTwice(late: Database): Promise<number> {
  await start('late');
  const take = async () => {
    const claim = { names: ['trip'], limit: 1, now: new Date(), leaseMs: 0 };
    return (await claimTasks(world.database, claim))[0]!;
  };
  const doAs = async (database: Database, task: Awaited<ReturnType<typeof take>>) => {
    const instruments = createInstruments(database, ['trip'], createMetrics());
    const around = {
      database,
      clock: systemClock,
      logger: silentLogger,
      instruments,
      onCommit: () => undefined,
    };
    await doTask(around, tripHandlers(world.database), task);
  };
  await doAs(world.database, await take());
  const [slow, quick] = [await take(), await take()];
  expect([slow.type, quick.type]).toEqual(['charge', 'charge']);
  await doAs(world.database, quick);
  await doAs(late, slow);
  const told = await world.database.read(mine, (tx) =>
    tx.rows(`select 1 from saga_step where input->>'command' = 'charge' and input->>'kind' = 'succeeded'`),
  );
  return told.length;
}

test('a process that was only slow cannot take a step that another has taken', async () => {
  expect(await chargeTwice(world.database)).toBe(1);
  const pool = work();
  await isDone('late');
  await pool.stop();
  expect(await effectsOf(world.database, organisationId, 'late')).toEqual(['reserve', 'charge', 'write']);
});

test('without the claim it takes the step a second time', async () => {
  expect(await chargeTwice(unfenced(world.database))).toBe(2);
});

test('sagas cancelled at any moment, under several pools, end booked or with everything undone', async () => {
  const pools = [work(), work(), work()];
  const keys = Array.from({ length: times({ test: 30, soak: 2_000 }) }, (_, index) => `any-${index}`);
  await Promise.all(
    keys.map(async (key, index) => {
      await start(key);
      if (index % 3 === 0) return;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 30));
      await world.database.transaction(mine, (tx) =>
        deliverToSaga(tx, trip, { key, message: { type: 'cancelled' } }),
      );
    }),
  );
  for (const key of keys) {
    await isDone(key);
    const saga = await world.database.read(mine, (tx) => readSaga(tx, trip, key));
    const effects = await effectsOf(world.database, organisationId, key);
    if (saga!.state.phase === 'booked') expect(effects).toEqual(['reserve', 'charge', 'write']);
    else {
      const done = effects.filter((what) => ['reserve', 'charge', 'write'].includes(what));
      expect(done).toEqual(['reserve', 'charge', 'write'].slice(0, done.length));
      const undone = effects.slice(done.length);
      expect(undone).toEqual(undone.length === 2 ? ['refund', 'release'] : ['release']);
    }
  }
  await Promise.all(pools.map((pool) => pool.stop()));
});
