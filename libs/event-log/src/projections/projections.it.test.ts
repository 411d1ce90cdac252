import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, type TestDatabase } from '@marquee/testkit';
import {
  anyProjection,
  pauseProjection,
  projectInline,
  projectionDeadLetters,
  projectionStatus,
  ProjectionVersionError,
  rebuildProjection,
  resumeProjection,
  retryProjectionDeadLetter,
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

let world: TestDatabase;
const runners: ProjectionRunner[] = [];
beforeEach(async () => {
  world = await countedWorld();
});
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  await world.drop();
});

function run(projection: Counting, options: { pageSize?: number } = {}): ProjectionRunner {
  const runner = startProjections(world.database, {
    projections: [anyProjection(projection)],
    logger: silentLogger,
    pollMs: 20,
    retireMs: 0,
    ...options,
  });
  runners.push(runner);
  return runner;
}

/** Appends releases of holds of these numbers of tickets, each in a transaction of its own. */
async function releaseAll(organisationId: string, quantities: readonly number[]): Promise<void> {
  for (const quantity of quantities)
    await world.database.transaction({ organisationId }, (tx) => release(tx, quantity));
}

const status = async () => (await world.database.read(systemScope, projectionStatus))[0]!;
const settled = (organisationId: string) =>
  eventually(async () =>
    expect(await live(world.database, organisationId)).toEqual(await logged(world.database, organisationId)),
  );

describe('an asynchronous projection', () => {
  test('follows the log, many events of an organisation in one call, whoever else runs it', async () => {
    const [one, other] = [newUuid(), newUuid()];
    for (let turn = 0; turn < 30; turn++) {
      await releaseAll(one, [1]);
      await releaseAll(other, [2]);
    }
    const calls: number[] = [];
    const projection = counting({
      apply: async (tx, events, generation) => {
        calls.push(events.length);
        await count(tx, events, generation);
      },
    });
    run(projection);
    run(projection);
    await settled(one);
    expect(await live(world.database, other)).toEqual({ holds: 30, tickets: 60 });
    await releaseAll(one, [5]);
    await settled(one);
    expect(Math.max(...calls)).toBeGreaterThan(5);
    await eventually(async () =>
      expect((await status()).generations).toMatchObject([{ state: 'live', lag: 0 }]),
    );
  });

  test('stands still while it is paused, with its lag to be seen, and goes on from there', async () => {
    const mine = newUuid();
    run(counting());
    await releaseAll(mine, [1]);
    await settled(mine);
    const change = (work: typeof pauseProjection) =>
      world.database.transaction(systemScope, (tx) => work(tx, 'counted'));
    expect(await change(pauseProjection)).toBe(true);
    await releaseAll(mine, [1, 1, 1]);
    expect(await status()).toMatchObject({ paused: true, generations: [{ lag: 3 }] });
    expect(await live(world.database, mine)).toEqual({ holds: 1, tickets: 1 });
    await change(resumeProjection);
    await settled(mine);
  });

  test('gives up an event that it cannot take, applies all others, and takes it in when it is retried', async () => {
    const mine = newUuid();
    let broken = true;
    const projection = counting({
      apply: async (tx, events, generation) => {
        await count(tx, events, generation);
        if (broken && events.some(({ data }) => data.quantity === 13))
          throw new Error('thirteen', { cause: new Error('why') });
      },
    });
    await releaseAll(mine, [1, 2, 13, 4, 5]);
    await world.database.transaction(systemScope, (tx) =>
      tx.rows(
        `insert into event_projection (name, types, inline, live_generation) values ('counted', '{}', false, 1)`,
      ),
    );
    await world.database.transaction(systemScope, (tx) =>
      tx.rows(
        `insert into event_projection_generation (projection, generation, version, live_at) values ('counted', 1, 1, now())`,
      ),
    );
    run(projection);
    await eventually(async () => expect(await live(world.database, mine)).toEqual({ holds: 4, tickets: 12 }));
    const [letter] = await world.database.read(systemScope, (tx) => projectionDeadLetters(tx, 'counted'));
    expect(letter).toMatchObject({
      organisationId: mine,
      tries: 5,
      error: 'Error: thirteen; caused by Error: why',
    });
    expect(
      await world.database.read({ organisationId: newUuid() }, (tx) => projectionDeadLetters(tx)),
    ).toEqual([]);
    const retry = () => retryProjectionDeadLetter(world.database, anyProjection(projection), letter!.eventId);
    await expect(retry()).rejects.toThrow('thirteen');
    broken = false;
    expect(await retry()).toBe(true);
    expect(await retry()).toBe(false);
    expect(await live(world.database, mine)).toEqual({ holds: 5, tickets: 25 });
  });
});

