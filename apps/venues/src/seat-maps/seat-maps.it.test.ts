import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import {
  eventsOf,
  makeSpace,
  newViewer,
  serveTestGraph,
  unknownId,
  type TestGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';

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

const publishDocument = `mutation ($input: PublishSeatMapInput!) { publishSeatMap(input: $input) {
  __typename
  ... on SeatMapPublished { seatMap { id version seatCount sections { id name seatCount rows { label seats { id label rowLabel x y accessible } } }
    generalAdmissionAreas { id name capacity } space { id seatMap { id } } } }
  ... on InvalidInput { field } ... on CapacityExceeded { capacity requested } ... on Refusal { message } } }`;

const rowOf = (label: string, labels: string[], x = 0) => ({
  label,
  seats: labels.map((seat, index) => ({ label: seat, x: x + index, y: 1.5, accessible: index === 0 })),
});
const sections = [
  { name: 'Stalls', rows: [rowOf('A', ['1', '2', '3']), rowOf('B', ['1', '2'])] },
  { name: 'Balcony', rows: [rowOf('A', ['1'])] },
];

async function publish(viewer: Viewer, input: object) {
  const { data, errors } = await graph.query(viewer, publishDocument, { input });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.publishSeatMap;
}

describe('publishSeatMap', () => {
  test('answers the map as it was sent, with ids, and tells of each section with its seats', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const generalAdmissionAreas = [{ name: 'Floor', capacity: 200 }];
    const { seatMap } = await publish(viewer, { spaceId, sections, generalAdmissionAreas });
    expect(seatMap).toMatchObject({
      version: 1,
      seatCount: 6,
      sections: [
        { name: 'Stalls', seatCount: 5, rows: sections[0]!.rows },
        { name: 'Balcony', seatCount: 1, rows: sections[1]!.rows },
      ],
      generalAdmissionAreas,
      space: { id: spaceId, seatMap: { id: seatMap.id } },
    });
    const events = (await eventsOf(world.database, viewer.organisationId)).slice(2);
    expect(events.map(({ type }) => type)).toEqual([
      'venues.seat-map-published.v1',
      'venues.seat-map-section-published.v1',
      'venues.seat-map-section-published.v1',
    ]);
    expect(events[1]!.data).toMatchObject({
      name: 'Stalls',
      seats: [{ row: 'A', label: '1' }, {}, {}, {}, {}],
    });
  });

  test('keeps the ids of seats, sections and areas in the next version, and leaves the first as it was', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const areas = [{ name: 'Floor', capacity: 10 }];
    const { seatMap: first } = await publish(viewer, { spaceId, sections, generalAdmissionAreas: areas });
    const moved = [
      { name: 'Balcony', rows: [rowOf('A', ['1', '2'], 50)] },
      { name: 'Stalls', rows: [rowOf('B', ['2'])] },
      { name: 'Box', rows: [rowOf('A', ['1'])] },
    ];
    const { seatMap: second } = await publish(viewer, {
      spaceId,
      sections: moved,
      generalAdmissionAreas: areas,
    });
    expect(second.version).toBe(2);
    const [balcony, stalls, box] = second.sections;
    expect(balcony.id).toBe(first.sections[1].id);
    expect(balcony.rows[0].seats[0]).toMatchObject({ id: first.sections[1].rows[0].seats[0].id, x: 50 });
    expect(stalls.rows[0].seats[0].id).toBe(first.sections[0].rows[1].seats[1].id);
    const known = new Set(JSON.stringify(first).match(/(sea|sec)_\w+/g));
    expect([box.id, box.rows[0].seats[0].id, balcony.rows[0].seats[1].id].some((id) => known.has(id))).toBe(
      false,
    );
    expect(second.generalAdmissionAreas[0].id).toBe(first.generalAdmissionAreas[0].id);

    const ask = `query ($id: ID!) { seatMap(id: $id) { version sections { name rows { seats { x } } } } }`;
    const { data } = await graph.query(viewer, ask, { id: first.id });
    expect(data.seatMap.sections.map(({ name }: { name: string }) => name)).toEqual(['Stalls', 'Balcony']);
    expect(data.seatMap.sections[1].rows[0].seats[0].x).toBe(0);
  });

  test('numbers versions without a gap when ten are published at once', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => publish(viewer, { spaceId, sections })),
    );
    expect(answers.map(({ seatMap }) => seatMap.version).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
    expect(new Set(answers.map(({ seatMap }) => seatMap.sections[0].id)).size).toBe(1);
  });

  test('publishes once for one idempotency key', async () => {
    const viewer = newViewer();
    const input = { spaceId: await makeSpace(graph, viewer), sections, idempotencyKey: 'map' };
    const [first, second] = [await publish(viewer, input), await publish(viewer, input)];
    expect(second.seatMap.id).toBe(first.seatMap.id);
    const other = await publish(viewer, { ...input, sections: [sections[0]] });
    expect(other.__typename).toBe('IdempotencyConflict');
  });

  test('refuses more places than the space may hold', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer, { capacity: 10 });
    const refused = await publish(viewer, {
      spaceId,
      sections,
      generalAdmissionAreas: [{ name: 'Floor', capacity: 5 }],
    });
    expect(refused).toMatchObject({ __typename: 'CapacityExceeded', capacity: 10, requested: 11 });
  });

  test('names the path of what it cannot take and writes nothing', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const refused = await publish(viewer, {
      spaceId,
      sections: [{ name: 'Stalls', rows: [rowOf('A', ['1', '1'])] }],
    });
    expect(refused).toMatchObject({
      __typename: 'InvalidInput',
      field: 'sections[0].rows[0].seats[1].label',
    });
    expect(await eventsOf(world.database, viewer.organisationId)).toHaveLength(2);
  });

  test('does not find an unknown space, nor one of another organisation', async () => {
    const foreign = await makeSpace(graph, newViewer());
    for (const spaceId of [unknownId('Space'), foreign]) {
      expect((await publish(newViewer(), { spaceId, sections })).__typename).toBe('NotFound');
    }
    expect(await publish(newViewer(), { spaceId: 'spc_x', sections })).toMatchObject({ field: 'spaceId' });
  });

  test('publishes a section of 5,000 seats', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer, { capacity: 5000 });
    const labels = Array.from({ length: 100 }, (_, index) => `${index + 1}`);
    const rows = Array.from({ length: 50 }, (_, index) => rowOf(`R${index}`, labels));
    const { seatMap } = await publish(viewer, { spaceId, sections: [{ name: 'All', rows }] });
    expect(seatMap.seatCount).toBe(5000);
    expect(seatMap.sections[0].rows[49].seats[99]).toMatchObject({ label: '100', rowLabel: 'R49' });
  });
});

