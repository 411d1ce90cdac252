import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createPublicKey, verify } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { eventually, times } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import {
  createWorld,
  documents,
  eventOf,
  givenEndpoint,
  publish,
  startReceiver,
  type Received,
  type Receiver,
  type World,
} from '../harness.test-support.ts';
import { claimDue } from './claim.ts';
import type { Engine } from './engine.ts';

let world: World;
let receiver: Receiver;
const engines: Engine[] = [];
beforeAll(async () => {
  [world, receiver] = await Promise.all([createWorld(), startReceiver()]);
}, 60_000);
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.stop()));
}, 60_000);
afterAll(async () => {
  await world?.drop();
  await receiver?.close();
});

function work(options: Parameters<World['worker']>[0] = {}) {
  const engine = world.worker(options);
  engines.push(engine);
  return engine;
}

const given = (path: string, input: object = {}) => givenEndpoint(world, receiver, path, input);
const events = (organisationId: string, count: number) =>
  Array.from({ length: count }, () => eventOf(organisationId));
const headersOf = ({ headers }: Received) => headers as Record<string, string>;
/** What all logged deliveries have in common once they are through. */
const allDelivered = (endpoint: { log(): Promise<readonly { status: string }[]> }, count: number) =>
  eventually(async () => {
    expect((await endpoint.log()).filter(({ status }) => status === 'DELIVERED')).toHaveLength(count);
  });

