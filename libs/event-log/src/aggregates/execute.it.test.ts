import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accept, newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { applyPatch } from 'rfc6902';
import {
  appendEvents,
  createAppender,
  difference,
  eventLogMigrations,
  execute,
  loadAggregate,
  readStream,
  stateAsOf,
  streamId,
  type Appender,
} from '../index.ts';
import { defineGuest, type GuestCommand, type GuestEvent } from './guest.test-support.ts';

const organisationId = newUuid();
const scope = { organisationId };
const email = 'ada@example.com';
const guest = defineGuest();

let fixture: TestDatabase;
let database: Database;
let appender: Appender;
beforeAll(async () => {
  fixture = await testDatabase({
    name: 'event-log',
    migrations: [...platformMigrations, ...eventLogMigrations],
  });
  database = fixture.database;
  appender = createAppender(database);
});
afterAll(() => fixture.drop());

const named = (guestId: string, ...names: string[]): GuestCommand => ({ guestId, email, names });
const eventsOf = (id: string) => database.read(scope, (tx) => readStream(tx, streamId('guest', id)));

describe.each([
  ['in a transaction of its own', () => ({ organisationId })],
  ['through an appender', () => ({ organisationId, appender })],
])('a command %s', (_, options) => {
  test('appends what it decides and answers the new state', async () => {
    const id = newUuid();
    const first = await execute(database, guest, id, named(id, 'Ada', 'Countess'), options());
    const second = await execute(database, guest, id, named(id, 'Lovelace'), options());
    expect(first).toMatchObject({ ok: true, value: { version: 2, state: { names: ['Ada', 'Countess'] } } });
    expect(second).toMatchObject({
      ok: true,
      value: { version: 3, state: { names: ['Ada', 'Countess', 'Lovelace'], registrations: 3 } },
    });
    const events = await eventsOf(id);
    expect(events.map((event) => (event as unknown as GuestEvent).data.name)).toEqual([
      'Ada',
      'Countess',
      'Lovelace',
    ]);
    const loaded = await database.read(scope, (tx) => loadAggregate(tx, guest, id));
    expect(loaded).toMatchObject({
      version: 3,
      occurredAt: events[2]!.occurredAt,
      state: { registrations: 3 },
    });
  });

  test('that is refused, or has nothing to do, changes nothing', async () => {
    const id = newUuid();
    await execute(database, guest, id, named(id, 'Ada'), options());
    const refused = await execute(
      database,
      guest,
      id,
      { guestId: id, email: 'bob@example.com', names: ['B'] },
      options(),
    );
    expect(refused).toMatchObject({ ok: false, refusal: { kind: 'OtherGuest' } });
    const nothing = await execute(database, guest, id, named(id), options());
    expect(nothing).toMatchObject({ ok: true, value: { events: [], version: 1 } });
    expect(await eventsOf(id)).toHaveLength(1);
  });

  test('is decided again when another was quicker: of many at once none is lost, and each saw those before it', async () => {
    const id = newUuid();
    const counting = {
      ...guest,
      decide: ({ guestId }: GuestCommand, state: { registrations: number }) =>
        accept([
          {
            type: 'guests.guest-registered.v1',
            data: { guestId, email, name: `${state.registrations}` },
          } as GuestEvent,
        ]),
    };
    await Promise.all(
      Array.from({ length: 8 }, () =>
        execute(database, counting, id, named(id), { ...options(), attempts: 50 }),
      ),
    );
    const events = await eventsOf(id);
    expect(events.map((event) => (event as unknown as GuestEvent).data.name)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
    ]);
  });

  test('gives up after so many attempts', async () => {
    const id = newUuid();
    let decisions = 0;
    const outrun = {
      ...guest,
      evolve: guest.evolve,
      decide: (command: GuestCommand, state: typeof guest.initial) => {
        decisions++;
        return guest.decide(command, state);
      },
    };
    // Its loads see no more than the first event, so it never decides on the newest.
    const blind = (tx: Transaction): Transaction => ({
      ...tx,
      rows: (sql, parameters = [], ...rest) =>
        tx.rows(sql, sql.includes('string_agg') ? parameters.with(2, 1) : parameters, ...rest),
    });
    const stale: Database = {
      ...database,
      decide: (tenant, work, settings) => database.decide(tenant, (tx) => work(blind(tx)), settings),
      read: (tenant, work) => database.read(tenant, (tx) => work(blind(tx))),
    };
    await execute(database, guest, id, named(id, 'a', 'b'), options());
    const work = execute(stale, outrun, id, named(id, 'c'), { ...options(), attempts: 3 });
    await expect(work).rejects.toMatchObject({ name: 'ConcurrencyError', actualVersion: 2 });
    expect(decisions).toBe(3);
    expect(await eventsOf(id)).toHaveLength(2);
  });
});

