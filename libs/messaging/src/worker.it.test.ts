import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemScope } from '@marquee/postgres';
import { eventually } from '@marquee/testkit';
import { openWorld, settled, type World } from './fixtures/open-world.test-support.ts';
import { effectsOf, faultsOf, noteEffect, type HoldReleased } from './fixtures/world.ts';
import { type Messaging } from './index.ts';

let world: World;
let services: World['services'];

beforeEach(async () => {
  world = await openWorld();
  ({ services } = world);
});

afterEach(async () => {
  await world.close();
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
    expect(faultsOf(await effectsOf(world.replica.database, 'mail'), count)).toEqual([]);

  test('share the events of a source and do each once', async () => {
    const mail = work(services.analytics);
    await eventually(() => expect(mail.status().state).toBe('waiting'));
    const colleagues = await services.connect('analytics', world.replica.database);
    const second = work(colleagues);
    services.tickets.startRelay();
    // However slowly one of them gets ready: there is more to do until both have had some.
    let appended = 0;
    await eventually(async () => {
      await services.append(appended + 1, appended + 40);
      appended += 40;
      const shares = [mail.status().handled, second.status().handled];
      expect(Math.min(...shares)).toBeGreaterThan(0);
    });
    await eventually(() => expect(mail.status().handled + second.status().handled).toBe(appended));
    await effectsExact(appended);
    await colleagues.drain();
  });

  test('learn what others have done meanwhile', async () => {
    const gate = Promise.withResolvers<void>();
    const mail = work(services.analytics, () => gate.promise);
    await services.append(1, 20);
    services.tickets.startRelay();
    await eventually(() => expect(mail.status().inFlight).toBe(8));
    const colleagues = await services.connect('analytics', world.replica.database);
    const second = work(colleagues);
    await eventually(() => expect(second.status().handled).toBe(12));
    gate.resolve();
    await eventually(() => expect([mail.status().lag, second.status().lag]).toEqual([0, 0]));
    await effectsExact(20);
    await colleagues.drain();
  });

  test('do nothing a second time when a message comes again', async () => {
    services.tickets.startRelay();
    const mail = work(services.analytics);
    await services.append(1, 50);
    await settled(mail, 50);
    await mail.stop();
    // The consumer forgotten by the server: everything is delivered again.
    await services.restartAnalytics();
    await services.deleteConsumer('analytics_mail');
    const again = work(services.analytics);
    await services.append(51, 60);
    await settled(again, 10);
    await effectsExact(60);
    expect(services.metrics.text()).toContain(
      'marquee_consumer_skipped_total{source="tickets",subscription="mail"} 50',
    );
  });

  test('give a poison event up after five tries and can do it later', async () => {
    services.tickets.startRelay();
    let cured = false;
    const mail = work(services.analytics, ({ data }) => {
      if (data.quantity === 3 && !cured) throw new Error('no such address');
    });
    await services.append(1, 10);
    await eventually(() => expect(mail.status()).toMatchObject({ handled: 9, deadLetters: 1 }));
    const [letter] = await services.deadLetters();
    expect(letter).toMatchObject({ tries: 5, error: 'Error: no such address' });
    cured = true;
    expect(await mail.retryDeadLetter(letter!.message_id)).toBe(true);
    await effectsExact(10);
    // Once more for each try after the first; and again where a slow machine answers late.
    expect(services.metrics.text()).toMatch(
      /marquee_consumer_redelivered_total{source="tickets",subscription="mail"} ([4-9]|\d\d)\n/,
    );
  });

  test('wait for what is only away for a while', async () => {
    services.tickets.startRelay();
    let tries = 0;
    const mail = work(services.analytics, () => {
      if (++tries < 8) throw Object.assign(new Error('deadlock'), { code: '40P01' });
    });
    await services.append(1, 1);
    await settled(mail, 1);
    expect(await services.deadLetters()).toEqual([]);
  });

  test('begin again after a rebuild', async () => {
    services.tickets.startRelay();
    const mail = work(services.analytics);
    await services.append(1, 30);
    await settled(mail, 30);
    await mail.rebuild(async (tx) => void (await tx.execute('delete from effect')));
    await settled(mail, 60);
    await effectsExact(30);
  });

  test('keep the inbox short, and yet do nothing twice when all comes again', async () => {
    const inboxRows = () =>
      world.replica.database.read(systemScope, (tx) =>
        tx.rows(`select 1 from messaging_inbox where subscription = 'mail'`),
      );
    const events: Parameters<Messaging['work']>[0]['events'] = {
      'tickets.hold-released.v1': (event, tx) => noteEffect(tx, 'mail', event),
    };
    services.tickets.startRelay();
    const mail = services.analytics.work({ name: 'mail', concurrency: 4, events, sweepMs: 0 });
    await services.append(1, 60);
    await settled(mail, 60);
    // Two sweeps: the floor rises in one, and the rows below it go in the next.
    let appended = 60;
    await eventually(async () => {
      await services.append(61, 61);
      appended += 1;
      expect((await inboxRows()).length).toBeLessThan(10);
    });
    await settled(mail, appended);
    await mail.stop();
    await services.restartAnalytics();
    await services.deleteConsumer('analytics_mail');
    const before = (await effectsOf(world.replica.database, 'mail')).length;
    const again = services.analytics.work({ name: 'mail', concurrency: 4, events });
    await services.append(62, 65);
    await settled(again, 4);
    expect(await effectsOf(world.replica.database, 'mail')).toHaveLength(before + 4);
    const effects = await effectsOf(world.replica.database, 'mail');
    expect(new Set(effects.map((effect) => effect.event_id)).size).toBe(effects.length);
  });

  test('finish what they have in hand when drained', async () => {
    services.tickets.startRelay();
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let inHand = 0;
    const mail = work(services.analytics, () => {
      inHand += 1;
      return gate;
    });
    await services.append(1, 4);
    await eventually(() => expect(inHand).toBe(4));
    const drained = services.analytics.drain();
    release();
    await drained;
    expect(mail.status().state).toBe('stopped');
    await effectsExact(4);
  });
});