describe('a delivery', () => {
  test("is a CloudEvent that the specification's own library verifies, by every secret of a rotation", async () => {
    const endpoint = await given('/signed');
    work();
    const event = eventOf(endpoint.organisationId);
    await publish(world.database, [event]);
    await allDelivered(endpoint, 1);
    const [first] = receiver.at('/signed');
    expect(new Webhook(endpoint.secret).verify(first!.body, headersOf(first!))).toMatchObject({
      ...{ specversion: '1.0', id: event.id, type: event.type, time: event.occurredAt },
      ...{ correlationid: event.correlationId, data: event.data },
    });
    expect(first!.headers['x-correlation-id']).toBe(event.correlationId);
    const rotation = { endpointId: endpoint.id };
    const { data } = await world.ask(endpoint.viewer, documents.rotate, { input: rotation });
    const { secret } = data.rotateWebhookSecret;
    await publish(world.database, [eventOf(endpoint.organisationId)]);
    await allDelivered(endpoint, 2);
    const second = receiver.at('/signed')[1]!;
    for (const each of [endpoint.secret, secret]) new Webhook(each).verify(second.body, headersOf(second));
    expect(() => new Webhook(secret).verify(first!.body, headersOf(first!))).toThrow();
  });

  test("carries an Ed25519 signature that the endpoint's public key verifies", async () => {
    const endpoint = await given('/asymmetric');
    work();
    await publish(world.database, events(endpoint.organisationId, 1));
    await allDelivered(endpoint, 1);
    const [{ body, headers }] = receiver.at('/asymmetric') as [Received];
    const [, signature] = /v1a,(\S+)/.exec(headers['webhook-signature'] as string)!;
    const x = Buffer.from(endpoint.publicKey.slice('whpk_'.length), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(verify(null, Buffer.from(content), key, Buffer.from(signature!, 'base64'))).toBe(true);
  });

  test('that is not taken is tried again under the same id, and each attempt is logged', async () => {
    const endpoint = await given('/again');
    let calls = 0;
    receiver.behave('/again', (_, response) => {
      calls++;
      response.writeHead(calls < 3 ? 503 : 200, { 'retry-after': '1' }).end(`call ${calls}`);
    });
    work();
    await publish(world.database, events(endpoint.organisationId, 1));
    await allDelivered(endpoint, 1);
    const [delivery] = await endpoint.log();
    expect(
      delivery!.attempts.map(({ number, statusCode, response }) => [number, statusCode, response]),
    ).toEqual([
      [1, 503, 'call 1'],
      [2, 503, 'call 2'],
      [3, 200, 'call 3'],
    ]);
    const received = receiver.at('/again');
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery!.id]));
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])('is not sent on where a %i leads', async (status) => {
    const endpoint = await given(`/moved-${status}`);
    receiver.status(`/moved-${status}`, status, { location: `${receiver.url}/target` });
    work({ pauseAfter: () => null });
    await publish(world.database, events(endpoint.organisationId, 1));
    await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(1));
    expect(receiver.at('/target')).toEqual([]);
  });

  test('ends at its deadline where the other side drips or never answers, and nobody waits for it', async () => {
    const [drip, stall, healthy] = await Promise.all([given('/drip'), given('/stall'), given('/healthy')]);
    receiver.behave('/drip', (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    receiver.behave('/stall', () => undefined);
    work({ deadlineMs: 1_000, pauseAfter: () => null });
    for (const { organisationId } of [drip, stall]) await publish(world.database, events(organisationId, 10));
    await publish(world.database, events(healthy.organisationId, 20));
    await allDelivered(healthy, 20);
    for (const endpoint of [drip, stall]) {
      await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(10));
      const [delivery] = await endpoint.log();
      expect(delivery!.attempts).toMatchObject([{ error: expect.stringContaining('after 1 seconds') }]);
    }
  }, 60_000);

  test('keeps 16 KiB of an answer, however long it is and however it is packed', async () => {
    const [endless, bomb] = await Promise.all([given('/endless'), given('/bomb')]);
    receiver.behave('/endless', (_, response) => {
      response.writeHead(200);
      const more = () => response.write('x'.repeat(65_536)) && setImmediate(more);
      response.on('drain', more).on('error', () => undefined);
      more();
    });
    const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024));
    receiver.behave('/bomb', (_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).on('error', () => undefined);
      response.end(packed);
    });
    work();
    for (const { organisationId } of [endless, bomb])
      await publish(world.database, events(organisationId, 1));
    await allDelivered(endless, 1);
    await allDelivered(bomb, 1);
    expect((await endless.log())[0]!.attempts[0]!.response).toHaveLength(16_384);
    expect((await bomb.log())[0]!.attempts[0]!.response!.length).toBeLessThanOrEqual(16_384);
  }, 60_000);

  test('goes nowhere that the guard does not permit, though the endpoint was made before', async () => {
    const endpoint = await given('/inside');
    await world.database.transaction(endpoint.viewer, (tx) =>
      tx.execute(`update webhook_endpoint set url = replace(url, '127.0.0.1', '[::1]')`),
    );
    work({ pauseAfter: () => null });
    await publish(world.database, events(endpoint.organisationId, 1));
    await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(1));
    expect((await endpoint.log())[0]!.attempts).toMatchObject([
      { statusCode: null, error: 'The address leads to a network that webhooks may not be sent to.' },
    ]);
  });
});

