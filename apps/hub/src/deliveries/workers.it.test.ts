import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { eventually, interleave, times } from '@marquee/testkit';
import { documents } from '../endpoints/documents.test-support.ts';
import { meddled } from '../meddled.test-support.ts';
import { claimDue } from './claim.ts';
import { allDelivered, eventsOf, stage } from './deliveries.test-support.ts';
import { sweepDeliveries } from './sweep.ts';

const { world, receiver, given, work, publish } = stage();

describe('an endpoint in trouble', () => {
  test('gets everything though half of what it is sent fails', async () => {
    const endpoint = await given('/coin');
    const taken = new Set<string>();
    receiver().behave('/coin', ({ body }, response) => {
      const fails = Math.random() < 0.5;
      if (!fails) taken.add(JSON.parse(body).id);
      response.writeHead(fails ? 500 : 204).end();
    });
    work();
    const count = times({ test: 100, soak: 10_000 });
    await publish(eventsOf(endpoint.organisationId, count));
    const pending = `select from webhook_delivery where status = 'PENDING' limit 1`;
    // Seven failures of ten, which chance brings, open the breaker: its rest is cut short.
    const rested = `update webhook_endpoint set blocked_until = now() where breaker = 'OPEN'`;
    await eventually(
      async () => {
        await world().database.transaction(endpoint.viewer, (tx) => tx.execute(rested));
        expect(await world().database.read(endpoint.viewer, (tx) => tx.rows(pending))).toHaveLength(0);
      },
      { timeoutMs: times({ test: 60_000, soak: 600_000 }) },
    );
    // One in 1,024 is given up, by chance a few more.
    expect(count - taken.size).toBeLessThan(5 + Math.floor(count / 500));
  }, 620_000);

  test('keeps no engine from ending, however often that is woken meanwhile', async () => {
    const { organisationId } = await given('/slow');
    receiver().behave('/slow', (_, response) => void setTimeout(() => response.end(), 100));
    const engine = work();
    await publish(eventsOf(organisationId, 10));
    await eventually(() => expect(receiver().at('/slow').length).toBeGreaterThan(0));
    const waking = setInterval(() => engine.wake(), 1);
    try {
      await engine.stop();
    } finally {
      clearInterval(waking);
    }
  });

  test('takes nothing from healthy ones: they have theirs before its first attempt has ended', async () => {
    const dead = await given('/hangs');
    const healthy = await Promise.all(
      Array.from({ length: times({ test: 15, soak: 99 }) }, (_, each) => given(`/healthy-${each}`)),
    );
    receiver().behave('/hangs', () => undefined);
    await publish(eventsOf(dead.organisationId, 300));
    work({ deadlineMs: 60_000, pauseAfter: () => 60_000 });
    await eventually(() => expect(receiver().at('/hangs')).toHaveLength(10));
    for (const { organisationId } of healthy) await publish(eventsOf(organisationId, 4));
    await eventually(() => {
      for (const each of healthy.keys()) expect(receiver().at(`/healthy-${each}`)).toHaveLength(4);
    });
    const ended = await world().database.read(dead.viewer, (tx) => tx.rows('select from webhook_attempt'));
    expect(ended).toEqual([]);
    expect(receiver().at('/hangs')).toHaveLength(10);
    receiver().hangUp('/hangs');
  });

  test('is left alone once its breaker opens, and gets all of it when it is back', async () => {
    const endpoint = await given('/dead');
    receiver().status('/dead', 500);
    const count = times({ test: 90, soak: 10_000 });
    await publish(eventsOf(endpoint.organisationId, count));
    work({ pauseAfter: () => 60_000 });
    const breaker = `select breaker, blocked_until as "blockedUntil" from webhook_endpoint`;
    await eventually(async () => {
      const [row] = await world().database.read(endpoint.viewer, (tx) => tx.rows(breaker));
      expect(row).toMatchObject({ breaker: 'OPEN' });
    });
    expect(receiver().at('/dead').length).toBeLessThanOrEqual(10);
    receiver().status('/dead', 200);
    const now = 'update webhook_endpoint set blocked_until = now()';
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute(now));
    const arrived = () =>
      new Set(
        receiver()
          .at('/dead')
          .map(({ headers }) => headers['webhook-id']),
      );
    await eventually(
      async () => {
        const due = `update webhook_delivery set next_attempt_at = now()
                      where status = 'PENDING' and claim is null and attempts > 0`;
        await world().database.transaction(endpoint.viewer, (tx) => tx.execute(due));
        expect(arrived().size).toBe(count);
      },
      { timeoutMs: times({ test: 60_000, soak: 300_000 }) },
    );
    await allDelivered(endpoint, Math.min(count, 100));
  }, 360_000);

  test('that answers 410 is disabled at once, told of, and keeps what comes', async () => {
    const endpoint = await given('/gone');
    receiver().status('/gone', 410);
    work();
    await publish(eventsOf(endpoint.organisationId, 1));
    await eventually(async () => expect(await endpoint.statusOf()).toBe('DISABLED'));
    await publish(eventsOf(endpoint.organisationId, 2));
    expect(receiver().at('/gone')).toHaveLength(1);
    const told = `select type, data from event_log where type = 'hub.endpoint-disabled.v1'`;
    expect(await world().database.read(endpoint.viewer, (tx) => tx.rows(told))).toMatchObject([
      { data: { because: 'It answered 410: it is gone.' } },
    ]);
    receiver().status('/gone', 200);
    await world().ask(endpoint.viewer, documents.resume, { id: endpoint.id });
    await allDelivered(endpoint, 3);
  });

  test('loses an event after ten tries, is told of, and disabled after ten such in five days', async () => {
    const endpoint = await given('/lost');
    receiver().status('/lost', 400);
    const long = `update webhook_endpoint set failing_since = now() - interval '6 days'`;
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute(long));
    work();
    const settled = async (count: number) =>
      eventually(async () => {
        // Its breaker would keep us waiting, and is not what this is about.
        const near = `update webhook_endpoint set blocked_until = now() where breaker = 'OPEN'`;
        await world().database.transaction(endpoint.viewer, (tx) => tx.execute(near));
        expect(await endpoint.log('EXHAUSTED')).toHaveLength(count);
      });
    await publish(eventsOf(endpoint.organisationId, 1));
    await settled(1);
    expect((await endpoint.log())[0]!.attempts).toHaveLength(10);
    const told = `select data from event_log where type = 'hub.delivery-exhausted.v1'`;
    expect(await world().database.read(endpoint.viewer, (tx) => tx.rows(told))).toMatchObject([
      { data: { eventType: 'tickets.order-paid.v1', attempts: 10 } },
    ]);
    expect(await endpoint.statusOf()).toBe('ACTIVE');
    const last = `update webhook_delivery set tries = 9, next_attempt_at = now() where status = 'PENDING'`;
    await publish(eventsOf(endpoint.organisationId, 9));
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute(last));
    await settled(10);
    expect(await endpoint.statusOf()).toBe('DISABLED');
  });
});

