import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { eventually, times } from '@marquee/testkit';
import { allDelivered, documents, eventsOf, stage } from '../harness.test-support.ts';
import { claimDue } from './claim.ts';

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
    await publish(eventsOf(endpoint.organisationId, 100));
    const pending = `select from webhook_delivery where status = 'PENDING'`;
    // Seven failures of ten, which chance brings, open the breaker: its rest is cut short.
    const rested = `update webhook_endpoint set blocked_until = now() where breaker = 'OPEN'`;
    await eventually(async () => {
      await world().database.transaction(endpoint.viewer, (tx) => tx.execute(rested));
      expect(await world().database.read(endpoint.viewer, (tx) => tx.rows(pending))).toHaveLength(0);
    });
    // One in 1,024 is given up.
    expect(taken.size).toBeGreaterThan(95);
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
    await eventually(async () => {
      const due = `update webhook_delivery set next_attempt_at = now()
                    where status = 'PENDING' and claim is null and attempts > 0`;
      await world().database.transaction(endpoint.viewer, (tx) => tx.execute(due));
      expect(
        new Set(
          receiver()
            .at('/dead')
            .map(({ headers }) => headers['webhook-id']),
        ).size,
      ).toBe(count);
    });
    await allDelivered(endpoint, Math.min(count, 100));
  }, 60_000);

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
  }, 60_000);
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
    const holding = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const claimed: string[] = [];
    const slow = weakened(world().database, instead, () => (holding.resolve(), first.promise));
    const quick = weakened(world().database, instead, async () => undefined);
    const request = { room: 10, atOnce: 10, busy: new Map<string, number>(), leaseSeconds: 60 };
    const keep = (found: readonly { id: string }[]) => claimed.push(...found.map(({ id }) => id));
    const one = claimDue(slow, request).then(keep);
    await holding.promise;
    const other = claimDue(quick, request).then(keep);
    await Promise.race([other, new Promise((done) => setTimeout(done, 200))]);
    first.resolve();
    await Promise.all([one, other]);
    const clear = 'delete from webhook_delivery';
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute(clear));
    return [...Map.groupBy(claimed, (id) => id).values()].map(({ length }) => length);
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
    const claims = await Promise.all([1, 2, 3].map(() => claimDue(world().database, request)));
    // A fifth of a second's worth, to one of them.
    expect(claims.map(({ length }) => length).toSorted()).toEqual([0, 0, 2]);
    await world().database.transaction(endpoint.viewer, (tx) => tx.execute('delete from webhook_delivery'));
  });
});

/** The same database, where pieces of the claim are exchanged and it waits before its commit. */
function weakened(
  database: Database,
  instead: readonly (readonly [string, string])[],
  beforeCommit: () => Promise<void>,
): Database {
  return {
    ...database,
    transaction: (scope, work, options) =>
      database.transaction(
        scope,
        async (tx) => {
          const rows: typeof tx.rows = (sql, parameters, named) => {
            const text = instead.reduce((all, [guard, weak]) => all.replaceAll(guard, weak), sql);
            return tx.rows(text, parameters, text === sql ? named : {});
          };
          const value = await work({ ...tx, rows });
          await beforeCommit();
          return value;
        },
        options,
      ),
  };
}
