import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import { startHttpServer, type RunningHttpServer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually } from '@marquee/testkit';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenTicketType,
  guarded,
  hold,
  order,
  pay,
  refused,
  sandboxSecret,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Order } from '../orders/order.ts';
import { startUpkeep } from '../upkeep/upkeep.ts';
import type { Services } from '../services.ts';
import { factData } from './fact-data.ts';
import type { PaymentFact } from './provider.ts';
import { createSandboxPage, sandboxPagePath } from './sandbox/sandbox-page.ts';
import { createSandboxProvider } from './sandbox/sandbox-provider.ts';
import { startSandboxDeliveries, type SandboxDeliveries } from './sandbox/sandbox-webhooks.ts';
import { signBody } from './signature.ts';
import { createWebhooks, type Webhooks } from './webhooks.ts';

const metrics = createMetrics();
let world: World;
let server: RunningHttpServer;
let deliveries: SandboxDeliveries;
let webhooks: Webhooks;
const outbound = createOutbound({ name: 'own', timeoutMs: 20_000, logger: silentLogger, metrics });

/** The service's own HTTP side: the webhook endpoint and the sandbox's page, on a real port. */
beforeAll(async () => {
  const bare = await createWorld({ paymentTimeoutMs: 150 });
  const { database } = bare;
  let publicUrl = 'http://127.0.0.1';
  const pages = () =>
    createSandboxPage({ database, publicUrl, secret: sandboxSecret, wake: () => undefined });
  const provider = createSandboxProvider(database, {
    lateMs: 60_000,
    secret: sandboxSecret,
    pageOf: (paymentId) => pages().pageOf(paymentId),
  });
  const services: Services = { ...bare.services, providers: new Map([['sandbox', guarded(provider, 150)]]) };
  world = { ...bare, services };
  webhooks = createWebhooks(services);
  server = await startHttpServer({
    name: 'tickets',
    host: '127.0.0.1',
    port: 0,
    readiness: {},
    routes: { ...webhooks.routes, [sandboxPagePath]: (exchange) => pages().route(exchange) },
    metrics,
    logger: silentLogger,
  });
  publicUrl = server.url;
  deliveries = startSandboxDeliveries({
    database,
    url: () => `${server.url}/webhooks/payments/sandbox`,
    secret: sandboxSecret,
    outbound,
    logger: silentLogger,
    everyMs: 0,
  });
}, 60_000);
afterEach(() => webhooks.drain());
afterAll(async () => {
  await server.drain(0);
  await outbound.close();
  await world.drop();
}, 60_000);

async function givenOrder(quantity = 2, quotaSize = 10) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize });
  const held = await accepted(hold(world, world.viewer, occurrence, type, { quantity }));
  return { occurrence, type, placed: await order(world, world.viewer, held) };
}

/** What a test compares: what the same facts must lead to, whatever their order. */
async function stateOf({ id }: Pick<Order, 'id'>) {
  const [row] = await system(world, (tx) =>
    tx.rows<Record<string, unknown>>(
      `select o.status, o.paid_minor, o.refunded_minor, o.charged_back_minor,
         (select string_agg(p.status, ',' order by p.created_at) from payment p where p.order_id = o.id) as payments,
         (select string_agg(t.status, ',' order by t.status) from ticket t where t.order_id = o.id) as tickets
       from ticket_order o where o.id = $1`,
      [id],
    ),
  );
  return row!;
}

/** Everything due is delivered and worked off. */
async function deliverAll(): Promise<void> {
  await system(world, (tx) =>
    tx.execute('update sandbox_webhook set deliver_at = now() where delivered_at is null'),
  );
  while ((await deliveries.deliverDue()) > 0);
  await webhooks.drain();
}

async function post(fact: PaymentFact, reference: string, { id = newUuid(), signedAt = new Date() } = {}) {
  const body = JSON.stringify({ id, paymentId: reference, fact: factData(fact) });
  const answer = await fetch(`${server.url}/webhooks/payments/sandbox`, {
    method: 'POST',
    body,
    headers: { 'marquee-signature': signBody(body, sandboxSecret, signedAt) },
  });
  await webhooks.drain();
  return answer.status;
}

const referenceOf = async (placed: Pick<Order, 'id'>) => {
  const [row] = await system(world, (tx) =>
    tx.rows<{ reference: string }>('select reference from payment where order_id = $1', [placed.id]),
  );
  return row!.reference;
};
const amount = { amountMinor: 5000n, currency: 'EUR' };

