import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { listSagas } from '@marquee/sagas';
import {
  accepted,
  eventTypes,
  expireEverything,
  hold,
  pay,
  refused,
  system,
  violations,
} from '../harness.test-support.ts';
import { issueDueInvoices } from '../invoices/issue-invoices.ts';
import type { Order } from '../orders/order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import {
  createWebhookWorld,
  givenUnpaid,
  referenceOf,
  stateOf,
  type WebhookWorld,
} from './webhooks.test-support.ts';

let world: WebhookWorld;
beforeAll(async () => {
  world = await createWebhookWorld();
});
afterAll(() => world.drop(), 60_000);

const givenOrder = (quantity = 2, quotaSize = 10) => givenUnpaid(world, quantity, quotaSize);
const stateNow = (placed: Pick<Order, 'id'>) => stateOf(world, placed);
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
    await world.deliverAll();
    expect(await stateNow(placed)).toMatchObject({ status: 'PAID', payments: 'CONFIRMED' });
    expect((await accepted(pay(world, world.viewer, placed, { token: 'redirect', key }))).status).toBe(
      'PAID',
    );
    expect(await violations(world)).toEqual([]);
  });

  test('that is declined there can be paid otherwise', async () => {
    const { placed } = await givenOrder();
    const sent = await refused(pay(world, world.viewer, placed, { token: 'redirect' }));
    await fetch((sent as { redirectUrl: string }).redirectUrl, { method: 'POST', body: 'decision=decline' });
    await world.deliverAll();
    expect(await stateNow(placed)).toMatchObject({ status: 'PENDING_PAYMENT', payments: 'FAILED' });
    await accepted(pay(world, world.viewer, placed));
    expect(await violations(world)).toEqual([]);
  });

  test('is given up when the payer comes back to pay otherwise, and can then never be approved', async () => {
    const { placed } = await givenOrder();
    const sent = await refused(pay(world, world.viewer, placed, { token: 'redirect' }));
    await accepted(pay(world, world.viewer, placed));
    await fetch((sent as { redirectUrl: string }).redirectUrl, { method: 'POST', body: 'decision=approve' });
    await world.deliverAll();
    expect(await stateNow(placed)).toMatchObject({ status: 'PAID', payments: 'CANCELLED,CONFIRMED' });
    expect(await violations(world)).toEqual([]);
  });

  test('and who never comes back is not waited for after the order expired', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'redirect' }));
    const upkeep = upkeepOf(world);
    await upkeep.runOnce();
    expect(await stateNow(placed)).toMatchObject({ payments: 'PENDING' });
    await expireEverything(world);
    await upkeep.runOnce();
    expect(await stateNow(placed)).toMatchObject({ status: 'EXPIRED', payments: 'CANCELLED' });
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
    await world.deliverAll();
    expect(await stateNow(late.placed)).toMatchObject({ status: 'PAID' });
    expect(await violations(world)).toEqual([]);
  });

  test('that come late, when the places are gone, give the money back', async () => {
    const { placed, occurrence, type } = await givenOrder(2, 2);
    await refused(pay(world, world.viewer, placed, { token: 'late' }));
    await expireEverything(world);
    await accepted(hold(world, world.viewer, occurrence, type));
    await world.deliverAll();
    expect(await stateNow(placed)).toMatchObject({ status: 'EXPIRED', refunded_minor: '5000' });
    expect(await violations(world)).toEqual([]);
  });

  test.each(['duplicate', 'out-of-order'])('that come %s change nothing', async (token) => {
    const { placed } = await givenOrder();
    await accepted(pay(world, world.viewer, placed, { token }));
    const before = await stateNow(placed);
    await world.deliverAll();
    expect(await stateNow(placed)).toEqual(before);
    const types = await eventTypes(world, `order-${placed.id}`);
    expect(types.filter((type) => type === 'order-paid')).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  });

  test('are taken once, refused unsigned, old or of another secret, and ignored for strangers', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    const reference = await referenceOf(world, placed);
    const fact = { kind: 'succeeded', amount } as const;
    const { url } = world;
    expect((await fetch(url, { method: 'POST', body: '{}' })).status).toBe(400);
    expect((await fetch(url)).status).toBe(405);
    expect((await fetch(`${url}2`, { method: 'POST', body: '{}' })).status).toBe(404);
    expect(await world.post(fact, reference, { signedAt: new Date(Date.now() - 600_000) })).toBe(400);
    expect(await world.post(fact, newUuid())).toBe(200);
    expect(await stateNow(placed)).toMatchObject({ status: 'PENDING_PAYMENT' });
    const id = newUuid();
    expect(await world.post(fact, reference, { id })).toBe(200);
    expect(await world.post(fact, reference, { id })).toBe(200);
    expect(await stateNow(placed)).toMatchObject({ status: 'PAID' });
    const kept = await system(world, (tx) =>
      tx.rows(`select processed_at is not null as done from payment_webhook where event_id = $1`, [id]),
    );
    expect(kept).toEqual([{ done: true }]);
  });

  test('of another amount than was asked for sell nothing, and say so', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await world.post(
      { kind: 'succeeded', amount: { amountMinor: 1n, currency: 'EUR' } },
      await referenceOf(world, placed),
    );
    expect(await stateNow(placed)).toMatchObject({ status: 'PENDING_PAYMENT' });
    // Tried again, as everything, then left for people, who can retry it.
    for (let round = 0; round < 8; round++) await upkeepOf(world, { passedMs: 61_000 }).runOnce();
    const [stuck] = await system(world, (tx) => listSagas(tx, { status: 'STUCK' }));
    expect(stuck).toMatchObject({ name: 'payment', error: expect.stringContaining('another amount') });
    expect(await stateNow(placed)).toMatchObject({ status: 'PENDING_PAYMENT' });
  });

  test('that an earlier version kept and had not worked off are handed over', async () => {
    const { placed } = await givenOrder();
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    const reference = await referenceOf(world, placed);
    await world.database.transaction(world.viewer, (tx) =>
      tx.execute(
        `insert into payment_webhook (organisation_id, provider, event_id, payment_id, fact)
         select $1, 'sandbox', 'old', id, $3 from payment where reference = $2`,
        [
          world.viewer.organisationId,
          reference,
          { kind: 'succeeded', amount: { amountMinor: '5000', currency: 'EUR' } },
        ],
      ),
    );
    await upkeepOf(world, { passedMs: 0 }).runOnce();
    expect(await stateNow(placed)).toMatchObject({ status: 'PAID' });
    expect(await violations(world)).toEqual([]);
  });
});

