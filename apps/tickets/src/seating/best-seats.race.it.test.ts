import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { openDatabase, type Database, type Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import {
  createWorld,
  givenSeats,
  hold,
  patientGranting,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Hold } from '../holds/hold.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { brokenNumbers, describeRace, guest, times } from '../races/race.test-support.ts';
import { chooseSeats } from './best-seats.ts';
import { holdBestAvailable } from './hold-best-available.ts';
import { readSeatPlan } from './seat-plan-rows.ts';
import { usualPolicy } from './seating-policy.ts';

const best = ({ services }: World, viewer: Viewer, occurrenceId: string, quantity: number) =>
  holdBestAvailable(services, viewer, {
    idempotencyKey: newUuid(),
    occurrenceId,
    best: {
      quantity,
      accessible: 0,
      acrossRows: false,
      ticketTypeIds: [],
      sectionNames: [],
      maxPrice: null,
    },
  });

const heldBy = (results: readonly PromiseSettledResult<Awaited<ReturnType<typeof best>>>[]): Hold[] =>
  results.flatMap((result) => (result.status === 'fulfilled' && result.value.ok ? [result.value.value] : []));
const seatsOf = ({ lines }: Hold) => lines.flatMap(({ seatIds }) => seatIds);
/** The place of a seat, of rows of ten. */
const sitTogether = (held: Hold, seatIds: readonly string[]) => {
  const at = seatsOf(held).map((id) => seatIds.indexOf(id));
  return (
    at.every((place, index) => place === at[0]! + index) &&
    Math.floor(at[0]! / 10) === Math.floor(at.at(-1)! / 10)
  );
};

describeRace(
  'the best pair of seats, wanted by 20 at once',
  {
    meet: { before: ['pg_advisory_xact_lock', 'length($1::text)'], parties: 20 },
    statements: [
      ['pg_advisory_xact_lock(hashtextextended($1, 0))', 'length($1::text)'],
      ['where taken.expires_at <= now() or taken.owner_id = excluded.owner_id', ''],
    ],
  },
  async ({ world, guarded }) => {
    const { occurrence, seatIds } = await givenSeats(world, { rows: 4, seatsPerRow: 10 });
    const held = heldBy(await times(20, () => best(world, guest(world), occurrence.id, 2)));
    if (guarded) {
      expect(held).toHaveLength(20);
      expect(new Set(held.flatMap(seatsOf)).size).toBe(40);
      expect(held.every((each) => sitTogether(each, seatIds))).toBe(true);
    } else {
      expect(new Set(held.flatMap(seatsOf)).size).toBeLessThan(held.length * 2);
      expect(await brokenNumbers(world)).toContain(2);
    }
  },
);

/** Between the look at the seats and their claim another buyer takes the very same ones; so often in all. */
function overtaking(database: Database, overtake: () => Promise<unknown>, often: number): Database {
  let left = often;
  const wrap = (tx: Transaction): Transaction => ({
    ...tx,
    rows: async (sql, parameters, options) => {
      const rows = await tx.rows<never>(sql, parameters, options);
      const looked = ['read-seat-plan', 'look-at-seats'].includes(options?.name ?? '');
      if (looked && left > 0) {
        left -= 1;
        await overtake();
      }
      return rows;
    },
  });
  return {
    ...database,
    decide: (scope, work, options) => database.decide(scope, (tx) => work(wrap(tx)), options),
    transaction: (scope, work, options) => database.transaction(scope, (tx) => work(wrap(tx)), options),
  };
}

/** What would be chosen for a party of two now. */
async function bestPair({ database, viewer }: World, occurrence: Occurrence): Promise<string[]> {
  const at = { policy: usualPolicy, now: new Date() };
  const plan = await database.read(viewer, (tx) => readSeatPlan(tx, occurrence, ['Stalls'], at));
  const wish = { count: 2, accessible: 0, acrossRows: false, avoidSingles: true, sections: null };
  return chooseSeats(plan!, wish)!.map(({ id }) => id);
}

const timeoutMs = 120_000;

describe.each([
  ['alone', false],
  ['together with others', true],
])('granted %s', (_, coalesced) => {
  const withWorld = async (work: (world: World) => Promise<void>) => {
    const world = await createWorld({ poolSize: 20 });
    try {
      await work(world);
      expect(await violations(world)).toEqual([]);
    } finally {
      await world.drop();
    }
  };
  const overtaken = (
    world: World,
    { occurrence, type }: Awaited<ReturnType<typeof givenSeats>>,
    often: number,
    seats = () => bestPair(world, occurrence),
  ): World => {
    const database = overtaking(
      world.database,
      async () => hold(world, guest(world), occurrence, type, { seatIds: await seats() }),
      often,
    );
    const services = { ...world.services, database };
    return {
      ...world,
      services: coalesced ? { ...services, granting: patientGranting(services) } : services,
    };
  };

  test(
    'who is overtaken gets the next best seats; with seats of their own choice they are refused',
    () =>
      withWorld(async (world) => {
        const house = await givenSeats(world, { rows: 4, seatsPerRow: 10 });
        const { occurrence, type, seatIds } = house;
        const slow = overtaken(world, house, 6);
        const outcome = await best(slow, guest(world), occurrence.id, 2);
        expect(outcome.ok && sitTogether(outcome.value, seatIds)).toBe(true);
        const pair = seatIds.slice(30, 32);
        const chosen = overtaken(world, house, 1, async () => pair);
        const refused = await hold(chosen, guest(world), occurrence, type, { seatIds: pair });
        expect(refused).toMatchObject({ ok: false, refusal: { kind: 'SeatsTaken' } });
      }),
    timeoutMs,
  );

  test(
    'who is overtaken without end is asked to come back, and nothing is held for them',
    () =>
      withWorld(async (world) => {
        const house = await givenSeats(world, { rows: 8, seatsPerRow: 10 });
        const slow = overtaken(world, house, 1_000);
        const outcome = await best(slow, guest(world), house.occurrence.id, 2);
        expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'TooBusy', retryAfterSeconds: 1 } });
      }),
    timeoutMs,
  );

  test(
    'a rush of parties and of choosers, by two processes, fills the house and leaves no pair unsold',
    () =>
      withWorld(async (world) => {
        const { occurrence, type, seatIds } = await givenSeats(world, { rows: 8, seatsPerRow: 10 });
        const database = await openDatabase({ url: world.test.url, applicationName: 'other', entities: [] });
        const processes = [world.services, { ...world.services, database }].map((services) => ({
          ...world,
          services: coalesced ? { ...services, granting: patientGranting(services) } : services,
        }));
        const results = await times(60, (place) => {
          const one = processes[place % 2]!;
          if (place % 3 > 0) return best(one, guest(world), occurrence.id, 2);
          const from = (place * 7) % 79;
          return hold(one, guest(world), occurrence, type, { seatIds: seatIds.slice(from, from + 2) });
        });
        expect(results.filter(({ status }) => status === 'rejected')).toEqual([]);
        const refusals = results.flatMap((result) =>
          result.status === 'fulfilled' && !result.value.ok ? [result.value.refusal.kind] : [],
        );
        const expected = ['SeatsTaken', 'NotEnoughTickets', 'NoSeatsTogether'];
        expect(refusals.filter((kind) => !expected.includes(kind))).toEqual([]);
        const taken = new Set(heldBy(results).flatMap(seatsOf));
        expect(taken.size).toBe(heldBy(results).length * 2);
        const pairLeft = seatIds.some(
          (id, at) => at % 10 < 9 && !taken.has(id) && !taken.has(seatIds[at + 1]!),
        );
        expect(pairLeft && refusals.some((kind) => kind !== 'SeatsTaken')).toBe(false);
        await database.close();
      }),
    timeoutMs,
  );
});
