import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLogger } from '@marquee/telemetry';
import { eventually, settledLog } from '@marquee/testkit';
import { connect as natsConnect } from 'nats';
import { openWorld, settled, type World } from './fixtures/open-world.test-support.ts';
import { upTo } from './fixtures/services.ts';
import { appendNumbered, released } from './fixtures/world.ts';
import { connectMessaging } from './index.ts';

let world: World;
let services: World['services'];

beforeEach(async () => {
  world = await openWorld();
  ({ services } = world);
});

afterEach(async () => {
  await world.close();
});

describe('messaging', () => {
  test('refuses what cannot be meant', async () => {
    const handlers = { 'tickets.hold-released.v1': async () => {} };
    services.project();
    expect(() => services.project()).toThrow('there is a subscription seats already');
    expect(() => services.analytics.project({ name: 'none', events: {} })).toThrow('handles no event');
    expect(() => services.analytics.project({ name: 'Bad.name', events: handlers })).toThrow(
      'not a subscription',
    );
    expect(() => services.analytics.work({ name: 'many', concurrency: 0, events: handlers })).toThrow(
      'must be 1 to 100',
    );
    services.tickets.startRelay();
    expect(() => services.tickets.startRelay()).toThrow('started already');
    const bare = await connectMessaging({ ...world.nats, service: 'bare', logger: silentLogger });
    expect(() => bare.startRelay()).toThrow('only with a database');
    await bare.drain();
    await expect(
      connectMessaging({ ...world.nats, namespace: 'a.b', service: 'x', logger: silentLogger }),
    ).rejects.toThrow('not a namespace');
  });

  test('loses nothing of what was committed before a drain', async () => {
    const seats = services.project();
    services.tickets.startRelay({ pollMs: 60_000 });
    await services.append(1, 20);
    await settled(seats, 20);
    // No wake-up: only the relay's last pass can have published these.
    await appendNumbered(world.source.database, {
      organisationId: services.organisationId,
      from: 21,
      to: 40,
    });
    await settledLog(world.source.database);
    await services.tickets.drain();
    await settled(seats, 40);
    expect(await services.numbersOf('seats')).toEqual(upTo(40));
    expect(services.tickets.health()).toMatchObject({
      connected: false,
      relay: { state: 'stopped', published: 40 },
    });
  });

  test('does not publish an event that is not of the service', async () => {
    const relay = services.analytics.startRelay();
    await appendNumbered(world.replica.database, { organisationId: services.organisationId, from: 1, to: 1 });
    await eventually(() => expect(relay.status()).toMatchObject({ state: 'failing', published: 0 }));
    expect(relay.status().lastError).toContain('does not belong into the log of analytics');
  });

  test('wakes the leading relay from another process', async () => {
    const seats = services.project();
    services.tickets.startRelay({ pollMs: 60_000 });
    await eventually(() => expect(services.tickets.health().relay?.state).toBe('leading'));
    const web = await services.connect('tickets', world.source.database);
    await eventually(() => web.ready());
    await appendNumbered(world.source.database, {
      organisationId: services.organisationId,
      from: 1,
      to: 1,
      onCommit: () => web.wake(),
    });
    await settled(seats, 1);
    await web.drain();
  });

  test('resolves with NATS away, and says that it is not ready', async () => {
    const lost = await connectMessaging({
      url: 'nats://127.0.0.1:9',
      service: 'tickets',
      database: world.source.database,
      logger: silentLogger,
    });
    const relay = lost.startRelay();
    lost.wake();
    lost.project({ name: 'seats', events: { 'tickets.hold-released.v1': async () => {} } });
    await expect(lost.ready()).rejects.toThrow('NATS is not connected');
    expect(lost.health()).toMatchObject({ connected: false, subscriptions: [{ name: 'seats', lag: null }] });
    await eventually(() => expect(relay.status().state).toBe('waiting'));
    await lost.drain();
  });

  test('makes a message that is no event a dead letter at once', async () => {
    services.tickets.startRelay();
    const seats = services.project();
    await services.append(1, 1);
    await settled(seats, 1);
    const connection = await natsConnect({ servers: world.nats.url });
    const subject = `${world.nats.namespace}.tickets.${services.organisationId}.hold-released.v1.hold-1`;
    await connection.jetstream().publish(subject, JSON.stringify({ ...released(9), data: { holdId: 7 } }));
    await connection.close();
    await eventually(async () => expect(await services.deadLetters()).toHaveLength(1));
    expect((await services.deadLetters())[0]).toMatchObject({
      organisation_id: services.organisationId,
      tries: 1,
    });
    await services.append(2, 2);
    await settled(seats, 2);
  });
});
