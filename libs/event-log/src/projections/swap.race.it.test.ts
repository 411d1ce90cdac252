import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, times, type TestDatabase } from '@marquee/testkit';
import {
  anyProjection,
  projectInline,
  projectionStatus,
  rebuildProjection,
  startProjections,
  type ProjectionRunner,
} from '../index.ts';
import {
  count,
  counting,
  countedWorld,
  live,
  logged,
  release,
  type Counting,
} from './counted.test-support.ts';

const mine = newUuid();

let world: TestDatabase;
const runners: ProjectionRunner[] = [];
beforeEach(async () => {
  world = await countedWorld();
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await world.drop();
});

function run(projection: Counting): void {
  const options = { projections: [anyProjection(projection)], logger: silentLogger, pollMs: 5, pageSize: 50 };
  runners.push(startProjections(world.database, options));
}

const rebuild = (projection: Counting) =>
  world.database.transaction(systemScope, (tx) => rebuildProjection(tx, projection));

const isLive = (generation: number) =>
  eventually(async () => {
    const [status] = await world.database.read(systemScope, projectionStatus);
    expect(status!.generations.find(({ state }) => state === 'live')?.generation).toBe(generation);
  });

/** The harness without its guard: the append takes no lock. */
function unguarded(tx: Transaction): Transaction {
  return {
    ...tx,
    rows: (sql, ...rest) =>
      sql.includes('pg_advisory_xact_lock') ? Promise.resolve([]) : tx.rows(sql, ...rest),
  };
}

/** An append that stands between reading which generation is live and its commit while a new one wants to be. */
async function appendDuringSwap(guard: (tx: Transaction) => Transaction, swapsFirst: boolean): Promise<void> {
  let standing: () => void = () => undefined;
  let goOn: () => void = () => undefined;
  const stands = new Promise<void>((resolve) => (standing = resolve));
  const told = new Promise<void>((resolve) => (goOn = resolve));
  const inline = counting({ mode: 'inline' });
  run(inline);
  await isLive(1);
  await world.database.transaction({ organisationId: mine }, async (tx) =>
    projectInline(tx, inline, await release(tx, 1)),
  );
  const slow: Counting = {
    ...inline,
    apply: async (tx, events, generation) => {
      standing();
      await told;
      await count(tx, events, generation);
    },
  };
  const appended = world.database.transaction({ organisationId: mine }, async (tx) =>
    projectInline(guard(tx), slow, await release(tx, 1)),
  );
  await stands;
  const generation = await rebuild(inline);
  if (swapsFirst) await isLive(generation);
  else
    await eventually(async () => {
      const waiting = await world.database.read(systemScope, (tx) =>
        tx.rows(
          `select 1 from pg_locks where locktype = 'advisory' and mode = 'ExclusiveLock' and not granted
           and database = (select oid from pg_database where datname = current_database())`,
        ),
      );
      expect(waiting.length).toBeGreaterThan(0);
    });
  goOn();
  await appended;
  await isLive(generation);
}

test('a swap waits for the appends under way, so that none writes into the generation that ends', async () => {
  await appendDuringSwap((tx) => tx, false);
  expect(await live(world.database, mine)).toEqual({ holds: 2, tickets: 2 });
});

test('without that lock the very same append is lost', async () => {
  await appendDuringSwap(unguarded, true);
  expect(await logged(world.database, mine)).toEqual({ holds: 2, tickets: 2 });
  expect(await live(world.database, mine)).toEqual({ holds: 1, tickets: 1 });
});

for (const mode of ['inline', 'async'] as const) {
  test(`generations swapped under concurrent writers lose and double nothing (${mode})`, async () => {
    const projection = counting({ mode });
    run(projection);
    run(projection);
    await isLive(1);
    let stopped = false;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      while (!stopped) {
        await world.database
          .transaction({ organisationId: mine }, async (tx) => {
            const events = await release(tx, writer + 1);
            if (mode === 'inline') await projectInline(tx, projection, events);
            if (Math.random() < 0.2) throw new Error('rolled back');
          })
          .catch((error: unknown) => expect(String(error)).toContain('rolled back'));
      }
    });
    let seen = 0;
    const reader = (async () => {
      while (!stopped) {
        const { holds } = await live(world.database, mine);
        expect(holds).toBeGreaterThanOrEqual(seen);
        seen = holds;
      }
    })();
    try {
      for (let turn = times({ test: 3, soak: 100 }); turn > 0; turn--) {
        await isLive(await rebuild(projection));
      }
    } finally {
      stopped = true;
      await Promise.all([...writers, reader]);
    }
    expect(seen).toBeGreaterThan(0);
    const expected = await logged(world.database, mine);
    if (mode === 'inline') expect(await live(world.database, mine)).toEqual(expected);
    await eventually(async () => expect(await live(world.database, mine)).toEqual(expected));
  });
}
