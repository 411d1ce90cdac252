import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope } from '@marquee/postgres';
import {
  createMetrics,
  currentCorrelation,
  runWithCorrelation,
  silentLogger,
  type Metrics,
} from '@marquee/telemetry';
import { eventually, testDatabase, testNats, type TestDatabase } from '@marquee/testkit';
import {
  appendNumbered,
  effectMigrations,
  effectsOf,
  faultsOf,
  noteEffect,
  released,
  type HoldReleased,
} from './fixtures/world.ts';
import { connectMessaging, messagingMigrations, type Messaging, type Subscription } from './index.ts';

jest.setTimeout(20_000);

const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  ...effectMigrations,
];
const organisationId = newUuid();

let source: TestDatabase;
let replica: TestDatabase;
let tickets: Messaging;
let analytics: Messaging;
let metrics: Metrics;
let nats: { readonly url: string; readonly namespace: string };

const connect = (service: string, { database }: TestDatabase) =>
  connectMessaging({ ...nats, service, database, logger: silentLogger, metrics });

beforeEach(async () => {
  [source, replica, nats] = await Promise.all([
    testDatabase({ name: 'tickets', migrations }),
    testDatabase({ name: 'tickets', migrations }),
    testNats(),
  ]);
  metrics = createMetrics();
  tickets = await connect('tickets', source);
  analytics = await connect('analytics', replica);
});

afterEach(async () => {
  await Promise.all([tickets.drain(), analytics.drain()]);
  await Promise.all([source.drop(), replica.drop()]);
});

const append = (from: number, to: number, batch = 50) =>
  appendNumbered(source.database, { organisationId, from, to, batch, onCommit: () => tickets.wake() });