describe('a payment whose payer must agree first', () => {
  test('is sent to the page, and paid by the webhook once the payer approved there', async () => {
    const { placed } = await givenOrder();
    const key = newUuid();
    const sent = await refused(pay(world, world.viewer, placed, { token: 'redirect', key }));
    expect(sent).toMatchObject({ kind: 'PaymentActionRequired', redirectUrl: expect.any(String) });
    const { redirectUrl } = sent as { redirectUrl: string };
    expect(await (await fetch(redirectUrl)).text()).toContain('€50.00');
    expect((await fetch(redirectUrl.replace(/s=.*/, 's=guess'))).status).toBe(404);
    await fetch(redirectUrl, { method: 'POST', body: 'decision=approve' });
    await deliverAll();
    expect(await stateOf(placed)).toMatchObject({ status: 'PAID', payments: 'CONFIRMED' });
    expect((await accepted(pay(world, world.viewer, placed, { token: 'redirect', key }))).status).toBe(
      'PAID',
    );
    expect(await violations(world)).toEqual([]);
  });

  test('that is declined there can be paid otherwise', async () => {
    const { placed } = await givenOrder();
    const sent = await refused(pay(world, world.viewer, placed, { token: 'redirect' }));
    await fetch((sent as { redirectUrl: string }).redirectUrl, { method: 'POST', body: 'decision=decline' });
    await deliverAll();
    expect(await stateOf(placed)).toMatchObject({ status: 'PENDING_PAYMENT', payments: 'FAILED' });
    await accepted(pay(world, world.viewer, placed));
    expect(await violations(world)).toEqual([]);
  });

  test('is given up when the payer comes back to pay otherwise, and can then never be approved', async () => {
    const { placed } = await givenOrder();
    const sent = await refused(pay(world, world.viewer, placed, { token: 'redirect' }));
    await accepted(pay(world, world.viewer, placed));
    await fetch((sent as { redirectUrl: string }).redirectUrl, { method: 'POST', body: 'decision=approve' });
    await deliverAll();
    expect(await stateOf(placed)).toMatchObject({ status: 'PAID', payments: 'CANCELLED,CONFIRMED' });
    expect(await violations(world)).toEqual([]);
  });

  test('and who never comes back is not waited for after the order expired', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'redirect' }));
    const upkeep = startUpkeep(world.services, { everyMs: 0, settleAfterMs: 0, abandonAfterMs: 60_000 });
    await upkeep.runOnce();
    expect(await stateOf(placed)).toMatchObject({ payments: 'PENDING' });
    await expireEverything(world);
    await upkeep.runOnce();
    expect(await stateOf(placed)).toMatchObject({ status: 'EXPIRED', payments: 'CANCELLED' });
    expect(await violations(world)).toEqual([]);
  });
});

describe('webhooks', () => {
  test('of an authorized payment lead to its capture; a late one takes the places anew', async () => {
    const { placed } = await givenOrder();
    await accepted(pay(world, world.viewer, placed, { token: 'authorize' }));
    expect(await eventTypes(world, `order-${placed.id}`)).toContain('payment-authorized');
    const late = await givenOrder(2, 2);
    await refused(pay(world, world.viewer, late.placed, { token: 'late' }));
    await expireEverything(world);
    await deliverAll();
    expect(await stateOf(late.placed)).toMatchObject({ status: 'PAID' });
    expect(await violations(world)).toEqual([]);
  });

  test('that come late, when the places are gone, give the money back', async () => {
    const { placed, occurrence, type } = await givenOrder(2, 2);
    await refused(pay(world, world.viewer, placed, { token: 'late' }));
    await expireEverything(world);
    await accepted(hold(world, world.viewer, occurrence, type));
    await deliverAll();
    expect(await stateOf(placed)).toMatchObject({ status: 'EXPIRED', refunded_minor: '5000' });
    expect(await violations(world)).toEqual([]);
  });

  test.each(['duplicate', 'out-of-order'])('that come %s change nothing', async (token) => {
    const { placed } = await givenOrder();
    await accepted(pay(world, world.viewer, placed, { token }));
    const before = await stateOf(placed);
    await deliverAll();
    expect(await stateOf(placed)).toEqual(before);
    const types = await eventTypes(world, `order-${placed.id}`);
    expect(types.filter((type) => type === 'order-paid')).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  });

  test('are taken once, refused unsigned, old or of another secret, and ignored for strangers', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    const reference = await referenceOf(placed);
    const fact = { kind: 'succeeded', amount } as const;
    const url = `${server.url}/webhooks/payments/sandbox`;
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400);
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(`${url}2`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect(await post(fact, reference, { signedAt: new Date(Date.now() - 600_000) })).toBe(400);
    expect(await post(fact, newUuid())).toBe(200);
    expect(await stateOf(placed)).toMatchObject({ status: 'PENDING_PAYMENT' });
    const id = newUuid();
    expect(await post(fact, reference, { id })).toBe(200);
    expect(await post(fact, reference, { id })).toBe(200);
    expect(await stateOf(placed)).toMatchObject({ status: 'PAID' });
    const kept = await system(world, (tx) =>
      tx.rows('select attempts from payment_webhook where event_id = $1', [id]),
    );
    expect(kept).toEqual([{ attempts: 1 }]);
  });

  test('of another amount than was asked for sell nothing, and say so', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await post(
      { kind: 'succeeded', amount: { amountMinor: 1n, currency: 'EUR' } },
      await referenceOf(placed),
    );
    expect(await stateOf(placed)).toMatchObject({ status: 'PENDING_PAYMENT' });
    const [row] = await system(world, (tx) =>
      tx.rows<{ last_error: string }>('select last_error from payment_webhook where last_error is not null'),
    );
    expect(row?.last_error).toContain('another amount');
  });

  test('whose work died are worked off by upkeep', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await post({ kind: 'succeeded', amount }, await referenceOf(placed));
    await system(world, (tx) => tx.execute('update payment_webhook set processed_at = null, attempts = 0'));
    await startUpkeep(world.services, { everyMs: 0, settleAfterMs: 0, abandonAfterMs: 60_000 }).runOnce();
    await eventually(async () => {
      const open = await system(world, (tx) =>
        tx.rows(`select 1 from payment_webhook where processed_at is null and last_error is null`),
      );
      expect(open).toEqual([]);
    });
    expect(await violations(world)).toEqual([]);
  });
});

