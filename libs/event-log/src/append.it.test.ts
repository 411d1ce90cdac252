import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { migrate, platformMigrations, revertMigrations, systemScope, type Database } from '@marquee/postgres';
import { runWithCorrelation } from '@marquee/telemetry';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import {
  appendEvents,
  appendMany,
  closeWithEvents,
  eventLogMigrations,
  readStream,
  streamId,
  StreamTooLongError,
} from './index.ts';

const organisationId = newUuid();
const scope = { organisationId };
const registered = (name: string): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name },
});

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
  });
  database = fixture.database;
});
afterAll(() => fixture.drop());

describe('appending', () => {
  test('numbers a stream from 1 without gaps and reads back what was appended', async () => {
    const stream = streamId('guest', newUuid());
    const appended = await database.transaction(scope, async (tx) => [
      ...(await appendEvents(tx, { streamId: stream, events: [registered('a'), registered('b')] })),
      ...(await appendEvents(tx, { streamId: stream, events: [registered('c')] })),
    ]);
    const read = await database.read(scope, (tx) => readStream(tx, stream));
    expect(read).toEqual(appended);
    expect(read.map((event) => event.version)).toEqual([1, 2, 3]);
    expect(read[0]).toMatchObject({ organisationId, streamId: stream, actor: 'system' });
    expect(read[0]?.occurredAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('takes correlation, actor and trace from the work at hand', async () => {
    const correlation = {
      correlationId: 'c-1',
      actor: 'user:ada',
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
    };
    const stream = streamId('guest', newUuid());
    await runWithCorrelation(correlation, () =>
      database.transaction(scope, (tx) => appendEvents(tx, { streamId: stream, events: [registered('a')] })),
    );
    const [event] = await database.read(scope, (tx) => readStream(tx, stream));
    expect(event).toMatchObject(correlation);
  });

  test('leaves nothing when the caller rolls back', async () => {
    const stream = streamId('guest', newUuid());
    const work = database.transaction(scope, async (tx) => {
      await appendEvents(tx, { streamId: stream, events: [registered('a')] });
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await database.read(scope, (tx) => readStream(tx, stream))).toEqual([]);
  });

  test('writes many streams in one statement, in the order given', async () => {
    const [one, two] = [streamId('guest', newUuid()), streamId('guest', newUuid())];
    const statements: string[] = [];
    const stop = database.observe((statement) => statements.push(statement));
    const events = await database.transaction(scope, (tx) =>
      appendMany(tx, [
        { streamId: two, events: [registered('a'), registered('b')] },
        { streamId: one, events: [registered('c')], expectedVersion: 'none' },
      ]),
    );
    stop();
    expect(statements).toHaveLength(1);
    expect(events.map((event) => [event.streamId, event.version])).toEqual([
      [two, 1],
      [two, 2],
      [one, 1],
    ]);
    const positions = await database.read(scope, (tx) =>
      tx.rows<{ event_id: string }>(
        'select event_id from event_log where event_id = any($1) order by global_position',
        [events.map((event) => event.id)],
      ),
    );
    expect(positions.map((row) => row.event_id)).toEqual(events.map((event) => event.id));
  });

  test('with the commit is in the log as any, and nothing is committed where it fails', async () => {
    const stream = streamId('guest', newUuid());
    await database.transaction(scope, async (tx) => {
      closeWithEvents(tx, { streamId: stream, events: [registered('b')] });
      await appendEvents(tx, { streamId: stream, events: [registered('a')] });
    });
    const names = async () => {
      const read = await database.read(scope, (tx) => readStream(tx, stream));
      return read.map(({ version, data }) => [version, (data as { name: string }).name]);
    };
    expect(await names()).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
    const failing = database.transaction(scope, async (tx) => {
      closeWithEvents(tx, { streamId: stream, events: [registered('c')] });
      tx.closeWith('select 1 / 0');
    });
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect(await names()).toHaveLength(2);
  });

  test('of nothing touches nothing', async () => {
    const none = await database.transaction(scope, (tx) =>
      appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [] }),
    );
    expect(none).toEqual([]);
  });
});

describe('an expected version', () => {
  test.each([
    ['of a stream that must be new but exists', 'none' as const],
    ['that is behind', 1],
    ['that is ahead', 3],
  ])('%s is refused and nothing is written', async (_, expectedVersion) => {
    const stream = streamId('guest', newUuid());
    await database.transaction(scope, (tx) =>
      appendEvents(tx, {
        streamId: stream,
        events: [registered('a'), registered('b')],
        expectedVersion: 'none',
      }),
    );
    const late = database.transaction(scope, (tx) =>
      appendEvents(tx, { streamId: stream, events: [registered('c')], expectedVersion }),
    );
    await expect(late).rejects.toMatchObject({
      name: 'ConcurrencyError',
      code: 'CONCURRENCY',
      actualVersion: 2,
    });
    expect(await database.read(scope, (tx) => readStream(tx, stream))).toHaveLength(2);
  });

  test('above 0 of a stream that does not exist is refused', async () => {
    const work = database.transaction(scope, (tx) =>
      appendEvents(tx, {
        streamId: streamId('guest', newUuid()),
        events: [registered('a')],
        expectedVersion: 1,
      }),
    );
    await expect(work).rejects.toMatchObject({ actualVersion: 0 });
  });

  test('lets exactly one of many writers at the same time through', async () => {
    const stream = streamId('guest', newUuid());
    const writers = Array.from({ length: 20 }, (_, writer) =>
      database.transaction(scope, (tx) =>
        appendEvents(tx, { streamId: stream, events: [registered(`${writer}`)], expectedVersion: 'none' }),
      ),
    );
    const results = await Promise.allSettled(writers);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await database.read(scope, (tx) => readStream(tx, stream))).toHaveLength(1);
  });

  test('left out, lets all of them through, each with a version of its own', async () => {
    const stream = streamId('guest', newUuid());
    await Promise.all(
      Array.from({ length: 20 }, (_, writer) =>
        database.transaction(scope, (tx) =>
          appendEvents(tx, { streamId: stream, events: [registered(`${writer}`)] }),
        ),
      ),
    );
    const events = await database.read(scope, (tx) => readStream(tx, stream));
    expect(events.map((event) => event.version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(events.map((event) => event.occurredAt)).toEqual(
      events.map((event) => event.occurredAt).toSorted(),
    );
  });

  test('appends to the same streams in opposite orders do not deadlock', async () => {
    const streams = Array.from({ length: 10 }, () => streamId('guest', newUuid()));
    const append = (order: readonly string[]) =>
      database.transaction(scope, (tx) =>
        appendMany(
          tx,
          order.map((id) => ({ streamId: id, events: [registered('x')] })),
        ),
      );
    await Promise.all(Array.from({ length: 16 }, (_, n) => append(n % 2 ? streams : streams.toReversed())));
    const last = await database.read(scope, (tx) => readStream(tx, streams[0]!));
    expect(last).toHaveLength(16);
  });
});

describe('the log', () => {
  test('refuses an event that does not fit its schema before anything is written', async () => {
    const work = database.transaction(scope, (tx) =>
      appendEvents(tx, {
        streamId: streamId('guest', newUuid()),
        events: [
          { type: 'guests.guest-registered.v1', data: { guestId: 'not a uuid' } } as unknown as NewEvent,
        ],
      }),
    );
    await expect(work).rejects.toMatchObject({ name: 'InvalidEventError' });
  });

  test('cannot be changed or cut by the application', async () => {
    const change = (sql: string) => database.transaction(scope, (tx) => tx.execute(sql));
    for (const sql of [
      "update event_log set actor = 'nobody'",
      'delete from event_log',
      'truncate event_log',
    ]) {
      await expect(change(sql)).rejects.toMatchObject({ code: '42501' });
    }
    const asSystem = database.transaction(systemScope, (tx) => tx.execute('delete from event_log'));
    await expect(asSystem).rejects.toMatchObject({ code: '42501' });
  });

  test('keeps tenants apart even where they name a stream alike', async () => {
    const other = { organisationId: newUuid() };
    const stream = streamId('guest', newUuid());
    const events = [registered('mine')];
    await database.transaction(scope, (tx) => appendEvents(tx, { streamId: stream, events }));
    expect(await database.read(other, (tx) => readStream(tx, stream))).toEqual([]);
    await database.transaction(other, (tx) =>
      appendEvents(tx, { streamId: stream, events: [registered('theirs')], expectedVersion: 'none' }),
    );
    const [mine] = await database.read(scope, (tx) => readStream(tx, stream));
    expect(mine?.data).toMatchObject({ name: 'mine' });
  });

  test('takes no event for another tenant than the transaction’s', async () => {
    const work = database.transaction(scope, (tx) =>
      appendMany(tx, [{ streamId: streamId('guest', newUuid()), events: [registered('x')] }], {
        organisationId: newUuid(),
      }),
    );
    await expect(work).rejects.toMatchObject({ code: '42501' });
  });

  test('asks in the system scope whose events they are', async () => {
    const stream = streamId('guest', newUuid());
    const append = (owner?: string) =>
      database.transaction(systemScope, (tx) =>
        appendEvents(tx, {
          streamId: stream,
          events: [registered('x')],
          ...(owner === undefined ? {} : { organisationId: owner }),
        }),
      );
    await expect(append()).rejects.toThrow('must name the organisation');
    expect(await append(organisationId)).toMatchObject([{ organisationId }]);
  });
});

describe('reading a stream', () => {
  test('goes back in time and stops at versions', async () => {
    const stream = streamId('guest', newUuid());
    const append = (name: string) =>
      database.transaction(scope, (tx) => appendEvents(tx, { streamId: stream, events: [registered(name)] }));
    const [first] = await append('a');
    await append('b');
    await append('c');
    const versions = (range: Parameters<typeof readStream>[2]) =>
      database.read(scope, async (tx) => (await readStream(tx, stream, range)).map((event) => event.version));
    expect(await versions({ fromVersion: 2 })).toEqual([2, 3]);
    expect(await versions({ toVersion: 2 })).toEqual([1, 2]);
    expect(await versions({ limit: 1 })).toEqual([1]);
    expect(await versions({ asOf: new Date(first!.occurredAt) })).toContain(1);
    expect(await versions({ asOf: new Date(Date.parse(first!.occurredAt) - 1) })).toEqual([]);
    expect(await versions({ asOf: new Date(Date.now() + 1_000) })).toEqual([1, 2, 3]);
  });

  test('throws rather than cutting a long stream short', async () => {
    const stream = streamId('guest', newUuid());
    const events = Array.from({ length: 10_000 }, () => registered('x'));
    await database.transaction(scope, async (tx) => {
      await appendEvents(tx, { streamId: stream, events });
      expect(await readStream(tx, stream)).toHaveLength(10_000);
      await appendEvents(tx, { streamId: stream, events: [registered('one more')] });
      const failure = await readStream(tx, stream).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StreamTooLongError);
    });
  });
});

test('the tables go down and up again', async () => {
  const own = await testDatabase({ name: 'event-log', migrations: eventLogMigrations });
  const options = { url: own.ownerUrl, migrations: eventLogMigrations };
  await revertMigrations(options);
  expect(await migrate(options)).toHaveLength(eventLogMigrations.length);
  await own.drop();
});
