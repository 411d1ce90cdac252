import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { runWithCorrelation } from '@marquee/telemetry';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import {
  appendEvents,
  appendMany,
  eventLogMigrations,
  logEnd,
  logStart,
  readAll,
  readCategory,
  readCorrelation,
  readStream,
  readStreamPages,
  readTypes,
  streamId,
  type LogPosition,
  type RecordedEvent,
} from './index.ts';

const organisationId = newUuid();
const scope = { organisationId };
const registered = (name: string): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name },
});
const venueCreated = (name: string): NewEvent => ({
  type: 'events.series-created.v1',
  data: { seriesId: newUuid(), title: name },
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

const append = (stream: string, events: readonly NewEvent[]) =>
  database.transaction(scope, (tx) => appendEvents(tx, { streamId: stream, events }));
const versions = (events: readonly DomainEvent[]) => events.map((event) => event.version);

describe('a stream', () => {
  const stream = streamId('guest', newUuid());
  beforeAll(
    async () =>
      void (await append(
        stream,
        Array.from({ length: 7 }, (_, n) => registered(`${n}`)),
      )),
  );

  test('is read backward, the newest first', async () => {
    const read = (range: Parameters<typeof readStream>[2]) =>
      database.read(scope, async (tx) =>
        versions(await readStream(tx, stream, { ...range, direction: 'backward' })),
      );
    expect(await read({})).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await read({ limit: 1 })).toEqual([7]);
    expect(await read({ fromVersion: 3, toVersion: 5 })).toEqual([5, 4, 3]);
  });

  test.each([
    ['forward', [[1, 2, 3], [4, 5, 6], [7]]],
    ['backward', [[7, 6, 5], [4, 3, 2], [1]]],
  ] as const)('is read %s in pages', async (direction, expected) => {
    const pages = await database.read(scope, (tx) =>
      collect(readStreamPages(tx, stream, { direction, pageSize: 3 })),
    );
    expect(pages.map(versions)).toEqual(expected);
  });

  test('that fills its last page ends without an empty one', async () => {
    const read = (pageSize: number) =>
      database.read(scope, (tx) => collect(readStreamPages(tx, stream, { pageSize, toVersion: 6 })));
    expect((await read(3)).map(versions)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(
      await database.read(scope, (tx) => collect(readStreamPages(tx, streamId('guest', newUuid())))),
    ).toEqual([]);
  });

  test('passes through the reader’s interceptors, waiting for those that must load something', async () => {
    const read = await database.read(scope, (tx) =>
      readStream(tx, stream, {
        limit: 2,
        interceptors: [
          (event) => ({
            ...event,
            data: { ...(event.data as object), email: 'hidden@example.com' },
            id: 'mine',
          }),
          (event) => Promise.resolve({ ...event, data: { ...(event.data as object), seen: true } }),
        ],
      }),
    );
    expect(read[1]).toMatchObject({
      version: 2,
      data: { name: '1', email: 'hidden@example.com', seen: true },
    });
    expect(read[1]?.id).not.toBe('mine');
  });
});

describe('feeds', () => {
  test('can be followed from the end of the log, without what was there', async () => {
    const [before] = await append(streamId('guest', newUuid()), [registered('8')]);
    // Another test's open transaction, anywhere in the cluster, may keep it out of sight for a while.
    await eventually(async () => {
      const all = await database.read(systemScope, (tx) => readAll(tx, logStart, 1000));
      expect(all.map(({ event }) => event)).toContainEqual(before);
    });
    const end = await database.read(systemScope, logEnd);
    const rest = () => database.read(systemScope, (tx) => readAll(tx, end, 10));
    expect(await rest()).toEqual([]);
    const [after] = await append(streamId('guest', newUuid()), [registered('9')]);
    await eventually(async () => expect((await rest()).map(({ event }) => event)).toEqual([after]));
  });

  const other = { organisationId: newUuid() };
  const [guest, series] = [streamId('guest', newUuid()), streamId('event-series', newUuid())];
  const correlationId = `c-${newUuid()}`;
  beforeAll(async () => {
    await append(guest, [registered('a'), registered('b')]);
    await runWithCorrelation({ correlationId, actor: 'user:ada' }, async () => {
      await append(series, [venueCreated('c')]);
      await append(guest, [registered('d')]);
    });
    await database.transaction(other, (tx) =>
      appendMany(tx, [{ streamId: streamId('event-series', newUuid()), events: [venueCreated('e')] }]),
    );
  });

  type Feed = (tx: Transaction, after: LogPosition, limit: number) => Promise<RecordedEvent[]>;
  const ours: Feed = async (tx, after, limit) => readAll(tx, after, limit);
  const nameOf = ({ event }: RecordedEvent) => {
    const data = event.data as { name?: string; title?: string };
    return data.name ?? data.title;
  };
  /** A page of one at a time, as one who keeps a checkpoint. */
  const follow = async (feed: Feed, as: typeof scope | typeof systemScope) => {
    const seen: RecordedEvent[] = [];
    for (let position = logStart; ;) {
      const page = await database.read(as, (tx) => feed(tx, position, 1));
      if (page.length === 0) return seen.map(nameOf).filter((name) => !/^\d/.test(String(name)));
      seen.push(...page);
      position = page[0]!.position;
    }
  };

  test.each<[string, Feed, readonly string[], readonly string[]]>([
    ['everything', ours, ['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd']],
    ['a category', (tx, after, limit) => readCategory(tx, 'event-series', after, limit), ['c', 'e'], ['c']],
    [
      'another',
      (tx, after, limit) => readCategory(tx, 'guest', after, limit),
      ['a', 'b', 'd'],
      ['a', 'b', 'd'],
    ],
    ['half a category', (tx, after, limit) => readCategory(tx, 'event', after, limit), [], []],
    [
      'one type',
      (tx, after, limit) => readTypes(tx, ['guests.guest-registered.v1'], after, limit),
      ['a', 'b', 'd'],
      ['a', 'b', 'd'],
    ],
    [
      'two types, merged',
      (tx, after, limit) =>
        readTypes(
          tx,
          ['events.series-created.v1', 'guests.guest-registered.v1', 'events.series-created.v1'],
          after,
          limit,
        ),
      ['a', 'b', 'c', 'd', 'e'],
      ['a', 'b', 'c', 'd'],
    ],
    [
      'a correlation',
      (tx, after, limit) => readCorrelation(tx, correlationId, after, limit),
      ['c', 'd'],
      ['c', 'd'],
    ],
  ])('of %s give each event once, in order, and a tenant its own', async (_, feed, all, own) => {
    await eventually(async () => {
      expect(await follow(feed, systemScope)).toEqual(all);
      expect(await follow(feed, scope)).toEqual(own);
    });
  });

  test('wait for a transaction that is open, as readAll does', async () => {
    const kinds: Feed[] = [
      (tx, after, limit) => readCategory(tx, 'guest', after, limit),
      (tx, after, limit) => readTypes(tx, ['guests.guest-registered.v1'], after, limit),
      (tx, after, limit) => readCorrelation(tx, 'c-slow', after, limit),
    ];
    const has = async (name: string) =>
      database.read(scope, async (tx) => {
        const pages = await Promise.all(kinds.map((feed) => feed(tx, logStart, 1_000)));
        return pages.map((page) => page.map(nameOf).includes(name));
      });
    const write = (name: string) =>
      runWithCorrelation({ correlationId: 'c-slow', actor: 'a' }, () =>
        append(streamId('guest', newUuid()), [registered(name)]),
      );
    await database.transaction(scope, async (tx) => {
      await appendEvents(tx, { streamId: streamId('guest', newUuid()), events: [registered('slow')] });
      await write('quick');
      expect(await has('quick')).toEqual([false, false, false]);
    });
    await eventually(async () => expect(await has('quick')).toEqual([true, true, true]));
  });

  test('find their page by an index in order, not by sorting what there is', async () => {
    const statements: string[] = [];
    const plans: string[] = [];
    for (const feed of feeds) {
      const stop = database.observe((statement) => void statements.push(statement));
      await database.read(systemScope, feed);
      stop();
      const [statement] = statements.splice(0).filter((each) => each.includes('event_log'));
      const wanted = statement!.includes('any($4') ? '{guests.guest-registered.v1}' : 'guest';
      plans.push(await planOf(statement!, ['0', '0', 10, wanted]));
    }
    const [category, types, correlation] = plans;
    for (const plan of [category!, types!]) {
      expect(plan.match(/Index.* using event_log_kind/g)).toHaveLength(3);
      // Of the pages of the pairs, and of nothing below them.
      expect(plan.match(/Sort Key/g)).toHaveLength(1);
      expect(plan).toMatch(/Index Cond: .*type = kind\.type.*category = kind\.category/);
    }
    expect(correlation).toContain('event_log_correlation');
  });

  const feeds = [
    (tx: Transaction) => readCategory(tx, 'guest', logStart, 10),
    (tx: Transaction) => readTypes(tx, ['guests.guest-registered.v1'], logStart, 10),
    (tx: Transaction) => readCorrelation(tx, 'c-1', logStart, 10),
  ];

  async function planOf(statement: string, parameters: readonly unknown[]): Promise<string> {
    const rows = await database.read(systemScope, async (tx) => {
      await tx.execute('set local enable_seqscan = off');
      await tx.execute('set local enable_bitmapscan = off');
      return tx.rows<{ 'QUERY PLAN': string }>(`explain ${statement}`, parameters);
    });
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  }
});

async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
