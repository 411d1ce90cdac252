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
  pay,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { extendHold } from '../holds/extend-hold.ts';
import { holdTickets } from '../holds/hold-tickets.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { givenTerms } from '../vouchers/voucher.test-support.ts';
import { sellInBulk } from './box-office.ts';
import { checkOut, type CheckOutRequest } from './check-out.ts';
import { approveOrder, rejectOrder, submitOrder } from './decide-order.ts';
import { findOrderAsOf } from './find-order.ts';

let world: World;
let occurrence: Occurrence;
beforeAll(async () => {
  world = await createWorld();
  occurrence = await givenOccurrence(world);
});
afterAll(() => world.drop());

const upkeep = () => upkeepOf(world);

async function placed(
  type: TicketType,
  over: Partial<CheckOutRequest> = {},
  at = occurrence,
  seatIds?: string[],
) {
  const held = await accepted(hold(world, world.viewer, at, type, seatIds ? { seatIds } : { quantity: 2 }));
  return checkOut(world.services, world.viewer, {
    idempotencyKey: newUuid(),
    holdId: held.id,
    guest: aGuest,
    voucherCode: null,
    ...over,
  });
}

const free = (over = {}) =>
  givenTicketType(world, occurrence, { price: { amountMinor: 0n, currency: 'EUR' }, ...over });

describe('an order of a type that needs approval', () => {
  test('waits for it with its places, then for its payment', async () => {
    const { occurrence: seated, type, seatIds } = await givenSeats(world);
    await givenTerms(world, type, { needsApproval: true, decisionHours: 48 });
    const order = await accepted(placed(type, {}, seated, seatIds.slice(0, 2)));
    expect(order.status).toBe('PENDING_APPROVAL');
    expect((await refused(pay(world, world.viewer, order))).kind).toBe('OrderNotPayable');
    expect((await refused(hold(world, world.viewer, seated, type, { seatIds: [seatIds[0]!] }))).kind).toBe(
      'SeatsTaken',
    );
    const approved = await accepted(approveOrder(world.services, world.viewer, order.id));
    expect(approved.status).toBe('PENDING_PAYMENT');
    expect((await refused(approveOrder(world.services, world.viewer, order.id))).kind).toBe(
      'OrderNotWaiting',
    );
    expect((await accepted(pay(world, world.viewer, order))).status).toBe('PAID');
    expect(await eventTypes(world, `order-${order.id}`)).toEqual(
      expect.arrayContaining(['order-placed', 'order-approved', 'order-paid']),
    );
    expect(await violations(world)).toEqual([]);
  });

  test('that is rejected gives its places back', async () => {
    const type = await givenTicketType(world, occurrence, { quotaSize: 2 });
    await givenTerms(world, type, { needsApproval: true });
    const order = await accepted(placed(type));
    const rejected = await accepted(
      rejectOrder(world.services, world.viewer, { orderId: order.id, reason: 'Members only.' }),
    );
    expect(rejected.status).toBe('CANCELLED');
    await accepted(placed(type));
    expect(await violations(world)).toEqual([]);
  });

  test('that nobody decides about in time expires, and approving it then is refused', async () => {
    const type = await givenTicketType(world, occurrence, { quotaSize: 2 });
    await givenTerms(world, type, { needsApproval: true });
    const order = await accepted(placed(type));
    await expireEverything(world);
    expect((await refused(approveOrder(world.services, world.viewer, order.id))).kind).toBe('OrderExpired');
    await accepted(placed(type));
    expect(await violations(world)).toEqual([]);
  });

  test('is seen through time as what it was', async () => {
    const type = await givenTicketType(world, occurrence);
    await givenTerms(world, type, { needsApproval: true });
    const order = await accepted(placed(type));
    const [then] = await system(world, (tx) => tx.rows<{ now: Date }>('select clock_timestamp() as now'));
    await accepted(approveOrder(world.services, world.viewer, order.id));
    const at = (asOf: Date) => world.database.read(world.viewer, (tx) => findOrderAsOf(tx, order.id, asOf));
    expect((await at(then!.now))?.status).toBe('PENDING_APPROVAL');
    expect((await at(new Date(then!.now.getTime() + 60_000)))?.status).toBe('PENDING_PAYMENT');
  });
});

describe('a draft', () => {
  test('is submitted, and then waits for its payment', async () => {
    const order = await accepted(placed(await givenTicketType(world, occurrence), { draft: true }));
    expect(order.status).toBe('DRAFT');
    expect((await accepted(submitOrder(world.services, world.viewer, order.id))).status).toBe(
      'PENDING_PAYMENT',
    );
    await accepted(pay(world, world.viewer, order));
    expect(await violations(world)).toEqual([]);
  });

  test('is its own: a stranger finds nothing', async () => {
    const order = await accepted(placed(await givenTicketType(world, occurrence), { draft: true }));
    const stranger = newViewer('GUEST', world.viewer.organisationId, 'eve@example.com');
    expect((await refused(submitOrder(world.services, stranger, order.id))).kind).toBe('NotFound');
  });
});

