import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '@marquee/contracts';
import { measuring, type AnyInterceptor } from '@marquee/event-bus';
import { newUuid } from '@marquee/kernel';
import { createMetrics, currentCorrelation, silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import { openWorld, settled, type World } from './fixtures/open-world.test-support.ts';
import { upTo } from './fixtures/services.ts';
import { appendNumbered, effectsOf, noteEffect, type HoldReleased } from './fixtures/world.ts';
import { connectMessaging, type Messaging } from './index.ts';

let world: World;
let services: World['services'];
let extra: Messaging[] = [];

beforeEach(async () => {
  world = await openWorld();
  ({ services } = world);
  extra = [];
});

afterEach(async () => {
  await Promise.all(extra.map((messaging) => messaging.drain()));
  await world.close();
});

const connect = async (service: 'tickets' | 'analytics', interceptors: object) => {
  const { database } = service === 'tickets' ? world.source : world.replica;
  const messaging = await connectMessaging({
    ...world.nats,
    service,
    database,
    logger: silentLogger,
    interceptors,
  });
  extra.push(messaging);
  return messaging;
};
const noting = (name: string) => ({
  'tickets.hold-released.v1': (event: HoldReleased, tx: Parameters<typeof noteEffect>[0]) =>
    noteEffect(tx, name, event),
});
const quantityOf = (event: { readonly data: unknown }) => (event.data as { quantity: number }).quantity;

describe('an interceptor of publications', () => {
  test('stands around every event that the relay publishes, and may change it', async () => {
    const metrics = createMetrics();
    const doubling: AnyInterceptor = (event, next) =>
      next({ ...event, data: { ...(event.data as object), quantity: quantityOf(event) * 2 } });
    const tickets = await connect('tickets', { publish: [measuring(metrics, 'publish'), doubling] });
    tickets.startRelay();
    const seats = services.project();
    await services.append(1, 30);
    await settled(seats, 30);
    expect(await services.numbersOf('seats')).toEqual(upTo(30).map((number) => number * 2));
    expect(metrics.text()).toContain(
      'marquee_bus_events_total{outcome="ok",stage="publish",type="tickets.hold-released.v1"} 30',
    );
  });

  test('that leaves one out stops the relay: the stream is a copy of the log', async () => {
    const tickets = await connect('tickets', {
      publish: [
        async (event: { data: unknown }, next: () => Promise<void>) => {
          if (quantityOf(event) !== 2) await next();
        },
      ],
    });
    const relay = tickets.startRelay();
    await services.append(1, 3);
    await eventually(() => expect(relay.status()).toMatchObject({ state: 'failing', published: 0 }));
    expect(relay.status().lastError).toContain('left out an event');
    await eventually(() => expect(relay.status().oldestAgeMs).toBeGreaterThan(0));
  });
});

describe('an interceptor of handling', () => {
  for (const kind of ['project', 'work'] as const) {
    test(`stands around every handler, the service's outside the subscription's (${kind})`, async () => {
      const said: string[] = [];
      const saying =
        (name: string): AnyInterceptor =>
        async (event, next) => {
          said.push(`${name} ${quantityOf(event)} ${currentCorrelation()?.correlationId !== undefined}`);
          if (quantityOf(event) !== 2) await next();
        };
      const analytics = await connect('analytics', { handle: [saying('all')] });
      const options = { name: 'seats', events: noting('seats'), interceptors: [saying('own')] };
      const seats =
        kind === 'project' ? analytics.project(options) : analytics.work({ ...options, concurrency: 1 });
      services.tickets.startRelay();
      await services.append(1, 3);
      await settled(seats, 3);
      expect(said).toEqual(['all 1 true', 'own 1 true', 'all 2 true', 'all 3 true', 'own 3 true']);
      expect(await services.numbersOf('seats')).toEqual([1, 3]);
    });
  }

  test('that refuses an event makes a dead letter of it', async () => {
    const analytics = await connect('analytics', {
      handle: [
        async (event: { data: unknown }, next: () => Promise<void>) => {
          if (quantityOf(event) === 2) throw new Error('not this one');
          await next();
        },
      ],
    });
    const seats = analytics.project({ name: 'seats', events: noting('seats') });
    services.tickets.startRelay();
    await services.append(1, 3);
    await eventually(() => expect(seats.status()).toMatchObject({ lag: 0, handled: 2, deadLetters: 1 }));
    expect((await services.deadLetters())[0]).toMatchObject({ error: 'Error: not this one', tries: 5 });
  });
});

describe('a handler of many', () => {
  test('gets one organisation’s events of a transaction at once, in order, each with what was prepared', async () => {
    const other = newUuid();
    for (let number = 1; number <= 60; number++) {
      const organisationId = number % 2 ? services.organisationId : other;
      await appendNumbered(world.source.database, { organisationId, from: number, to: number });
    }
    const calls: number[] = [];
    const seats = services.analytics.project({
      name: 'seats',
      events: noting('seats'),
      prepare: async (event) => quantityOf(event),
      handleMany: async (events, tx, prepared) => {
        calls.push(events.length);
        expect(prepared).toEqual(events.map(quantityOf));
        expect(new Set(events.map((event) => event.organisationId))).toEqual(new Set([tx.organisationId]));
        for (const event of events) await noteEffect(tx, 'seats', event as HoldReleased);
      },
      interceptors: [(_event, next) => next()],
    });
    services.tickets.startRelay();
    await settled(seats, 60);
    const effects = await effectsOf(world.replica.database, 'seats');
    for (const [of, rest] of [
      [services.organisationId, 1],
      [other, 0],
    ] as const) {
      const own = effects.filter((effect) => effect.organisation_id === of).map((effect) => effect.number);
      expect(own).toEqual(upTo(60).filter((number) => number % 2 === rest));
    }
    expect(calls.length).toBeLessThan(60);
    expect(Math.max(...calls)).toBeGreaterThan(1);
  });

  test('that fails gives way to the handlers, which find the faulty event', async () => {
    const handle = (event: DomainEvent) => {
      if (quantityOf(event) === 7) throw new Error('seat 7 does not exist');
    };
    const seats = services.analytics.project({
      name: 'seats',
      events: {
        'tickets.hold-released.v1': async (event, tx) => {
          handle(event);
          await noteEffect(tx, 'seats', event);
        },
      },
      handleMany: async (events, tx) => {
        for (const event of events) {
          handle(event);
          await noteEffect(tx, 'seats', event as HoldReleased);
        }
      },
    });
    await services.append(1, 40, 40);
    services.tickets.startRelay();
    await eventually(() => expect(seats.status()).toMatchObject({ lag: 0, handled: 39, deadLetters: 1 }));
    expect(await services.numbersOf('seats')).toEqual(upTo(40).filter((number) => number !== 7));
  });
});

test('what is in hand, and how old it grows, shows while a handler does not get on', async () => {
  let open = () => {};
  const stuck = new Promise<void>((resolve) => (open = resolve));
  const seats = services.project(() => stuck);
  services.tickets.startRelay();
  await services.append(1, 3);
  await eventually(() => expect(seats.status().inFlight).toBeGreaterThan(0));
  const before = seats.status().oldestAgeMs;
  await eventually(() => expect(seats.status().oldestAgeMs).toBeGreaterThan(before));
  expect(services.metrics.text()).toMatch(
    /marquee_consumer_in_flight{source="tickets",subscription="seats"} [123]\n/,
  );
  expect(services.metrics.text()).toMatch(
    /marquee_consumer_oldest_seconds{source="tickets",subscription="seats"} 0?\.?\d/,
  );
  open();
  await settled(seats, 3);
  expect(seats.status()).toMatchObject({ inFlight: 0, oldestAgeMs: 0 });
});