describe('what an endpoint takes', () => {
  test('is of its types and passes its filter, and happened since it was made', async () => {
    const filter = '{"data.total.currency": "EUR"}';
    const endpoint = await given('/some', { filter });
    work();
    const { organisationId } = endpoint;
    const total = (currency: string) => ({ total: { amountMinor: '1', currency } });
    const wanted = eventOf(organisationId, 'tickets.order-paid.v1', total('EUR'));
    const others = [
      eventOf(organisationId, 'tickets.order-paid.v1', total('USD')),
      eventOf(organisationId, 'tickets.hold-expired.v1'),
      {
        ...eventOf(organisationId, 'tickets.order-paid.v1', total('EUR')),
        occurredAt: '2020-01-01T00:00:00.000Z',
      },
    ];
    await publish(world.database, [...others, wanted]);
    await publish(world.database, [wanted]);
    await allDelivered(endpoint, 1);
    expect((await endpoint.log()).map(({ eventId }) => eventId)).toEqual([wanted.id]);
  });

  test('is kept while it is paused, and sent when it is resumed', async () => {
    const endpoint = await given('/paused');
    await world.ask(endpoint.viewer, documents.pause, { id: endpoint.id });
    const engine = work();
    await publish(world.database, events(endpoint.organisationId, 5));
    engine.wake();
    expect(
      await claimDue(world.database, { room: 10, atOnce: 10, busy: new Map(), leaseSeconds: 1 }),
    ).toEqual([]);
    await world.ask(endpoint.viewer, documents.resume, { id: endpoint.id });
    await allDelivered(endpoint, 5);
  });

  test('is a sample where it asks for one, marked as a test', async () => {
    const endpoint = await given('/test', { selection: '{ secret }' });
    work();
    const input = { endpointId: endpoint.id, eventType: 'tickets.hold-expired.v1' };
    const { data } = await world.ask(endpoint.viewer, documents.test, { input });
    expect(data.sendTestEvent.delivery.eventType).toBe('tickets.hold-expired.v1');
    await allDelivered(endpoint, 1);
    expect(JSON.parse(receiver.at('/test')[0]!.body)).toMatchObject({ test: true, type: input.eventType });
  });

  test('is made by its selection once for all who ask alike, and stays what it was', async () => {
    const selection = 'query ($orderId: ID!) { order(id: $orderId) { number } }';
    const endpoint = await given('/selected-a', { selection });
    const second = { url: `${receiver.url}/selected-b`, eventTypes: ['tickets.order-paid.v1'], selection };
    await world.ask(endpoint.viewer, documents.create, { input: second });
    let refused = 0;
    receiver.behave('/selected-a', (_, response) => void response.writeHead(refused++ < 2 ? 500 : 200).end());
    const before = world.graph.asked.length;
    work();
    const event = eventOf(endpoint.organisationId);
    await publish(world.database, [event]);
    await allDelivered(endpoint, 1);
    await eventually(() => expect(receiver.at('/selected-b')).toHaveLength(1));
    const bodies = [...receiver.at('/selected-a'), ...receiver.at('/selected-b')].map(({ body }) => body);
    expect(bodies).toHaveLength(4);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0]!)).toMatchObject({
      id: event.id,
      data: { order: { number: expect.any(String) } },
    });
    const asked = world.graph.asked.slice(before);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.viewer).toMatchObject({ organisationId: endpoint.organisationId, role: 'ORGANISER' });
    expect(asked[0]!.variables).toMatchObject({ orderId: expect.stringMatching(/^ord_/) });
  });

  test('waits where the graph does not answer, without an attempt; too long a message is given up', async () => {
    const selection = 'query ($orderId: ID!) { order(id: $orderId) { number } }';
    const endpoint = await given('/unrendered', { selection });
    const answer = world.graph.answer;
    let down = true;
    world.graph.answer = () => {
      if (down) throw Object.assign(new Error('gateway: down'), { code: 'PEER_UNAVAILABLE' });
      return { order: { number: 'x'.repeat(300_000) } };
    };
    const before = world.graph.asked.length;
    work();
    await publish(world.database, events(endpoint.organisationId, 1));
    await eventually(() => expect(world.graph.asked.length).toBeGreaterThan(before));
    await eventually(async () => {
      const due = `update webhook_delivery set next_attempt_at = now() where claim is null returning attempts`;
      expect(await world.database.transaction(endpoint.viewer, (tx) => tx.rows(due))).toEqual([
        { attempts: 0 },
      ]);
    });
    down = false;
    await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(1));
    const [delivery] = await endpoint.log();
    expect(delivery!.attempts).toMatchObject([{ error: expect.stringContaining('256 KiB') }]);
    world.graph.answer = answer;
  });

  test('comes in its order where it wants one, whatever fails on the way', async () => {
    const endpoint = await given('/ordered', { ordered: true });
    const accepted: string[] = [];
    receiver.behave('/ordered', ({ body }, response) => {
      const fails = Math.random() < 0.3;
      if (!fails) accepted.push(JSON.parse(body).id);
      response.writeHead(fails ? 500 : 200).end();
    });
    const published = events(endpoint.organisationId, times({ test: 60, soak: 10_000 }));
    await publish(world.database, published);
    const workers = [work(), work()];
    expect(workers).toHaveLength(2);
    await eventually(() => expect(accepted).toHaveLength(published.length), { timeoutMs: 600_000 });
    expect(accepted).toEqual(published.map(({ id }) => id));
  }, 600_000);
});

