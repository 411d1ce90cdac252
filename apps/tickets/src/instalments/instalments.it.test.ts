import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
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
  pay,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { expireOccurrence } from '../inventory/expire-occurrence.ts';
import { checkOut } from '../orders/check-out.ts';
import { findOrderAsOf } from '../orders/find-order.ts';
import type { Order } from '../orders/order.ts';
import { payOrder } from '../payments/pay-order.ts';
import { findPayments } from '../payments/payment-rows.ts';
import { settleApprovedPayment } from '../payments/settle-payment.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { defaultOrder, remindOfInstalments } from './follow-instalments.ts';
import { daysPass, givenOrderInInstalments, givenPlan } from './instalments.test-support.ts';
import { findSchedule } from './schedule-rows.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

async function givenSale(quotaSize = 2) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize });
  const plan = await givenPlan(world, type);
  return { occurrence, type, plan };
}

const payNow = (placed: Order) => pay(world, world.viewer, placed);
const read = (placed: Pick<Order, 'id'>) =>
  system(world, async (tx) => {
    const [row] = await tx.rows(
      `select status, paid_minor as paid, refunded_minor as refunded, forfeited_minor as kept,
         (select string_agg(amount_minor::text, ',' order by created_at) from payment where order_id = $1
            and status = 'CONFIRMED') as payments
       from ticket_order where id = $1`,
      [placed.id],
    );
    return row;
  });

describe('an order that is paid in instalments', () => {
  test('keeps its seats from the deposit on, and has its tickets with the last instalment', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 2 });
    await givenPlan(world, type);
    const placed = await givenOrderInInstalments(world, occurrence, type, { seatIds });
    const deposit = await accepted(payNow(placed));
    expect(deposit).toMatchObject({ status: 'PENDING_PAYMENT', paidAt: null });
    expect(await read(placed)).toMatchObject({ paid: '1000', payments: '1000' });
    const beforeTheRest = new Date();
    // Whatever time passes: its places are nobody else's.
    await expireEverything(world);
    expect((await refused(hold(world, world.viewer, occurrence, type, { seatIds }))).kind).toBe('SeatsTaken');
    await system(world, (tx) =>
      tx.execute(`update ticket_order set expires_at = now() + interval '5 days' where id = $1`, [placed.id]),
    );
    expect(await ticketIdsOf(world, placed)).toEqual([]);
    expect(await violations(world)).toEqual([]);
    await accepted(payNow(placed));
    expect(await accepted(payNow(placed))).toMatchObject({ status: 'PAID' });
    expect(await read(placed)).toMatchObject({ paid: '5000', payments: '1000,2000,2000' });
    expect(await ticketIdsOf(world, placed)).toHaveLength(2);
    expect((await refused(payNow(placed))).kind).toBe('OrderNotPayable');
    const then = await world.database.read(world.viewer, (tx) => findOrderAsOf(tx, placed.id, beforeTheRest));
    expect(then).toMatchObject({ status: 'PENDING_PAYMENT', paid: { amountMinor: 1_000n } });
    const after = await world.database.read(world.viewer, (tx) => findOrderAsOf(tx, placed.id, new Date()));
    expect(after).toMatchObject({ status: 'PAID', paid: { amountMinor: 5_000n } });
    expect(await violations(world)).toEqual([]);
  });

  test('may be paid up at once, and is refunded over all its payments, the newest first', async () => {
    const { occurrence, type } = await givenSale();
    const placed = await givenOrderInInstalments(world, occurrence, type, { quantity: 2 });
    await accepted(payNow(placed));
    const [services, provider] = [world.services, world.services.providers.get('sandbox')!];
    const inFull = { idempotencyKey: newUuid(), orderId: placed.id, provider, paymentToken: 'approve' };
    await accepted(payOrder(services, world.viewer, { ...inFull, returnUrl: null, inFull: true }));
    expect(await read(placed)).toMatchObject({ status: 'PAID', payments: '1000,4000' });
    const refund = (amountMinor: bigint) =>
      refundOrder(services, world.viewer, {
        idempotencyKey: newUuid(),
        orderId: placed.id,
        amount: { amountMinor, currency: 'EUR' },
        reason: null,
      });
    await accepted(refund(3_500n));
    await accepted(refund(1_000n));
    const rows = await system(world, (tx) =>
      tx.rows(
        `select r.amount_minor as back, p.amount_minor as of, r.status from refund r join payment p on p.id = r.payment_id
         where r.order_id = $1 order by r.created_at, p.amount_minor desc`,
        [placed.id],
      ),
    );
    expect(rows).toEqual([
      { back: '3500', of: '4000', status: 'DONE' },
      { back: '500', of: '4000', status: 'DONE' },
      { back: '500', of: '1000', status: 'DONE' },
    ]);
    expect((await refused(refund(501n))).kind).toBe('RefundExceedsPayments');
    expect(await violations(world)).toEqual([]);
  });

  test('is offered by its plan alone', async () => {
    const { occurrence, type, plan } = await givenSale();
    const other = await givenTicketType(world, occurrence);
    const held = await accepted(hold(world, world.viewer, occurrence, other));
    const checkedOut = () =>
      checkOut(world.services, world.viewer, {
        idempotencyKey: newUuid(),
        holdId: held.id,
        guest: aGuest,
        voucherCode: null,
        inInstalments: true,
      });
    expect(await refused(checkedOut())).toMatchObject({ kind: 'InvalidInput', field: 'payInInstalments' });
    await givenPlan(world, type, { id: plan.id, ticketTypeId: null, occurrenceId: occurrence.id });
    const placed = await accepted(checkedOut());
    const schedule = await world.database.read(world.viewer, (tx) => findSchedule(tx, placed.id));
    expect(schedule?.instalments.map(({ amountMinor }) => amountMinor)).toEqual([500n, 1_000n, 1_000n]);
  });
});

