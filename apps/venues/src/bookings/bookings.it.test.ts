import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import {
  makeSpace,
  makeVenue,
  newViewer,
  serveTestGraph,
  unknownId,
  type TestGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { applyOccurrence } from './apply-occurrence.ts';

let world: TestDatabase;
let graph: TestGraph;

beforeAll(async () => {
  world = await testDatabase({ name: 'venues', migrations, entities });
  graph = await serveTestGraph(world.database);
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});

const at = (hour: number) => new Date(Date.UTC(2027, 2, 20, hour));

/** Books the space from 18:00 for as many hours, one after another; answers the occurrences' ids. */
async function book(viewer: Viewer, spaceId: string, hours: number[]): Promise<string[]> {
  const occurrences = hours.map((hour) => ({
    occurrenceId: newUuid(),
    spaceId: decodeId('Space', spaceId),
    startsAt: at(hour),
    endsAt: at(hour + 1),
    revision: 1,
    cancelled: false,
  }));
  for (const facts of occurrences) {
    await world.database.transaction(viewer, (tx) => applyOccurrence(tx, facts));
  }
  return occurrences.map(({ occurrenceId }) => encodeId('Occurrence', occurrenceId));
}

describe('an occurrence', () => {
  const ask = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Occurrence {
    id
    space { id name venue { id name timeZone address { city countryCode } } }
    seatMap { id version sections { id name rows { label seats { id label x y accessible } } } generalAdmissionAreas { id } }
    spaceBookings { id status startsAt space { id } occurrence { id } } } } }`;
  const publish = `mutation ($input: PublishSeatMapInput!) { publishSeatMap(input: $input) { __typename } }`;

  test('fifty of them with spaces, venues, seat maps and bookings take a bounded number of statements', async () => {
    const viewer = newViewer();
    const representations = [];
    for (let venue = 0; venue < 5; venue++) {
      const venueId = await makeVenue(graph, viewer, `Venue ${venue}`);
      const spaceId = await makeSpace(graph, viewer, { venueId });
      const sections = [{ name: 'A', rows: [{ label: '1', seats: [{ label: '1', x: 0, y: 0 }] }] }];
      await graph.query(viewer, publish, { input: { spaceId, sections } });
      for (const id of await book(viewer, spaceId, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18])) {
        representations.push({ __typename: 'Occurrence', id, spaceId });
      }
    }
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    const { data, errors } = await graph.query(viewer, ask, { representations });
    stop();
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(50);
    expect(data._entities[49]).toMatchObject({
      space: { name: 'Great Hall', venue: { name: 'Venue 4', address: { city: 'Berlin' } } },
      seatMap: { version: 1, sections: [{ rows: [{ seats: [{ label: '1' }] }] }] },
      spaceBookings: [
        { status: 'BOOKED', startsAt: at(18).toISOString(), occurrence: { id: representations[49]!.id } },
      ],
    });
    // Spaces, venues, newest maps, sections, rows, areas, bookings.
    expect(statements).toHaveLength(7);
  });

  test('without a space has none of it, and another organisation sees none of it', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const [id] = await book(viewer, spaceId, [18]);
    const nothing = { space: null, seatMap: null, spaceBookings: [] };
    const none = { __typename: 'Occurrence', id: unknownId('Occurrence'), spaceId: null };
    expect((await graph.query(viewer, ask, { representations: [none] })).data._entities).toMatchObject([
      nothing,
    ]);
    const representations = [{ __typename: 'Occurrence', id, spaceId }];
    const foreign = await graph.query(newViewer(), ask, { representations });
    expect(foreign.data._entities).toMatchObject([nothing]);
  });

  test('hides its bookings from guests', async () => {
    const viewer = newViewer('GUEST');
    const representations = [{ __typename: 'Occurrence', id: unknownId('Occurrence'), spaceId: null }];
    const { errors } = await graph.query(viewer, ask, { representations });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});

describe('spaceConflicts', () => {
  const ask = `query ($spaceId: ID!, $ranges: [TimeRangeInput!]!, $except: [ID!]) {
    spaceConflicts(spaceId: $spaceId, ranges: $ranges, exceptOccurrenceIds: $except) {
      space { id name } conflicts { startsAt occurrence { id } } } }`;
  const range = (from: number, to: number) => ({
    startsAt: at(from).toISOString(),
    endsAt: at(to).toISOString(),
  });

  test('names the bookings in the way of any of the ranges, but not those of the occurrences left out', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const [first, second] = await book(viewer, spaceId, [10, 14]);
    const ranges = [range(9, 10), range(10, 11), range(12, 16)];
    const { data } = await graph.query(viewer, ask, { spaceId, ranges });
    expect(data.spaceConflicts).toEqual({
      space: { id: spaceId, name: 'Great Hall' },
      conflicts: [
        { startsAt: at(10).toISOString(), occurrence: { id: first } },
        { startsAt: at(14).toISOString(), occurrence: { id: second } },
      ],
    });
    const less = await graph.query(viewer, ask, { spaceId, ranges, except: [first] });
    expect(less.data.spaceConflicts.conflicts).toMatchObject([{ occurrence: { id: second } }]);
  });

  test('is null for an unknown space and for one of another organisation', async () => {
    const foreign = await makeSpace(graph, newViewer());
    for (const spaceId of [unknownId('Space'), foreign]) {
      const { data } = await graph.query(newViewer(), ask, { spaceId, ranges: [range(1, 2)] });
      expect(data.spaceConflicts).toBeNull();
    }
  });

  test('names what it cannot take', async () => {
    const spaceId = unknownId('Space');
    const fieldOf = async (variables: object) =>
      (await graph.query(newViewer(), ask, { spaceId, ranges: [], ...variables })).errors?.[0]?.extensions?.[
        'field'
      ];
    expect(await fieldOf({ spaceId: 'nonsense' })).toBe('spaceId');
    expect(await fieldOf({ ranges: [range(2, 1)] })).toBe('ranges.0.endsAt');
    expect(await fieldOf({ ranges: Array.from({ length: 1001 }, () => range(1, 2)) })).toBe('ranges');
    expect(await fieldOf({ except: ['occ_1'] })).toBe('exceptOccurrenceIds.0');
  });
});

describe('the bookings of a space', () => {
  const ask = `query ($id: ID!, $first: Int, $after: String, $from: DateTime, $to: DateTime) { space(id: $id) {
    bookings(first: $first, after: $after, from: $from, to: $to) {
      edges { node { startsAt status } } pageInfo { hasNextPage endCursor } } } }`;

  test('come by start, page after page, within a range where one is given', async () => {
    const viewer = newViewer();
    const id = await makeSpace(graph, viewer);
    await book(viewer, id, [20, 8, 14]);
    const hours = async (variables: object) => {
      const { data } = await graph.query(viewer, ask, { id, ...variables });
      const starts = data.space.bookings.edges.map(
        (edge: { node: { startsAt: string } }) => edge.node.startsAt,
      );
      return [
        starts.map((start: string) => new Date(start).getUTCHours()),
        data.space.bookings.pageInfo.endCursor,
      ];
    };
    const [first, after] = await hours({ first: 2 });
    expect(first).toEqual([8, 14]);
    expect((await hours({ first: 2, after }))[0]).toEqual([20]);
    expect((await hours({ from: at(14), to: at(20) }))[0]).toEqual([14]);
    const { errors } = await graph.query(viewer, ask, { id, from: at(14), to: at(14) });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'to' });
  });

  test('lead to each other by reference, for staff alone', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const [occurrence] = await book(viewer, spaceId, [8]);
    const id = `query ($o: [_Any!]!) { _entities(representations: $o) { ... on Occurrence { spaceBookings { id } } } }`;
    const { data } = await graph.query(viewer, id, { o: [{ __typename: 'Occurrence', id: occurrence }] });
    const representations = [{ __typename: 'SpaceBooking', id: data._entities[0].spaceBookings[0].id }];
    const ask = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on SpaceBooking { space { id } occurrence { id } } } }`;
    const own = await graph.query(viewer, ask, { r: representations });
    expect(own.data._entities).toEqual([{ space: { id: spaceId }, occurrence: { id: occurrence } }]);
    const guest = newViewer('GUEST', viewer.organisationId);
    expect((await graph.query(guest, ask, { r: representations })).data._entities).toEqual([null]);
  });
});
