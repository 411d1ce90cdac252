import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid, type Outcome } from '@marquee/kernel';
import { openDatabase } from '@marquee/postgres';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenSeats,
  givenTicketType,
  hold,
  newViewer,
  patientGranting,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { holdTickets } from './hold-tickets.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ coalesced: true });
});
afterAll(() => world.drop());

const guest = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid().slice(-8)}@example.com`);
const many = <T>(count: number, work: (place: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, place) => work(place)));
const kinds = (outcomes: readonly Outcome<unknown>[]) =>
  Object.fromEntries(
    Object.entries(Object.groupBy(outcomes, (each) => (each.ok ? 'held' : each.refusal.kind))).map(
      ([kind, list]) => [kind, list!.length],
    ),
  );
/** Another service process on the same database: a granting and a pool of its own. */
async function anotherProcess(): Promise<World & { close(): Promise<void> }> {
  const database = await openDatabase({ url: world.test.url, applicationName: 'other', entities: [] });
  const alone = { ...world.services, database };
  return {
    ...world,
    database,
    services: { ...alone, granting: patientGranting(alone) },
    close: () => database.close(),
  };
}

describe('many at a time', () => {
  test('sells exactly what there is, with few transactions, and tells the others how it is', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 150 });
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    const outcomes = await many(400, () => hold(world, guest(), occurrence, type));
    stop();
    expect(kinds(outcomes)).toEqual({ held: 150, NotEnoughTickets: 250 });
    expect(statements.filter((sql) => sql.includes('pg_advisory_xact_lock')).length).toBeLessThan(10);
    expect(await violations(world)).toEqual([]);
  });

  test('refuses each request for itself', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 2, seatsPerRow: 5 });
    const standing = await givenTicketType(world, occurrence, { sectionName: 'Floor', quotaSize: 2 });
    const outcomes = await Promise.all([
      hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(0, 2) }),
      hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(1, 3) }),
      hold(world, guest(), occurrence, standing, { quantity: 3 }),
      hold(world, guest(), occurrence, standing, { quantity: 2 }),
      hold(world, guest(), occurrence, standing, { quantity: 99 }),
      hold(world, guest(), occurrence, { ...type, id: newUuid() }, { quantity: 1 }),
      hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(2, 4) }),
    ]);
    expect(outcomes.map((each) => (each.ok ? 'held' : each.refusal.kind))).toEqual([
      'held',
      'SeatsTaken',
      'NotEnoughTickets',
      'held',
      'InvalidInput',
      'NotFound',
      'held',
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('serves first who came first', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 30 });
    const outcomes = await many(100, () => hold(world, guest(), occurrence, type));
    expect(outcomes.map(({ ok }) => ok)).toEqual(Array.from({ length: 100 }, (_, place) => place < 30));
  });

  test('answers one key alike however often it comes at once, and refuses it for another request', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const [viewer, key] = [guest(), newUuid()];
    const same = await many(20, () => accepted(hold(world, viewer, occurrence, type, { key })));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    expect(same[19]).toEqual(same[0]);
    const mixed = await many(4, (place) =>
      hold(world, viewer, occurrence, type, { key: `k-${key}`, quantity: 1 + (place % 2) }),
    );
    expect(kinds(mixed)).toEqual({ held: 2, IdempotencyConflict: 2 });
    expect(await violations(world)).toEqual([]);
  });

  test('writes to each event who asked for it', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const held = await many(3, () => accepted(hold(world, guest(), occurrence, type)));
    expect(await eventTypes(world, `hold-${held[0]!.id}`)).toEqual(['hold-placed']);
    const rows = await system(world, (tx) =>
      tx.rows<{ correlation_id: string }>('select correlation_id from event_log where stream_id = any($1)', [
        held.map(({ id }) => `hold-${id}`),
      ]),
    );
    expect(new Set(rows.map((row) => row.correlation_id)).size).toBe(3);
  });

  test('takes back what expired in the same transaction', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 4 });
    const first = await accepted(hold(world, guest(), occurrence, type, { seatIds }));
    await expireEverything(world);
    const outcomes = await many(4, (place) =>
      hold(world, guest(), occurrence, type, { seatIds: [seatIds[place]!] }),
    );
    expect(kinds(outcomes)).toEqual({ held: 4 });
    expect(await eventTypes(world, `hold-${first.id}`)).toEqual(['hold-placed', 'hold-expired']);
    expect(await violations(world)).toEqual([]);
  });
});

describe('several processes at once', () => {
  test('take seats before buckets, also where the bucket is new: or two would wait for each other', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 2 });
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    await accepted(hold(world, guest(), occurrence, type, { seatIds: [seatIds[0]!] }));
    stop();
    const first = (table: string) => statements.findIndex((sql) => sql.includes(`insert into ${table} `));
    expect(first('seat_claim')).toBeGreaterThan(-1);
    expect(first('quota_bucket')).toBeGreaterThan(first('seat_claim'));
  });

  test('sell exactly what there is, also beside one that grants each alone', async () => {
    const [one, two] = [await anotherProcess(), await anotherProcess()];
    const { granting: _granting, ...alone } = world.services;
    const three = { ...world, services: alone };
    const standing = await givenOccurrence(world);
    const type = await givenTicketType(world, standing, { quotaSize: 100 });
    const seated = await givenSeats(world, { rows: 4, seatsPerRow: 10 });
    const outcomes = await many(240, (place) => hold([one, two, three][place % 3]!, guest(), standing, type));
    expect(kinds(outcomes)).toEqual({ held: 100, NotEnoughTickets: 140 });
    // Neighbours want overlapping pairs.
    const chosen = await many(120, (place) =>
      hold([one, two, three][place % 3]!, guest(), seated.occurrence, seated.type, {
        seatIds: [seated.seatIds[place % 40]!, seated.seatIds[(place + 1) % 40]!],
      }),
    );
    expect(kinds(chosen).held).toBeGreaterThanOrEqual(13);
    expect(await violations(world)).toEqual([]);
    await Promise.all([one.close(), two.close()]);
  });

  test('answer one key alike', async () => {
    const other = await anotherProcess();
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const [viewer, key] = [guest(), newUuid()];
    const held = await many(20, (place) =>
      accepted(hold(place % 2 ? world : other, viewer, occurrence, type, { key })),
    );
    expect(new Set(held.map(({ id }) => id)).size).toBe(1);
    await other.close();
  });
});

describe('under overload', () => {
  test('more than may wait are told at once when to come back, and the others are served', async () => {
    const granting = patientGranting(world.services, { maxWaiting: 50, maxBatch: 10 });
    const services = { ...world.services, granting };
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 1_000 });
    const outcomes = await many(80, () => hold({ ...world, services }, guest(), occurrence, type));
    expect(kinds(outcomes)).toEqual({ held: 50, TooBusy: 30 });
    expect(outcomes.find((each) => !each.ok)).toMatchObject({
      refusal: { kind: 'TooBusy', retryAfterSeconds: expect.any(Number) },
    });
    expect(granting.load()).toMatchObject({ waiting: 0, refusedAsTooBusy: 30 });
    expect(granting.load().sustainablePerSecond).toBeGreaterThan(0);
  });

  test('who has waited too long is not judged any more', async () => {
    const granting = patientGranting(world.services, { maxWaitMs: 0 });
    const services = { ...world.services, granting };
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const outcome = await hold({ ...world, services }, guest(), occurrence, type);
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'TooBusy' } });
  });

  test('one occurrence in a rush leaves the others their turn', async () => {
    const granting = patientGranting(world.services, { connections: 1, maxBatch: 5 });
    const services = { ...world.services, granting };
    const [rush, quiet] = [await givenOccurrence(world), await givenOccurrence(world)];
    const [rushed, calm] = [await givenTicketType(world, rush), await givenTicketType(world, quiet)];
    const order: string[] = [];
    await Promise.all([
      ...Array.from({ length: 60 }, () =>
        hold({ ...world, services }, guest(), rush, rushed).then(() => order.push('rush')),
      ),
      hold({ ...world, services }, guest(), quiet, calm).then(() => order.push('quiet')),
    ]);
    expect(order.indexOf('quiet')).toBeLessThan(15);
  });

  test('a service that stops answers all that it has accepted', async () => {
    const granting = patientGranting(world.services, { maxBatch: 10 });
    const services = { ...world.services, granting };
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const asked = many(60, () => hold({ ...world, services }, guest(), occurrence, type));
    await granting.drain();
    expect(kinds(await asked)).toEqual({ held: 60 });
    const late = holdTickets(services, guest(), {
      idempotencyKey: newUuid(),
      occurrenceId: occurrence.id,
      items: [],
    });
    await expect(late).rejects.toThrow('stopping');
  });
});

test('a request that the database cannot store fails alone', async () => {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const results = await Promise.allSettled([
    hold(world, guest(), occurrence, type),
    hold(world, guest(), occurrence, type, { key: 'no such \u0000 text' }),
    hold(world, guest(), occurrence, type),
  ]);
  expect(results.map((result) => result.status === 'fulfilled' && result.value.ok)).toEqual([
    true,
    false,
    true,
  ]);
  expect(await violations(world)).toEqual([]);
});
