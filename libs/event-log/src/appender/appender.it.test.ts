import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, type Database } from '@marquee/postgres';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import { appendEvents, createAppender, eventLogMigrations, readStream, type Appender } from '../index.ts';
import { describeAppending, newStream, registered, type Append } from './appending.test-support.ts';

let fixture: TestDatabase;
let database: Database;
let appender: Appender;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
    connection: { poolSize: 12 },
  });
  database = fixture.database;
  appender = createAppender(database);
});
afterAll(() => fixture.drop());

const alone: Append = ({ organisationId, ...request }) =>
  database.transaction({ organisationId }, (tx) => appendEvents(tx, request));

describeAppending('alone', () => ({ database, append: alone }));
describeAppending('coalesced', () => ({ database, append: appender.append }));

const organisationId = newUuid();
const write = (to: Appender, stream: string, expectedVersion?: number | 'none') =>
  to.append({
    organisationId,
    streamId: stream,
    events: [registered('x')],
    ...(expectedVersion !== undefined && { expectedVersion }),
  });

/** How many append statements were sent. */
async function counting(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const stop = database.observe((sql) => void (count += sql.includes('insert into event_log') ? 1 : 0));
  await work();
  stop();
  return count;
}

/** Holds a stream in a transaction of its own until told. */
async function hold(stream: string): Promise<() => Promise<unknown>> {
  let end = () => {};
  const told = new Promise<void>((resolve) => (end = resolve));
  let isHeld = () => {};
  const held = new Promise<void>((resolve) => (isHeld = resolve));
  const done = database.transaction({ organisationId }, async (tx) => {
    await appendEvents(tx, { streamId: stream, events: [registered('held')] });
    isHeld();
    await told;
  });
  await held;
  return () => (end(), done);
}

async function waitingForLock(): Promise<number> {
  const rows = await database.read({ organisationId }, (tx) =>
    tx.rows(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    ),
  );
  return rows.length;
}

describe('an appender', () => {
  test('writes what many callers of the same moment ask in one statement', async () => {
    const statements = await counting(() =>
      Promise.all(Array.from({ length: 200 }, () => write(appender, newStream()))),
    );
    expect(statements).toBe(1);
  });

  test('refuses a stale request alone and commits the others of the flush', async () => {
    const [stale, fresh] = [newStream(), newStream()];
    await write(appender, stale);
    const statements = await counting(async () => {
      const results = await Promise.allSettled([
        write(appender, fresh, 'none'),
        write(appender, stale, 'none'),
        write(appender, fresh, 1),
      ]);
      expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    });
    expect(statements).toBe(1);
  });

  test('keeps the order in which one caller asked, also behind a refusal', async () => {
    const stream = newStream();
    await write(appender, stream);
    const results = await Promise.allSettled([
      write(appender, stream, 7), // ahead
      write(appender, stream),
      write(appender, stream, 2),
      write(appender, stream, 2),
    ]);
    expect(results.map((each) => (each.status === 'fulfilled' ? each.value[0]!.version : 'refused'))).toEqual(
      ['refused', 2, 3, 'refused'],
    );
  });

  test('serves many tenants in one flush, each seeing its own', async () => {
    const stream = newStream();
    const tenants = [newUuid(), newUuid()];
    await Promise.all(
      tenants.map((tenant) =>
        appender.append({
          organisationId: tenant,
          streamId: stream,
          events: [registered(tenant)],
          expectedVersion: 'none',
        }),
      ),
    );
    for (const tenant of tenants) {
      const events = await database.read({ organisationId: tenant }, (tx) => readStream(tx, stream));
      expect(events).toMatchObject([{ organisationId: tenant, data: { name: tenant } }]);
    }
  });

  test('does not let a stream that another transaction holds stop the other connection', async () => {
    const held = newStream();
    const letGo = await hold(held);
    const waiting = write(appender, held);
    await eventually(async () => expect(await waitingForLock()).toBe(1));
    await expect(write(appender, newStream())).resolves.toHaveLength(1);
    await expect(write(appender, newStream())).resolves.toHaveLength(1);
    await letGo();
    await expect(waiting).resolves.toMatchObject([{ version: 2 }]);
  });

  test('refuses more than may wait with a clear error, and takes appends again once there is room', async () => {
    const small = createAppender(database, { maxPending: 2, connections: 1 });
    const letGo = await hold(newStream());
    const first = [write(small, newStream()), write(small, newStream())];
    await expect(write(small, newStream())).rejects.toMatchObject({
      name: 'AppenderFullError',
      code: 'APPENDER_FULL',
    });
    await letGo();
    await Promise.all(first);
    await expect(write(small, newStream())).resolves.toHaveLength(1);
    const tiny = createAppender(database, { maxPendingBytes: 10 });
    const one = write(tiny, newStream());
    await expect(write(tiny, newStream())).rejects.toMatchObject({ code: 'APPENDER_FULL' });
    await one;
  });

  test('answers all it has accepted when it is drained, and takes no more', async () => {
    const draining = createAppender(database, { maxFlushEvents: 3, connections: 1 });
    const accepted = Array.from({ length: 10 }, () => write(draining, newStream()));
    let answered = 0;
    for (const one of accepted) void one.then(() => answered++);
    await draining.drain();
    expect(answered).toBe(10);
    await expect(write(draining, newStream())).rejects.toThrow('drained');
    await draining.drain();
  });

  test('tells that it has committed, once a flush', async () => {
    let commits = 0;
    const telling = createAppender(database, { onCommit: () => commits++ });
    await Promise.all([write(telling, newStream()), write(telling, newStream())]);
    expect(commits).toBe(1);
  });

  test('runs its interceptors over what is stored and answers the caller with its own', async () => {
    const sealing = createAppender(database, {
      interceptors: [
        async (event) => ({
          ...event,
          data: { ...(event.data as object), name: await Promise.resolve('sealed') },
        }),
      ],
    });
    const stream = newStream();
    expect(await write(sealing, stream)).toMatchObject([{ data: { name: 'x' } }]);
    const stored = await database.read({ organisationId }, (tx) => readStream(tx, stream));
    expect(stored).toMatchObject([{ data: { name: 'sealed' } }]);
  });

  test('fails every request of a flush when the server goes away, and goes on when it is back', async () => {
    const stream = newStream();
    const letGo = await hold(stream);
    const waiting = Promise.allSettled([write(appender, stream), write(appender, newStream())]);
    await eventually(async () => expect(await waitingForLock()).toBe(1));
    await database.transaction({ organisationId }, (tx) =>
      tx.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      ),
    );
    const results = await waiting;
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
    await letGo();
    await expect(write(appender, newStream())).resolves.toHaveLength(1);
  });
});
