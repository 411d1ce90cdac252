import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { eventLogMigrations } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { platformMigrations } from '@marquee/postgres';
import { createMetrics, silentLogger, type Metrics } from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import { appendNumbered, effectMigrations, effectsOf, faultsOf, noteEffect } from './fixtures/world.ts';
import { connectMessaging, messagingMigrations, type Messaging } from './index.ts';

jest.setTimeout(60_000);

const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  ...effectMigrations,
];

let source: TestDatabase;
let replica: TestDatabase;
let tickets: Messaging;
let analytics: Messaging;
let metrics: Metrics;
let nats: { readonly url: string; readonly namespace: string };
const organisationId = newUuid();

beforeEach(async () => {
  [source, replica, nats] = await Promise.all([
    testDatabase({ name: 'tickets', migrations }),
    testDatabase({ name: 'tickets', migrations }),
    testNats(),
  ]);
  metrics = createMetrics();
  tickets = await connectMessaging({
    ...nats,
    service: 'tickets',
    database: source.database,
    logger: silentLogger,
  });
  analytics = await connectMessaging({
    ...nats,
    service: 'analytics',
    database: replica.database,
    logger: silentLogger,
    metrics,
  });
});

afterEach(async () => {
  await Promise.all([tickets.drain(), analytics.drain()]);
  await Promise.all([source.drop(), replica.drop()]);
});

const append = (from: number, to: number, batch = 50) =>
  appendNumbered(source.database, { organisationId, from, to, batch, onCommit: tickets.wake.bind(tickets) });

describe('a projection', () => {
  test('handles every event of a source once and in order', async () => {
    const subscription = analytics.project({
      name: 'seats',
      events: { 'tickets.hold-released.v1': (event, tx) => noteEffect(tx, 'seats', event) },
    });
    await append(1, 700, 7);
    tickets.startRelay();
    await append(701, 1500, 7);
    await eventually(async () => {
      expect(subscription.status()).toMatchObject({ state: 'running', lag: 0, handled: 1500 });
    });
    const effects = await effectsOf(replica.database, 'seats');
    expect(effects.map((effect) => effect.number)).toEqual(
      Array.from({ length: 1500 }, (_, index) => index + 1),
    );
    expect(faultsOf(effects, 1500)).toEqual([]);
  });
});
