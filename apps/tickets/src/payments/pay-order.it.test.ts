import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenPaidOrder,
  givenSeats,
  givenTicketType,
  guarded,
  hold,
  newViewer,
  order,
  pay,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { payOrder } from './pay-order.ts';
import { lostAfterLooks } from './payment-saga.ts';
import type { PaymentProvider } from './provider.ts';
import { createSandboxProvider } from './sandbox/sandbox-provider.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const upkeep = () => upkeepOf(world);
const answerLateCharges = () =>
  system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));

async function givenOrder(quotaSize = 10, quantity = 2) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize });
  const held = await accepted(hold(world, world.viewer, occurrence, type, { quantity }));
  return { occurrence, type, placed: await order(world, world.viewer, held) };
}

const statusOf = async (id: string) =>
  (
    await system(world, (tx) =>
      tx.rows<{ status: string }>('select status from ticket_order where id = $1', [id]),
    )
  )[0]!.status;

describe('paying', () => {
  test('issues one ticket a place, each with its seat', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world);
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, {
      seatIds: seatIds.slice(0, 3),
    });
    expect(paid.status).toBe('PAID');
    const tickets = await system(world, (tx) =>
      tx.rows<{ seat_id: string }>('select seat_id from ticket where order_id = $1', [paid.id]),
    );
    expect(tickets.map((ticket) => ticket.seat_id).sort()).toEqual(seatIds.slice(0, 3).sort());
    expect(await eventTypes(world, `order-${paid.id}`)).toEqual([
      'order-placed',
      'payment-started',
      'payment-confirmed',
      'order-paid',
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('that is declined can be tried again with another key', async () => {
    const { placed } = await givenOrder();
    const key = newUuid();
    expect((await refused(pay(world, world.viewer, placed, { token: 'decline', key }))).kind).toBe(
      'PaymentDeclined',
    );
    expect((await refused(pay(world, world.viewer, placed, { token: 'decline', key }))).kind).toBe(
      'PaymentDeclined',
    );
    expect((await refused(pay(world, world.viewer, placed, { token: 'approve', key }))).kind).toBe(
      'IdempotencyConflict',
    );
    expect((await accepted(pay(world, world.viewer, placed))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });

  test('again with the same key answers the paid order, with another that it is paid already', async () => {
    const { placed } = await givenOrder();
    const key = newUuid();
    await accepted(pay(world, world.viewer, placed, { key }));
    expect((await accepted(pay(world, world.viewer, placed, { key }))).status).toBe('PAID');
    expect(await refused(pay(world, world.viewer, placed))).toMatchObject({
      kind: 'OrderNotPayable',
      status: 'PAID',
    });
    expect(await ticketIdsOf(world, placed)).toHaveLength(2);
  });

  test('a free order asks no provider', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { price: { amountMinor: 0n, currency: 'EUR' } });
    const held = await accepted(hold(world, world.viewer, occurrence, type));
    const placed = await order(world, world.viewer, held);
    expect((await accepted(pay(world, world.viewer, placed, { token: 'decline' }))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });

  test('is for its own guest and the box office, and not after the order expired', async () => {
    const { placed } = await givenOrder();
    const stranger = newViewer('GUEST', world.viewer.organisationId, 'eve@example.com');
    expect((await refused(pay(world, stranger, placed))).kind).toBe('NotFound');
    expect((await refused(pay(world, newViewer(), placed))).kind).toBe('NotFound');
    await expireEverything(world);
    expect((await refused(pay(world, world.viewer, placed))).kind).toBe('OrderExpired');
  });

  test('fails without a charge while the breaker is open', async () => {
    const { placed } = await givenOrder();
    const sandbox = world.services.providers.get('sandbox')!;
    const provider = { ...sandbox, confirm: async () => ({ status: 'NOT_SENT' as const }) };
    const request = {
      idempotencyKey: newUuid(),
      orderId: placed.id,
      provider,
      paymentToken: 'approve',
      returnUrl: null,
    };
    expect((await refused(payOrder(world.services, world.viewer, request))).kind).toBe('Unavailable');
    await accepted(pay(world, world.viewer, placed));
  });
});

describe('a provider that does not answer in time', () => {
  test('leaves the payment pending, and the reconciler finishes it with what the provider says', async () => {
    const { placed } = await givenOrder();
    const key = newUuid();
    expect((await refused(pay(world, world.viewer, placed, { token: 'timeout', key }))).kind).toBe(
      'PaymentPending',
    );
    expect((await refused(pay(world, world.viewer, placed))).kind).toBe('PaymentPending');
    await upkeep().runOnce();
    expect(await statusOf(placed.id)).toBe('PENDING_PAYMENT');
    await answerLateCharges();
    await upkeep().runOnce();
    expect(await statusOf(placed.id)).toBe('PAID');
    expect((await accepted(pay(world, world.viewer, placed, { token: 'timeout', key }))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });

  test('and approves after the order expired: its places are taken anew where they are free', async () => {
    const { placed, occurrence, type } = await givenOrder(2, 2);
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await expireEverything(world);
    const other = await accepted(hold(world, world.viewer, occurrence, type, { quantity: 2 }));
    expect(await statusOf(placed.id)).toBe('EXPIRED');
    await expireEverything(world);
    await answerLateCharges();
    await upkeep().runOnce();
    expect(await statusOf(placed.id)).toBe('PAID');
    expect(await eventTypes(world, `hold-${other.id}`)).toContain('hold-expired');
    expect(await eventTypes(world, `order-${placed.id}`)).toEqual([
      'order-placed',
      'payment-started',
      'order-expired',
      'payment-confirmed',
      'order-paid',
      'invoice-issued',
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('and approves when the places are gone: the money goes back by itself', async () => {
    const { placed, occurrence, type } = await givenOrder(2, 2);
    const key = newUuid();
    await refused(pay(world, world.viewer, placed, { token: 'timeout', key }));
    await expireEverything(world);
    await accepted(hold(world, world.viewer, occurrence, type, { quantity: 1 }));
    await answerLateCharges();
    await upkeep().runOnce();
    await upkeep().runOnce();
    expect(await statusOf(placed.id)).toBe('EXPIRED');
    const refunds = await system(world, (tx) =>
      tx.rows('select status, amount_minor from refund where order_id = $1', [placed.id]),
    );
    expect(refunds).toEqual([{ status: 'DONE', amount_minor: '5000' }]);
    expect(await eventTypes(world, `order-${placed.id}`)).toEqual([
      'order-placed',
      'payment-started',
      'order-expired',
      'payment-confirmed',
      'payment-returned',
      'refund-settled',
    ]);
    expect((await refused(pay(world, world.viewer, placed, { token: 'timeout', key }))).kind).toBe(
      'OrderExpired',
    );
    expect(await violations(world)).toEqual([]);
  });

  test('and approves after one of its seats was sold to another: the money goes back by itself', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 4 });
    const held = await accepted(
      hold(world, world.viewer, occurrence, type, { seatIds: seatIds.slice(0, 2) }),
    );
    const placed = await order(world, world.viewer, held);
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await expireEverything(world);
    await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: seatIds.slice(1, 3) });
    await answerLateCharges();
    await upkeep().runOnce();
    expect(await statusOf(placed.id)).toBe('EXPIRED');
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[0]!] }));
    expect(await violations(world)).toEqual([]);
  });

  test('and was never reached: the payment is given up once it cannot be on its way any more', async () => {
    const { placed } = await givenOrder();
    const deaf: PaymentProvider = {
      ...createSandboxProvider(world.database),
      confirm: () => Promise.reject(new Error('the line is dead')),
      find: async () => ({ status: 'UNKNOWN' }),
    };
    const provider = guarded(deaf);
    const request = {
      idempotencyKey: newUuid(),
      orderId: placed.id,
      provider,
      paymentToken: 'approve',
      returnUrl: null,
    };
    expect((await refused(payOrder(world.services, world.viewer, request))).kind).toBe('PaymentPending');
    await upkeep().runOnce();
    expect((await refused(pay(world, world.viewer, placed))).kind).toBe('PaymentPending');
    for (let looks = 1; looks <= lostAfterLooks; looks++)
      await upkeepOf(world, { passedMs: 61_000 }).runOnce();
    await accepted(pay(world, world.viewer, placed));
    expect(await violations(world)).toEqual([]);
  });
});