test('what was delivered or given up is replayed by time, event or delivery, under the same id', async () => {
  const endpoint = await given('/replayed');
  work();
  const published = eventsOf(endpoint.organisationId, 3);
  await publish(published);
  await allDelivered(endpoint, 3);
  const replay = async (input: object, viewer = endpoint.viewer) =>
    (await world().ask(viewer, documents.replay, { input })).data.replayDeliveries;
  const span = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
  expect(await replay({ endpointId: endpoint.id, ...span })).toEqual({
    ...{ __typename: 'ReplayStarted', count: 3, more: false },
  });
  await eventually(() => expect(receiver().at('/replayed')).toHaveLength(6));
  await allDelivered(endpoint, 3);
  const [first] = await endpoint.log();
  expect(await replay({ deliveryId: first!.id })).toMatchObject({ count: 1 });
  await eventually(() => expect(receiver().at('/replayed')).toHaveLength(7));
  await allDelivered(endpoint, 3);
  expect(await replay({ eventId: first!.eventId })).toMatchObject({ count: 1 });
  await eventually(() => expect(receiver().at('/replayed')).toHaveLength(8));
  await allDelivered(endpoint, 3);
  expect(
    new Set(
      receiver()
        .at('/replayed')
        .map(({ headers }) => headers['webhook-id']),
    ).size,
  ).toBe(3);
  expect(await replay({ endpointId: endpoint.id, onlyExhausted: true })).toMatchObject({ count: 0 });
  expect(await replay({ ...span })).toMatchObject({ __typename: 'InvalidInput', field: 'endpointId' });
  const other = { ...endpoint.viewer, organisationId: newUuid() };
  for (const input of [{ endpointId: endpoint.id }, { deliveryId: first!.id }, { eventId: first!.eventId }])
    expect(await replay(input, other)).toMatchObject({ __typename: 'NotFound' });
});

