import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NewEvent } from '@marquee/contracts';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { decodeId, newUuid } from '@marquee/kernel';
import { connectMessaging, messagingMigrations, type Messaging, type Subscription } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import {
  FakeVenues,
  makeEvent,
  newViewer,
  serveTestGraph,
  type ServedGraph,
} from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { spaceHandlers } from '../spaces/on-space-changed.ts';
import { bookingHandlers } from './on-space-booking.ts';

const viewer = newViewer();
const fakeVenues = new FakeVenues();
let world: TestDatabase;
let log: TestDatabase;
let venues: Messaging;
let events: Messaging;
let subscriptions: Subscription[];
let graph: ServedGraph;

beforeAll(async () => {
  const nats = await testNats();
  world = await testDatabase({ name: 'events', migrations, entities });
  const logOnly = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
  log = await testDatabase({ name: 'venues-log', migrations: logOnly });
  venues = await connectMessaging({
    ...nats,
    service: 'venues',
    database: log.database,
    logger: silentLogger,
  });
  venues.startRelay();
  events = await connectMessaging({
    ...nats,
    service: 'events',
    database: world.database,
    logger: silentLogger,
  });
  subscriptions = [
    events.project({ name: 'spaces', events: spaceHandlers }),
    events.project({ name: 'space-bookings', events: bookingHandlers }),
  ];
  graph = await serveTestGraph(world.database, { venues: fakeVenues });
});
afterAll(async () => {
  await graph?.stop();
  await Promise.all([events?.drain(), venues?.drain()]);
  await Promise.all([world?.drop(), log?.drop()]);
});

async function say(aggregate: string, event: NewEvent): Promise<void> {
  await log.database.transaction(viewer, async (tx) => {
    await appendEvents(tx, { streamId: streamId(aggregate, newUuid()), events: [event] });
    tx.afterCommit(venues.wake);
  });
}

const statuses = async () => {
  const { data } = await graph.query(
    viewer,
    '{ occurrences { edges { node { startsAt spaceBookingStatus } } } }',
  );
  return data.occurrences.edges.map(
    (edge: { node: { spaceBookingStatus: string } }) => edge.node.spaceBookingStatus,
  );
};
const inLyon = async () => {
  const { data } = await graph.query(
    viewer,
    '{ occurrences(filter: { city: "lyon" }) { edges { node { id } } } }',
  );
  return data.occurrences.edges.length as number;
};

test('what venues says over JetStream is on the occurrence and in the filters, however often it is delivered', async () => {
  const spaceId = fakeVenues.addSpace(viewer);
  const space = decodeId('Space', spaceId)!;
  const event = await makeEvent(graph, viewer, { spaceId, recurrence: 'FREQ=WEEKLY;COUNT=2' });
  const [first, second] = event.occurrences.map(({ id }: { id: string }) => decodeId('Occurrence', id)!);
  const range = {
    startsAt: '2027-03-20T18:00:00.000Z',
    endsAt: '2027-03-20T20:00:00.000Z',
    revision: 1,
    spaceId: space,
  };
  await say('booking', {
    type: 'venues.space-booked.v1',
    data: { ...range, bookingId: newUuid(), occurrenceId: first },
  });
  await say('booking', {
    type: 'venues.space-booking-refused.v1',
    data: { ...range, occurrenceId: second, reason: 'CONFLICT', conflictingOccurrenceId: newUuid() },
  });
  await say('space', {
    type: 'venues.space-created.v1',
    data: {
      spaceId: space,
      venueId: newUuid(),
      name: 'Hall',
      capacity: 9,
      venueName: 'Halle',
      city: 'Lyon',
      timeZone: 'Europe/Paris',
    },
  });
  const hold = async () => {
    expect(await statuses()).toEqual(['BOOKED', 'CONFLICT']);
    expect(await inLyon()).toBe(2);
  };
  await eventually(hold);

  const handled = subscriptions.map((subscription) => subscription.status().handled);
  for (const subscription of subscriptions) await subscription.rebuild(async () => undefined);
  await eventually(() =>
    subscriptions.forEach((subscription, index) =>
      expect(subscription.status().handled).toBeGreaterThan(handled[index]!),
    ),
  );
  await eventually(hold);

  await say('booking', {
    type: 'venues.space-released.v1',
    data: { spaceId: space, occurrenceId: first, revision: 1 },
  });
  await eventually(async () => expect(await statuses()).toEqual(['RELEASED', 'CONFLICT']));
});
