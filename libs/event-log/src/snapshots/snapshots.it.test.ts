import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { migrate, platformMigrations, type Database } from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import fc from 'fast-check';
import pg from 'pg';
import {
  createSnapshotter,
  dropSnapshots,
  eventLogMigrations,
  execute,
  loadAggregate,
  stateAsOf,
  streamId,
  type SnapshotFault,
  type Snapshotter,
} from '../index.ts';
import { defineGuest } from '../aggregates/guest.test-support.ts';
import { occurredAt, snapshotHelpers } from './snapshots.test-support.ts';
import { readSnapshot } from './store.ts';

const organisationId = newUuid();
const scope = { organisationId };
const email = 'ada@example.com';

let fixture: TestDatabase;
let database: Database;
let snapshotter: Snapshotter;
const faults: SnapshotFault[] = [];
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
  });
  database = fixture.database;
  snapshotter = createSnapshotter(database, { onFault: (fault) => faults.push(fault) });
});
afterAll(() => fixture.drop());

const { rowsOf, versionsOf, write, read, newStream, large } = snapshotHelpers(() => database, organisationId);

describe('snapshots of an aggregate', () => {
  const guest = defineGuest({ schemaVersion: 3, everyEvents: 5 });
  const name = async (id: string, names: readonly string[], aggregate = guest) => {
    const options = { organisationId, snapshotter };
    const done = await execute(database, aggregate, id, { guestId: id, email, names }, options);
    await snapshotter.drain();
    return done;
  };

  test('are written by the policy, and a load reads them and the events since', async () => {
    const id = newUuid();
    const stream = streamId('guest', id);
    await name(id, ['1', '2', '3', '4']);
    expect(await versionsOf(stream)).toEqual([]);
    await name(id, ['5', '6']);
    expect(await versionsOf(stream)).toEqual([6]);
    await name(id, ['7']);
    expect(await versionsOf(stream)).toEqual([6]);

    const statements: string[] = [];
    const stop = database.observe((sql) => statements.push(sql));
    const loaded = await database.read(scope, (tx) => loadAggregate(tx, guest, id));
    stop();
    expect(statements).toHaveLength(2);
    expect(loaded).toMatchObject({ version: 7, since: { version: 6 }, state: { registrations: 7 } });
    expect(loaded.state).toEqual(
      (await database.read(scope, (tx) => loadAggregate(tx, defineGuest(), id))).state,
    );
  });

  test('of another schema version are ignored and replaced, while the other release keeps its own', async () => {
    const id = newUuid();
    const stream = streamId('guest', id);
    await name(id, ['1', '2', '3', '4', '5']);
    const next = defineGuest({ schemaVersion: 4, everyEvents: 5 });
    const loaded = await database.read(scope, (tx) => loadAggregate(tx, next, id));
    expect(loaded).toMatchObject({ version: 5, since: { version: 0 } });
    await name(id, ['6'], next);
    expect(await rowsOf(stream)).toMatchObject([{ schema_version: 4, version: 6 }]);
    await name(id, ['7'], guest); // the old release, still running, rebuilds its own and leaves the newer
    expect(await rowsOf(stream)).toMatchObject([
      { schema_version: 3, version: 7 },
      { schema_version: 4, version: 6 },
    ]);
  });

  test('are not written for a command that rolls back', async () => {
    const id = newUuid();
    const work = database.transaction(scope, async (tx) => {
      await execute(tx, guest, id, { guestId: id, email, names: ['1', '2', '3', '4', '5'] }, { snapshotter });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    await snapshotter.drain();
    expect(await versionsOf(streamId('guest', id))).toEqual([]);
  });

  test('serve time travel where they are early enough', async () => {
    const id = newUuid();
    await name(id, ['1', '2', '3', '4', '5', '6']);
    await name(id, ['7', '8']);
    const asOf = (version: number) => database.read(scope, (tx) => stateAsOf(tx, guest, id, { version }));
    expect(await asOf(7)).toMatchObject({ version: 7, since: { version: 6 }, state: { registrations: 7 } });
    expect(await asOf(3)).toMatchObject({ version: 3, since: { version: 0 }, state: { registrations: 3 } });
  });

  test('give the same state as the first event does, whatever happened and whenever they were taken', async () => {
    const history = fc.array(fc.array(fc.string({ maxLength: 5 }), { maxLength: 6 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 7 }), async (commands, everyEvents) => {
        const [id, aggregate] = [newUuid(), defineGuest({ schemaVersion: 1, everyEvents })];
        for (const names of commands)
          await name(
            id,
            names.map((each) => each.replaceAll('\0', '')),
            aggregate,
          );
        const [withSnapshot, fromZero] = await database.read(scope, async (tx) => [
          await loadAggregate(tx, aggregate, id),
          await loadAggregate(tx, defineGuest(), id),
        ]);
        expect(withSnapshot!.state).toEqual(fromZero!.state);
        expect(withSnapshot!.version).toBe(fromZero!.version);
        expect(withSnapshot!.version - (withSnapshot!.since?.version ?? 0)).toBeLessThan(everyEvents);
        expect(faults).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a snapshot', () => {
  const asOwner = async (sql: string, parameters: readonly unknown[]) => {
    const owner = new pg.Client({ connectionString: fixture.ownerUrl });
    await owner.connect();
    await owner.query(`set marquee.organisation_id = '${organisationId}'`);
    await owner.query(sql, [...parameters]);
    await owner.end();
  };

  test.each([
    [
      'whose bytes were changed',
      'update event_snapshot set state = set_byte(state, 12, get_byte(state, 12) # 1) where stream_id = $1',
    ],
    ['cut short', 'update event_snapshot set state = substring(state for 10) where stream_id = $1'],
    ['whose checksum was changed', `update event_snapshot set checksum = sha256('x') where stream_id = $1`],
    [
      'moved to another version',
      'update event_snapshot set version = version + 1 where stream_id = $1 and base_version is not null',
    ],
    ['whose base is gone', 'delete from event_snapshot where stream_id = $1 and base_version is null'],
  ])('%s is reported and not used', async (_, damage) => {
    const stream = newStream();
    const state = large();
    await write(stream, 1, state);
    await write(stream, 2, [...state, 'x']);
    await asOwner(damage, [stream]);
    const found: SnapshotFault[] = [];
    expect(await read(stream, 1, (fault) => void found.push(fault))).toBeNull();
    expect(found).toMatchObject([{ streamId: stream }]);
  });

  test('that is damaged costs a load from the first event, and is replaced by the next', async () => {
    const guest = defineGuest({ schemaVersion: 1, everyEvents: 2 });
    const id = newUuid();
    const options = { organisationId, snapshotter, onSnapshotFault: () => undefined };
    await execute(database, guest, id, { guestId: id, email, names: ['1', '2'] }, options);
    await snapshotter.drain();
    await asOwner(`update event_snapshot set checksum = sha256('x') where stream_id = $1`, [
      streamId('guest', id),
    ]);
    const done = await execute(database, guest, id, { guestId: id, email, names: ['3'] }, options);
    expect(done).toMatchObject({ value: { state: { names: ['1', '2', '3'] } } });
    await snapshotter.drain();
    expect(await read(streamId('guest', id))).toMatchObject({ version: 3 });
  });

  test('never replaces a newer one', async () => {
    const stream = newStream();
    await write(stream, 5, { a: 5 });
    await write(stream, 4, { a: 4 });
    expect(await read(stream)).toMatchObject({ version: 5, state: { a: 5 } });
    expect(await versionsOf(stream)).toEqual([5]);
  });

  test('of a state that is no plain JSON is refused and told of', async () => {
    await expect(write(newStream(), 1, { at: new Date() })).rejects.toThrow('not plain JSON');
    const told: SnapshotFault[] = [];
    await using telling = createSnapshotter(database, { onFault: (fault) => told.push(fault) });
    const stream = newStream();
    telling.offer({
      organisationId,
      streamId: stream,
      schemaVersion: 1,
      version: 1,
      occurredAt,
      state: { n: NaN },
    });
    await telling.drain();
    expect(told).toMatchObject([{ streamId: stream, version: 1 }]);
  });

  test('is another tenant’s business only there', async () => {
    const stream = newStream();
    await write(stream, 1, { mine: true });
    const other = { organisationId: newUuid() };
    expect(await database.read(other, (tx) => readSnapshot(tx, stream, 1, () => undefined))).toBeNull();
  });

  test('can be dropped with all that belongs to its stream', async () => {
    const stream = newStream();
    const state = large();
    await write(stream, 1, state);
    await write(stream, 2, [...state, 'x']);
    await write(stream, 2, state, 2);
    await database.transaction(scope, (tx) => dropSnapshots(tx, stream));
    expect(await rowsOf(stream)).toEqual([]);
  });
});

test('a snapshotter that cannot keep up drops new streams, and of one stream keeps the last', async () => {
  const few = createSnapshotter(database, { maxWaiting: 2 });
  const streams = [newStream(), newStream(), newStream(), newStream()];
  const offer = (stream: string, version: number) =>
    few.offer({
      organisationId,
      streamId: stream,
      schemaVersion: 1,
      version,
      occurredAt,
      state: { version },
    });
  for (const stream of streams) offer(stream, 1);
  offer(streams[1]!, 3);
  offer(streams[1]!, 2);
  await few.drain();
  expect(await Promise.all(streams.map(versionsOf))).toEqual([[1], [3], [1], []]);
});

test('the tables of a database that is older are added to', async () => {
  const own = await testDatabase({ name: 'event-log-old', migrations: eventLogMigrations.slice(0, 1) });
  const added = await migrate({ url: own.ownerUrl, migrations: eventLogMigrations });
  expect(added.slice(0, 2)).toEqual(['EventLogFeeds1763600000004', 'EventSnapshots1763600000005']);
  await own.drop();
});