const numbersOf = async (subscription: string) =>
  (await effectsOf(replica.database, subscription)).map((effect) => effect.number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const settled = (subscription: Subscription, handled: number) =>
  eventually(() => expect(subscription.status()).toMatchObject({ state: 'running', lag: 0, handled }));
const projectSeats = (handler?: (event: HoldReleased) => Promise<void> | void) =>
  analytics.project({
    name: 'seats',
    events: {
      'tickets.hold-released.v1': async (event, tx) => {
        await noteEffect(tx, 'seats', event);
        await handler?.(event);
      },
    },
  });
const deadLetters = () =>
  replica.database.read(systemScope, (tx) =>
    tx.rows<{ message_id: string; error: string; tries: number; organisation_id: string; payload: string }>(
      'select * from dead_letter order by failed_at',
    ),
  );

describe('a projection', () => {
  test('handles every event of a source once and in order, history and news alike', async () => {
    const seats = projectSeats();
    await append(1, 700, 7);
    tickets.startRelay();
    await append(701, 1500, 7);
    await settled(seats, 1500);
    expect(await numbersOf('seats')).toEqual(upTo(1500));
  });

  test('waits for a source whose stream does not exist yet', async () => {
    const seats = projectSeats();
    await eventually(() => expect(seats.status()).toMatchObject({ state: 'waiting', lag: null }));
    tickets.startRelay();
    await append(1, 3);
    await settled(seats, 3);
  });

  test('handles events in the scope of their own organisation', async () => {
    const other = newUuid();
    tickets.startRelay();
    const seats = projectSeats();
    for (let round = 0; round < 10; round++) {
      await append(2 * round + 1, 2 * round + 1);
      await appendNumbered(source.database, {
        organisationId: other,
        from: 2 * round + 2,
        to: 2 * round + 2,
      });
    }
    await settled(seats, 20);
    const effects = await effectsOf(replica.database, 'seats');
    expect(effects.map((effect) => effect.number)).toEqual(upTo(20));
    expect(effects.map((effect) => effect.organisation_id === other)).toEqual(
      upTo(20).map((n) => n % 2 === 0),
    );
  });

  test('does nothing twice when the checkpoint was not the last to know', async () => {
    tickets.startRelay();
    const first = projectSeats();
    await append(1, 100);
    await settled(first, 100);
    await first.stop();
    // As after a stream that was seeded anew: the sequence says nothing, the position everything.
    await replica.database.transaction(systemScope, (tx) =>
      tx.rows(`update messaging_checkpoint set stream_sequence = 7 where subscription = 'seats'`),
    );
    await analytics.drain();
    analytics = await connect('analytics', replica);
    const second = projectSeats();
    await append(101, 150);
    await settled(second, 50);
    expect(await numbersOf('seats')).toEqual(upTo(150));
    expect(metrics.text()).toContain(
      'marquee_consumer_skipped_total{source="tickets",subscription="seats"} 100',
    );
  });

  test('restores the correlation of the event, and hands it on to what the handler appends', async () => {
    const seen: unknown[] = [];
    const seats = projectSeats(() => void seen.push(currentCorrelation()));
    tickets.startRelay();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const correlation = { correlationId: 'door-7', actor: 'acc_müller', traceparent };
    await runWithCorrelation(correlation, () => append(1, 1));
    await settled(seats, 1);
    expect(seen).toEqual([correlation]);
    expect((await effectsOf(replica.database, 'seats'))[0]).toMatchObject({ correlation_id: 'door-7' });
  });

  test('gives a poison event up after five tries, keeps it with its error, and goes on', async () => {
    const tries: number[] = [];
    let cured = false;
    const seats = projectSeats(({ data }) => {
      if (data.quantity !== 5 || cured) return;
      tries.push(data.quantity);
      throw new Error('seat 5 does not exist', { cause: new Error('no such row') });
    });
    tickets.startRelay();
    await append(1, 20, 20);
    await eventually(() => expect(seats.status()).toMatchObject({ lag: 0, handled: 19, deadLetters: 1 }));
    expect(await numbersOf('seats')).toEqual(upTo(20).filter((number) => number !== 5));
    const [letter] = await deadLetters();
    expect(letter).toMatchObject({ tries: 5, organisation_id: organisationId });
    expect(letter!.error).toBe('Error: seat 5 does not exist; caused by Error: no such row');
    // Five by itself, and the first time in one transaction with the others.
    expect(tries).toHaveLength(6);

    await expect(seats.retryDeadLetter(letter!.message_id)).rejects.toThrow('seat 5 does not exist');
    expect(await deadLetters()).toHaveLength(1);
    cured = true;
    expect(await seats.retryDeadLetter(letter!.message_id)).toBe(true);
    expect(await seats.retryDeadLetter(letter!.message_id)).toBe(false);
    expect(faultsOf(await effectsOf(replica.database, 'seats'), 20)).toEqual([]);
    expect(await deadLetters()).toEqual([]);
  });

  test('does not give up on an event while a peer that it needs does not answer', async () => {
    let asked = 0;
    const seats = analytics.project({
      name: 'seats',
      prepare: async (event) => {
        if (++asked < 8)
          throw Object.assign(new Error('guests: no answer'), { name: 'OutboundUnavailableError' });
        return `prepared ${event.streamId}`;
      },
      events: {
        'tickets.hold-released.v1': async (event, tx, prepared) => {
          expect(prepared).toBe(`prepared ${event.streamId}`);
          await noteEffect(tx, 'seats', event);
        },
      },
    });
    tickets.startRelay();
    await append(1, 1);
    await settled(seats, 1);
    expect(await deadLetters()).toEqual([]);
  });

  test('is rebuilt from zero', async () => {
    tickets.startRelay();
    const seats = projectSeats();
    await append(1, 120);
    await settled(seats, 120);
    await seats.rebuild(
      async (tx) => void (await tx.execute(`delete from effect where subscription = 'seats'`)),
    );
    await append(121, 130);
    await settled(seats, 250);
    expect(await numbersOf('seats')).toEqual(upTo(130));
  });

  test('keeps what is there when clearing for a rebuild fails', async () => {
    tickets.startRelay();
    const seats = projectSeats();
    await append(1, 10);
    await settled(seats, 10);
    await expect(seats.rebuild(() => Promise.reject(new Error('cannot clear')))).rejects.toThrow(
      'cannot clear',
    );
    await append(11, 12);
    await settled(seats, 12);
    expect(await numbersOf('seats')).toEqual(upTo(12));
  });

  test('is active in one of two processes, and the other takes over', async () => {
    tickets.startRelay();
    const first = projectSeats();
    await append(1, 10);
    await settled(first, 10);
    const standby = await connect('analytics', replica);
    const second = standby.project({
      name: 'seats',
      events: { 'tickets.hold-released.v1': (event, tx) => noteEffect(tx, 'seats', event) },
    });
    await append(11, 20);
    await settled(first, 20);
    expect(second.status()).toMatchObject({ state: 'standby', handled: 0 });
    await first.stop();
    await append(21, 30);
    await settled(second, 10);
    await standby.drain();
    expect(await numbersOf('seats')).toEqual(upTo(30));
  });

  test('learns within seconds of a rebuild in another process', async () => {
    tickets.startRelay();
    const first = projectSeats();
    await append(1, 10);
    await settled(first, 10);
    const other = await connect('analytics', replica);
    const second = other.project({ name: 'seats', events: { 'tickets.hold-released.v1': async () => {} } });
    await second.rebuild(async (tx) => void (await tx.execute('delete from effect')));
    await settled(first, 20);
    await other.drain();
    expect(await numbersOf('seats')).toEqual(upTo(10));
  });

  test('reads several sources, one handler at a time', async () => {
    const venuesLog = await testDatabase({ name: 'tickets', migrations });
    const venues = await connect('venues', venuesLog);
    let running = 0;
    const seen: string[] = [];
    const handler = async ({ type }: { readonly type: string }) => {
      expect(++running).toBe(1);
      await new Promise(setImmediate);
      seen.push(type);
      running -= 1;
    };
    const both = analytics.project({
      name: 'both',
      events: { 'tickets.hold-released.v1': handler, 'venues.space-released.v1': handler },
    });
    tickets.startRelay();
    await append(1, 30, 3);
    await eventually(() => expect(both.status().handled).toBe(30));
    expect(both.status().lag).toBeNull();
    venues.startRelay();
    const spaceId = newUuid();
    for (let round = 0; round < 10; round++) {
      await venuesLog.database.transaction({ organisationId }, (tx) =>
        appendEvents(tx, {
          streamId: streamId('space', spaceId),
          events: [
            { type: 'venues.space-released.v1', data: { spaceId, occurrenceId: newUuid(), revision: round } },
          ],
        }),
      );
      await append(31 + round, 31 + round);
    }
    await settled(both, 50);
    expect(seen.filter((type) => type === 'venues.space-released.v1')).toHaveLength(10);
    await venues.drain();
    await venuesLog.drop();
  });
});

describe('workers', () => {
  const work = (messaging: Messaging, handler?: (event: HoldReleased) => Promise<void> | void) =>
    messaging.work({
      name: 'mail',
      concurrency: 8,
      events: {
        'tickets.hold-released.v1': async (event, tx) => {
          await noteEffect(tx, 'mail', event);
          await handler?.(event);
        },
      },
    });
  const effectsExact = async (count: number) =>
    expect(faultsOf(await effectsOf(replica.database, 'mail'), count)).toEqual([]);

  test('share the events of a source and do each once', async () => {
    const mail = work(analytics);
    await eventually(() => expect(mail.status().state).toBe('waiting'));
    const colleagues = await connect('analytics', replica);
    const second = work(colleagues);
    tickets.startRelay();
    await append(1, 400);
    await eventually(() => expect(mail.status().handled + second.status().handled).toBe(400));
    expect(mail.status().handled).toBeGreaterThan(0);
    expect(second.status().handled).toBeGreaterThan(0);
    await effectsExact(400);
    await colleagues.drain();
  });

  test('do nothing a second time when a message comes again', async () => {
    tickets.startRelay();
    const mail = work(analytics);
    await append(1, 50);
    await settled(mail, 50);
    await mail.stop();
    // The consumer forgotten by the server: everything is delivered again.
    await analytics.drain();
    analytics = await connect('analytics', replica);
    const { connect: natsConnect } = await import('nats');
    const connection = await natsConnect({ servers: nats.url });
    const jsm = await connection.jetstreamManager();
    await jsm.consumers.delete(`${nats.namespace.toUpperCase()}_tickets`, 'analytics_mail');
    await connection.close();
    const again = work(analytics);
    await append(51, 60);
    await settled(again, 10);
    await effectsExact(60);
    expect(metrics.text()).toContain(
      'marquee_consumer_skipped_total{source="tickets",subscription="mail"} 50',
    );
  });

  test('give a poison event up after five tries and can do it later', async () => {
    tickets.startRelay();
    let cured = false;
    const mail = work(analytics, ({ data }) => {
      if (data.quantity === 3 && !cured) throw new Error('no such address');
    });
    await append(1, 10);
    await eventually(() => expect(mail.status()).toMatchObject({ handled: 9, deadLetters: 1 }));
    const [letter] = await deadLetters();
    expect(letter).toMatchObject({ tries: 5, error: 'Error: no such address' });
    cured = true;
    expect(await mail.retryDeadLetter(letter!.message_id)).toBe(true);
    await effectsExact(10);
    expect(metrics.text()).toContain(
      'marquee_consumer_redelivered_total{source="tickets",subscription="mail"} 4',
    );
  });

  test('wait for what is only away for a while', async () => {
    tickets.startRelay();
    let tries = 0;
    const mail = work(analytics, () => {
      if (++tries < 8) throw Object.assign(new Error('deadlock'), { code: '40P01' });
    });
    await append(1, 1);
    await settled(mail, 1);
    expect(await deadLetters()).toEqual([]);
  });

  test('begin again after a rebuild', async () => {
    tickets.startRelay();
    const mail = work(analytics);
    await append(1, 30);
    await settled(mail, 30);
    await mail.rebuild(async (tx) => void (await tx.execute('delete from effect')));
    await settled(mail, 60);
    await effectsExact(30);
  });

  test('finish what they have in hand when drained', async () => {
    tickets.startRelay();
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let inHand = 0;
    const mail = work(analytics, () => {
      inHand += 1;
      return gate;
    });
    await append(1, 4);
    await eventually(() => expect(inHand).toBe(4));
    const drained = analytics.drain();
    release();
    await drained;
    expect(mail.status().state).toBe('stopped');
    await effectsExact(4);
  });
});

describe('messaging', () => {
  test('refuses what cannot be meant', async () => {
    const handlers = { 'tickets.hold-released.v1': async () => {} };
    projectSeats();
    expect(() => projectSeats()).toThrow('there is a subscription seats already');
    expect(() => analytics.project({ name: 'none', events: {} })).toThrow('handles no event');
    expect(() => analytics.project({ name: 'Bad.name', events: handlers })).toThrow('not a subscription');
    expect(() => analytics.work({ name: 'many', concurrency: 0, events: handlers })).toThrow(
      'must be 1 to 100',
    );
    tickets.startRelay();
    expect(() => tickets.startRelay()).toThrow('started already');
    const bare = await connectMessaging({ ...nats, service: 'bare', logger: silentLogger });
    expect(() => bare.startRelay()).toThrow('only with a database');
    await bare.drain();
    await expect(
      connectMessaging({ ...nats, namespace: 'a.b', service: 'x', logger: silentLogger }),
    ).rejects.toThrow('not a namespace');
  });

  test('loses nothing of what was committed before a drain', async () => {
    const seats = projectSeats();
    tickets.startRelay({ pollMs: 60_000 });
    await append(1, 20);
    await settled(seats, 20);
    // No wake-up: only the relay's last pass can have published these.
    await appendNumbered(source.database, { organisationId, from: 21, to: 40 });
    await tickets.drain();
    await settled(seats, 40);
    expect(await numbersOf('seats')).toEqual(upTo(40));
    expect(tickets.health()).toMatchObject({ connected: false, relay: { state: 'stopped', published: 40 } });
  });

  test('does not publish an event that is not of the service', async () => {
    const relay = analytics.startRelay();
    await appendNumbered(replica.database, { organisationId, from: 1, to: 1 });
    await eventually(() => expect(relay.status()).toMatchObject({ state: 'failing', published: 0 }));
    expect(relay.status().lastError).toContain('does not belong into the log of analytics');
  });

  test('wakes the leading relay from another process', async () => {
    const seats = projectSeats();
    tickets.startRelay({ pollMs: 60_000 });
    await eventually(() => expect(tickets.health().relay?.state).toBe('leading'));
    const web = await connect('tickets', source);
    await eventually(() => web.ready());
    await appendNumbered(source.database, { organisationId, from: 1, to: 1, onCommit: () => web.wake() });
    await settled(seats, 1);
    await web.drain();
  });

  test('resolves with NATS away, and says that it is not ready', async () => {
    const lost = await connectMessaging({
      url: 'nats://127.0.0.1:9',
      service: 'tickets',
      database: source.database,
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
    tickets.startRelay();
    const seats = projectSeats();
    await append(1, 1);
    await settled(seats, 1);
    const { connect: natsConnect } = await import('nats');
    const connection = await natsConnect({ servers: nats.url });
    const subject = `${nats.namespace}.tickets.${organisationId}.hold-released.v1.hold-1`;
    await connection.jetstream().publish(subject, JSON.stringify({ ...released(9), data: { holdId: 7 } }));
    await connection.close();
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    expect((await deadLetters())[0]).toMatchObject({ organisation_id: organisationId, tries: 1 });
    await append(2, 2);
    await settled(seats, 2);
  });
});
