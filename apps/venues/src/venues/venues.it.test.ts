import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import {
  eventsOf,
  makeSpace,
  makeVenue,
  newViewer,
  serveTestGraph,
  unknownId,
  venueInput,
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

const create = `mutation ($input: CreateVenueInput!) { createVenue(input: $input) {
  __typename
  ... on VenueCreated { venue { id name timeZone address { line1 city countryCode } location { latitude longitude } } }
  ... on InvalidInput { field message }
  ... on Refusal { message } } }`;
const createSpace = `mutation ($input: CreateSpaceInput!) { createSpace(input: $input) {
  __typename ... on SpaceCreated { space { id name capacity venue { id } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
const list = `query ($first: Int, $after: String, $filter: VenueFilter) {
  venues(first: $first, after: $after, filter: $filter) {
    edges { cursor node { id name spaces(first: 5) { edges { node { id name } } } } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } }`;

async function eventTypes(organisationId: string): Promise<string[]> {
  return (await eventsOf(world.database, organisationId)).map(({ type }) => type);
}

describe('createVenue', () => {
  test('makes the venue and says so in the log, in one step', async () => {
    const viewer = newViewer();
    const { data } = await graph.query(viewer, create, { input: venueInput });
    expect(data.createVenue).toMatchObject({ __typename: 'VenueCreated', venue: venueInput });
    expect(await eventTypes(viewer.organisationId)).toEqual(['venues.venue-created.v1']);
  });

  test('answers the same venue when the same key comes again, and refuses the key for another request', async () => {
    const viewer = newViewer();
    const input = { ...venueInput, idempotencyKey: 'once' };
    const first = await graph.query(viewer, create, { input });
    const second = await graph.query(viewer, create, { input });
    expect(second.data.createVenue.venue.id).toBe(first.data.createVenue.venue.id);
    const other = await graph.query(viewer, create, { input: { ...input, name: 'Red Hall' } });
    expect(other.data.createVenue.__typename).toBe('IdempotencyConflict');
    expect(await eventTypes(viewer.organisationId)).toHaveLength(1);
  });

  test('makes one venue when the same key comes twenty times at once', async () => {
    const viewer = newViewer();
    const input = { ...venueInput, idempotencyKey: 'at once' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => graph.query(viewer, create, { input })),
    );
    expect(new Set(answers.map(({ data }) => data.createVenue.venue.id)).size).toBe(1);
    expect(await eventTypes(viewer.organisationId)).toHaveLength(1);
  });

  test.each([
    ['name', { name: '  ' }],
    ['name', { name: 'x'.repeat(1_000_000) }],
    ['name', { name: 'nul\u0000' }],
    ['timeZone', { timeZone: 'Europe/Atlantis' }],
    ['timeZone', { timeZone: '+01:00' }],
    ['address.city', { address: { ...venueInput.address, city: '' } }],
    ['address.countryCode', { address: { ...venueInput.address, countryCode: 'XX' } }],
    ['location.latitude', { location: { latitude: 90.5, longitude: 0 } }],
    ['location.longitude', { location: { latitude: 0, longitude: -181 } }],
    ['idempotencyKey', { idempotencyKey: 'k'.repeat(201) }],
  ])('refuses a bad %s by name and writes nothing', async (field, change) => {
    const viewer = newViewer();
    const { data } = await graph.query(viewer, create, { input: { ...venueInput, ...change } });
    expect(data.createVenue).toMatchObject({ __typename: 'InvalidInput', field });
    expect(await eventTypes(viewer.organisationId)).toEqual([]);
  });

  test('is not for guests', async () => {
    const { errors } = await graph.query(newViewer('GUEST'), create, { input: venueInput });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });
});

describe('createSpace', () => {
  test('makes the space of a venue', async () => {
    const viewer = newViewer();
    const venueId = await makeVenue(graph, viewer);
    const { data } = await graph.query(viewer, createSpace, {
      input: { venueId, name: 'Studio', capacity: 80 },
    });
    expect(data.createSpace.space).toMatchObject({ name: 'Studio', capacity: 80, venue: { id: venueId } });
    expect(await eventTypes(viewer.organisationId)).toContain('venues.space-created.v1');
  });

  test('does not find an unknown venue, nor one of another organisation', async () => {
    const foreign = await makeVenue(graph, newViewer());
    const viewer = newViewer();
    for (const venueId of [unknownId('Venue'), foreign]) {
      const { data } = await graph.query(viewer, createSpace, {
        input: { venueId, name: 'Studio', capacity: 80 },
      });
      expect(data.createSpace.__typename).toBe('NotFound');
    }
    expect(await eventTypes(viewer.organisationId)).toEqual([]);
  });

  test.each([
    ['venueId', { venueId: 'ven_1' }],
    ['venueId', { venueId: unknownId('Space') }],
    ['capacity', { capacity: 0 }],
    ['capacity', { capacity: -5 }],
    ['capacity', { capacity: 1_000_001 }],
    ['name', { name: '' }],
  ])('refuses a bad %s by name', async (field, change) => {
    const input = { venueId: unknownId('Venue'), name: 'Studio', capacity: 80, ...change };
    const { data } = await graph.query(newViewer(), createSpace, { input });
    expect(data.createSpace).toMatchObject({ __typename: 'InvalidInput', field });
  });
});

describe('venues', () => {
  test('come by name, page after page, without one twice or left out', async () => {
    const viewer = newViewer();
    const names = ['Echo', 'Alpha', 'Delta', 'Alpha', 'Bravo'];
    for (const name of names) await makeVenue(graph, viewer, name);
    const seen: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { data } = await graph.query(viewer, list, { first: 2, after });
      seen.push(...data.venues.edges.map((edge: { node: { name: string } }) => edge.node.name));
      expect(data.venues.pageInfo.hasPreviousPage).toBe(after !== null);
      after = data.venues.pageInfo.endCursor;
      if (!data.venues.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(names.toSorted());
  });

  test('are filtered by part of the name, city and country', async () => {
    const viewer = newViewer();
    await makeVenue(graph, viewer, 'Blue Hall');
    await makeVenue(graph, viewer, 'Red Barn');
    const count = async (filter: object) =>
      (await graph.query(viewer, list, { first: 10, filter })).data.venues.edges.length;
    expect(await count({ text: 'hALL' })).toBe(1);
    expect(await count({ text: '%' })).toBe(0);
    expect(await count({ city: 'berlin' })).toBe(2);
    expect(await count({ countryCode: 'FR' })).toBe(0);
  });

  test('read all their spaces in one statement', async () => {
    const viewer = newViewer();
    for (let venue = 0; venue < 8; venue++) {
      const venueId = await makeVenue(graph, viewer, `Venue ${venue}`);
      await makeSpace(graph, viewer, { venueId, name: 'One' });
      await makeSpace(graph, viewer, { venueId, name: 'Two' });
    }
    const statements: string[] = [];
    const stop = world.database.observe((sql) => statements.push(sql));
    const { data } = await graph.query(viewer, list, { first: 50 });
    stop();
    expect(data.venues.edges).toHaveLength(8);
    expect(data.venues.edges[3].node.spaces.edges).toHaveLength(2);
    expect(statements).toHaveLength(2);
  });

  test.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['after', { after: 'bm90IGEgY3Vyc29y' }],
    ['filter.countryCode', { filter: { countryCode: 'germany' } }],
  ])('name a bad %s', async (field, variables) => {
    const { errors } = await graph.query(newViewer(), list, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });
});

describe('one organisation and another', () => {
  test('see nothing of each other by id, list or reference', async () => {
    const owner = newViewer();
    const stranger = newViewer();
    const venueId = await makeVenue(graph, owner);
    const spaceId = await makeSpace(graph, owner, { venueId });
    const ask = `query ($venue: ID!, $space: ID!, $representations: [_Any!]!) {
      venue(id: $venue) { id } space(id: $space) { id } venues { edges { node { id } } } spaces { edges { node { id } } }
      _entities(representations: $representations) { __typename } }`;
    const variables = {
      venue: venueId,
      space: spaceId,
      representations: [
        { __typename: 'Venue', id: venueId },
        { __typename: 'Space', id: spaceId },
        { __typename: 'Venue', id: 'nonsense' },
      ],
    };
    const own = await graph.query(owner, ask, variables);
    expect(own.data).toMatchObject({ venue: { id: venueId }, space: { id: spaceId } });
    expect(own.data._entities).toEqual([{ __typename: 'Venue' }, { __typename: 'Space' }, null]);
    const foreign = await graph.query(stranger, ask, variables);
    expect(foreign.data).toEqual({
      venue: null,
      space: null,
      venues: { edges: [] },
      spaces: { edges: [] },
      _entities: [null, null, null],
    });
  });
});
