import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { currentCorrelation, runWithCorrelation } from '@marquee/telemetry';
import { eventually, testDatabase } from '@marquee/testkit';
import { openWorld, settled, type World } from './fixtures/open-world.test-support.ts';
import { upTo } from './fixtures/services.ts';
import {
  appendNumbered,
  migrations,
  effectsOf,
  faultsOf,
  noteEffect,
  type HoldReleased,
} from './fixtures/world.ts';

let world: World;
let services: World['services'];

beforeEach(async () => {
  world = await openWorld();
  ({ services } = world);
});

afterEach(async () => {
  await world.close();
});

describe('a projection', () => {
  test('handles every event of a source once and in order, history and news alike', async () => {
    const seats = services.project();
    await services.append(1, 700, 7);
    services.tickets.startRelay();
    await services.append(701, 1500, 7);
    await settled(seats, 1500);
    expect(await services.numbersOf('seats')).toEqual(upTo(1500));
  });

  test('waits for a source whose stream does not exist yet', async () => {
    const seats = services.project();
    await eventually(() => expect(seats.status()).toMatchObject({ state: 'waiting', lag: null }));
    services.tickets.startRelay();
    await services.append(1, 3);
    await settled(seats, 3);
  });

  test('handles events in the scope of their own organisation', async () => {
    const other = newUuid();
    services.tickets.startRelay();
    const seats = services.project();
    for (let round = 0; round < 10; round++) {
      await services.append(2 * round + 1, 2 * round + 1);
      await appendNumbered(world.source.database, {
        organisationId: other,
        from: 2 * round + 2,
        to: 2 * round + 2,
      });
    }
    await settled(seats, 20);
    const effects = await effectsOf(world.replica.database, 'seats');
    // Of one organisation in the order of the log; of two in any.
    for (const [of, rest] of [
      [services.organisationId, 1],
      [other, 0],
    ] as const) {
      const own = effects.filter((effect) => effect.organisation_id === of);
      expect(own.map((effect) => effect.number)).toEqual(upTo(20).filter((number) => number % 2 === rest));
    }
  });

  test('does nothing twice when the checkpoint was not the last to know', async () => {
    services.tickets.startRelay();
    const first = services.project();
    await services.append(1, 100);
    await settled(first, 100);
    await first.stop();
    // As after a stream that was seeded anew: the sequence says nothing, the position everything.
    await world.replica.database.transaction(systemScope, (tx) =>
      tx.rows(`update messaging_checkpoint set stream_sequence = 7 where subscription = 'seats'`),
    );
    await services.restartAnalytics();
    const second = services.project();
    await services.append(101, 150);
    await settled(second, 50);
    expect(await services.numbersOf('seats')).toEqual(upTo(150));
    expect(services.metrics.text()).toContain(
      'marquee_consumer_skipped_total{source="tickets",subscription="seats"} 100',
    );
  });

  test('restores the correlation of the event, and hands it on to what the handler appends', async () => {
    const seen: unknown[] = [];
    const seats = services.project(() => void seen.push(currentCorrelation()));
    services.tickets.startRelay();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const correlation = { correlationId: 'door-7', actor: 'acc_müller', traceparent };
    await runWithCorrelation(correlation, () => services.append(1, 1));
    await settled(seats, 1);
    expect(seen).toEqual([correlation]);
    expect((await effectsOf(world.replica.database, 'seats'))[0]).toMatchObject({ correlation_id: 'door-7' });
  });

  test('gives a poison event up after five tries, keeps it with its error, and goes on', async () => {
    const tries: number[] = [];
    let cured = false;
    const seats = services.project(({ data }) => {
      if (data.quantity !== 5 || cured) return;
      tries.push(data.quantity);
      throw new Error('seat 5 does not exist', { cause: new Error('no such row') });
    });
    services.tickets.startRelay();
    await services.append(1, 20, 20);
    await eventually(() => expect(seats.status()).toMatchObject({ lag: 0, handled: 19, deadLetters: 1 }));
    expect(await services.numbersOf('seats')).toEqual(upTo(20).filter((number) => number !== 5));
    const [letter] = await services.deadLetters();
    expect(letter).toMatchObject({ tries: 5, organisation_id: services.organisationId });
    expect(letter!.error).toBe('Error: seat 5 does not exist; caused by Error: no such row');
    // Five by itself, and before in ever smaller halves with others: far fewer tries than there are events.
    expect(tries.length).toBeGreaterThan(5);
    expect(tries.length).toBeLessThan(11);

    await expect(seats.retryDeadLetter(letter!.message_id)).rejects.toThrow('seat 5 does not exist');
    expect(await services.deadLetters()).toHaveLength(1);
    cured = true;
    expect(await seats.retryDeadLetter(letter!.message_id)).toBe(true);
    expect(await seats.retryDeadLetter(letter!.message_id)).toBe(false);
    expect(faultsOf(await effectsOf(world.replica.database, 'seats'), 20)).toEqual([]);
    expect(await services.deadLetters()).toEqual([]);
  });

  test('takes many events at a time again after a fault had it take one', async () => {
    let most = 0;
    const many = services.analytics.project({
      name: 'many',
      events: { 'tickets.hold-released.v1': async () => undefined },
      handleMany: async (events) => {
        if (events.some(({ data }) => (data as HoldReleased['data']).quantity <= 16))
          throw new Error('one by one');
        most = Math.max(most, events.length);
      },
    });
    services.tickets.startRelay();
    await services.append(1, 16, 16);
    await settled(many, 16);
    await services.append(17, 400, 400);
    await settled(many, 400);
    expect(most).toBeGreaterThan(8);
  });

  test('does not give up on an event while a peer that it needs does not answer', async () => {
    let asked = 0;
    const seats = services.analytics.project({
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
    services.tickets.startRelay();
    await services.append(1, 1);
    await settled(seats, 1);
    expect(await services.deadLetters()).toEqual([]);
  });

  test('is rebuilt from zero', async () => {
    services.tickets.startRelay();
    const seats = services.project();
    await services.append(1, 120);
    await settled(seats, 120);
    await seats.rebuild(
      async (tx) => void (await tx.execute(`delete from effect where subscription = 'seats'`)),
    );
    await services.append(121, 130);
    await settled(seats, 250);
    expect(await services.numbersOf('seats')).toEqual(upTo(130));
  });

  test('keeps what is there when clearing for a rebuild fails', async () => {
    services.tickets.startRelay();
    const seats = services.project();
    await services.append(1, 10);
    await settled(seats, 10);
    await expect(seats.rebuild(() => Promise.reject(new Error('cannot clear')))).rejects.toThrow(
      'cannot clear',
    );
    await services.append(11, 12);
    await settled(seats, 12);
    expect(await services.numbersOf('seats')).toEqual(upTo(12));
  });

  test('is active in one of two processes, and the other takes over', async () => {
    services.tickets.startRelay();
    const first = services.project();
    await services.append(1, 10);
    await settled(first, 10);
    const standby = await services.connect('analytics', world.replica.database);
    const second = standby.project({
      name: 'seats',
      events: { 'tickets.hold-released.v1': (event, tx) => noteEffect(tx, 'seats', event) },
    });
    await services.append(11, 20);
    await settled(first, 20);
    await eventually(() => expect(second.status()).toMatchObject({ state: 'standby', handled: 0 }));
    await first.stop();
    await services.append(21, 30);
    await settled(second, 10);
    await standby.drain();
    expect(await services.numbersOf('seats')).toEqual(upTo(30));
  });

  test('learns within seconds of a rebuild in another process', async () => {
    services.tickets.startRelay();
    const first = services.project();
    await services.append(1, 10);
    await settled(first, 10);
    const other = await services.connect('analytics', world.replica.database);
    const second = other.project({ name: 'seats', events: { 'tickets.hold-released.v1': async () => {} } });
    await second.rebuild(async (tx) => void (await tx.execute('delete from effect')));
    await settled(first, 20);
    await other.drain();
    expect(await services.numbersOf('seats')).toEqual(upTo(10));
  });

  test('reads several sources, one handler at a time', async () => {
    const venuesLog = await testDatabase({ name: 'tickets', migrations });
    const venues = await services.connect('venues', venuesLog.database);
    let running = 0;
    const seen: string[] = [];
    const handler = async ({ type }: { readonly type: string }) => {
      expect(++running).toBe(1);
      await new Promise(setImmediate);
      seen.push(type);
      running -= 1;
    };
    const both = services.analytics.project({
      name: 'both',
      events: { 'tickets.hold-released.v1': handler, 'venues.space-released.v1': handler },
    });
    services.tickets.startRelay();
    await services.append(1, 30, 3);
    await eventually(() => expect(both.status().handled).toBe(30));
    expect(both.status().lag).toBeNull();
    venues.startRelay();
    const spaceId = newUuid();
    for (let round = 0; round < 10; round++) {
      await venuesLog.database.transaction({ organisationId: services.organisationId }, (tx) =>
        appendEvents(tx, {
          streamId: streamId('space', spaceId),
          events: [
            { type: 'venues.space-released.v1', data: { spaceId, occurrenceId: newUuid(), revision: round } },
          ],
        }),
      );
      await services.append(31 + round, 31 + round);
    }
    await settled(both, 50);
    expect(seen.filter((type) => type === 'venues.space-released.v1')).toHaveLength(10);
    await venues.drain();
    await venuesLog.drop();
  });
});
