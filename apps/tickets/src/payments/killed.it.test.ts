import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually, times } from '@marquee/testkit';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenTicketType,
  hold,
  order,
  pay,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Transaction } from '@marquee/postgres';
import { lockOrder } from '../orders/order-rows.ts';
import type { Order } from '../orders/order.ts';
import { recordRefund } from '../refunds/record-refund.ts';
import { planRefund } from '../refunds/refund.ts';
import { lostAfterLooks } from './payment-saga.ts';
import { dieInSaga, passTime, upkeepOf } from '../upkeep/later.test-support.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

/** Pays in a process of its own that is killed on the way; answers the key it used. */
async function payAndDie(orderId: string, die: string): Promise<string> {
  const idempotencyKey = newUuid();
  const task = JSON.stringify({ url: world.test.url, viewer: world.viewer, orderId, idempotencyKey, die });
  const script = join(import.meta.dirname, 'die-in-between.test-support.ts');
  const child = spawn(process.execPath, [script, task], { stdio: 'inherit', env: {} });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return idempotencyKey;
}

async function givenOrder() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  return order(
    world,
    world.viewer,
    await accepted(hold(world, world.viewer, occurrence, type, { quantity: 2 })),
  );
}

const upkeep = (passedMs = 11_000) => upkeepOf(world, { passedMs }).runOnce();

describe('a process killed while it pays an order', () => {
  test('after the charge: its saga asks the provider and issues the tickets, once', async () => {
    const placed = await givenOrder();
    const key = await payAndDie(placed.id, 'after the charge');
    expect(await ticketIdsOf(world, placed)).toEqual([]);
    await upkeep();
    await upkeep();
    expect(await ticketIdsOf(world, placed)).toHaveLength(2);
    expect((await accepted(pay(world, world.viewer, placed, { key }))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });

  test('after the charge: the client that sends the same key again goes on where it was', async () => {
    const placed = await givenOrder();
    const key = await payAndDie(placed.id, 'after the charge');
    expect((await accepted(pay(world, world.viewer, placed, { key }))).status).toBe('PAID');
    await upkeep();
    expect(
      (await eventTypes(world, `order-${placed.id}`)).filter((type) => type === 'order-paid'),
    ).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  });

  test('before the charge: the payment is given up and the order can be paid anew', async () => {
    const placed = await givenOrder();
    await payAndDie(placed.id, 'before the charge');
    expect((await refused(pay(world, world.viewer, placed))).kind).toBe('PaymentPending');
    for (let looks = 0; looks <= lostAfterLooks; looks++) await upkeep(61_000);
    expect((await accepted(pay(world, world.viewer, placed))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  });
});

/** Approved while nobody listened; its order has expired. Answers the order and what is sold there. */
async function givenApprovedLate(quotaSize: number) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize });
  const held = await accepted(hold(world, world.viewer, occurrence, type, { quantity: 2 }));
  const placed = await order(world, world.viewer, held);
  await payAndDie(placed.id, 'after the charge');
  await expireEverything(world);
  return { occurrence, type, placed };
}

async function recordRefundOf(tx: Transaction, orderId: string): Promise<void> {
  const found = await lockOrder(tx, orderId);
  const plan = planRefund(found!.order, null);
  if (plan.ok) await recordRefund(tx, found!.order, plan.value, { reason: null });
}

const onlyOne = <T>(types: readonly T[], wanted: T) => types.filter((type) => type === wanted).length === 1;

describe('what a version without sagas left open', () => {
  test('gets one each, that sees it to its end', async () => {
    const placed = await givenOrder();
    await payAndDie(placed.id, 'after the charge');
    const refunded = await givenOrder();
    await accepted(pay(world, world.viewer, refunded));
    await world.database.transaction(world.viewer, (tx) => recordRefundOf(tx, refunded.id));
    await system(world, (tx) => tx.execute('delete from saga'));
    await upkeep(0);
    expect(await ticketIdsOf(world, placed)).toHaveLength(2);
    expect(await eventTypes(world, `order-${refunded.id}`)).toContain('refund-settled');
    expect(await violations(world)).toEqual([]);
  });
});

describe('a saga whose processes are killed in every transaction', () => {
  const dying = { sagas: ['payment', 'refund'] };
  /** A process after the other gets one transaction further and dies in the next; each takes seconds to start. */
  const dieOften = async (soak: number) => {
    await passTime(world.services, 11_000);
    for (let death = 0; death < times({ test: 2, soak }); death++)
      await dieInSaga({ ...dying, url: world.test.url, dieInTransaction: death === 0 ? 1 : 2 });
  };
  const end = (placed: Pick<Order, 'id'>, status: string) =>
    eventually(async () => {
      await upkeep();
      const [row] = await system(world, (tx) =>
        tx.rows(
          `select o.status, (select string_agg(r.status, ',') from refund r where r.order_id = o.id) as refunds,
               (select count(*)::integer from saga s where s.status <> 'DONE') as open
             from ticket_order o where o.id = $1`,
          [placed.id],
        ),
      );
      expect(row).toEqual({ status, refunds: status === 'PAID' ? null : 'DONE', open: 0 });
    });

  test('still sells what is free after a late approval, once', async () => {
    const { placed } = await givenApprovedLate(2);
    await dieOften(3);
    await end(placed, 'PAID');
    expect(await ticketIdsOf(world, placed)).toHaveLength(2);
    expect(onlyOne(await eventTypes(world, `order-${placed.id}`), 'order-paid')).toBe(true);
    expect(await violations(world)).toEqual([]);
  });

  test('still gives the money back, once, where the places are gone', async () => {
    const { placed, occurrence, type } = await givenApprovedLate(2);
    await accepted(hold(world, world.viewer, occurrence, type));
    await dieOften(5);
    await end(placed, 'EXPIRED');
    const types = await eventTypes(world, `order-${placed.id}`);
    expect(onlyOne(types, 'payment-returned') && onlyOne(types, 'refund-settled')).toBe(true);
    const given = await system(world, (tx) =>
      tx.rows(
        'select s.refund_id from sandbox_refund s join refund r on r.id = s.refund_id where r.order_id = $1',
        [placed.id],
      ),
    );
    expect(given).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  });
});