describe('an instalment', () => {
  test('is reminded of once, and only where it is not paid', async () => {
    const { occurrence, type } = await givenSale();
    const placed = await givenOrderInInstalments(world, occurrence, type);
    await accepted(payNow(placed));
    const reminders = async () => {
      await remindOfInstalments(world.services, world.viewer, placed.id);
      const types = await eventTypes(world, `order-${placed.id}`);
      return types.filter((each) => each === 'instalment-due').length;
    };
    expect(await reminders()).toBe(0);
    await daysPass(world, placed, 6);
    expect(await reminders()).toBe(1);
    expect(await reminders()).toBe(1);
    await accepted(payNow(placed));
    await accepted(payNow(placed));
    await daysPass(world, placed, 10);
    expect(await reminders()).toBe(1);
  });

  test('that is missed ends the order: its places are free and its money goes back but for what is kept', async () => {
    const { occurrence, type } = await givenSale(1);
    const placed = await givenOrderInInstalments(world, occurrence, type);
    await accepted(payNow(placed));
    await daysPass(world, placed, 11);
    await defaultOrder(world.services, world.viewer, placed.id);
    expect(await read(placed)).toMatchObject({ status: 'PENDING_PAYMENT' });
    expect((await refused(hold(world, world.viewer, occurrence, type))).kind).toBe('NotEnoughTickets');
    await daysPass(world, placed, 2);
    expect((await refused(payNow(placed))).kind).toBe('OrderExpired');
    await defaultOrder(world.services, world.viewer, placed.id);
    await defaultOrder(world.services, world.viewer, placed.id);
    expect(await read(placed)).toMatchObject({
      status: 'CANCELLED',
      paid: '500',
      refunded: '450',
      kept: '50',
    });
    expect(await eventTypes(world, `order-${placed.id}`)).toEqual(
      expect.arrayContaining([
        'instalment-paid',
        'order-cancelled',
        'payment-returned',
        'instalments-defaulted',
      ]),
    );
    await accepted(hold(world, world.viewer, occurrence, type));
    expect(await violations(world)).toEqual([]);
  });
});

describe('what was paid of an order that is not paid up', () => {
  test('goes back in full where its occurrence is cancelled', async () => {
    const { occurrence, type } = await givenSale();
    const placed = await givenOrderInInstalments(world, occurrence, type);
    await accepted(payNow(placed));
    await accepted(payNow(placed));
    await system(world, async (tx) => {
      await tx.execute(`update occurrence set status = 'CANCELLED' where id = $1`, [occurrence.id]);
      await tx.execute(
        `insert into occurrence_cancellation (organisation_id, occurrence_id, requested_at) values ($1, $2, now())`,
        [world.viewer.organisationId, occurrence.id],
      );
    });
    await eventually(async () => {
      await upkeepOf(world).runOnce();
      expect(await read(placed)).toMatchObject({ status: 'CANCELLED' });
    });
    expect(await read(placed)).toMatchObject({
      status: 'CANCELLED',
      paid: '1500',
      refunded: '1500',
      kept: '0',
    });
    expect(await violations(world)).toEqual([]);
  });

  test('goes back where a deposit comes after its order had expired', async () => {
    const { occurrence, type } = await givenSale();
    const placed = await givenOrderInInstalments(world, occurrence, type);
    await pay(world, world.viewer, placed, { token: 'decline' });
    await expireEverything(world);
    const [payment] = await world.database.read(world.viewer, (tx) => findPayments(tx, [placed.id]));
    await expireOccurrence(world.services, world.viewer, occurrence.id);
    await settleApprovedPayment(world.services, world.viewer, payment!);
    expect(await read(placed)).toMatchObject({ status: 'EXPIRED', paid: '500', refunded: '500' });
    expect(await violations(world)).toEqual([]);
  });

  test('is never more than the order costs: what comes beyond that goes back, and the order goes on', async () => {
    const { occurrence, type } = await givenSale();
    const placed = await givenOrderInInstalments(world, occurrence, type, { quantity: 1 });
    await pay(world, world.viewer, placed, { token: 'decline' });
    await accepted(payNow(placed));
    await accepted(payNow(placed));
    // 1,500 of 2,500 are there; the deposit that had failed comes through after all, and covers half of the rest.
    const [failed] = await world.database.read(world.viewer, (tx) => findPayments(tx, [placed.id]));
    await settleApprovedPayment(world.services, world.viewer, failed!);
    expect(await read(placed)).toMatchObject({ status: 'PENDING_PAYMENT', paid: '2000', refunded: '0' });
    await accepted(payNow(placed));
    expect(await read(placed)).toMatchObject({ status: 'PAID', payments: '500,500,1000,500' });
    expect(await violations(world)).toEqual([]);
  });
});