test('what is older than the log is kept is forgotten, and nothing that is still to be sent', async () => {
  const [active, paused, gone] = [await given('/old'), await given('/old-paused'), await given('/old-gone')];
  for (const each of [active, paused, gone]) await publish(eventsOf(each.organisationId, 2));
  const engine = work();
  await Promise.all([active, paused, gone].map((each) => allDelivered(each, 2)));
  await engine.stop();
  await world().ask(paused.viewer, documents.pause, { id: paused.id });
  await world().ask(gone.viewer, documents.remove, { id: gone.id });
  for (const each of [active, paused]) await publish(eventsOf(each.organisationId, 1));
  const age = [
    `update webhook_delivery set created_at = now() - interval '40 days',
       done_at = case when done_at is not null then now() - interval '31 days' end`,
    `update webhook_event set occurred_at = now() - interval '40 days'`,
    `update webhook_endpoint set changed_at = now() - interval '31 days'`,
  ];
  for (const { viewer } of [active, paused, gone])
    await world().database.transaction(viewer, async (tx) => {
      for (const sql of age) await tx.execute(sql);
    });
  await publish(eventsOf(active.organisationId, 1));
  // Two of each that are done, and the one that is kept for an endpoint that nobody resumed.
  expect(await sweepDeliveries(world().database, 30)).toBe(7);
  const left = async ({ viewer }: typeof active) =>
    world().database.read(viewer, (tx) =>
      tx.rows(`select (select count(*)::int from webhook_delivery) as deliveries,
        (select count(*)::int from webhook_event) as events, (select count(*)::int from webhook_endpoint) as endpoints`),
    );
  expect(await left(active)).toEqual([{ deliveries: 2, events: 2, endpoints: 1 }]);
  expect(await left(paused)).toEqual([{ deliveries: 0, events: 0, endpoints: 1 }]);
  expect(await left(gone)).toEqual([{ deliveries: 0, events: 0, endpoints: 0 }]);
  expect(await sweepDeliveries(world().database, 30)).toBe(0);
});

describe('workers', () => {
  test('share what is due: of three none sends what another does', async () => {
    const endpoint = await given('/shared');
    for (let count = 0; count < 3; count++) work({ atOncePerEndpoint: 3 });
    await publish(eventsOf(endpoint.organisationId, 100));
    await allDelivered(endpoint, 100);
    expect(receiver().at('/shared')).toHaveLength(100);
  });

  /** Two claims at the same time, by statements that may lack a guard; how often each delivery was claimed. */
  async function race(ordered: boolean, instead: readonly (readonly [string, string])[]): Promise<number[]> {
    const endpoint = await given(`/race-${newUuid()}`, { ordered });
    await publish(eventsOf(endpoint.organisationId, 2));
    const weaken = (sql: string) => instead.reduce((all, [guard, weak]) => all.replaceAll(guard, weak), sql);
    const request = { room: 10, atOnce: 10, busy: new Map<string, number>(), leaseSeconds: 60 };
    const claim = (database: Database) => claimDue(meddled(database, weaken), request);
    const claimed = (await interleave(world().database, endpoint.viewer, claim, claim)).flat();
    const clear = 'delete from webhook_delivery';
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute(clear));
    return [...Map.groupBy(claimed, ({ id }) => id).values()].map(({ length }) => length);
  }

  test.each([
    [false, [1, 1]],
    [true, [1]],
  ])('never claim the same at the same time (in order: %s)', async (ordered, expected) => {
    expect(await race(ordered, [])).toEqual(expected);
    // Without the guards they do: the race is a race.
    const guards = [
      ['for update skip locked', ''],
      ['for update of d skip locked', ''],
    ] as const;
    expect(Math.max(...(await race(ordered, guards)))).toBe(2);
  });

  test("keep to an endpoint's rate", async () => {
    const endpoint = await given('/paced', { ratePerSecond: 10 });
    await publish(eventsOf(endpoint.organisationId, 10));
    const request = { room: 100, atOnce: 100, busy: new Map<string, number>(), leaseSeconds: 60 };
    const beganMs = performance.now();
    const claims = await Promise.all([1, 2, 3].map(() => claimDue(world().database, request)));
    const turns = 1 + Math.floor((performance.now() - beganMs) / 200);
    // A fifth of a second's worth to one of them, and to the next one only when the fifth is over.
    const taken = claims.map(({ length }) => length).filter((length) => length > 0);
    expect(taken).toEqual(Array.from({ length: Math.min(taken.length, turns) }, () => 2));
    expect(taken).not.toEqual([]);
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute('delete from webhook_delivery'));
  });
});
