import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, fakeClock, testDatabase, type TestDatabase } from '@marquee/testkit';
import { effectsOf, trip, tripHandlers, tripMigrations, type Hook, type Trip } from './fixtures/trip.ts';
import {
  defineSaga,
  deliverToSaga,
  deliverToSagas,
  inspectSaga,
  listSagas,
  readSaga,
  retrySaga,
  sagaMigrations,
  startSaga,
  startSagas,
  startSagaWorkers,
  type SagaWorkers,
  type SagaWorkersOptions,
} from './index.ts';

const organisationId = newUuid();
const mine = { organisationId };
let world: TestDatabase;
const pools: SagaWorkers[] = [];

beforeAll(async () => {
  world = await testDatabase({ name: 'sagas', migrations: [...sagaMigrations, ...tripMigrations] });
});
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});
afterAll(() => world?.drop());

function work(hook?: Hook, options: Partial<SagaWorkersOptions> = {}): SagaWorkers {
  const pool = startSagaWorkers(world.database, {
    sagas: [tripHandlers(world.database, hook)],
    logger: silentLogger,
    pollMs: 20,
    ...options,
  });
  pools.push(pool);
  return pool;
}

const start = (key: string) =>
  world.database.transaction(mine, (tx) => startSaga(tx, trip, { key, input: { note: '' } }));
const tell = (key: string, type: 'cancelled') =>
  world.database.transaction(mine, (tx) => deliverToSaga(tx, trip, { key, message: { type } }));
const read = (key: string) => world.database.read(mine, (tx) => readSaga(tx, trip, key));
const effects = (key: string) => effectsOf(world.database, organisationId, key);
const ends = (key: string, phase: string) =>
  eventually(async () => expect(await read(key)).toMatchObject({ status: 'DONE', state: { phase } }));

describe('a saga', () => {
  test('begins with the transaction that starts it, once for a key, and is carried out to its end', async () => {
    const pool = work();
    const rolledBack = world.database.transaction(mine, async (tx) => {
      await startSaga(tx, trip, { key: 'first', input: { note: '' } });
      throw new Error('not today');
    });
    await expect(rolledBack).rejects.toThrow('not today');
    expect(await read('first')).toBeNull();
    expect(await start('first')).toEqual({ started: true });
    pool.wake();
    expect(await start('first')).toEqual({ started: false });
    await ends('first', 'booked');
    expect(await effects('first')).toEqual(['reserve', 'charge', 'write']);
    expect(await tell('first', 'cancelled')).toBe('done');
    expect(await tell('never', 'cancelled')).toBe('unknown');
  });

  test('is told of a refusal, whose writes are taken back, and undoes', async () => {
    work();
    await start('full-house');
    await ends('full-house', 'given-up');
    expect(await effects('full-house')).toEqual(['release']);
  });

  test('unwinds in reverse when it is cancelled half-way, once what is under way has ended', async () => {
    let cancelled = false;
    work(async (what, when, { key }) => {
      if (key !== 'half' || what !== 'charge' || when !== 'before' || cancelled) return;
      cancelled = true;
      expect(await tell(key, 'cancelled')).toBe('delivered');
    });
    await start('half');
    await ends('half', 'given-up');
    expect(await effects('half')).toEqual(['reserve', 'charge', 'refund', 'release']);
  });

  test('gives up by its timer, which outlives the process, and by its clock', async () => {
    const clock = fakeClock(new Date());
    await world.database.transaction(mine, (tx) =>
      startSaga(tx, trip, { key: 'slow', input: { note: '' }, now: clock.now() }),
    );
    let refused = 0;
    const hook: Hook = (what) => {
      if (what === 'charge' && ++refused) throw new Error('the card reader is out');
    };
    // Tries are put off by the same clock, which stands.
    work(hook, { clock });
    await eventually(() => expect(refused).toBe(1));
    clock.advance({ seconds: 61 });
    await ends('slow', 'given-up');
    expect((await effects('slow')).slice(-2)).toEqual(['refund', 'release']);
  });
});

