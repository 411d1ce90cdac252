import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenTicketType,
  hold,
  order,
  pay,
  refused,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';

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
  }, 30_000);

  test('after the charge: the client that sends the same key again goes on where it was', async () => {
    const placed = await givenOrder();
    const key = await payAndDie(placed.id, 'after the charge');
    expect((await accepted(pay(world, world.viewer, placed, { key }))).status).toBe('PAID');
    await upkeep();
    expect(
      (await eventTypes(world, `order-${placed.id}`)).filter((type) => type === 'order-paid'),
    ).toHaveLength(1);
    expect(await violations(world)).toEqual([]);
  }, 30_000);

  test('before the charge: the payment is given up and the order can be paid anew', async () => {
    const placed = await givenOrder();
    await payAndDie(placed.id, 'before the charge');
    expect((await refused(pay(world, world.viewer, placed))).kind).toBe('PaymentPending');
    await upkeep(61_000);
    expect((await accepted(pay(world, world.viewer, placed))).status).toBe('PAID');
    expect(await violations(world)).toEqual([]);
  }, 30_000);
});
