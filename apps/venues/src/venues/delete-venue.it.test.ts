import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { systemScope, withDeleted, type Database } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { interleave, testDatabase, withoutLocks, type TestDatabase } from '@marquee/testkit';
import { applyOccurrence } from '../bookings/apply-occurrence.ts';
import { entities } from '../entities.ts';
import {
  eventsOf,
  makeSpace,
  makeVenue,
  newViewer,
  serveTestGraph,
  unknownId,
  type TestGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { createVenueDeletion, deleteVenue, purgeVenue } from './delete-venue.ts';

let world: TestDatabase;
let graph: TestGraph;
let viewer: Viewer;
let venueId: string;
let spaceId: string;

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
  venueId = await makeVenue(graph, viewer);
  spaceId = await makeSpace(graph, viewer, { venueId });
  const sections = [{ name: 'Stalls', rows: [{ label: 'A', seats: [{ label: '1', x: 0, y: 0 }] }] }];
  await graph.query(viewer, publish, { input: { spaceId, sections } });
});

const publish = `mutation ($input: PublishSeatMapInput!) { publishSeatMap(input: $input) { __typename } }`;
const deletion = `mutation ($id: ID!) { result: deleteVenue(id: $id) { __typename
  ... on VenueDeleted { deleted { id name deletedAt restorableUntil } }
  ... on VenueInUse { occurrencesToCome } ... on Refusal { message } } }`;
const restoration = `mutation ($id: ID!) { result: restoreVenue(id: $id) { __typename
  ... on VenueRestored { venue { id spaces { edges { node { id } } } } } ... on Refusal { message } } }`;
const everywhere = `query ($id: ID!, $space: ID!, $things: [_Any!]!) {
  venue(id: $id) { id } space(id: $space) { id }
  venues { edges { node { id } } } spaces { edges { node { id } } }
  _entities(representations: $things) { __typename }
  deletedVenues { edges { node { id name } } } }`;

const run = async (document: string, id = venueId, who = viewer) =>
  (await graph.query(who, document, { id })).data.result;
const seen = async () => {
  const things = [
    { __typename: 'Venue', id: venueId },
    { __typename: 'Space', id: spaceId },
  ];
  return (await graph.query(viewer, everywhere, { id: venueId, space: spaceId, things })).data;
};
const logged = async () =>
  (await eventsOf(world.database, viewer.organisationId)).map(({ type }) => type.split('.')[1]);

const day = 86_400_000;
const booking = (startsInDays: number) => ({
  occurrenceId: newUuid(),
  spaceId: decodeId('Space', spaceId)!,
  startsAt: new Date(Date.now() + startsInDays * day),
  endsAt: new Date(Date.now() + startsInDays * day + 3_600_000),
  revision: 1,
  cancelled: false,
});
const book = (facts: ReturnType<typeof booking>, database: Database = world.database) =>
  database.transaction(viewer, (tx) => applyOccurrence(tx, facts));
const bookingStatuses = async () =>
  (
    await world.database.read(viewer, (tx) =>
      tx.rows<{ status: string }>('select status from space_booking order by lower(during)'),
    )
  ).map(({ status }) => status);

describe('a deleted venue', () => {
  test('is seen nowhere, with its spaces, and stands among what can be restored', async () => {
    expect(await run(deletion)).toMatchObject({
      __typename: 'VenueDeleted',
      deleted: { id: venueId, name: 'Blue Hall', restorableUntil: expect.any(String) },
    });
    expect(await seen()).toEqual({
      venue: null,
      space: null,
      venues: { edges: [] },
      spaces: { edges: [] },
      _entities: [null, null],
      deletedVenues: { edges: [{ node: { id: venueId, name: 'Blue Hall' } }] },
    });
    const input = { venueId, name: 'Studio', capacity: 10 };
    const space = `mutation ($input: CreateSpaceInput!) { createSpace(input: $input) { __typename } }`;
    expect((await graph.query(viewer, space, { input })).data.createSpace.__typename).toBe('NotFound');
  });

  test('comes back with all that it had; both said once however often they are asked for', async () => {
    const [first, second] = [await run(deletion), await run(deletion)];
    expect(second).toEqual(first);
    const spaces = { edges: [{ node: { id: spaceId } }] };
    for (let time = 0; time < 2; time++) {
      expect(await run(restoration)).toEqual({ __typename: 'VenueRestored', venue: { id: venueId, spaces } });
    }
    expect(await seen()).toMatchObject({ venue: { id: venueId }, deletedVenues: { edges: [] } });
    expect((await logged()).slice(-2)).toEqual(['venue-deleted', 'venue-restored']);
  });

  test('gives its spaces on return to those who were refused one meanwhile', async () => {
    await run(deletion);
    await book(booking(3));
    expect(await bookingStatuses()).toEqual(['REFUSED']);
    await run(restoration);
    expect(await bookingStatuses()).toEqual(['BOOKED']);
  });

  test('is not of another organisation, nor one that never was', async () => {
    const stranger = newViewer();
    for (const document of [deletion, restoration]) {
      expect((await run(document, venueId, stranger)).__typename).toBe('NotFound');
      expect((await run(document, unknownId('Venue'))).__typename).toBe('NotFound');
    }
    expect((await seen()).venue).toEqual({ id: venueId });
  });
});