describe('a chargeback', () => {
  const paidBy = async (token: string) => {
    const given = await givenOrder(2, 2);
    await accepted(pay(world, world.viewer, given.placed, { token }));
    await deliverAll();
    return given;
  };

  test('revokes the tickets while it is open, and their places stay taken', async () => {
    const { placed, occurrence, type } = await paidBy('chargeback');
    expect(await stateOf(placed)).toMatchObject({
      payments: 'CHARGED_BACK',
      charged_back_minor: '5000',
      tickets: 'REVOKED,REVOKED',
    });
    expect((await refused(hold(world, world.viewer, occurrence, type))).kind).toBe('NotEnoughTickets');
    expect(await violations(world)).toEqual([]);
  });

  test('that is won gives everything back; one that is lost frees the places', async () => {
    const won = await paidBy('chargeback-won');
    expect(await stateOf(won.placed)).toMatchObject({
      status: 'PAID',
      payments: 'CONFIRMED',
      charged_back_minor: '0',
      tickets: 'VALID,VALID',
    });
    const lost = await paidBy('chargeback-lost');
    expect(await stateOf(lost.placed)).toMatchObject({
      payments: 'CHARGED_BACK',
      tickets: 'CANCELLED,CANCELLED',
    });
    await accepted(hold(world, world.viewer, lost.occurrence, lost.type, { quantity: 2 }));
    expect(await violations(world)).toEqual([]);
  });
});

describe('facts of one payment in any order', () => {
  const disputed = (status: 'OPEN' | 'WON' | 'LOST'): PaymentFact => ({
    kind: 'disputed',
    disputeReference: 'd1',
    amount,
    status,
    reason: null,
  });
  const external: PaymentFact = {
    kind: 'refunded',
    refundReference: 'r1',
    refundId: null,
    amount: { amountMinor: 2000n, currency: 'EUR' },
    status: 'DONE',
    reason: null,
  };
  const failed: PaymentFact = { kind: 'failed', reason: 'The first card was declined.' };
  const succeeded: PaymentFact = { kind: 'succeeded', amount };

  const permutations = <T>(items: readonly T[]): T[][] =>
    items.length < 2
      ? [[...items]]
      : items.flatMap((item, place) =>
          permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]),
        );

  test.each<[string, PaymentFact[]]>([
    ['paid after all', [succeeded, failed, { kind: 'cancelled' }]],
    ['refunded at the desk and disputed', [succeeded, external, disputed('OPEN')]],
    ['disputed and won', [failed, disputed('OPEN'), disputed('WON')]],
    ['refunded, disputed, lost', [external, disputed('OPEN'), disputed('LOST')]],
  ])(
    '%s: the end is the same',
    async (_, facts) => {
      const ends = new Set<string>();
      for (const sequence of permutations(facts)) {
        const { placed } = await givenOrder();
        await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
        const reference = await referenceOf(placed);
        // Once more at the end: what comes twice changes nothing.
        for (const fact of [...sequence, sequence[0]!]) await post(fact, reference);
        ends.add(JSON.stringify(await stateOf(placed)));
      }
      expect([...ends]).toHaveLength(1);
      expect(await violations(world)).toEqual([]);
    },
    60_000,
  );
});
