import type { DomainEvent } from '@marquee/contracts';
import { logStart, readAll } from '@marquee/event-log';
import { encodeId, newUuid } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { scopesOf, type Role, type RunningSubgraph, type Viewer } from '@marquee/subgraph';
import { settledLog } from '@marquee/testkit';
import { askGraph, servedForTest, type GraphAnswer } from '@marquee/testkit/graph';
import type { Command } from './command.ts';
import { serveVenues } from './subgraph.ts';
import { createVenueDeletion } from './venues/delete-venue.ts';

export type TestGraph = {
  query(viewer: Viewer, document: string, variables?: object): Promise<GraphAnswer>;
  stop(): Promise<void>;
};

export function newViewer(role: Role = 'ORGANISER', organisationId = newUuid()): Viewer {
  return { subject: `user:${newUuid()}`, organisationId, role, scopes: scopesOf(role) };
}

/** The subgraph itself, over HTTP, with viewers signed as the gateway signs them. */
export async function serveTestGraph(
  database: Database,
  askTakenSeats: Command['askTakenSeats'] = async () => [],
): Promise<TestGraph> {
  const server: RunningSubgraph = await serveVenues({
    ...servedForTest(),
    database,
    onCommit: () => undefined,
    venueDeletion: createVenueDeletion(30),
    askTakenSeats,
  });
  return {
    query: askGraph(server.url),
    stop: () => server.drain(),
  };
}

export const venueInput = {
  name: 'Blue Hall',
  timeZone: 'Europe/Berlin',
  address: { line1: 'Main Street 1', city: 'Berlin', countryCode: 'DE' },
  location: { latitude: 52.5, longitude: 13.4 },
};

const createVenue = `mutation ($input: CreateVenueInput!) { createVenue(input: $input) {
  __typename ... on VenueCreated { venue { id name timeZone } } ... on Refusal { message } } }`;
const createSpace = `mutation ($input: CreateSpaceInput!) { createSpace(input: $input) {
  __typename ... on SpaceCreated { space { id name capacity venue { id } } } ... on Refusal { message } } }`;

export async function makeVenue(graph: TestGraph, viewer: Viewer, name = venueInput.name): Promise<string> {
  const { data } = await graph.query(viewer, createVenue, { input: { ...venueInput, name } });
  return data.createVenue.venue.id as string;
}

export async function makeSpace(
  graph: TestGraph,
  viewer: Viewer,
  {
    venueId,
    name = 'Great Hall',
    capacity = 1000,
  }: { venueId?: string; name?: string; capacity?: number } = {},
): Promise<string> {
  const input = { venueId: venueId ?? (await makeVenue(graph, viewer)), name, capacity };
  const { data } = await graph.query(viewer, createSpace, { input });
  return data.createSpace.space.id as string;
}

export const unknownId = (type: 'Venue' | 'Space' | 'SeatMap' | 'Occurrence'): string =>
  encodeId(type, newUuid());

/** What the log holds of an organisation, in order. */
export async function eventsOf(database: Database, organisationId: string): Promise<DomainEvent[]> {
  await settledLog(database);
  const all = await database.read(systemScope, (tx) => readAll(tx, logStart, 10_000));
  return all.map(({ event }) => event).filter((event) => event.organisationId === organisationId);
}
