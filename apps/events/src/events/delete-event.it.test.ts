import { beforeEach, describe, expect, test } from '@jest/globals';
import { questions } from '@marquee/contracts';
import { decodeId, newUuid } from '@marquee/kernel';
import { connectMessaging } from '@marquee/messaging';
import { systemScope, withDeleted, type Database } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { silentLogger } from '@marquee/telemetry';
import { interleave, testNats, withoutLocks } from '@marquee/testkit';
import { internalSecret } from '@marquee/testkit/graph';
import { eventsOf, makeEvent, newViewer, graphForFile } from '../harness.test-support.ts';
import { spaceHandlers } from '../spaces/on-space-changed.ts';
import { createEventDeletion, deleteEvent, purgeEvent } from './delete-event.ts';
import { publishEvent } from './publish-event.ts';
import { tellKnownEvents } from './tell-known-events.ts';

const { graph, venues, clock, world } = graphForFile();
let viewer: Viewer;
beforeEach(() => {
  viewer = newViewer();
});

const deletion = `mutation ($id: ID!) { result: deleteEvent(id: $id) { __typename
  ... on EventDeleted { deleted { id name } } ... on EventOnSale { occurrencesToCome } ... on Refusal { message } } }`;
const restoration = `mutation ($id: ID!) { result: restoreEvent(id: $id) { __typename
  ... on EventRestored { event { id occurrences { edges { node { spaceId spaceBookingStatus } } } } }
  ... on Refusal { message } } }`;
const publication = `mutation ($id: ID!) { result: publishEvent(id: $id) { __typename } }`;
const everywhere = `query ($id: ID!, $occurrence: ID!, $things: [_Any!]!) {
  event(id: $id) { id } occurrence(id: $occurrence) { id }
  events { edges { node { id } } } occurrences { edges { node { id } } }
  _entities(representations: $things) { __typename }
  deletedEvents { edges { node { id name } } } }`;

const run = async (document: string, id: string, who = viewer) => {
  const { data, errors } = await graph.query(who, document, { id });
  if (errors) throw new Error(JSON.stringify(errors));
  return data.result;
};
const seen = async (event: { id: string; occurrences: { id: string }[] }) => {
  const occurrence = event.occurrences[0]!.id;
  const things = [
    { __typename: 'Event', id: event.id },
    { __typename: 'Occurrence', id: occurrence },
  ];
  return (await graph.query(viewer, everywhere, { id: event.id, occurrence, things })).data;
};
const logged = async () =>
  (await eventsOf(world.database, viewer.organisationId)).map(({ type }) => type.split('.')[1]);

