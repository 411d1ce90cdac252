import { describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { eventually, times } from '@marquee/testkit';
import { Webhook } from 'standardwebhooks';
import { documents } from '../endpoints/documents.test-support.ts';
import type { Sending } from '../fixtures/sending.ts';
import type { Received } from '../receiver.test-support.ts';
import { claimDue } from './claim.ts';
import { allDelivered, eventOf, eventsOf, stage } from './deliveries.test-support.ts';

const { world, receiver, given, work, publish } = stage();

const headersOf = ({ headers }: Received) => headers as Record<string, string>;

/** An answer without end at one path; 50 MiB in 50 KiB at another. Tells how much was written of the first. */
function answerEndlessly() {
  let sent = 0;
  receiver().behave('/endless', (_, response) => {
    response.writeHead(200);
    const more = () => {
      sent += 65_536;
      if (response.write('x'.repeat(65_536))) setImmediate(more);
    };
    response.on('drain', more).on('error', () => undefined);
    more();
  });
  const packed = gzipSync(Buffer.alloc(50 * 1024 * 1024));
  receiver().behave('/bomb', (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).on('error', () => undefined);
    response.end(packed);
  });
  return { sent: () => sent };
}

describe('a delivery', () => {
  test("is a CloudEvent that the specification's own library verifies, by every secret of a rotation", async () => {
    const endpoint = await given('/signed');
    work();
    const event = eventOf(endpoint.organisationId);
    await publish([event]);
    await allDelivered(endpoint, 1);
    const [first] = receiver().at('/signed');
    expect(new Webhook(endpoint.secret).verify(first!.body, headersOf(first!))).toMatchObject({
      specversion: '1.0',
      id: event.id,
      type: event.type,
      time: event.occurredAt,
      correlationid: event.correlationId,
      data: event.data,
    });
    expect(first!.headers['x-correlation-id']).toBe(event.correlationId);
    const rotation = { endpointId: endpoint.id };
    const { data } = await world().ask(endpoint.viewer, documents.rotate, { input: rotation });
    const { secret } = data.rotateWebhookSecret;
    await publish([eventOf(endpoint.organisationId)]);
    await allDelivered(endpoint, 2);
    const second = receiver().at('/signed')[1]!;
    for (const each of [endpoint.secret, secret]) new Webhook(each).verify(second.body, headersOf(second));
    expect(() => new Webhook(secret).verify(first!.body, headersOf(first!))).toThrow();
  });

  test("carries an Ed25519 signature that the endpoint's public key verifies", async () => {
    const endpoint = await given('/asymmetric');
    work();
    await publish(eventsOf(endpoint.organisationId, 1));
    await allDelivered(endpoint, 1);
    const [{ body, headers }] = receiver().at('/asymmetric') as [Received];
    const [, signature] = /v1a,(\S+)/.exec(headers['webhook-signature'] as string)!;
    const x = Buffer.from(endpoint.publicKey.slice('whpk_'.length), 'base64').toString('base64url');
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    const content = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
    expect(verify(null, Buffer.from(content), key, Buffer.from(signature!, 'base64'))).toBe(true);
  });

  test('that is not taken is tried again under the same id, and each attempt is logged', async () => {
    const endpoint = await given('/again');
    let calls = 0;
    receiver().behave('/again', (_, response) => {
      calls++;
      response.writeHead(calls < 3 ? 503 : 200, { 'retry-after': '1' }).end(`call ${calls}`);
    });
    work();
    await publish(eventsOf(endpoint.organisationId, 1));
    await allDelivered(endpoint, 1);
    const [delivery] = await endpoint.log();
    expect(
      delivery!.attempts.map(({ number, statusCode, response }) => [number, statusCode, response]),
    ).toEqual([
      [1, 503, 'call 1'],
      [2, 503, 'call 2'],
      [3, 200, 'call 3'],
    ]);
    const received = receiver().at('/again');
    expect(new Set(received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery!.id]));
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  test.each([301, 302, 303, 307, 308])('is not sent on where a %i leads', async (status) => {
    const endpoint = await given(`/moved-${status}`);
    receiver().status(`/moved-${status}`, status, { location: `${receiver().url}/target` });
    work({ pauseAfter: () => null });
    await publish(eventsOf(endpoint.organisationId, 1));
    await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(1));
    expect(receiver().at('/target')).toEqual([]);
  });

  test('ends at its deadline where the other side drips or never answers, and nobody waits for it', async () => {
    const [drip, stall, healthy] = await Promise.all([given('/drip'), given('/stall'), given('/healthy')]);
    receiver().behave('/drip', (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(timer));
    });
    receiver().behave('/stall', () => undefined);
    const deadlineMs = times({ test: 3_000, soak: 15_000 });
    work({ deadlineMs, pauseAfter: () => null });
    for (const { organisationId } of [drip, stall]) await publish(eventsOf(organisationId, 10));
    await publish(eventsOf(healthy.organisationId, 20));
    await allDelivered(healthy, 20);
    for (const endpoint of [drip, stall]) {
      await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(10), {
        timeoutMs: deadlineMs + 20_000,
      });
      for (const { attempts } of await endpoint.log()) {
        const error = expect.stringContaining(`after ${deadlineMs / 1_000} seconds`);
        expect(attempts).toMatchObject([{ error }]);
        expect(attempts[0]!.durationMs - deadlineMs).toBeGreaterThanOrEqual(-20);
        // On a machine that does nothing else.
        expect(attempts[0]!.durationMs - deadlineMs).toBeLessThanOrEqual(times({ test: 15_000, soak: 500 }));
      }
    }
  });

  test('keeps 16 KiB of an answer, however long it is and however it is packed', async () => {
    const [endless, bomb] = await Promise.all([given('/endless'), given('/bomb')]);
    const { sent } = answerEndlessly();
    work();
    for (const { organisationId } of [endless, bomb]) await publish(eventsOf(organisationId, 1));
    await allDelivered(endless, 1);
    await allDelivered(bomb, 1);
    expect((await endless.log())[0]!.attempts[0]!.response).toHaveLength(16_384);
    // What the connection holds on its way, and no more: nobody reads on.
    expect(sent()).toBeLessThan(16 * 1024 * 1024);
    expect((await bomb.log())[0]!.attempts[0]!.response!.length).toBeLessThanOrEqual(16_384);
  });

  test.each(['/endless', '/bomb'])('grows its process by 5 MB at most, whatever %s answers', async (path) => {
    answerEndlessly();
    receiver().behave('/usual', (_, response) => void response.end('x'.repeat(16_384)));
    const sending: Sending = { usual: `${receiver().url}/usual`, url: receiver().url + path };
    const file = fileURLToPath(new URL('../fixtures/sending.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--expose-gc', file, JSON.stringify(sending)],
    ]);
    expect(stdout).toMatch(/^\d+$/);
    expect(Number(stdout)).toBeLessThanOrEqual(5 * 1024 * 1024);
  });

  test('goes nowhere that the guard does not permit, though the endpoint was made before', async () => {
    const endpoint = await given('/inside');
    await world().database.transaction(endpoint.viewer, (tx) =>
      tx.execute(`update webhook_endpoint set url = replace(url, '127.0.0.1', '[::1]')`),
    );
    work({ pauseAfter: () => null });
    await publish(eventsOf(endpoint.organisationId, 1));
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
    await publish([...others, wanted]);
    await publish([wanted]);
    await allDelivered(endpoint, 1);
    expect((await endpoint.log()).map(({ eventId }) => eventId)).toEqual([wanted.id]);
  });

  test('is kept while it is paused, and sent when it is resumed', async () => {
    const endpoint = await given('/paused');
    await world().ask(endpoint.viewer, documents.pause, { id: endpoint.id });
    const engine = work();
    await publish(eventsOf(endpoint.organisationId, 5));
    engine.wake();
    expect(
      await claimDue(world().database, { room: 10, atOnce: 10, busy: new Map(), leaseSeconds: 1 }),
    ).toEqual([]);
    await world().ask(endpoint.viewer, documents.resume, { id: endpoint.id });
    await allDelivered(endpoint, 5);
  });

  test('is a sample where it asks for one, marked as a test', async () => {
    const endpoint = await given('/test', { selection: '{ secret }' });
    work();
    const input = { endpointId: endpoint.id, eventType: 'tickets.hold-expired.v1' };
    const { data } = await world().ask(endpoint.viewer, documents.test, { input });
    expect(data.sendTestEvent.delivery.eventType).toBe('tickets.hold-expired.v1');
    await allDelivered(endpoint, 1);
    expect(JSON.parse(receiver().at('/test')[0]!.body)).toMatchObject({ test: true, type: input.eventType });
  });

  test('is made by its selection once for all who ask alike, and stays what it was', async () => {
    const selection = 'query ($orderId: ID!) { order(id: $orderId) { number } }';
    const endpoint = await given('/selected-a', { selection });
    const second = { url: `${receiver().url}/selected-b`, eventTypes: ['tickets.order-paid.v1'], selection };
    await world().ask(endpoint.viewer, documents.create, { input: second });
    let refused = 0;
    receiver().behave(
      '/selected-a',
      (_, response) => void response.writeHead(refused++ < 2 ? 500 : 200).end(),
    );
    const before = world().graph.asked.length;
    work();
    const event = eventOf(endpoint.organisationId);
    await publish([event]);
    await allDelivered(endpoint, 1);
    await eventually(() => expect(receiver().at('/selected-b')).toHaveLength(1));
    const bodies = [...receiver().at('/selected-a'), ...receiver().at('/selected-b')].map(({ body }) => body);
    expect(bodies).toHaveLength(4);
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0]!)).toMatchObject({
      id: event.id,
      data: { order: { number: expect.any(String) } },
    });
    const asked = world().graph.asked.slice(before);
    expect(asked).toHaveLength(1);
    expect(asked[0]!.viewer).toMatchObject({ organisationId: endpoint.organisationId, role: 'ORGANISER' });
    expect(asked[0]!.variables).toMatchObject({ orderId: expect.stringMatching(/^ord_/) });
  });

  test('waits where the graph does not answer, without an attempt; too long a message is given up', async () => {
    const selection = 'query ($orderId: ID!) { order(id: $orderId) { number } }';
    const endpoint = await given('/unrendered', { selection });
    const answer = world().graph.answer;
    let down = true;
    world().graph.answer = () => {
      if (down) throw Object.assign(new Error('gateway: down'), { code: 'PEER_UNAVAILABLE' });
      return { order: { number: 'x'.repeat(300_000) } };
    };
    const before = world().graph.asked.length;
    work();
    await publish(eventsOf(endpoint.organisationId, 1));
    await eventually(() => expect(world().graph.asked.length).toBeGreaterThan(before));
    await eventually(async () => {
      const due = `update webhook_delivery set next_attempt_at = now() where claim is null returning attempts`;
      expect(await world().database.transaction(endpoint.viewer, (tx) => tx.rows(due))).toEqual([
        { attempts: 0 },
      ]);
    });
    down = false;
    await eventually(async () => expect(await endpoint.log('EXHAUSTED')).toHaveLength(1));
    const [delivery] = await endpoint.log();
    expect(delivery!.attempts).toMatchObject([{ error: expect.stringContaining('256 KiB') }]);
    world().graph.answer = answer;
  });

  test('comes in its order where it wants one, whatever fails on the way', async () => {
    const endpoint = await given('/ordered', { ordered: true });
    const accepted: string[] = [];
    let calls = 0;
    receiver().behave('/ordered', ({ body }, response) => {
      // Two of seven: one message may fail twice, and none so often that it is given up or the breaker opens.
      const fails = calls++ % 7 < 2;
      if (!fails) accepted.push(JSON.parse(body).id);
      response.writeHead(fails ? 500 : 200).end();
    });
    const published = eventsOf(endpoint.organisationId, times({ test: 100, soak: 10_000 }));
    await publish(published);
    const workers = [work(), work()];
    expect(workers).toHaveLength(2);
    await eventually(() => expect(accepted).toHaveLength(published.length), { timeoutMs: 600_000 });
    expect(accepted).toEqual(published.map(({ id }) => id));
  }, 600_000);
});
