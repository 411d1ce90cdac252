import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { eventually, testDatabase, times, type TestDatabase } from '@marquee/testkit';
import { appendEvents, eventLogMigrations, logStart, readAll, streamId, type LogPosition } from './index.ts';

const writers = 16;
const slowWriters = 4;
const wanted = times({ test: 6_000, soak: 100_000 });
jest.setTimeout(times({ test: 120_000, soak: 1_200_000 }));

const scope = { organisationId: newUuid() };
const registered = (): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name: 'Ada' },
});

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
    connection: { poolSize: writers + 4, transactionTimeoutMs: 60_000, connectTimeoutMs: 30_000 },
  });
  database = fixture.database;
});
afterAll(() => fixture.drop());

/** What most logs do: go on after the highest position seen. */
class NaiveReader {
  readonly seen = new Set<string>();
  last = 0n;

  async read(): Promise<void> {
    const rows = await database.read(systemScope, (tx) =>
      tx.rows<{ event_id: string; global_position: string }>(
        `select event_id, global_position from event_log where global_position > $1
         order by global_position limit 1000`,
        [String(this.last)],
      ),
    );
    for (const row of rows) this.seen.add(row.event_id);
    this.last = BigInt(rows.at(-1)?.global_position ?? this.last);
  }
}

/** Ours, which remembers what it saw in its order. */
class OurReader {
  readonly seen: { readonly id: string; readonly streamId: string; readonly version: number }[] = [];
  #at: LogPosition = logStart;

  async read(): Promise<void> {
    const page = await database.read(systemScope, (tx) => readAll(tx, this.#at, 1000));
    for (const { event } of page)
      this.seen.push({ id: event.id, streamId: event.streamId, version: event.version });
    this.#at = page.at(-1)?.position ?? this.#at;
  }
}

class RolledBack extends Error {}

/** Everything that was committed, by 16 writers of whom some take back what they wrote and some hold it open. */
async function writeAll(naive: NaiveReader): Promise<Map<string, DomainEvent>> {
  const committed = new Map<string, DomainEvent>();
  const shared = Array.from({ length: 8 }, () => streamId('guest', newUuid()));
  let rolledBack = 0;
  let quickWriters = writers - slowWriters;

  /** Open until the naive reader has gone past what it wrote: not a matter of luck or of the machine's speed. */
  const holdOpen = async (tx: Transaction) => {
    const [row] = await tx.rows<{ last: string }>('select max(global_position) as last from event_log');
    await eventually(
      () => {
        if (quickWriters > 0) expect(naive.last).toBeGreaterThan(BigInt(row!.last));
      },
      { timeoutMs: 30_000, everyMs: 2 },
    );
  };
  const transact = async (slow: boolean) => {
    const stream = slow || Math.random() < 0.5 ? streamId('guest', newUuid()) : shared[committed.size % 8]!;
    const some = Array.from({ length: 1 + Math.floor(Math.random() * 9) }, registered);
    const events = await database
      .transaction(scope, async (tx) => {
        const written = await appendEvents(tx, { streamId: stream, events: some });
        if (slow) await holdOpen(tx);
        if (Math.random() < 0.1) throw new RolledBack();
        return written;
      })
      .catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
        rolledBack += 1;
        return [];
      });
    for (const event of events) committed.set(event.id, event);
  };
  const writer = async (_: unknown, place: number) => {
    const isSlow = place < slowWriters;
    for (let round = 0; committed.size < wanted && (!isSlow || quickWriters > 0); round++) {
      await transact(isSlow && round % 3 === 0);
    }
    if (!isSlow) quickWriters -= 1;
  };
  await Promise.all(Array.from({ length: writers }, writer));
  expect(rolledBack).toBeGreaterThan(0);
  return committed;
}

test('a reader under 16 writers, some slow and some rolled back, loses and doubles nothing; a naive one loses', async () => {
  const [naive, ours] = [new NaiveReader(), new OurReader()];
  let writing = true;
  const reading = [naive, ours].map(async (reader) => {
    while (writing) await reader.read();
  });
  const committed = await writeAll(naive).finally(() => (writing = false));
  await Promise.all(reading);
  await eventually(async () => {
    await Promise.all([naive.read(), ours.read()]);
    expect(ours.seen.length).toBeGreaterThanOrEqual(committed.size);
  });

  const lost = [...committed.keys()].filter((id) => !naive.seen.has(id)).length;
  if (wanted > 6_000) process.stdout.write(`a naive reader lost ${lost} of ${committed.size}\n`);
  expect(lost).toBeGreaterThan(0);
  expect(committed.size).toBeGreaterThanOrEqual(wanted);
  expect(new Set(ours.seen.map(({ id }) => id))).toEqual(new Set(committed.keys()));
  expect(ours.seen).toHaveLength(committed.size);
  for (const own of Map.groupBy(ours.seen, (one) => one.streamId).values()) {
    expect(own.map(({ version }) => version)).toEqual(own.map((_, index) => index + 1));
  }
});
