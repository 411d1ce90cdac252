import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import {
  accepted,
  createWorld,
  expireEverything,
  givenOccurrence,
  givenTicketType,
  hold,
  newViewer,
  pay,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { holdTickets } from '../holds/hold-tickets.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { checkOut } from '../orders/check-out.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { saveVoucher } from './save-voucher.ts';
import { givenTerms, givenVoucher, tenPercent } from './voucher.test-support.ts';

let world: World;
let occurrence: Occurrence;
let type: TicketType;
beforeAll(async () => {
  world = await createWorld();
  occurrence = await givenOccurrence(world);
  type = await givenTicketType(world, occurrence, { quotaSize: 1000 });
});
afterAll(() => world.drop());

const someone = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);

async function buy(code: string, viewer: Viewer = someone(), quantity = 2) {
  const held = await accepted(hold(world, viewer, occurrence, type, { quantity }));
  return checkOut(world.services, viewer, {
    idempotencyKey: newUuid(),
    holdId: held.id,
    guest: { email: viewer.email!, name: 'Buyer' },
    voucherCode: code,
  });
}

const usesOf = async (id: string) => {
  const [row] = await system(world, (tx) =>
    tx.rows<{ uses: number; spent_minor: string }>('select uses, spent_minor from voucher where id = $1', [
      id,
    ]),
  );
  return [row!.uses, Number(row!.spent_minor)];
};

describe('a voucher', () => {
  test('takes its part off, whatever the case of its code, and says so on the order', async () => {
    const voucher = await givenVoucher(world);
    const order = await accepted(buy(` ${voucher.code.toLowerCase()} `));
    expect(order.total.amountMinor).toBe(4500n);
    expect(await usesOf(voucher.id)).toEqual([1, 500]);
  });

  test('takes an amount off, and what is left to pay is never below nothing: then the order is paid at once', async () => {
    const voucher = await givenVoucher(world, { percentBp: null, amountMinor: 9000n, currency: 'EUR' });
    const order = await accepted(buy(voucher.code));
    expect(order.total.amountMinor).toBe(0n);
    expect(await usesOf(voucher.id)).toEqual([1, 5000]);
  });

  test('is used as often as it may be, and as often as one guest may', async () => {
    const once = await givenVoucher(world, { maxUses: 1 });
    await accepted(buy(once.code));
    expect(await refused(buy(once.code))).toMatchObject({ kind: 'VoucherNotUsable', reason: 'USED_UP' });
    const each = await givenVoucher(world, { maxUsesPerGuest: 1 });
    const viewer = someone();
    await accepted(buy(each.code, viewer));
    expect(await refused(buy(each.code, viewer))).toMatchObject({ reason: 'USED_BY_GUEST' });
    await accepted(buy(each.code));
    expect(await violations(world)).toEqual([]);
  });

  test('spends its budget to the last cent and no further', async () => {
    const voucher = await givenVoucher(world, { budgetMinor: 700n, currency: 'EUR' });
    expect((await accepted(buy(voucher.code))).total.amountMinor).toBe(4500n);
    expect((await accepted(buy(voucher.code))).total.amountMinor).toBe(4800n);
    expect(await refused(buy(voucher.code))).toMatchObject({ reason: 'USED_UP' });
    expect(await usesOf(voucher.id)).toEqual([2, 700]);
  });

  test('is free again once the order that used it is overdue, before any sweeper has come', async () => {
    const voucher = await givenVoucher(world, { maxUses: 1 });
    await accepted(buy(voucher.code));
    await expireEverything(world);
    await accepted(buy(voucher.code));
    expect(await usesOf(voucher.id)).toEqual([1, 500]);
    expect(await violations(world)).toEqual([]);
  });

  test('that someone else has used up meanwhile lets a late payment go back', async () => {
    const voucher = await givenVoucher(world, { maxUses: 1 });
    const late = someone();
    const order = await accepted(buy(voucher.code, late));
    await refused(pay(world, late, order, { token: 'timeout' }));
    await expireEverything(world);
    await accepted(buy(voucher.code));
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
    const upkeep = upkeepOf(world);
    await upkeep.runOnce();
    const [row] = await system(world, (tx) =>
      tx.rows<{ paid_at: Date | null }>('select paid_at from ticket_order where id = $1', [order.id]),
    );
    expect(row!.paid_at).toBeNull();
    expect(await usesOf(voucher.id)).toEqual([1, 500]);
    expect(await violations(world)).toEqual([]);
  });

  test('counts again for an order that is paid late while the voucher is still free', async () => {
    const voucher = await givenVoucher(world, { maxUses: 1 });
    const late = someone();
    const order = await accepted(buy(voucher.code, late));
    await refused(pay(world, late, order, { token: 'timeout' }));
    await expireEverything(world);
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
    const upkeep = upkeepOf(world);
    await upkeep.runOnce();
    await upkeep.runOnce();
    expect(await refused(buy(voucher.code))).toMatchObject({ reason: 'USED_UP' });
    expect(await violations(world)).toEqual([]);
  });

  test('is for what it is for, while it is valid', async () => {
    const elsewhere = await givenTicketType(world, await givenOccurrence(world));
    const other = await givenVoucher(world, { ticketTypeIds: [elsewhere.id] });
    expect(await refused(buy(other.code))).toMatchObject({ reason: 'NOT_FOR_THESE_TICKETS' });
    const over = await givenVoucher(world, { validUntil: new Date(Date.now() - 1000) });
    expect(await refused(buy(over.code))).toMatchObject({ reason: 'NOT_VALID_NOW' });
    expect(await refused(buy('NO-SUCH-CODE'))).toMatchObject({ kind: 'InvalidInput', field: 'voucherCode' });
  });

  test('opens a type that is hidden', async () => {
    const hidden = await givenTicketType(world, occurrence);
    await givenTerms(world, hidden, { hidden: true });
    const voucher = await givenVoucher(world, { percentBp: null, unlocks: [hidden.id] });
    const viewer = someone();
    expect((await refused(hold(world, viewer, occurrence, hidden))).kind).toBe('NotOnSale');
    const held = await accepted(
      holdTickets(world.services, viewer, {
        idempotencyKey: newUuid(),
        occurrenceId: occurrence.id,
        items: [{ ticketTypeId: hidden.id, quantity: 1, seatIds: [] }],
        voucherCode: voucher.code,
      }),
    );
    expect(held.quantity).toBe(1);
  });

  test('has a code of its own, and limits not below what was used', async () => {
    const voucher = await givenVoucher(world, { maxUses: 5 });
    await accepted(buy(voucher.code));
    const save = (over: object) =>
      saveVoucher(world.services, world.viewer, { ...tenPercent, code: voucher.code, ...over, id: null });
    expect((await refused(save({}))).kind).toBe('VoucherCodeTaken');
    expect(
      await refused(
        saveVoucher(world.services, world.viewer, {
          ...tenPercent,
          code: voucher.code,
          maxUses: 0,
          id: voucher.id,
        }),
      ),
    ).toMatchObject({ kind: 'InvalidInput', field: 'maxUses' });
  });
});
