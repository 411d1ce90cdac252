import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope, type Database } from '@marquee/postgres';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import { appendEvents, eventLogMigrations, logStart, readAll, streamId, type LogPosition } from './index.ts';

const organisationId = newUuid();
const scope = { organisationId };
const event = (name: string): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name },
});
const nameOf = (recorded: { data: object }) => (recorded.data as { name: string }).name;

let fixture: TestDatabase;
let database: Database;
let start: LogPosition = logStart;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
    connection: { poolSize: 20 },
  });
  database = fixture.database;
});
afterAll(() => fixture.drop());

/** What most logs do: go on after the highest position seen. */
async function readNaively(after: string): Promise<{ names: string[]; last: string }> {
  const rows = await database.read(systemScope, (tx) =>
    tx.rows<{ name: string; global_position: string }>(
      `select data->>'name' as name, global_position from event_log where global_position > $1 order by global_position`,
      [after],
    ),
  );
  return { names: rows.map((row) => row.name), last: rows.at(-1)?.global_position ?? after };
}

async function readOurs(after: LogPosition, limit = 1_000): Promise<{ names: string[]; last: LogPosition }> {
  const recorded = await database.read(systemScope, (tx) => readAll(tx, after, limit));
  return { names: recorded.map((one) => nameOf(one.event)), last: recorded.at(-1)?.position ?? after };
}

/** An append whose transaction stays open until told. */
function openAppend(stream: string, name: string) {
  let commit = () => {};
  const told = new Promise<void>((resolve) => (commit = resolve));
  let appended = () => {};
  const isAppended = new Promise<void>((resolve) => (appended = resolve));
  const done = database.transaction(scope, async (tx) => {
    await appendEvents(tx, { streamId: stream, events: [event(name)] });
    appended();
    await told;
  });
  return { isAppended, commit: () => (commit(), done) };
}

describe('a reader of everything', () => {
  test('loses an event when it goes by position alone; ours waits for the open transaction', async () => {
    const naiveStart = (await readNaively('0')).last;
    const slow = openAppend(streamId('guest', newUuid()), 'slow');
    await slow.isAppended;
    await database.transaction(scope, (tx) =>
      appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [event('quick')] }),
    );
    const naive = await readNaively(naiveStart);
    const ours = await readOurs(start);
    await slow.commit();

    expect(naive.names).toEqual(['quick']);
    expect((await readNaively(naive.last)).names).toEqual([]); // 'slow' is lost for ever
    expect(ours.names).toEqual([]);
    await eventually(async () => expect((await readOurs(start)).names).toEqual(['slow', 'quick']));
    start = (await readOurs(start)).last;
  });

  test('sees a stream in the order of its versions, also when the later version has the older transaction', async () => {
    const stream = streamId('guest', newUuid());
    let older = () => {};
    let olderHasWritten = () => {};
    const mayGoOn = new Promise<void>((resolve) => (older = resolve));
    const hasWritten = new Promise<void>((resolve) => (olderHasWritten = resolve));
    const second = database.transaction(scope, async (tx) => {
      await appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [event('elsewhere')] });
      olderHasWritten(); // it has its transaction id now
      await mayGoOn;
      await appendEvents(tx, { streamId: stream, events: [event('second')] });
    });
    await hasWritten;
    await database.transaction(scope, (tx) =>
      appendEvents(tx, { streamId: stream, events: [event('first')] }),
    );
    older();
    await second;

    const byTransaction = await database.read(systemScope, (tx) =>
      tx.rows<{ name: string }>(
        `select data->>'name' as name from event_log where stream_id = $1 order by xmin::text::bigint`,
        [stream],
      ),
    );
    expect(byTransaction.map((row) => row.name)).toEqual(['second', 'first']); // what the bare ids would give
    await eventually(async () => {
      const { names, last } = await readOurs(start);
      expect(names).toEqual(['elsewhere', 'first', 'second']);
      start = last;
    });
  });

  test('loses nothing and doubles nothing under 16 writers, and keeps every stream in order', async () => {
    const streams = Array.from({ length: 5 }, () => streamId('guest', newUuid()));
    let writing = true;
    const writer = async (_: unknown, n: number) => {
      for (let round = 0; round < 25; round++) {
        await database.transaction(scope, async (tx) => {
          await tx.execute(
            `insert into idempotency_key (organisation_id, subject, operation, key, request_hash) values ($1, '', 'w', $2, '')`,
            [organisationId, `${n}-${round}`],
          );
          await appendEvents(tx, { streamId: streams[(n + round) % 5]!, events: [event('a'), event('b')] });
        });
      }
    };
    const seen: { id: string; stream: string; version: number }[] = [];
    const read = async (limit: number) => {
      const batch = await database.read(systemScope, (tx) => readAll(tx, start, limit));
      seen.push(
        ...batch.map((one) => ({ id: one.event.id, stream: one.event.streamId, version: one.event.version })),
      );
      start = batch.at(-1)?.position ?? start;
    };
    const reader = async () => {
      while (writing) await read(37);
    };
    const reading = reader();
    await Promise.all(Array.from({ length: 16 }, writer));
    writing = false;
    await reading;
    await eventually(async () => {
      await read(10_000);
      expect(seen).toHaveLength(16 * 25 * 2);
    });

    expect(new Set(seen.map((one) => one.id)).size).toBe(seen.length);
    for (const stream of streams) {
      const versions = seen.filter((one) => one.stream === stream).map((one) => one.version);
      expect(versions).toEqual(versions.map((_, index) => index + 1));
    }
  });

  test('of one tenant sees that tenant alone', async () => {
    const other = { organisationId: newUuid() };
    await database.transaction(other, (tx) =>
      appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [event('other')] }),
    );
    await eventually(async () => {
      const recorded = await database.read(other, (tx) => readAll(tx, logStart, 1_000));
      expect(recorded.map((one) => nameOf(one.event))).toEqual(['other']);
    });
  });
});