describe('an endpoint in trouble', () => {
  test('gets everything though half of what it is sent fails', async () => {
    const endpoint = await given('/coin');
    const taken = new Set<string>();
    receiver.behave('/coin', ({ body }, response) => {
      const fails = Math.random() < 0.5;
      if (!fails) taken.add(JSON.parse(body).id);
      response.writeHead(fails ? 500 : 204).end();
    });
    work();
    await publish(world.database, events(endpoint.organisationId, 100));
    const pending = `select from webhook_delivery where status = 'PENDING'`;
    await eventually(async () => {
      expect(await world.database.read(endpoint.viewer, (tx) => tx.rows(pending))).toEqual([]);
    });
    // One in 1,024 is given up.
    expect(taken.size).toBeGreaterThan(95);
  });

  test('is left alone once its breaker opens, and gets all of it when it is back', async () => {
    const endpoint = await given('/dead');
    receiver.status('/dead', 500);
    const count = times({ test: 90, soak: 10_000 });
    await publish(world.database, events(endpoint.organisationId, count));
    work({ pauseAfter: () => 60_000 });
    const breaker = `select breaker, blocked_until as "blockedUntil" from webhook_endpoint`;
    await eventually(async () => {
      const [row] = await world.database.read(endpoint.viewer, (tx) => tx.rows(breaker));
      expect(row).toMatchObject({ breaker: 'OPEN' });
    });
    expect(receiver.at('/dead').length).toBeLessThanOrEqual(10);
    receiver.status('/dead', 200);
    const now = 'update webhook_endpoint set blocked_until = now()';
    await world.database.transaction(endpoint.viewer, (tx) => tx.execute(now));
    await eventually(async () => {
      const due = `update webhook_delivery set next_attempt_at = now()
                    where status = 'PENDING' and claim is null and attempts > 0`;
      await world.database.transaction(endpoint.viewer, (tx) => tx.execute(due));
      expect(new Set(receiver.at('/dead').map(({ headers }) => headers['webhook-id'])).size).toBe(count);
    });
    await allDelivered(endpoint, Math.min(count, 100));
  }, 60_000);

  test('that answers 410 is disabled at once, told of, and keeps what comes', async () => {
    const endpoint = await given('/gone');
    receiver.status('/gone', 410);
    work();
    await publish(world.database, events(endpoint.organisationId, 1));
    await eventually(async () => expect(await endpoint.statusOf()).toBe('DISABLED'));
    await publish(world.database, events(endpoint.organisationId, 2));
    expect(receiver.at('/gone')).toHaveLength(1);
    const told = `select type, data from event_log where type = 'hub.endpoint-disabled.v1'`;
    expect(await world.database.read(endpoint.viewer, (tx) => tx.rows(told))).toMatchObject([
      { data: { because: 'It answered 410: it is gone.' } },
    ]);
    receiver.status('/gone', 200);
    await world.ask(endpoint.viewer, documents.resume, { id: endpoint.id });
    await allDelivered(endpoint, 3);
  });

  test('loses an event after ten tries, is told of, and disabled after ten such in five days', async () => {
    const endpoint = await given('/lost');
    receiver.status('/lost', 400);
    const long = `update webhook_endpoint set failing_since = now() - interval '6 days'`;
    await world.database.transaction(endpoint.viewer, (tx) => tx.execute(long));
    work();
    const settled = async (count: number) =>
      eventually(async () => {
        // Its breaker would keep us waiting, and is not what this is about.
        const near = `update webhook_endpoint set blocked_until = now() where breaker = 'OPEN'`;
        await world.database.transaction(endpoint.viewer, (tx) => tx.execute(near));
        expect(await endpoint.log('EXHAUSTED')).toHaveLength(count);
      });
    await publish(world.database, events(endpoint.organisationId, 1));
    await settled(1);
    expect((await endpoint.log())[0]!.attempts).toHaveLength(10);
    const told = `select data from event_log where type = 'hub.delivery-exhausted.v1'`;
    expect(await world.database.read(endpoint.viewer, (tx) => tx.rows(told))).toMatchObject([
      { data: { eventType: 'tickets.order-paid.v1', attempts: 10 } },
    ]);
    expect(await endpoint.statusOf()).toBe('ACTIVE');
    const last = `update webhook_delivery set tries = 9, next_attempt_at = now() where status = 'PENDING'`;
    await publish(world.database, events(endpoint.organisationId, 9));
    await world.database.transaction(endpoint.viewer, (tx) => tx.execute(last));
    await settled(10);
    expect(await endpoint.statusOf()).toBe('DISABLED');
  }, 60_000);
});