describe('a command in the caller’s transaction', () => {
  test('leaves with the rest of it, and is not tried again', async () => {
    const id = newUuid();
    const work = database.transaction(scope, async (tx) => {
      await execute(tx, guest, id, named(id, 'Ada'));
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await eventsOf(id)).toEqual([]);

    await database.transaction(scope, (tx) => execute(tx, guest, id, named(id, 'Ada')));
    expect(await eventsOf(id)).toHaveLength(1);
  });

  test('passes through the interceptors of append and of load', async () => {
    const id = newUuid();
    const turn = (event: { data: unknown }) => {
      const data = event.data as GuestEvent['data'];
      return { ...event, data: { ...data, name: [...data.name].reverse().join('') } } as never;
    };
    const options = { organisationId, appendInterceptors: [turn], interceptors: [turn] };
    await execute(database, guest, id, named(id, 'Ada', 'Grace'), options);
    const second = await execute(database, guest, id, named(id, 'Alan'), options);
    expect(second).toMatchObject({ value: { state: { names: ['Ada', 'Grace', 'Alan'] } } });
    expect((await eventsOf(id)).map((event) => (event.data as { name: string }).name)).toEqual([
      'adA',
      'ecarG',
      'nalA',
    ]);
  });

  test('is one tenant’s: the system scope has no aggregates', async () => {
    const work = database.read(systemScope, (tx) => loadAggregate(tx, guest, newUuid()));
    await expect(work).rejects.toThrow('that tenant’s scope');
  });
});

describe('time travel', () => {
  test('shows an aggregate after any of its events, and as it stood at any instant', async () => {
    const id = newUuid();
    const events = [];
    for (const name of ['a', 'b', 'c']) {
      const done = await execute(database, guest, id, named(id, name), { organisationId });
      if (done.ok) events.push(...done.value.events);
    }
    const asOf = (moment: Parameters<typeof stateAsOf>[3]) =>
      database.read(scope, async (tx) => (await stateAsOf(tx, guest, id, moment)).state.names);
    expect(await asOf({ version: 0 })).toEqual([]);
    expect(await asOf({ version: 2 })).toEqual(['a', 'b']);
    expect(await asOf({ version: 99 })).toEqual(['a', 'b', 'c']);
    expect(await asOf({ instant: new Date(0) })).toEqual([]);
    expect(await asOf({ instant: new Date(events[2]!.occurredAt) })).toEqual(['a', 'b', 'c']);
    const first = await asOf({ instant: new Date(events[0]!.occurredAt) });
    expect(first.at(0)).toBe('a');
  });

  test('tells the difference between two of its states', async () => {
    const id = newUuid();
    await execute(database, guest, id, named(id, 'a', 'b', 'c'), { organisationId });
    const [before, after] = await database.read(scope, async (tx) => [
      (await stateAsOf(tx, guest, id, { version: 1 })).state,
      (await stateAsOf(tx, guest, id, { version: 3 })).state,
    ]);
    const patch = difference(before, after);
    const patched = structuredClone(before!);
    expect(applyPatch(patched, patch).every((fault) => fault === null)).toBe(true);
    expect(patched).toEqual(after);
  });
});

test('a stream longer than a page is loaded whole', async () => {
  const id = newUuid();
  for (const part of [10_000, 2_500]) {
    await database.transaction(scope, (tx) =>
      appendEvents(tx, {
        streamId: streamId('guest', id),
        events: Array.from({ length: part }, (_, n): GuestEvent => ({
          type: 'guests.guest-registered.v1',
          data: { guestId: id, email, name: `${n}` },
        })),
      }),
    );
  }
  const loaded = await database.read(scope, (tx) => loadAggregate(tx, guest, id));
  expect(loaded).toMatchObject({ version: 12_500, state: { registrations: 12_500 } });
});
