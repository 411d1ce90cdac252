import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Viewer } from '@marquee/subgraph';
import { makeEvent, newViewer, graphForFile } from '../harness.test-support.ts';

const { graph, venues, world } = graphForFile();
let viewer: Viewer;
beforeEach(() => {
  viewer = newViewer();
});

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = any;

const list = `query UpcomingOccurrences($first: Int, $after: String, $filter: OccurrenceFilter) {
  occurrences(first: $first, after: $after, filter: $filter) {
    edges { cursor node { id startsAt spaceId event { id title series { id } } } } pageInfo { hasNextPage endCursor } } }`;

async function titles(filter: object, who = viewer): Promise<string[]> {
  const { data, errors } = await graph.query(who, list, { first: 50, filter });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.occurrences.edges.map((edge: Answer) => edge.node.event.title);
}

const publish = (id: string) =>
  graph.query(viewer, 'mutation ($id: ID!) { publishEvent(id: $id) { __typename } }', { id });

describe('occurrences', () => {
  test('come by start, page after page, without one twice or left out', async () => {
    await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=5' });
    await makeEvent(graph, viewer, { recurrence: 'FREQ=WEEKLY;COUNT=5' });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Answer = await graph.query(viewer, list, { first: 3, after });
      seen.push(...data.occurrences.edges.map((edge: Answer) => `${edge.node.startsAt} ${edge.node.id}`));
      after = data.occurrences.pageInfo.hasNextPage ? data.occurrences.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(10);
    expect(seen.map((entry) => entry.slice(0, 24))).toEqual(
      seen.map((entry) => entry.slice(0, 24)).toSorted(),
    );
  });

  test('are filtered by time, text, city, event and status', async () => {
    const berlin = venues.addSpace(viewer);
    const lyon = venues.addSpace(viewer, { city: 'Lyon', venueName: 'Halle Tony Garnier' });
    const opera = await makeEvent(graph, viewer, { title: 'Opera', spaceId: berlin });
    await makeEvent(graph, viewer, { title: 'Rock', spaceId: lyon, startsAtLocal: '2027-06-01T20:00' });
    await makeEvent(graph, viewer, {
      title: 'Talk',
      description: 'About 100% cotton',
      startsAtLocal: '2027-09-01T20:00',
    });
    expect(await titles({ from: '2027-05-01T00:00:00Z' })).toEqual(['Rock', 'Talk']);
    expect(await titles({ to: '2027-06-01T18:00:00Z' })).toEqual(['Opera']);
    expect(await titles({ from: '2027-06-01T18:00:00Z', to: '2027-06-01T18:00:01Z' })).toEqual(['Rock']);
    expect(await titles({ text: 'oPER' })).toEqual(['Opera']);
    expect(await titles({ text: '100%' })).toEqual(['Talk']);
    expect(await titles({ text: 'garnier' })).toEqual(['Rock']);
    expect(await titles({ city: 'LYON' })).toEqual(['Rock']);
    expect(await titles({ eventId: opera.id })).toEqual(['Opera']);
    const cancel = 'mutation ($id: ID!) { cancelOccurrence(input: { id: $id }) { __typename } }';
    await graph.query(viewer, cancel, { id: opera.occurrences[0].id });
    expect(await titles({})).toEqual(['Rock', 'Talk']);
    expect(await titles({ status: 'CANCELLED' })).toEqual(['Opera']);
  });

  test('fifty of them with their events and series take a bounded number of statements', async () => {
    await makeEvent(graph, viewer, { recurrence: 'FREQ=DAILY;COUNT=30' });
    await makeEvent(graph, viewer, { recurrence: 'FREQ=DAILY;COUNT=30' });
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    const { data } = await graph.query(viewer, list, { first: 50 });
    stop();
    expect(data.occurrences.edges).toHaveLength(50);
    expect(statements).toHaveLength(2);
  });

  test('of twenty events are read in one statement, and fifty references in another', async () => {
    const ids: string[] = [];
    for (let event = 0; event < 20; event++) {
      const { occurrences } = await makeEvent(graph, viewer, { recurrence: 'FREQ=DAILY;COUNT=3' });
      ids.push(...occurrences.map(({ id }: Answer) => id));
    }
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    const events = `{ events(first: 50) { edges { node { id occurrences(first: 10) { edges { node { id event { title } } } } } } } }`;
    const { data } = await graph.query(viewer, events);
    expect(data.events.edges).toHaveLength(20);
    expect(data.events.edges[7].node.occurrences.edges).toHaveLength(3);
    expect(statements).toHaveLength(3);
    statements.length = 0;
    const references = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Occurrence { id startsAt event { title } } } }`;
    const representations = ids.slice(0, 50).map((id) => ({ __typename: 'Occurrence', id }));
    const entities = await graph.query(viewer, references, { r: representations });
    stop();
    expect(entities.data._entities.map(({ id }: Answer) => id)).toEqual(ids.slice(0, 50));
    expect(statements).toHaveLength(2);
  });

  test('name a bad argument', async () => {
    const fieldOf = async (variables: object) =>
      (await graph.query(viewer, list, variables)).errors?.[0]?.extensions;
    expect(await fieldOf({ first: 101 })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'first' });
    expect(await fieldOf({ after: 'x' })).toMatchObject({ field: 'after' });
    expect(await fieldOf({ filter: { eventId: 'evt_1' } })).toMatchObject({ field: 'filter.eventId' });
    expect(await fieldOf({ filter: { text: 'x'.repeat(1_000_000) } })).toMatchObject({
      field: 'filter.text',
    });
    const range = { from: '2027-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
    expect(await fieldOf({ filter: range })).toMatchObject({ field: 'filter.to' });
  });
});

describe('guests', () => {
  const ask = `query ($event: ID!, $occurrence: ID!, $r: [_Any!]!) {
    event(id: $event) { id } occurrence(id: $occurrence) { id } events { edges { node { id } } }
    occurrences { edges { node { id } } } _entities(representations: $r) { __typename } }`;

  test('see an event only from when it is published, and still when it is cancelled', async () => {
    const guest = newViewer('GUEST', viewer.organisationId);
    const event = await makeEvent(graph, viewer);
    const variables = {
      event: event.id,
      occurrence: event.occurrences[0].id,
      r: [
        { __typename: 'Event', id: event.id },
        { __typename: 'Occurrence', id: event.occurrences[0].id },
      ],
    };
    expect((await graph.query(guest, ask, variables)).data).toEqual({
      event: null,
      occurrence: null,
      events: { edges: [] },
      occurrences: { edges: [] },
      _entities: [null, null],
    });
    await publish(event.id);
    expect((await graph.query(guest, ask, variables)).data).toMatchObject({
      event: { id: event.id },
      occurrence: { id: event.occurrences[0].id },
      events: { edges: [{}] },
      occurrences: { edges: [{}] },
      _entities: [{ __typename: 'Event' }, { __typename: 'Occurrence' }],
    });
    await graph.query(viewer, 'mutation ($id: ID!) { cancelEvent(input: { id: $id }) { __typename } }', {
      id: event.id,
    });
    expect((await graph.query(guest, ask, variables)).data).toMatchObject({
      event: { id: event.id },
      occurrences: { edges: [] },
    });
  });

  test('and everyone of another organisation see nothing', async () => {
    const event = await makeEvent(graph, viewer);
    await publish(event.id);
    const variables = {
      event: event.id,
      occurrence: event.occurrences[0].id,
      r: [
        { __typename: 'Event', id: event.id },
        { __typename: 'Occurrence', id: event.occurrences[0].id },
        { __typename: 'Occurrence', id: 'nonsense' },
        { __typename: 'EventSeries', id: 'nonsense' },
      ],
    };
    const { data } = await graph.query(newViewer(), ask, variables);
    expect(data).toMatchObject({
      event: null,
      occurrence: null,
      events: { edges: [] },
      occurrences: { edges: [] },
    });
    expect(data._entities).toEqual([null, null, null, null]);
  });
});
