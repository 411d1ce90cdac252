import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId } from '@marquee/kernel';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { eventually } from '@marquee/testkit';
import { serveGraph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenPaidOrder,
  givenSeats,
  hold,
  order,
  pay,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { blockPlaces } from '../inventory/block-places.ts';
import type { SeatMapFacts } from '../occurrences/owners.ts';
import { brokenNumbers, createRace, guest } from '../races/race.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { keepSeatMap } from './keep-seat-map.ts';
import { findKeptSeats } from './kept-seats.ts';
import { findTakenSeats } from './taken-seats.ts';

/** The next version, without these seats. */
function without(map: SeatMapFacts, seatIds: readonly string[]): SeatMapFacts {
  const sections = map.sections.map((section) => ({
    ...section,
    seats: section.seats.filter(({ id }) => !seatIds.includes(id)),
  }));
  return { ...map, sections, version: map.version + 1 };
}

const apply = ({ database, viewer, owners }: World, map: SeatMapFacts) => {
  owners.maps.set(map.spaceId, map);
  return database.transaction(viewer, (tx) => keepSeatMap(tx, map));
};

describe('a new version of a seat map', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.drop());
  const kept = (occurrenceId: string) =>
    world.database.read(world.viewer, (tx) => findKeptSeats(tx, [occurrenceId]));

  test('sells its new seats, and those that it leaves out no more', async () => {
    const { occurrence, type, map, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 3 });
    const [first, second, third] = seatIds as [string, string, string];
    const { sections } = without(map, [second]);
    const added = { ...map.sections[0]!.seats[0]!, id: crypto.randomUUID(), label: '9' };
    await apply(world, {
      ...map,
      version: 2,
      sections: [{ ...sections[0]!, seats: [...sections[0]!.seats, added] }],
    });
    const gone = await refused(hold(world, world.viewer, occurrence, type, { seatIds: [second] }));
    expect(gone).toMatchObject({ kind: 'InvalidInput', field: 'items.0.seatIds' });
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [first, third, added.id] }));
    expect(await violations(world)).toEqual([]);
  });

  test('is told which seats are sold, held or kept for an occurrence that is to come', async () => {
    const { occurrence, type, map, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 5 });
    const [sold, held, blocked, expired] = seatIds as [string, string, string, string];
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [expired] }));
    await expireEverything(world);
    await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: [sold] });
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [held] }));
    const items = [{ ticketTypeId: type.id, quantity: null, seatIds: [blocked] }];
    const request = { idempotencyKey: 'k', occurrenceId: occurrence.id, items, reason: 'Press' };
    await accepted(blockPlaces(world.services, world.viewer, request));
    const taken = (organisationId: string) =>
      world.database.read({ organisationId }, (tx) => findTakenSeats(tx, map.spaceId, seatIds));
    expect(new Set(await taken(world.viewer.organisationId))).toEqual(new Set([sold, held, blocked]));
    expect(await taken(crypto.randomUUID())).toEqual([]);
  });

  test('leaves a seat that was sold meanwhile to its buyer, tells of it, and forgets it once it is given back', async () => {
    const { occurrence, type, map, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 3 });
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: [seatIds[0]!] });
    await apply(world, without(map, seatIds.slice(0, 2)));
    expect(await kept(occurrence.id)).toEqual([{ occurrenceId: occurrence.id, seatId: seatIds[0] }]);
    expect(await eventTypes(world, `seat-map-${map.seatMapId}`)).toEqual(['seats-kept']);
    expect(await violations(world)).toEqual([]);
    const graph = await serveGraph(world);
    const ask = `query($id: ID!) { _entities(representations: [{ __typename: "Occurrence", id: $id }]) {
      ... on Occurrence { keptSeats { id label } } } }`;
    const { data } = await graph.ask(world.viewer, ask, { id: encodeId('Occurrence', occurrence.id) });
    expect(data._entities[0].keptSeats).toEqual([{ id: encodeId('Seat', seatIds[0]!), label: '1' }]);
    await graph.stop();
    const refund = { idempotencyKey: 'r', orderId: paid.id, amount: null, reason: null };
    await accepted(refundOrder(world.services, world.viewer, refund));
    expect(await kept(occurrence.id)).toEqual([]);
    expect(
      (await refused(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[0]!] }))).kind,
    ).toBe('InvalidInput');
  });

  test('gives a payment back that comes after its seat expired and was left out', async () => {
    const { occurrence, type, map, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 3 });
    const placed = await order(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[0]!] })),
    );
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await expireEverything(world);
    await apply(world, without(map, [seatIds[0]!]));
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
    const upkeep = upkeepOf(world);
    await upkeep.runOnce();
    await upkeep.runOnce();
    const refunds = await system(world, (tx) =>
      tx.rows('select status from refund where order_id = $1', [placed.id]),
    );
    expect(refunds).toEqual([{ status: 'DONE' }]);
    expect(await violations(world)).toEqual([]);
  });
});