describe('a rebuild', () => {
  test('serves the old rows until the new ones have caught up, then the new ones, and forgets the old', async () => {
    const mine = newUuid();
    const first = run(counting());
    await releaseAll(mine, [1, 1, 1]);
    await settled(mine);
    await first.stop();
    let opened: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (opened = resolve));
    // The new version counts each ticket twice.
    run(
      counting({
        version: 2,
        apply: async (tx, events, generation) => {
          await gate;
          await count(tx, [...events, ...events], generation);
        },
      }),
    );
    await eventually(async () =>
      expect((await status()).generations).toMatchObject([
        { state: 'live', version: 1 },
        { state: 'building', version: 2 },
      ]),
    );
    expect(await live(world.database, mine)).toEqual({ holds: 3, tickets: 3 });
    opened();
    await eventually(async () => expect(await live(world.database, mine)).toEqual({ holds: 6, tickets: 6 }));
    const rows = () =>
      world.database.read(systemScope, (tx) => tx.rows('select generation, tickets from counted'));
    await eventually(async () => expect(await rows()).toEqual([{ generation: 2, tickets: 6 }]));
    await eventually(async () => expect((await status()).generations).toHaveLength(1));
  });

  test('that gave up an event which the live one has does not go live', async () => {
    const mine = newUuid();
    const first = run(counting());
    await releaseAll(mine, [1, 13]);
    await settled(mine);
    await first.stop();
    const next = run(
      counting({
        version: 2,
        apply: async (tx, events, generation) => {
          if (events.some(({ data }) => data.quantity === 13)) throw new Error('thirteen');
          await count(tx, events, generation);
        },
      }),
    );
    await eventually(() => expect(next.faults()['counted']).toContain('dead letters of its own'));
    expect(await live(world.database, mine)).toEqual({ holds: 2, tickets: 14 });
  });
});

describe('an inline projection', () => {
  const inline = counting({ mode: 'inline' });
  const releaseInline = (organisationId: string, projection = inline) =>
    world.database.transaction({ organisationId }, async (tx) =>
      projectInline(tx, projection, await release(tx, 1)),
    );

  test('is true with the commit of the append, and taken back with it', async () => {
    const mine = newUuid();
    run(inline);
    await eventually(async () => expect((await status()).generations).toMatchObject([{ state: 'live' }]));
    await releaseInline(mine);
    expect(await live(world.database, mine)).toEqual({ holds: 1, tickets: 1 });
    const undone = world.database.transaction({ organisationId: mine }, async (tx) => {
      await projectInline(tx, inline, await release(tx, 1));
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await live(world.database, mine)).toEqual({ holds: 1, tickets: 1 });
    const generation = await world.database.transaction(systemScope, (tx) => rebuildProjection(tx, inline));
    await eventually(async () =>
      expect((await status()).generations).toMatchObject([{ generation, state: 'live' }]),
    );
    expect(await live(world.database, mine)).toEqual({ holds: 1, tickets: 1 });
    await releaseInline(mine);
    expect(await live(world.database, mine)).toEqual({ holds: 2, tickets: 2 });
  });

  test('refuses a process whose code is older than the live rows', async () => {
    const mine = newUuid();
    run(counting({ mode: 'inline', version: 2 }));
    await eventually(async () => expect((await status()).generations).toMatchObject([{ state: 'live' }]));
    await expect(releaseInline(mine)).rejects.toThrow(ProjectionVersionError);
  });
});