describe('references', () => {
  const ask = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    __typename
    ... on SeatMap { version } ... on Section { name seatCount rows { label } }
    ... on Seat { label rowLabel x } ... on GeneralAdmissionArea { name capacity } } }`;

  test('lead to seat maps, sections, seats and areas of the own organisation only', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const { seatMap } = await publish(viewer, {
      spaceId,
      sections,
      generalAdmissionAreas: [{ name: 'Floor', capacity: 200 }],
    });
    const representations = [
      { __typename: 'SeatMap', id: seatMap.id },
      { __typename: 'Section', id: seatMap.sections[0].id },
      { __typename: 'Seat', id: seatMap.sections[0].rows[1].seats[1].id },
      { __typename: 'GeneralAdmissionArea', id: seatMap.generalAdmissionAreas[0].id },
      { __typename: 'Seat', id: seatMap.sections[0].id },
    ];
    const own = await graph.query(viewer, ask, { representations });
    expect(own.data._entities).toEqual([
      { __typename: 'SeatMap', version: 1 },
      { __typename: 'Section', name: 'Stalls', seatCount: 5, rows: [{ label: 'A' }, { label: 'B' }] },
      { __typename: 'Seat', label: '2', rowLabel: 'B', x: 1 },
      { __typename: 'GeneralAdmissionArea', name: 'Floor', capacity: 200 },
      null,
    ]);
    const foreign = await graph.query(newViewer(), ask, { representations });
    expect(foreign.data._entities).toEqual([null, null, null, null, null]);
  });

  test('the versions of a space come newest first, page after page', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    for (let version = 0; version < 3; version++) await publish(viewer, { spaceId, sections });
    const list = `query ($id: ID!, $after: String) { space(id: $id) { seatMaps(first: 2, after: $after) {
      edges { node { version } } pageInfo { hasNextPage endCursor } } } }`;
    const first = (await graph.query(viewer, list, { id: spaceId })).data.space.seatMaps;
    expect(first.edges.map((edge: { node: { version: number } }) => edge.node.version)).toEqual([3, 2]);
    const rest = await graph.query(viewer, list, { id: spaceId, after: first.pageInfo.endCursor });
    expect(rest.data.space.seatMaps).toMatchObject({
      edges: [{ node: { version: 1 } }],
      pageInfo: { hasNextPage: false },
    });
  });
});