test('what was delivered or given up is replayed by time, event or delivery, under the same id', async () => {
  const endpoint = await given('/replayed');
  work();
  const published = events(endpoint.organisationId, 3);
  await publish(world.database, published);
  await allDelivered(endpoint, 3);
  const replay = async (input: object, viewer = endpoint.viewer) =>
    (await world.ask(viewer, documents.replay, { input })).data.replayDeliveries;
  const span = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) };
  expect(await replay({ endpointId: endpoint.id, ...span })).toEqual({
    ...{ __typename: 'ReplayStarted', count: 3, more: false },
  });
  await eventually(() => expect(receiver.at('/replayed')).toHaveLength(6));
  await allDelivered(endpoint, 3);
  const [first] = await endpoint.log();
  expect(await replay({ deliveryId: first!.id })).toMatchObject({ count: 1 });
  await eventually(() => expect(receiver.at('/replayed')).toHaveLength(7));
  await allDelivered(endpoint, 3);
  expect(await replay({ eventId: first!.eventId })).toMatchObject({ count: 1 });
  await eventually(() => expect(receiver.at('/replayed')).toHaveLength(8));
  await allDelivered(endpoint, 3);
  expect(new Set(receiver.at('/replayed').map(({ headers }) => headers['webhook-id'])).size).toBe(3);
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
    await publish(world.database, events(endpoint.organisationId, 100));
    await allDelivered(endpoint, 100);
    expect(receiver.at('/shared')).toHaveLength(100);
  });

  /** Two claims at the same time, by statements that may lack a guard; how often each delivery was claimed. */
  async function race(ordered: boolean, instead: readonly (readonly [string, string])[]): Promise<number[]> {
    const endpoint = await given(`/race-${newUuid()}`, { ordered });
    await publish(world.database, events(endpoint.organisationId, 2));
    const holding = Promise.withResolvers<void>();
    const first = Promise.withResolvers<void>();
    const claimed: string[] = [];
    const slow = weakened(world.database, instead, () => (holding.resolve(), first.promise));
    const quick = weakened(world.database, instead, async () => undefined);
    const request = { room: 10, atOnce: 10, busy: new Map<string, number>(), leaseSeconds: 60 };
    const keep = (found: readonly { id: string }[]) => claimed.push(...found.map(({ id }) => id));
    const one = claimDue(slow, request).then(keep);
    await holding.promise;
    const other = claimDue(quick, request).then(keep);
    await Promise.race([other, new Promise((done) => setTimeout(done, 200))]);
    first.resolve();
    await Promise.all([one, other]);
    const clear = 'delete from webhook_delivery';
    await world.database.transaction(endpoint.viewer, (tx) => tx.execute(clear));
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
    await publish(world.database, events(endpoint.organisationId, 10));
    const request = { room: 100, atOnce: 100, busy: new Map<string, number>(), leaseSeconds: 60 };
    const claims = await Promise.all([1, 2, 3].map(() => claimDue(world.database, request)));
    // A fifth of a second's worth, to one of them.
    expect(claims.map(({ length }) => length).toSorted()).toEqual([0, 0, 2]);
    await world.database.transaction(endpoint.viewer, (tx) => tx.execute('delete from webhook_delivery'));
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