describe('what costs nothing', () => {
  test('is paid at check-out, without any provider, and paying it all the same is fine', async () => {
    const order = await accepted(placed(await free()));
    expect(order.status).toBe('PAID');
    expect(await ticketIdsOf(world, order)).toHaveLength(2);
    expect((await accepted(pay(world, world.viewer, order))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });

  test('is paid once it is approved', async () => {
    const type = await free();
    await givenTerms(world, type, { needsApproval: true });
    const order = await accepted(placed(type));
    expect(order.status).toBe('PENDING_APPROVAL');
    expect((await accepted(approveOrder(world.services, world.viewer, order.id))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });

  test('may be given something for: a donation is what the buyer says, at least its price', async () => {
    const type = await givenTicketType(world, occurrence, { price: { amountMinor: 500n, currency: 'EUR' } });
    await givenTerms(world, type, { donation: true });
    const give = (amountMinor: bigint) =>
      holdTickets(world.services, world.viewer, {
        idempotencyKey: newUuid(),
        occurrenceId: occurrence.id,
        items: [{ ticketTypeId: type.id, quantity: 2, seatIds: [], price: { amountMinor, currency: 'EUR' } }],
      });
    expect((await accepted(give(900n))).total.amountMinor).toBe(1800n);
    expect(await refused(give(499n))).toMatchObject({ kind: 'InvalidInput', field: 'items.0.price' });
  });
});

describe('at the box office', () => {
  test('what is paid in cash has its tickets at once, and is given back by hand', async () => {
    const type = await givenTicketType(world, occurrence);
    await givenTerms(world, type, { needsApproval: true });
    const order = await accepted(placed(type, { desk: 'cash' }));
    expect(order.status).toBe('PAID');
    expect(await ticketIdsOf(world, order)).toHaveLength(2);
    const request = { idempotencyKey: newUuid(), orderId: order.id, amount: null, reason: null };
    await accepted(refundOrder(world.services, world.viewer, request));
    const [row] = await system(world, (tx) =>
      tx.rows('select status from refund where order_id = $1', [order.id]),
    );
    expect(row).toEqual({ status: 'DONE' });
    expect(await violations(world)).toEqual([]);
  });

  test('a sale that died before it was settled is finished by the reconciler', async () => {
    const type = await givenTicketType(world, occurrence);
    const dying = {
      ...world.services.database,
      transaction: () => Promise.reject(new Error('died')),
    } as unknown as World['database'];
    const held = await accepted(hold(world, world.viewer, occurrence, type));
    await expect(
      checkOut({ ...world.services, database: dying }, world.viewer, {
        idempotencyKey: newUuid(),
        holdId: held.id,
        guest: aGuest,
        voucherCode: null,
        desk: 'card-terminal',
      }),
    ).rejects.toThrow('died');
    await upkeep().runOnce();
    const [row] = await system(world, (tx) =>
      tx.rows<{ status: string }>('select status from ticket_order where hold_id = $1', [held.id]),
    );
    expect(row).toEqual({ status: 'PAID' });
    expect(await violations(world)).toEqual([]);
  });

  test('many are sold at once, each answered for itself, and sending it again sells nothing twice', async () => {
    const type = await givenTicketType(world, occurrence, { quotaSize: 5 });
    const request = {
      idempotencyKey: newUuid(),
      occurrenceId: occurrence.id,
      desk: 'cash' as const,
      rows: Array.from({ length: 7 }, (_, place) => ({
        guest: { email: `guest-${place}@example.com`, name: `Guest ${place}` },
        items: [{ ticketTypeId: type.id, quantity: place === 3 ? 99 : 1, seatIds: [] }],
        voucherCode: null,
      })),
    };
    const first = await sellInBulk(world.services, world.viewer, request);
    expect(first.map(({ ok }) => ok).filter(Boolean)).toHaveLength(5);
    expect(first[3]).toMatchObject({ ok: false, refusal: { kind: 'InvalidInput' } });
    const again = await sellInBulk(world.services, world.viewer, request);
    const idsOf = (answers: typeof first) =>
      answers.flatMap((answer) => (answer.ok ? [answer.value.id] : []));
    expect(idsOf(again)).toEqual(idsOf(first));
    expect(await violations(world)).toEqual([]);
  });
});

describe('a hold', () => {
  const extend = (holdId: string) =>
    extendHold(world.services, world.viewer, { idempotencyKey: newUuid(), holdId });

  test('is extended with all that it holds, but not once it has expired', async () => {
    const { occurrence: seated, type, seatIds } = await givenSeats(world);
    const held = await accepted(hold(world, world.viewer, seated, type, { seatIds: [seatIds[0]!] }));
    await system(world, (tx) =>
      tx.execute(
        `update hold set expires_at = now() + interval '1 minute', created_at = now() - interval '9 minutes'`,
      ),
    );
    const extended = await accepted(extend(held.id));
    const [claim] = await system(world, (tx) =>
      tx.rows<{ expires_at: Date }>('select expires_at from seat_claim where owner_id = $1', [held.id]),
    );
    expect(claim!.expires_at).toEqual(extended.expiresAt);
    expect(await violations(world)).toEqual([]);
    await expireEverything(world);
    expect((await refused(extend(held.id))).kind).toBe('HoldExpired');
  });
});
