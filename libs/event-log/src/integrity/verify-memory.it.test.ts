import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { newUuid } from '@marquee/kernel';
import { platformMigrations } from '@marquee/postgres';
import { settledLog, testDatabase, times, type TestDatabase } from '@marquee/testkit';
import { eventLogMigrations, sealLog, verifyLog } from '../index.ts';

const organisationId = newUuid();
const count = times({ test: 40_000, soak: 1_000_000 });

let fixture: TestDatabase;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'integrity',
    migrations: [...platformMigrations, ...eventLogMigrations],
    connection: { statementTimeoutMs: 240_000, transactionTimeoutMs: 300_000 },
  });
});
afterAll(() => fixture.drop());

test(
  'a log is verified in memory that does not grow with it',
  async () => {
    const { database } = fixture;
    await database.transaction({ organisationId }, (tx) =>
      tx.execute(
        `insert into event_log (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor)
       select gen_random_uuid(), $1::uuid, 'guest-' || $1, n, 'guests.guest-registered.v1',
         jsonb_build_object('guestId', $1, 'email', 'guest-' || n || '@example.com', 'name', repeat('x', 150)), 'c', 'system'
       from generate_series(1, ${count}) n`,
        [organisationId],
      ),
    );
    await settledLog(database);
    expect(await sealLog(database, { batchSize: 5_000 })).toMatchObject({ sealed: count });

    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heap: number[] = [];
    const verified = await verifyLog(database, {
      onProgress: (events) => {
        if (events % 10_000 > 0) return;
        collect();
        heap.push(process.memoryUsage().heapUsed);
      },
    });
    expect(verified).toMatchObject({ ok: true, events: count, unsealed: 0 });
    expect(heap).toHaveLength(count / 10_000);
    // 10,000 events are some 5 MB as objects.
    expect(heap.at(-1)! - heap[0]!).toBeLessThan(5_000_000);
  },
  times({ test: 300_000, soak: 1_800_000 }),
);