describe('a command that fails', () => {
  test('is tried again, then stops the saga visibly, and goes on from there when it is retried', async () => {
    let broken = true;
    const tries: number[] = [];
    const keys = new Set<string>();
    const metrics = createMetrics();
    work(
      (what, when, { attempt, idempotencyKey }) => {
        if (what !== 'charge' || when !== 'before' || !broken) return;
        tries.push(attempt);
        keys.add(idempotencyKey);
        throw new Error('no connection to the bank', { cause: new Error('wire cut') });
      },
      { metrics },
    );
    await start('stuck');
    await eventually(async () => expect(await read('stuck')).toMatchObject({ status: 'STUCK' }));
    expect(tries).toEqual([1, 2, 3]);
    expect(keys.size).toBe(1);
    expect((await read('stuck'))!.error).toContain('no connection to the bank; caused by Error: wire cut');
    const [listed] = await world.database.read(systemScope, (tx) => listSagas(tx, { status: 'STUCK' }));
    const details = await world.database.read(systemScope, (tx) => inspectSaga(tx, listed!.id));
    expect(details!.tasks.map(({ type, stuck }) => `${type} ${stuck}`).sort()).toEqual([
      'charge true',
      'patience false',
    ]);
    expect(details!.history.map(({ issued }) => issued)).toEqual([['reserve', 'timer patience'], ['charge']]);
    broken = false;
    expect(await world.database.transaction(systemScope, (tx) => retrySaga(tx, listed!.id))).toBe(1);
    await ends('stuck', 'booked');
    expect(await effects('stuck')).toEqual(['reserve', 'charge', 'write']);
    expect(metrics.text()).toMatch(/marquee_saga_tasks_total\{outcome="stuck",saga="trip",task="charge"\} 1/);
  });

  test('that is stuck is dropped by unwinding, since its undo covers it', async () => {
    work((what, when, { key }) => {
      if (key === 'stuck-and-cancelled' && what === 'charge' && when === 'after')
        throw new Error('no answer');
    });
    await start('stuck-and-cancelled');
    await eventually(async () =>
      expect(await read('stuck-and-cancelled')).toMatchObject({ status: 'STUCK' }),
    );
    await tell('stuck-and-cancelled', 'cancelled');
    await ends('stuck-and-cancelled', 'given-up');
    expect(await effects('stuck-and-cancelled')).toEqual(['reserve', 'charge', 'refund', 'release']);
  });
});

describe('many sagas', () => {
  test('start and are told in a handful of statements', async () => {
    const keys = Array.from({ length: 50 }, (_, index) => `many-${index}`);
    const statements: string[] = [];
    const end = world.database.observe((statement) => statements.push(statement));
    const started = await world.database.transaction(mine, (tx) =>
      startSagas(
        tx,
        trip,
        keys.map((key) => ({ key, input: { note: '' } })),
      ),
    );
    expect(started.size).toBe(50);
    expect(statements).toHaveLength(1);
    const told = await world.database.transaction(mine, (tx) =>
      deliverToSagas(
        tx,
        trip,
        keys.map((key) => ({ key, message: { type: 'noted' as const, text: key } })),
      ),
    );
    end();
    expect(new Set(told)).toEqual(new Set(['delivered']));
    expect(statements).toHaveLength(3);
    expect((await read('many-7'))!.state).toEqual({ phase: 'reserving', note: 'many-7' });
    work();
    work();
    for (const key of keys) await ends(key, 'booked');
    for (const key of keys) expect(await effects(key)).toEqual(['reserve', 'charge', 'write']);
  });

  test('of two tenants do not see each other', async () => {
    await start('private');
    const other = { organisationId: newUuid() };
    expect(await world.database.read(other, (tx) => readSaga(tx, trip, 'private'))).toBeNull();
    const told = await world.database.transaction(other, (tx) =>
      deliverToSaga(tx, trip, { key: 'private', message: { type: 'cancelled' } }),
    );
    expect(told).toBe('unknown');
  });
});

test('an older state is upcast when the saga goes on, and code that is too old leaves it alone', async () => {
  await start('older');
  const second = defineSaga<Trip>({
    ...trip,
    version: 2,
    upcast: { 1: (old: { phase: 'reserving'; note: string }) => ({ ...old, note: `${old.note}upcast` }) },
  });
  await world.database.transaction(mine, (tx) =>
    deliverToSaga(tx, second, { key: 'older', message: { type: 'noted', text: 'two' } }),
  );
  await expect(tell('older', 'cancelled')).rejects.toThrow('known here up to version 1');
  const pool = work();
  await eventually(() => expect(pool.status().done).toBeGreaterThan(0));
  const seen = await world.database.read(mine, (tx) => readSaga(tx, second, 'older'));
  expect(seen).toMatchObject({ status: 'RUNNING', state: { phase: 'reserving', note: 'two' } });
});

test('sagas that were done long ago are swept away', async () => {
  // The sweep is an hour's; the retention is what is looked at.
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'performance'] });
  try {
    const pool = work(undefined, { retainMs: 0 });
    await start('swept');
    pool.wake();
    await ends('swept', 'booked');
    jest.advanceTimersByTime(3_600_001);
    await eventually(async () => expect(await read('swept')).toBeNull());
  } finally {
    jest.useRealTimers();
  }
});