describe('a venue in use', () => {
  test('is not deleted while it is booked for what is to come, and is for what has been', async () => {
    await book(booking(-3));
    await book(booking(2));
    expect(await run(deletion)).toEqual({
      __typename: 'VenueInUse',
      occurrencesToCome: 1,
      message: 'The venue is booked for one occurrence to come: cancel or move them first.',
    });
    await world.database.transaction(viewer, (tx) =>
      tx.execute('delete from space_booking where lower(during) > now()'),
    );
    expect((await run(deletion)).__typename).toBe('VenueDeleted');
    expect(await bookingStatuses()).toEqual(['BOOKED']);
  });

  const command = (database: Database) => ({
    database,
    viewer,
    onCommit: () => undefined,
    venueDeletion: createVenueDeletion(30),
    askTakenSeats: async () => [],
  });
  const remove = (database: Database) => deleteVenue(command(database), decodeId('Venue', venueId)!);

  test('is kept when it is booked and deleted at once', async () => {
    const [, outcome] = await interleave(world.database, viewer, (held) => book(booking(2), held), remove);
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'VenueInUse' } });
  });

  test('is not booked by who waited for its deletion', async () => {
    const [outcome] = await interleave(world.database, viewer, remove, (free) => book(booking(2), free));
    expect(outcome.ok).toBe(true);
    expect(await bookingStatuses()).toEqual(['REFUSED']);
  });

  test('without the lock it would be deleted although it was just booked', async () => {
    const [, outcome] = await interleave(
      world.database,
      viewer,
      (held) => book(booking(2), held),
      (free) => remove(withoutLocks(free)),
    );
    expect(outcome.ok).toBe(true);
    expect(await bookingStatuses()).toEqual(['BOOKED']);
  });
});

describe('after the retention', () => {
  const short = createVenueDeletion(1);
  const age = (days: number) =>
    world.database.transaction(viewer, (tx) =>
      withDeleted(tx, () =>
        tx.execute('update venue set deleted_at = deleted_at - make_interval(days => $1)', [days]),
      ),
    );

  test('it cannot be restored, purged or not', async () => {
    await run(deletion);
    await age(31);
    expect((await run(restoration)).__typename).toBe('NotFound');
    expect((await seen()).deletedVenues.edges).toEqual([]);
  });

  test('it is purged for ever with all that was of it, one that fails alone', async () => {
    const kept = newViewer();
    const other = await makeVenue(graph, kept);
    await book(booking(-2));
    await run(deletion);
    await run(deletion, other, kept);
    const failures: unknown[] = [];
    const purge = () => short.purgeDue(world.database, purgeVenue, (error) => void failures.push(error));
    await purge();
    expect((await seen()).deletedVenues.edges).toHaveLength(1);
    await age(2);
    const broken = new Error('the disk is full');
    const failing = short.purgeDue(
      world.database,
      async () => Promise.reject(broken),
      (error) => void failures.push(error),
    );
    expect(await failing).toBe(0);
    expect(failures).toContain(broken);
    expect(await purge()).toBeGreaterThan(0);
    expect((await logged()).at(-1)).toBe('venue-purged');
    const left = await world.database.read(systemScope, (tx) =>
      withDeleted(tx, () =>
        tx.rows(
          `select 1 from venue where organisation_id = $1 union all select 1 from space where organisation_id = $1
           union all select 1 from seat_map where organisation_id = $1 union all select 1 from seat where organisation_id = $1
           union all select 1 from space_booking where organisation_id = $1`,
          [viewer.organisationId],
        ),
      ),
    );
    expect(left).toEqual([]);
    expect((await graph.query(kept, restoration, { id: other })).data.result.__typename).toBe(
      'VenueRestored',
    );
  });
});
