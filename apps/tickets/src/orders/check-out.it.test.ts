import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  aGuest,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenSeats,
  givenTicketType,
  hold,
  newViewer,
  order as placeOrder,
  pay,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Hold } from '../holds/hold.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { keepOccurrences } from '../occurrences/replicas.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { carryOutSagas, upkeepOf } from '../upkeep/later.test-support.ts';
import { checkOut } from './check-out.ts';
import type { Order } from './order.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const checkOutAll = ([first, ...more]: readonly Hold[], key = newUuid()) =>
  checkOut(world.services, world.viewer, {
    idempotencyKey: key,
    holdId: first!.id,
    moreHoldIds: more.map(({ id }) => id),
    guest: aGuest,
    voucherCode: null,
  });

async function givenSale() {
  const occurrence = await givenOccurrence(world);
  return { occurrence, type: await givenTicketType(world, occurrence) };
}

/** Two evenings of one event, which share their quota, and an evening with seats. */
async function givenCart() {
  const friday = await givenOccurrence(world);
  const saturday = await givenOccurrence(world, { eventId: friday.eventId });
  const type = await givenTicketType(world, friday, { price: { amountMinor: 1000n, currency: 'EUR' } });
  const { occurrence: seated, type: seatType, seatIds } = await givenSeats(world);
  const holds = [
    await accepted(hold(world, world.viewer, friday, type, { quantity: 2 })),
    await accepted(hold(world, world.viewer, saturday, type, { quantity: 1 })),
    await accepted(hold(world, world.viewer, friday, type, { quantity: 3 })),
    await accepted(hold(world, world.viewer, seated, seatType, { seatIds: seatIds.slice(0, 2) })),
  ];
  return { friday, saturday, seated, type, holds };
}

const bucketsOf = async (occurrence: Occurrence) => {
  const [row] = await system(world, (tx) =>
    tx.rows<{ held: number; sold: number }>('select held, sold from quota_bucket where occurrence_id = $1', [
      occurrence.id,
    ]),
  );
  return [row?.held ?? 0, row?.sold ?? 0];
};

const ticketsAt = async (order: Order) => {
  const rows = await system(world, (tx) =>
    tx.rows<{ occurrence_id: string; status: string }>(
      'select occurrence_id, status from ticket where order_id = $1',
      [order.id],
    ),
  );
  return (occurrence: Occurrence) =>
    rows.filter((row) => row.occurrence_id === occurrence.id).map(({ status }) => status);
};

type Told = {
  occurrenceId: string;
  quantity: number;
  heldQuantity?: number;
  total?: { amountMinor: string };
};
const toldOf = async (order: Order, type: string) => {
  const rows = await system(world, (tx) =>
    tx.rows<{ data: Told }>(
      'select data from event_log where stream_id = $1 and type = $2 order by version',
      [`order-${order.id}`, type],
    ),
  );
  return rows.map(({ data }) => data);
};

const cancelOccurrence = (occurrence: Occurrence) =>
  world.database.transaction(world.viewer, (tx) =>
    keepOccurrences(tx, [{ ...occurrence, status: 'CANCELLED', revision: 9 }]),
  );