/** The same database, whose transactions stop before a statement that holds `piece` until they may go on. */
function stopping(database: Database, piece: string) {
  const arrived = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const stop = async (sql: string) => {
    if (!sql.includes(piece)) return;
    arrived.resolve();
    await goOn.promise;
  };
  const wrap = (tx: Transaction): Transaction => ({
    ...tx,
    rows: async (sql, ...rest) => stop(sql).then(() => tx.rows(sql, ...rest)),
  });
  const stopped: Database = {
    ...database,
    decide: (scope, work, options) => database.decide(scope, (tx) => work(wrap(tx)), options),
    transaction: (scope, work, options) => database.transaction(scope, (tx) => work(wrap(tx)), options),
  };
  return { database: stopped, arrived: arrived.promise, goOn: () => goOn.resolve() };
}

const timeoutMs = 120_000;

describe.each([[true], [false]])('a seat that is sold while a map leaves it out (guarded: %s)', (guarded) => {
  const waiting = async ({ database }: World): Promise<void> =>
    eventually(async () => {
      const locks = await database.transaction(systemScope, (tx) =>
        tx.rows(
          'select 1 from pg_locks join pg_stat_activity using (pid) where not granted and datname = current_database()',
        ),
      );
      expect(locks.length).toBeGreaterThan(0);
    });

  test(
    'is kept for a buyer who was there first',
    async () => {
      const guard = { statements: [['order by id for update)', 'order by id)']] as const };
      const { world, unmet } = await createRace(guard, guarded);
      const { occurrence, type, map, seatIds } = await givenSeats(unmet, { rows: 1, seatsPerRow: 3 });
      const stop = stopping(unmet.database, 'insert into seat_claim');
      const buyer = { ...unmet, services: { ...unmet.services, database: stop.database } };
      const held = hold(buyer, guest(unmet), occurrence, type, { seatIds: [seatIds[0]!] });
      await stop.arrived;
      const applied = apply(world, without(map, [seatIds[0]!]));
      await (guarded ? waiting(unmet) : applied);
      stop.goOn();
      expect((await held).ok).toBe(true);
      await applied;
      expect(await brokenNumbers(unmet)).toEqual(guarded ? [] : [2]);
    },
    timeoutMs,
  );

  test(
    'is not sold to a buyer who came second',
    async () => {
      const guard = { statements: [['order by id for key share', 'order by id']] as const };
      const { world, unmet } = await createRace(guard, guarded);
      const { occurrence, type, map, seatIds } = await givenSeats(unmet, { rows: 1, seatsPerRow: 3 });
      const stop = stopping(unmet.database, 'update space_map m set reported_version');
      const applied = apply({ ...unmet, database: stop.database }, without(map, [seatIds[0]!]));
      await stop.arrived;
      const held = hold(world, guest(unmet), occurrence, type, { seatIds: [seatIds[0]!] });
      // Unguarded it is held now, before the map is committed; the map's report came before, and does not see it.
      await (guarded ? waiting(unmet) : held);
      stop.goOn();
      await applied;
      expect((await held).ok).toBe(!guarded);
      if (guarded) expect(await brokenNumbers(unmet)).toEqual([]);
    },
    timeoutMs,
  );
});
