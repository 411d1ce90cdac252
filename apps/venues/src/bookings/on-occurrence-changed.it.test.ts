import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { NewEvent } from '@marquee/contracts';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { decodeId, newUuid } from '@marquee/kernel';
import { connectMessaging, messagingMigrations, type Messaging, type Subscription } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { entities } from '../entities.ts';
import { eventsOf, makeSpace, newViewer, serveTestGraph } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { occurrenceHandlers } from './on-occurrence-changed.ts';

const viewer = newViewer();
let world: TestDatabase;
let log: TestDatabase;
let events: Messaging;
let venues: Messaging;
let subscription: Subscription;

beforeAll(async () => {
  const nats = await testNats();
  world = await testDatabase({ name: 'venues', migrations, entities });
  const logOnly = [...platformMigrations, ...eventLogMigrations, ...messagingMigrations];
  log = await testDatabase({ name: 'events-log', migrations: logOnly });
  events = await connectMessaging({
    ...nats,
    service: 'events',
    database: log.database,
    logger: silentLogger,
  });
  events.startRelay();
  venues = await connectMessaging({
    ...nats,
    service: 'venues',
    database: world.database,
    logger: silentLogger,
  });
  subscription = venues.project({ name: 'space-bookings', events: occurrenceHandlers(venues.wake) });
});
afterAll(async () => {
  await Promise.all([events?.drain(), venues?.drain()]);
  await Promise.all([world?.drop(), log?.drop()]);
});

type Change = {
  type: 'scheduled' | 'rescheduled' | 'cancelled';
  occurrenceId: string;
  revision: number;
  from: number;
};

/** What events logs when an occurrence of two hours is planned, moved or cancelled. */
async function say(spaceId: string, { type, occurrenceId, revision, from }: Change): Promise<void> {
  const at = (hour: number) => new Date(Date.UTC(2027, 2, 20, hour)).toISOString();
  const event: NewEvent = {
    type: `events.occurrence-${type}.v1`,
    data: {
      occurrenceId,
      eventId: newUuid(),
      eventTitle: 'Concert',
      eventStatus: 'PUBLISHED',
      spaceId,
      startsAt: at(from),
      endsAt: at(from + 2),
      timeZone: 'Europe/Berlin',
      status: type === 'cancelled' ? 'CANCELLED' : 'SCHEDULED',
      revision,
    },
  };
  await log.database.transaction(viewer, async (tx) => {
    await appendEvents(tx, { streamId: streamId('occurrence', occurrenceId), events: [event] });
    tx.afterCommit(events.wake);
  });
}

async function bookings() {
  const rows = await world.database.read(viewer, (tx) =>
    tx.rows<{ occurrence: string; status: string; revision: number }>(
      'select occurrence_id as occurrence, status, revision from space_booking order by occurrence_id',
    ),
  );
  return new Map(rows.map(({ occurrence, status, revision }) => [occurrence, `${status} ${revision}`]));
}

test('occurrences over JetStream book, move and release their space once, however often they are delivered', async () => {
  const graph = await serveTestGraph(world.database);
  const spaceId = decodeId('Space', await makeSpace(graph, viewer))!;
  await graph.stop();
  const [first, second, third] = [newUuid(), newUuid(), newUuid()];
  await say(spaceId, { type: 'scheduled', occurrenceId: first, revision: 1, from: 18 });
  await say(spaceId, { type: 'scheduled', occurrenceId: second, revision: 1, from: 19 });
  await say(spaceId, { type: 'scheduled', occurrenceId: third, revision: 1, from: 8 });
  await say(spaceId, { type: 'rescheduled', occurrenceId: third, revision: 2, from: 10 });
  await say(spaceId, { type: 'cancelled', occurrenceId: first, revision: 2, from: 18 });
  const expected = new Map([
    [first, 'RELEASED 2'],
    [second, 'BOOKED 1'],
    [third, 'BOOKED 2'],
  ]);
  await eventually(async () => expect(await bookings()).toEqual(expected));
  const logged = await eventsOf(world.database, viewer.organisationId);
  expect(logged.slice(2).map(({ type }) => type.split('.')[1])).toEqual([
    'space-booked',
    'space-booking-refused',
    'space-booked',
    'space-booked',
    'space-released',
    'space-booked',
  ]);

  const handled = subscription.status().handled;
  await subscription.rebuild(async () => undefined);
  await eventually(() => expect(subscription.status().handled).toBeGreaterThanOrEqual(handled + 5));
  expect(await bookings()).toEqual(expected);
  expect(await eventsOf(world.database, viewer.organisationId)).toEqual(logged);
});
