import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import pg from 'pg';
import { entities } from '../entities.ts';
import { eventsOf, makeSpace, newViewer, serveTestGraph, type TestGraph } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { applyOccurrence } from './apply-occurrence.ts';
import type { OccurrenceFacts } from './booking.ts';

let world: TestDatabase;
let graph: TestGraph;
let viewer: Viewer;
let hall: string;
let studio: string;

beforeAll(async () => {
  world = await testDatabase({ name: 'venues', migrations, entities });
  graph = await serveTestGraph(world.database);
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});
beforeEach(async () => {
  viewer = newViewer();
  hall = decodeId('Space', await makeSpace(graph, viewer, { name: 'Hall' }))!;
  studio = decodeId('Space', await makeSpace(graph, viewer, { name: 'Studio' }))!;
});

const at = (hour: number) => new Date(Date.UTC(2027, 2, 20, hour));

function occurrence(from: number, to: number, change: Partial<OccurrenceFacts> = {}): OccurrenceFacts {
  return {
    occurrenceId: newUuid(),
    spaceId: hall,
    startsAt: at(from),
    endsAt: at(to),
    revision: 1,
    cancelled: false,
    ...change,
  };
}

const apply = (facts: OccurrenceFacts) =>
  world.database.transaction(viewer, (tx) => applyOccurrence(tx, facts));

async function statusOf({ occurrenceId }: OccurrenceFacts): Promise<string | undefined> {
  const [row] = await world.database.read(viewer, (tx) =>
    tx.rows<{ status: string }>('select status from space_booking where occurrence_id = $1', [occurrenceId]),
  );
  return row?.status;
}

async function bookingEvents() {
  const events = await eventsOf(world.database, viewer.organisationId);
  return events.filter(({ type }) => /space-(booked|booking-refused|released)/.test(type));
}
const eventNames = async () => (await bookingEvents()).map(({ type }) => type.split('.')[1]);

async function overlaps(database = world.database): Promise<number> {
  const [row] = await database.read(viewer, (tx) =>
    tx.rows<{ count: number }>(
      `select count(*)::int as count from space_booking a join space_booking b
         on a.space_id = b.space_id and a.id < b.id and a.during && b.during
        where a.status = 'BOOKED' and b.status = 'BOOKED'`,
    ),
  );
  return row!.count;
}