describe('a check-out', () => {
  test('makes an order of a hold, for a guest that guests was asked about once', async () => {
    const { occurrence, type } = await givenSale();
    world.owners.asked = [];
    const guest = { email: `${newUuid().slice(-8)}@example.com`, name: 'Grace Hopper' };
    const first = await placeOrder(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type)),
      guest,
    );
    const second = await placeOrder(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type)),
      {
        ...guest,
        email: guest.email.toUpperCase(),
      },
    );
    expect(first).toMatchObject({
      status: 'PENDING_PAYMENT',
      total: { amountMinor: 2500n, currency: 'EUR' },
    });
    expect(first.number).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
    expect(second.guestId).toBe(first.guestId);
    expect(world.owners.asked).toEqual(['guest']);
    expect(await violations(world)).toEqual([]);
  });

  test('answers the same order to the same key, and converts a hold once', async () => {
    const { occurrence, type } = await givenSale();
    const held = await accepted(hold(world, world.viewer, occurrence, type));
    const request = { idempotencyKey: newUuid(), holdId: held.id, guest: aGuest, voucherCode: null };
    const once = await accepted(checkOut(world.services, world.viewer, request));
    expect(await accepted(checkOut(world.services, world.viewer, request))).toEqual(once);
    const again = { ...request, idempotencyKey: newUuid() };
    expect(await refused(checkOut(world.services, world.viewer, again))).toMatchObject({
      kind: 'HoldNotActive',
    });
  });

  test('refuses an expired hold, an unknown voucher, a stranger, and a cancelled occurrence', async () => {
    const { occurrence, type } = await givenSale();
    const request = { idempotencyKey: newUuid(), guest: aGuest, voucherCode: null };
    const out = (holdId: string, viewer = world.viewer, voucherCode: string | null = null) =>
      refused(checkOut(world.services, viewer, { ...request, holdId, voucherCode }));
    const held = await accepted(hold(world, world.viewer, occurrence, type));
    expect((await out(held.id, newViewer('GUEST', world.viewer.organisationId))).kind).toBe('NotFound');
    expect(await out(held.id, world.viewer, 'FREE')).toMatchObject({
      kind: 'InvalidInput',
      field: 'voucherCode',
    });
    await expireEverything(world);
    expect((await out(held.id)).kind).toBe('HoldExpired');
    const live = await accepted(hold(world, world.viewer, occurrence, type));
    await world.database.transaction(world.viewer, (tx) =>
      keepOccurrences(tx, [{ ...occurrence, status: 'CANCELLED', revision: 2 }]),
    );
    expect((await out(live.id)).kind).toBe('NotOnSale');
  });

  test('needs guests to answer when the guest is new', async () => {
    const { occurrence, type } = await givenSale();
    const held = await accepted(hold(world, world.viewer, occurrence, type));
    world.owners.down = true;
    const guest = { email: `${newUuid()}@example.com`, name: 'New' };
    const request = { idempotencyKey: newUuid(), holdId: held.id, guest, voucherCode: null };
    expect((await refused(checkOut(world.services, world.viewer, request))).kind).toBe('Unavailable');
    world.owners.down = false;
    await accepted(checkOut(world.services, world.viewer, request));
  });
});

