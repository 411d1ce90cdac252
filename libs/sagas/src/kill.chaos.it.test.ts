import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import type { Killed } from './fixtures/process.ts';
import { effectsOf, trip, tripHandlers, tripMigrations } from './fixtures/trip.ts';
import { deliverToSaga, readSaga, sagaMigrations, startSaga, startSagaWorkers } from './index.ts';

const organisationId = newUuid();
let world: TestDatabase;
beforeAll(async () => {
  world = await testDatabase({ name: 'sagas', migrations: [...sagaMigrations, ...tripMigrations] });
});
afterAll(() => world?.drop());

/** Runs the process until it has killed itself at the point. */
async function dieAt(what: string, when: NonNullable<Killed['die']>['when']): Promise<void> {
  const role: Killed = { databaseUrl: world.url, die: { what, when } };
  const file = fileURLToPath(new URL('./fixtures/process.ts', import.meta.url));
  const child = spawn(process.execPath, [file, JSON.stringify(role)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const signal = await new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)));
  expect(signal).toBe('SIGKILL');
}

async function finish(key: string, phase: string): Promise<void> {
  const pool = startSagaWorkers(world.database, {
    sagas: [tripHandlers(world.database)],
    logger: silentLogger,
    pollMs: 20,
  });
  await eventually(async () =>
    expect(await world.database.read({ organisationId }, (tx) => readSaga(tx, trip, key))).toMatchObject({
      status: 'DONE',
      state: { phase },
    }),
  );
  await pool.stop();
}

test('killed at every point between its steps, a saga is carried out to its end with each effect once', async () => {
  await world.database.transaction({ organisationId }, (tx) =>
    startSaga(tx, trip, { key: 'forth', input: { note: '' } }),
  );
  // One process after the other dies, each a little further on.
  await dieAt('reserve', 'before');
  await dieAt('reserve', 'after');
  await dieAt('reserve', 'settled');
  await dieAt('charge', 'before');
  await dieAt('charge', 'after');
  await dieAt('write', 'after');
  await finish('forth', 'booked');
  expect(await effectsOf(world.database, organisationId, 'forth')).toEqual(['reserve', 'charge', 'write']);
});

test('killed while it undoes, a saga has undone everything once, newest first', async () => {
  await world.database.transaction({ organisationId }, (tx) =>
    startSaga(tx, trip, { key: 'back', input: { note: '' } }),
  );
  await dieAt('charge', 'after');
  await world.database.transaction({ organisationId }, (tx) =>
    deliverToSaga(tx, trip, { key: 'back', message: { type: 'cancelled' } }),
  );
  await dieAt('refund', 'after');
  await dieAt('release', 'before');
  await finish('back', 'given-up');
  const effects = await effectsOf(world.database, organisationId, 'back');
  expect(effects).toEqual(['reserve', 'charge', 'refund', 'release']);
});
