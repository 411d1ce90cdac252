import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { DomainEvent } from '@marquee/contracts';
import { logStart, readAll, type LogPosition } from '@marquee/event-log';
import { encodeId, newUuid, type Clock } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { fakeClock, settledLog, testDatabase, type TestDatabase } from '@marquee/testkit';
import { askGraph, servedForTest, type GraphAnswer } from '@marquee/testkit/graph';
import { entities } from './entities.ts';
import { createEventDeletion } from './events/delete-event.ts';
import { migrations } from './migrations/index.ts';
import type { AskVenues, SpaceAnswer, SpaceQuestion } from './spaces/ask-venues.ts';
import type { SpaceFacts } from './spaces/space-replica.ts';
import { serveEvents } from './subgraph.ts';

/** What all tests take for now. */
export const now = new Date('2026-12-01T12:00:00Z');

/** Venues as a test wants it: which spaces there are, what is taken, and whether it answers. */
export class FakeVenues {
  readonly spaces = new Map<string, SpaceFacts>();
  readonly questions: SpaceQuestion[] = [];
  taken: { startsAt: Date; endsAt: Date }[] = [];
  answers = true;

  readonly ask: AskVenues = async (viewer, question): Promise<SpaceAnswer> => {
    this.questions.push(question);
    if (!this.answers) return { kind: 'unavailable' };
    const space = this.spaces.get(`${viewer.organisationId} ${question.spaceId}`);
    return space ? { kind: 'known', space, conflicts: this.taken } : { kind: 'unknown' };
  };

  /** Nothing is taken and nobody has asked; the spaces stay. */
  forget(): void {
    this.taken = [];
    this.answers = true;
    this.questions.length = 0;
  }

  /** A space of the viewer's organisation; answers its id on the wire. */
  addSpace(viewer: Viewer, facts: Partial<SpaceFacts> = {}): string {
    const spaceId = newUuid();
    this.spaces.set(`${viewer.organisationId} ${spaceId}`, {
      spaceId,
      venueId: newUuid(),
      name: 'Great Hall',
      capacity: 500,
      venueName: 'Blue House',
      city: 'Berlin',
      timeZone: 'Europe/Berlin',
      ...facts,
    });
    return encodeId('Space', spaceId);
  }
}

export function newViewer(role: Role = 'ORGANISER', organisationId = newUuid()): Viewer {
  return { subject: `user:${newUuid()}`, organisationId, role, scopes: scopesOf(role) };
}

export type TestGraph = {
  query(viewer: Viewer, document: string, variables?: object): Promise<GraphAnswer>;
};
export type ServedGraph = TestGraph & { stop(): Promise<void> };

/** The subgraph itself, over HTTP, with viewers signed as the gateway signs them. */
export async function serveTestGraph(
  database: Database,
  { venues = new FakeVenues(), clock = { now: () => now } }: { venues?: FakeVenues; clock?: Clock } = {},
): Promise<ServedGraph> {
  const server = await serveEvents({
    ...servedForTest(),
    database,
    clock,
    askVenues: venues.ask,
    eventDeletion: createEventDeletion(30),
    onCommit: () => undefined,
  });
  return {
    query: askGraph(server.url),
    stop: () => server.drain(),
  };
}

/** The subgraph with a database and venues of its own, for all tests of a file; each begins at `now`. */
export function graphForFile() {
  const [venues, clock] = [new FakeVenues(), fakeClock(now)];
  let world: TestDatabase | undefined;
  let graph: ServedGraph | undefined;
  beforeAll(async () => {
    world = await testDatabase({ name: 'events', migrations, entities });
    graph = await serveTestGraph(world.database, { venues, clock });
  });
  afterAll(async () => {
    await graph?.stop();
    await world?.drop();
  });
  beforeEach(() => {
    venues.forget();
    clock.set(now);
  });
  return {
    venues,
    clock,
    graph: { query: (...asked: Parameters<TestGraph['query']>) => graph!.query(...asked) },
    world: {
      get database() {
        return world!.database;
      },
      get ownerUrl() {
        return world!.ownerUrl;
      },
    },
  };
}

/** What the log holds of an organisation, in order. */
export async function eventsOf(database: Database, organisationId: string): Promise<DomainEvent[]> {
  await settledLog(database);
  const found: DomainEvent[] = [];
  let after: LogPosition = logStart;
  for (;;) {
    const page = await database.read(systemScope, (tx) => readAll(tx, after, 1_000));
    found.push(...page.map(({ event }) => event).filter((event) => event.organisationId === organisationId));
    if (page.length < 1_000) return found;
    after = page.at(-1)!.position;
  }
}

export const eventInput = {
  idempotencyKey: 'first',
  title: 'Spring Concert',
  description: 'An evening of strings.',
  timeZone: 'Europe/Berlin',
  startsAtLocal: '2027-03-20T19:00',
  durationMinutes: 120,
};

export const createDocument = `mutation CreateEvent($input: CreateEventInput!) { createEvent(input: $input) {
  __typename
  ... on EventCreated { event { id title status timeZone recurrence { rule materialisedUntil }
    occurrences(first: 50) { edges { node { id startsAt endsAt startsAtLocal timeZone status spaceBookingStatus revision } }
      pageInfo { hasNextPage endCursor } } } }
  ... on InvalidInput { field } ... on PastDate { field } ... on SpaceConflict { startsAt }
  ... on Refusal { message } } }`;

/** The event that a CreateEvent with these changes makes. */
export async function makeEvent(graph: TestGraph, viewer: Viewer, change: object = {}) {
  const input = { ...eventInput, idempotencyKey: newUuid(), ...change };
  const { data, errors } = await graph.query(viewer, createDocument, { input });
  if (errors || data.createEvent.__typename !== 'EventCreated')
    throw new Error(JSON.stringify({ data, errors }));
  const { event } = data.createEvent;
  return { ...event, occurrences: event.occurrences.edges.map((edge: { node: object }) => edge.node) };
}

export const unknownId = (type: 'Event' | 'Occurrence' | 'Space' | 'EventSeries'): string =>
  encodeId(type, newUuid());
