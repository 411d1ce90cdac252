import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId, encodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import { eventsOf, makeSpace, newViewer, serveTestGraph, type TestGraph } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { createVenueDeletion } from '../venues/delete-venue.ts';
import { publishSeatMap } from './publish-seat-map.ts';

let world: TestDatabase;
let graph: TestGraph;
/** What tickets answers. */
let takenOf: (seatIds: readonly string[]) => readonly string[] | null = () => [];

beforeAll(async () => {
  world = await testDatabase({ name: 'venues', migrations, entities });
  graph = await serveTestGraph(world.database, async (_, { seatIds }) => takenOf(seatIds));
});
afterAll(async () => {
  await graph?.stop();
  await world?.drop();
});

const rowOf = (label: string, labels: string[]) => ({
  label,
  seats: labels.map((seat, x) => ({ label: seat, x, y: 1.5, accessible: x === 0 })),
});
const sections = [
  { name: 'Stalls', rows: [rowOf('A', ['1', '2', '3']), rowOf('B', ['1', '2'])] },
  { name: 'Balcony', rows: [rowOf('A', ['1'])] },
];
const publishDocument = `mutation ($input: PublishSeatMapInput!) { publishSeatMap(input: $input) {
  ... on SeatMapPublished { seatMap { sections { rows { seats { id } } } } } } }`;
const publish = async (viewer: Viewer, input: object) =>
  (await graph.query(viewer, publishDocument, { input })).data.publishSeatMap;

describe('a version that leaves seats out', () => {
  const smaller = [{ name: 'Stalls', rows: [rowOf('A', ['1', '2'])] }];
  const tell = `mutation ($input: PublishSeatMapInput!) { publishSeatMap(input: $input) { __typename
    ... on SeatMapPublished { seatMap { version } } ... on SeatsInUse { count seats { id label rowLabel } }
    ... on Refusal { message } } }`;
  const publishSmaller = async (viewer: Viewer, spaceId: string, next: object[] = smaller) =>
    (await graph.query(viewer, tell, { input: { spaceId, sections: next } })).data.publishSeatMap;

  test('asks about those alone, and is refused while someone has one of them', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    const { seatMap } = await publish(viewer, { spaceId, sections });
    const asked: string[] = [];
    takenOf = (seatIds) => {
      asked.push(...seatIds);
      return seatIds.slice(0, 1);
    };
    const refused = await publishSmaller(viewer, spaceId);
    const [stalls, balcony] = seatMap.sections;
    const left = [stalls.rows[0].seats[2], ...stalls.rows[1].seats, balcony.rows[0].seats[0]];
    expect(asked.map((id) => encodeId('Seat', id))).toEqual(left.map(({ id }) => id));
    expect(refused).toMatchObject({
      __typename: 'SeatsInUse',
      count: 1,
      seats: [{ id: left[0].id, label: '3', rowLabel: 'A' }],
      message: expect.stringContaining('Stalls A 3'),
    });
    takenOf = () => [];
    expect(await publishSmaller(viewer, spaceId)).toMatchObject({ seatMap: { version: 2 } });
  });

  test('is not published while tickets does not answer; one that leaves nothing out is', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    await publish(viewer, { spaceId, sections });
    takenOf = () => null;
    expect(await publishSmaller(viewer, spaceId)).toMatchObject({ __typename: 'Unavailable' });
    expect(await publishSmaller(viewer, spaceId, sections)).toMatchObject({ seatMap: { version: 2 } });
    takenOf = () => [];
  });

  test('asks again when another version was published while it asked', async () => {
    const viewer = newViewer();
    const spaceId = await makeSpace(graph, viewer);
    await publish(viewer, { spaceId, sections: smaller });
    let asked = 0;
    let other: Promise<unknown> = Promise.resolve();
    const command = {
      database: world.database,
      viewer,
      onCommit: () => undefined,
      venueDeletion: createVenueDeletion(30),
      askTakenSeats: async (_: string, { seatIds }: { readonly seatIds: readonly string[] }) => {
        asked += 1;
        if (asked === 1) other = publish(viewer, { spaceId, sections });
        await other;
        return asked === 1 ? [] : seatIds.slice(0, 2);
      },
    };
    const uuid = decodeId('Space', spaceId)!;
    const draft = { sections: [{ name: 'Stalls', rows: [rowOf('A', ['1'])] }], areas: [] };
    const outcome = await publishSeatMap(command, null, uuid, draft);
    expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'SeatsInUse', count: 2 } });
    expect(asked).toBe(2);
  });
});

test('what is to be known of a seat is told with the map, through its id and to other services', async () => {
  const viewer = newViewer();
  const spaceId = await makeSpace(graph, viewer);
  const seat = (label: string, x: number, more: object = {}) => ({ label, x, y: 0, ...more });
  const rows = [
    {
      label: 'A',
      rank: 2,
      seats: [
        seat('1', 0, { accessible: true }),
        seat('2', 1, { companionOf: '1', aisleAfter: true }),
        seat('3', 2, { restrictedView: true }),
      ],
    },
  ];
  const document = `mutation ($input: PublishSeatMapInput!) { publishSeatMap(input: $input) { ... on SeatMapPublished {
    seatMap { sections { rows { rank seats { id restrictedView aisleAfter companionOf { label } } } } } }
    ... on InvalidInput { field } } }`;
  const send = async (sent: object[]) =>
    (await graph.query(viewer, document, { input: { spaceId, sections: [{ name: 'Stalls', rows: sent }] } }))
      .data.publishSeatMap;
  const { seatMap } = await send(rows);
  const plain = { restrictedView: false, aisleAfter: false, companionOf: null };
  expect(seatMap.sections[0].rows).toMatchObject([
    {
      rank: 2,
      seats: [
        plain,
        { ...plain, aisleAfter: true, companionOf: { label: '1' } },
        { ...plain, restrictedView: true },
      ],
    },
  ]);
  const ask = `query ($id: ID!) { _entities(representations: [{ __typename: "Seat", id: $id }]) {
    ... on Seat { aisleAfter companionOf { accessible } } } }`;
  const { data } = await graph.query(viewer, ask, { id: seatMap.sections[0].rows[0].seats[1].id });
  expect(data._entities).toEqual([{ aisleAfter: true, companionOf: { accessible: true } }]);
  const events = await eventsOf(world.database, viewer.organisationId);
  expect(events.at(-1)!.data).toMatchObject({
    seats: [
      { label: '1', x: 0, y: 0, accessible: true, rowRank: 2 },
      {
        label: '2',
        aisleAfter: true,
        companionOf: decodeId('Seat', seatMap.sections[0].rows[0].seats[0].id),
      },
      { label: '3', restrictedView: true },
    ],
  });
  const wrong = (more: object) => send([{ ...rows[0]!, ...more }]);
  const row = 'sections[0].rows[0]';
  expect(await wrong({ rank: 0 })).toEqual({ field: `${row}.rank` });
  expect(await wrong({ seats: [seat('1', 0), seat('2', 1, { companionOf: '1' })] })).toEqual({
    field: `${row}.seats[1].companionOf`,
  });
  expect(await wrong({ seats: [seat('1', 0, { accessible: true, companionOf: '1' })] })).toEqual({
    field: `${row}.seats[0].companionOf`,
  });
});