describe('a cart of several occurrences', () => {
  test('becomes one order with tickets for each, told of hold by hold', async () => {
    const { friday, saturday, seated, holds } = await givenCart();
    const order = await accepted(checkOutAll(holds));
    expect(order.total.amountMinor).toBe(6000n + 5000n);
    expect(await bucketsOf(friday)).toEqual([5, 0]);
    await accepted(pay(world, world.viewer, order));
    expect([await bucketsOf(friday), await bucketsOf(saturday)]).toEqual([
      [0, 5],
      [0, 1],
    ]);
    const tickets = await ticketsAt(order);
    expect([tickets(friday), tickets(saturday), tickets(seated)].map(({ length }) => length)).toEqual([
      5, 1, 2,
    ]);
    const told = await toldOf(order, 'tickets.order-paid.v1');
    expect(
      told.map(({ occurrenceId, quantity, total }) => [occurrenceId, quantity, total!.amountMinor]),
    ).toEqual([
      [friday.id, 2, '2000'],
      [saturday.id, 1, '1000'],
      [friday.id, 3, '3000'],
      [seated.id, 2, '5000'],
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('gives all its places back when it is not paid in time, whichever of them someone wants', async () => {
    const { friday, saturday, type, holds } = await givenCart();
    const order = await accepted(checkOutAll(holds));
    await expireEverything(world);
    await accepted(hold(world, world.viewer, saturday, type, { quantity: 10 }));
    await upkeepOf(world).runOnce();
    expect(await bucketsOf(friday)).toEqual([0, 0]);
    expect((await toldOf(order, 'tickets.order-expired.v1')).length).toBe(4);
    expect(await violations(world)).toEqual([]);
  });

  test('is refused as a whole where one of its holds is gone, and the others stay as they are', async () => {
    const { holds } = await givenCart();
    await accepted(checkOutAll([holds[1]!]));
    expect((await refused(checkOutAll(holds))).kind).toBe('HoldNotActive');
    await accepted(checkOutAll([holds[0]!, holds[2]!]));
    expect(await violations(world)).toEqual([]);
  });

  test('has one currency', async () => {
    const { friday, holds } = await givenCart();
    const francs = await givenTicketType(world, friday, { price: { amountMinor: 900n, currency: 'CHF' } });
    const other = await accepted(hold(world, world.viewer, friday, francs));
    expect(await refused(checkOutAll([holds[0]!, other]))).toMatchObject({
      kind: 'InvalidInput',
      field: 'holdIds',
    });
  });

  test('loses what was bought for a cancelled occurrence, with its money, and keeps the rest', async () => {
    const { friday, saturday, seated, holds } = await givenCart();
    const order = await accepted(checkOutAll(holds));
    await accepted(pay(world, world.viewer, order));
    await cancelOccurrence(friday);
    await carryOutSagas(world.services);
    const tickets = await ticketsAt(order);
    expect(tickets(friday)).toEqual(Array.from({ length: 5 }, () => 'CANCELLED'));
    expect([...tickets(saturday), ...tickets(seated)]).toEqual(['VALID', 'VALID', 'VALID']);
    expect(await bucketsOf(friday)).toEqual([0, 0]);
    const [row] = await system(world, (tx) =>
      tx.rows('select status, refunded_minor from ticket_order where id = $1', [order.id]),
    );
    expect(row).toEqual({ status: 'PARTIALLY_REFUNDED', refunded_minor: '5000' });
    await cancelOccurrence(saturday);
    await cancelOccurrence(seated);
    await carryOutSagas(world.services);
    const refunded = await toldOf(order, 'tickets.order-refunded.v1');
    expect(new Set(refunded.map(({ occurrenceId }) => occurrenceId)).size).toBe(3);
    expect(await violations(world)).toEqual([]);
  });

  test('shares a partial refund out over its parts, to the cent', async () => {
    const { holds } = await givenCart();
    const order = await accepted(checkOutAll(holds));
    await accepted(pay(world, world.viewer, order));
    const refund = (amountMinor: bigint | null) =>
      accepted(
        refundOrder(world.services, world.viewer, {
          idempotencyKey: newUuid(),
          orderId: order.id,
          amount: amountMinor === null ? null : { amountMinor, currency: 'EUR' },
          reason: null,
        }),
      );
    await refund(3333n);
    await refund(null);
    const told = (await toldOf(order, 'tickets.order-refunded.v1')) as unknown as {
      amount: { amountMinor: string };
    }[];
    expect(told.reduce((sum, { amount }) => sum + BigInt(amount.amountMinor), 0n)).toBe(11_000n);
    expect(await violations(world)).toEqual([]);
  });

  test('that is paid late takes all its places anew, or none', async () => {
    const { friday, saturday, holds } = await givenCart();
    const order = await accepted(checkOutAll([holds[0]!, holds[1]!]));
    await refused(pay(world, world.viewer, order, { token: 'timeout' }));
    await expireEverything(world);
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
    const upkeep = upkeepOf(world);
    await upkeep.runOnce();
    await upkeep.runOnce();
    expect([await bucketsOf(friday), await bucketsOf(saturday)]).toEqual([
      [0, 2],
      [0, 1],
    ]);
    expect((await toldOf(order, 'tickets.order-paid.v1')).map((told) => told.heldQuantity)).toEqual([0, 0]);
    expect(await eventTypes(world, `order-${order.id}`)).toContain('order-expired');
    expect(await violations(world)).toEqual([]);
  });
});