describe('a deleted event', () => {
  test('is seen nowhere, with its occurrences, and stands among what can be restored', async () => {
    const event = await makeEvent(graph, viewer);
    const deleted = await run(deletion, event.id);
    expect(deleted).toEqual({
      __typename: 'EventDeleted',
      deleted: { id: event.id, name: 'Spring Concert' },
    });
    expect(await seen(event)).toEqual({
      event: null,
      occurrence: null,
      events: { edges: [] },
      occurrences: { edges: [] },
      _entities: [null, null],
      deletedEvents: { edges: [{ node: { id: event.id, name: 'Spring Concert' } }] },
    });
    expect((await run(publication, event.id)).__typename).toBe('NotFound');
    expect(await run(deletion, event.id)).toEqual(deleted);
    expect((await logged()).filter((type) => type === 'event-deleted')).toHaveLength(1);
  });

  test('gives up its space while it is gone, and asks for it again when it comes back', async () => {
    const spaceId = venues.addSpace(viewer);
    const event = await makeEvent(graph, viewer, { spaceId });
    await run(deletion, event.id);
    await run(restoration, event.id);
    const back = await run(restoration, event.id);
    expect(back.event.occurrences.edges).toEqual([{ node: { spaceId, spaceBookingStatus: 'PENDING' } }]);
    const moves = (await eventsOf(world.database, viewer.organisationId)).flatMap(({ type, data }) =>
      type === 'events.occurrence-rescheduled.v1' ? [(data as { spaceId: string | null }).spaceId] : [],
    );
    expect(moves).toEqual([null, decodeId('Space', spaceId)]);
    expect((await logged()).slice(-4)).toEqual([
      'event-deleted',
      'occurrence-rescheduled',
      'event-restored',
      'occurrence-rescheduled',
    ]);
  });

  test('is of its organisation, and of those who plan its events', async () => {
    const event = await makeEvent(graph, viewer);
    for (const document of [deletion, restoration])
      expect((await run(document, event.id, newViewer())).__typename).toBe('NotFound');
    const { errors } = await graph.query(newViewer('GUEST', viewer.organisationId), deletion, {
      id: event.id,
    });
    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  test('is none of the events that other services are told the organisation has', async () => {
    const nats = await testNats();
    const join = (service: string) =>
      connectMessaging({ ...nats, service, internalSecret, logger: silentLogger });
    const [events, identity] = [await join('events'), await join('identity')];
    try {
      tellKnownEvents(events, world.database);
      const [draft, deleted] = [await makeEvent(graph, viewer), await makeEvent(graph, viewer)];
      const foreign = await makeEvent(graph, newViewer());
      await run(deletion, deleted.id);
      const eventIds = [draft, deleted, foreign].map(({ id }) => decodeId('Event', id)!);
      const known = async () =>
        identity.ask(questions.knownEvents, { eventIds: [...eventIds, newUuid()] }, viewer);
      expect(await known()).toEqual({ eventIds: [eventIds[0]] });
      await run(restoration, deleted.id);
      expect((await known()).eventIds.toSorted()).toEqual(eventIds.slice(0, 2).toSorted());
    } finally {
      await Promise.all([events.drain(), identity.drain()]);
    }
  });

  test('is brought back, too, by a member whose rights end at this event', async () => {
    const event = await makeEvent(graph, viewer);
    const confined = { ...viewer, eventIds: [decodeId('Event', event.id)!] };
    await run(deletion, event.id, confined);
    expect((await run(restoration, event.id, confined)).__typename).toBe('EventRestored');
  });
});

describe('an event on sale', () => {
  test('is not deleted before it is cancelled, and is when it is over', async () => {
    const event = await makeEvent(graph, viewer);
    await run(publication, event.id);
    expect(await run(deletion, event.id)).toEqual({
      __typename: 'EventOnSale',
      occurrencesToCome: 1,
      message: 'The event is published, with one occurrence to come: cancel it first.',
    });
    clock.set(new Date('2027-03-20T19:30:00Z'));
    expect((await run(deletion, event.id)).__typename).toBe('EventOnSale');
    clock.set(new Date('2027-03-21T00:00:00Z'));
    expect((await run(deletion, event.id)).__typename).toBe('EventDeleted');
  });

  const command = (database: Database) => ({
    database,
    viewer,
    clock,
    askVenues: venues.ask,
    eventDeletion: createEventDeletion(30),
    onCommit: () => undefined,
  });
  const atOnce = async (remove: (database: Database) => Database) => {
    const id = decodeId('Event', (await makeEvent(graph, viewer)).id)!;
    const [published, deleted] = await interleave(
      world.database,
      viewer,
      (held) => publishEvent(command(held), id),
      (free) => deleteEvent(command(remove(free)), id),
    );
    return { published: published.ok, deleted: deleted.ok };
  };

  test('is kept when it is published and deleted at once', async () => {
    expect(await atOnce((database) => database)).toEqual({ published: true, deleted: false });
  });

  test('without the lock it would be gone with what is to come', async () => {
    expect(await atOnce(withoutLocks)).toEqual({ published: true, deleted: true });
  });
});

test('after the retention it is purged with its occurrences', async () => {
  const event = await makeEvent(graph, viewer);
  await run(deletion, event.id);
  await world.database.transaction(viewer, (tx) =>
    withDeleted(tx, () => tx.execute("update event set deleted_at = deleted_at - interval '31 days'")),
  );
  expect((await run(restoration, event.id)).__typename).toBe('NotFound');
  expect((await seen(event)).deletedEvents.edges).toEqual([]);
  const purged = await createEventDeletion(30).purgeDue(world.database, purgeEvent, (error) => {
    throw error;
  });
  expect(purged).toBe(1);
  expect((await logged()).at(-1)).toBe('event-purged');
  const left = await world.database.read(systemScope, (tx) =>
    withDeleted(tx, () =>
      tx.rows(
        `select 1 from event where organisation_id = $1 union all select 1 from occurrence where organisation_id = $1`,
        [viewer.organisationId],
      ),
    ),
  );
  expect(left).toEqual([]);
});

test('searches by city follow the venue as it is deleted, restored and purged', async () => {
  const spaceId = venues.addSpace(viewer, { city: 'Graz' });
  await makeEvent(graph, viewer, { spaceId });
  const [space] = [...venues.spaces.values()].slice(-1);
  const inGraz = async () =>
    (await graph.query(viewer, `{ occurrences(filter: { city: "Graz" }) { edges { node { id } } } }`)).data
      .occurrences.edges.length;
  const hear = (type: keyof typeof spaceHandlers) =>
    world.database.transaction(viewer, async (tx) => {
      const handle = spaceHandlers[type] as (event: object, tx: unknown) => Promise<void>;
      await handle({ data: { venueId: space!.venueId } }, tx);
    });
  expect(await inGraz()).toBe(1);
  for (const [type, found] of [
    ['venues.venue-deleted.v1', 0],
    ['venues.venue-restored.v1', 1],
    ['venues.venue-purged.v1', 0],
  ] as const) {
    await hear(type);
    expect(await inGraz()).toBe(found);
  }
});