describe('a chargeback', () => {
  const paidBy = async (token: string) => {
    const given = await givenOrder(2, 2);
    await accepted(pay(world, world.viewer, given.placed, { token }));
    await world.deliverAll();
    return given;
  };

  test('revokes the tickets while it is open, and their places stay taken', async () => {
    const { placed, occurrence, type } = await paidBy('chargeback');
    expect(await stateNow(placed)).toMatchObject({
      payments: 'CHARGED_BACK',
      charged_back_minor: '5000',
      tickets: 'REVOKED,REVOKED',
    });
    expect((await refused(hold(world, world.viewer, occurrence, type))).kind).toBe('NotEnoughTickets');
    expect(await violations(world)).toEqual([]);
  });

  test('that is won gives everything back; one that is lost frees the places', async () => {
    const won = await paidBy('chargeback-won');
    expect(await stateNow(won.placed)).toMatchObject({
      status: 'PAID',
      payments: 'CONFIRMED',
      charged_back_minor: '0',
      tickets: 'VALID,VALID',
    });
    const lost = await paidBy('chargeback-lost');
    expect(await stateNow(lost.placed)).toMatchObject({
      payments: 'CHARGED_BACK',
      tickets: 'CANCELLED,CANCELLED',
    });
    await accepted(hold(world, world.viewer, lost.occurrence, lost.type, { quantity: 2 }));
    await issueDueInvoices(world.services, world.viewer);
    const notes = await system(world, (tx) =>
      tx.rows(
        `select total_minor, document ->> 'reason' as reason from invoice where kind = 'CREDIT_NOTE'
               and order_id = any($1)`,
        [[won.placed.id, lost.placed.id]],
      ),
    );
    expect(notes).toEqual([{ total_minor: '5000', reason: 'Charged back' }]);
    expect(await violations(world)).toEqual([]);
  });
});
