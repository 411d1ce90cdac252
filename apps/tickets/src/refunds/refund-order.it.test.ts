import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenSeats,
  givenTicketType,
  guarded,
  hold,
  order,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Order } from '../orders/order.ts';
import type { PaymentProvider, RefundAnswer } from '../payments/provider.ts';
import { createSandboxProvider } from '../payments/sandbox/sandbox-provider.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { refundOrder } from './refund-order.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const refund = (
  placed: Order,
  amountMinor: bigint | null = null,
  idempotencyKey = newUuid(),
  services = world.services,
) =>
  refundOrder(services, world.viewer, {
    idempotencyKey,
    orderId: placed.id,
    amount: amountMinor === null ? null : { amountMinor, currency: 'EUR' },
    reason: 'They asked.',
  });

const read = async (placed: Order) => {
  const [row] = await system(world, (tx) =>
    tx.rows<{ status: string; refunded_minor: string; refunds: string }>(
      `select status, refunded_minor,
         (select string_agg(status, ',' order by created_at) from refund where order_id = $1) as refunds
       from ticket_order where id = $1`,
      [placed.id],
    ),
  );
  return row!;
};

async function paidOrder(quantity = 2) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize: quantity });
  return {
    occurrence,
    type,
    paid: await givenPaidOrder(world, world.viewer, occurrence, type, { quantity }),
  };
}

/** The services with a provider whose refunds end as told. */
function refundsEnd(answer: () => Promise<RefundAnswer>) {
  const provider: PaymentProvider = {
    ...createSandboxProvider(world.database),
    refund: answer,
  };
  return { ...world.services, providers: new Map([['sandbox', guarded(provider)]]) };
}

describe('refunding an order', () => {
  test('in full cancels its tickets and sells its places again', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 2 });
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds });
    await accepted(refund(paid));
    expect(await read(paid)).toEqual({ status: 'REFUNDED', refunded_minor: '5000', refunds: 'DONE' });
    const [ticketId] = await ticketIdsOf(world, paid);
    expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual(['ticket-issued', 'ticket-cancelled']);
    await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds });
    expect(await violations(world)).toEqual([]);
  });

  test('in parts keeps the tickets until nothing is left', async () => {
    const { occurrence, type, paid } = await paidOrder();
    await accepted(refund(paid, 2000n));
    expect(await read(paid)).toMatchObject({ status: 'PARTIALLY_REFUNDED' });
    expect((await refused(hold(world, world.viewer, occurrence, type))).kind).toBe('NotEnoughTickets');
    expect(await refused(refund(paid, 3001n))).toMatchObject({
      kind: 'RefundExceedsPayments',
      refundable: { amountMinor: 3000n, currency: 'EUR' },
    });
    await accepted(refund(paid, 3000n));
    expect(await read(paid)).toMatchObject({ status: 'REFUNDED' });
    await accepted(hold(world, world.viewer, occurrence, type));
    expect(await eventTypes(world, `order-${paid.id}`)).toEqual(
      expect.arrayContaining(['order-refunded', 'refund-settled', 'order-refunded', 'refund-settled']),
    );
    expect(await violations(world)).toEqual([]);
  });

  test('gives back once for one key, and never for what was not paid', async () => {
    const { occurrence, type, paid } = await paidOrder(2);
    const key = newUuid();
    const [first, second] = await Promise.all([
      accepted(refund(paid, 1000n, key)),
      accepted(refund(paid, 1000n, key)),
    ]);
    expect(second).toEqual(first);
    expect(await read(paid)).toMatchObject({ refunded_minor: '1000' });
    await accepted(refund(paid));
    const unpaid = await order(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type)),
    );
    expect((await refused(refund(unpaid))).kind).toBe('RefundExceedsPayments');
    expect((await refused(refund({ ...unpaid, id: newUuid() }))).kind).toBe('NotFound');
    expect(await violations(world)).toEqual([]);
  });

  test('goes on by itself while the provider is silent', async () => {
    const { paid } = await paidOrder();
    await accepted(
      refund(
        paid,
        null,
        newUuid(),
        refundsEnd(() => Promise.reject(new Error('silence'))),
      ),
    );
    expect(await read(paid)).toMatchObject({ status: 'REFUNDED', refunds: 'TRANSIT' });
    await upkeepOf(world, { passedMs: 61_000 }).runOnce();
    expect(await read(paid)).toMatchObject({ refunds: 'DONE' });
    expect(await violations(world)).toEqual([]);
  });

  test('that the provider refuses counts for nothing, and the books say so', async () => {
    const { paid } = await paidOrder();
    await accepted(
      refund(
        paid,
        2000n,
        newUuid(),
        refundsEnd(async () => ({ status: 'FAILED', reason: 'Closed.' })),
      ),
    );
    expect(await read(paid)).toMatchObject({ refunded_minor: '0', refunds: 'FAILED' });
    expect(await eventTypes(world, `order-${paid.id}`)).toContain('refund-failed');
    await accepted(refund(paid));
    expect(await read(paid)).toMatchObject({ status: 'REFUNDED', refunded_minor: '5000' });
    expect(await violations(world)).toEqual([]);
  });
});