describe('applyOccurrence', () => {
  test('books the space of an occurrence', async () => {
    const show = occurrence(18, 20);
    await apply(show);
    expect(await statusOf(show)).toBe('BOOKED');
    expect(await bookingEvents()).toMatchObject([
      {
        type: 'venues.space-booked.v1',
        data: { occurrenceId: show.occurrenceId, spaceId: hall, startsAt: at(18).toISOString(), revision: 1 },
      },
    ]);
  });

  test('changes nothing when the same revision comes twice', async () => {
    const show = occurrence(18, 20);
    await apply(show);
    await apply(show);
    expect(await eventNames()).toEqual(['space-booked']);
  });

  test('refuses an overlap and names what is in the way; one that begins as the other ends is none', async () => {
    const first = occurrence(18, 20);
    const overlapping = occurrence(19, 21);
    const following = occurrence(20, 22);
    for (const facts of [first, overlapping, following]) await apply(facts);
    expect(await Promise.all([first, overlapping, following].map(statusOf))).toEqual([
      'BOOKED',
      'REFUSED',
      'BOOKED',
    ]);
    expect((await bookingEvents())[1]).toMatchObject({
      type: 'venues.space-booking-refused.v1',
      data: { reason: 'CONFLICT', conflictingOccurrenceId: first.occurrenceId },
    });
  });

  test('refuses an unknown space, and one of another organisation', async () => {
    const other = newViewer();
    const foreign = decodeId('Space', await makeSpace(graph, other))!;
    for (const spaceId of [newUuid(), foreign]) await apply(occurrence(18, 20, { spaceId }));
    expect((await bookingEvents()).map(({ data }) => data)).toMatchObject([
      { reason: 'UNKNOWN_SPACE', conflictingOccurrenceId: null },
      { reason: 'UNKNOWN_SPACE' },
    ]);
  });

  test('moves with the occurrence, to another time and to another space', async () => {
    const show = occurrence(18, 20);
    await apply(show);
    await apply({ ...show, startsAt: at(19), endsAt: at(21), revision: 2 });
    await apply({ ...show, startsAt: at(19), endsAt: at(21), revision: 3, spaceId: studio });
    await apply(occurrence(19, 21));
    expect(await eventNames()).toEqual(['space-booked', 'space-booked', 'space-booked', 'space-booked']);
    expect(await overlaps()).toBe(0);
  });

  test('passes over a revision that is older than the one applied', async () => {
    const show = occurrence(18, 20, { revision: 5 });
    await apply(show);
    await apply({ ...show, startsAt: at(8), endsAt: at(9), revision: 4 });
    expect(await bookingEvents()).toHaveLength(1);
  });

  test('releases the space of a cancelled occurrence and gives it to who waited longest', async () => {
    const first = occurrence(18, 20);
    const waiting = occurrence(19, 21);
    const later = occurrence(18, 21);
    for (const facts of [first, waiting, later]) await apply(facts);
    await apply({ ...first, cancelled: true, revision: 2 });
    expect(await Promise.all([first, waiting, later].map(statusOf))).toEqual([
      'RELEASED',
      'BOOKED',
      'REFUSED',
    ]);
    expect(await eventNames()).toEqual([
      'space-booked',
      'space-booking-refused',
      'space-booking-refused',
      'space-released',
      'space-booked',
    ]);
  });

  test('gives the old time to who waited when the occurrence moves away', async () => {
    const first = occurrence(18, 20);
    const waiting = occurrence(19, 21);
    await apply(first);
    await apply(waiting);
    await apply({ ...first, spaceId: null, revision: 2 });
    expect(await Promise.all([first, waiting].map(statusOf))).toEqual(['RELEASED', 'BOOKED']);
  });

  test('says nothing when a booking that was refused is cancelled', async () => {
    const first = occurrence(18, 20);
    const refused = occurrence(18, 20);
    for (const facts of [first, refused, { ...refused, cancelled: true, revision: 2 }]) await apply(facts);
    expect(await eventNames()).toEqual(['space-booked', 'space-booking-refused']);
    expect(await statusOf(refused)).toBe('RELEASED');
  });

  test('books an occurrence without length', async () => {
    const moment = occurrence(18, 18);
    await apply(moment);
    await apply(occurrence(17, 19));
    expect(await eventNames()).toEqual(['space-booked', 'space-booking-refused']);
    expect((await bookingEvents())[0]!.data).toMatchObject({
      startsAt: at(18).toISOString(),
      endsAt: at(18).toISOString(),
    });
  });
});

describe('forty occurrences that want one space at once', () => {
  // Half of them overlap each other somewhere: 20 starts, two hours each.
  const rush = () => Array.from({ length: 40 }, (_, index) => occurrence(index % 20, (index % 20) + 2));

  test('never overlap', async () => {
    const wanted = rush();
    await Promise.all(wanted.map(apply));
    const statuses = await Promise.all(wanted.map(statusOf));
    expect(await overlaps()).toBe(0);
    expect(statuses.filter((status) => status === 'BOOKED').length).toBeGreaterThanOrEqual(7);
    expect(statuses).not.toContain(undefined);
  });

  test('do overlap where the constraint is missing: this race is a race', async () => {
    const unguarded = await testDatabase({ name: 'venues', migrations, entities });
    try {
      const owner = new pg.Client({ connectionString: unguarded.ownerUrl });
      await owner.connect();
      await owner.query('alter table space_booking drop constraint space_booking_no_overlap');
      // The insert names its arbiter, so an index that never refuses takes the name's place.
      await owner.query(
        `alter table space_booking add constraint space_booking_no_overlap
           exclude using gist (id with =, space_id with =) where (status = 'BOOKED')`,
      );
      await owner.end();
      const other = await serveTestGraph(unguarded.database);
      hall = decodeId('Space', await makeSpace(other, viewer))!;
      await other.stop();
      await Promise.all(
        rush().map((facts) => unguarded.database.transaction(viewer, (tx) => applyOccurrence(tx, facts))),
      );
      expect(await overlaps(unguarded.database)).toBeGreaterThan(0);
    } finally {
      await unguarded.drop();
    }
  });

  test('never deadlock when they swap two spaces again and again', async () => {
    const one = occurrence(18, 20);
    const other = occurrence(18, 20, { spaceId: studio });
    await apply(one);
    await apply(other);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => index + 2).flatMap((revision) => [
        apply({ ...one, revision, spaceId: revision % 2 ? hall : studio }),
        apply({ ...other, revision, spaceId: revision % 2 ? studio : hall }),
      ]),
    );
    expect(await overlaps()).toBe(0);
  });
});
