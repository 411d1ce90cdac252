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
  hold,
  order,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { createTicketType } from '../inventory/create-ticket-type.ts';
import { issueDueInvoices } from '../invoices/issue-invoices.ts';
import type { Order } from '../orders/order.ts';
import { saveFeeRule, saveSalesPolicy } from '../pricing/save-rules.ts';
import { recordExternalRefundByHand, refundOrder, type WhatToRefund } from './refund-order.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

const refund = (placed: Pick<Order, 'id'>, what: Partial<WhatToRefund> = {}) =>
  refundOrder(world.services, world.viewer, {
    idempotencyKey: newUuid(),
    orderId: placed.id,
    amount: null,
    reason: null,
    ...what,
  });

const read = (placed: Pick<Order, 'id'>) =>
  system(world, async (tx) => {
    const [row] = await tx.rows<{ status: string; refunded: string; live: number; kept: string }>(
      `select status, refunded_minor as refunded,
         (select count(*)::int from ticket where order_id = $1 and status = 'VALID') as live,
         (select coalesce(sum(kept_minor), 0) from refund where order_id = $1) as kept
       from ticket_order where id = $1`,
      [placed.id],
    );
    return row!;
  });

describe('refunding chosen tickets', () => {
  test('gives their price and fees back, ends them alone, and sells their seats again', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 3 });
    const fee = (name: string, refundable: boolean) =>
      accepted(
        saveFeeRule(world.services, world.viewer, {
          id: null,
          name,
          per: 'TICKET',
          percentBp: null,
          amountMinor: 100n,
          currency: 'EUR',
          eventId: occurrence.eventId,
          ticketTypeId: null,
          taxRateId: null,
          active: true,
          refundable,
        }),
      );
    await fee('Comes back', true);
    await fee('Is kept', false);
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds });
    expect(paid.total).toEqual(euros(8_100n));
    const [first, second, third] = await ticketIdsOf(world, paid);
    await accepted(refund(paid, { ticketIds: [second!] }));
    expect(await read(paid)).toEqual({ status: 'PARTIALLY_REFUNDED', refunded: '2600', live: 2, kept: '0' });
    expect(await eventTypes(world, `ticket-${second}`)).toEqual(['ticket-issued', 'ticket-cancelled']);
    expect(await eventTypes(world, `ticket-${first}`)).toEqual(['ticket-issued']);
    const again = await refused(refund(paid, { ticketIds: [second!] }));
    expect(again).toMatchObject({ kind: 'TicketNotRefundable', ticketId: second });
    const [seatId] = await system(world, (tx) =>
      tx.rows<{ seat_id: string }>('select seat_id from ticket where id = $1', [second]),
    );
    await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: [seatId!.seat_id] });
    // Both of the others, and all that goes back of them: what is kept is the fees that do not.
    await accepted(refund(paid, { ticketIds: [first!, third!] }));
    expect(await read(paid)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: '7800', live: 0 });
    expect(await violations(world)).toEqual([]);
  });

  test('keeps what the policy says for that day, unless the organiser waives it or names an amount', async () => {
    const steps = [{ fromHoursBefore: 48, keptBp: 2_500 }];
    await accepted(
      saveSalesPolicy(world.services, world.viewer, { currencies: [], cancellationSteps: steps }),
    );
    const soon = new Date(Date.now() + 24 * 3_600_000);
    const occurrence = await givenOccurrence(world, { startsAt: soon });
    const type = await givenTicketType(world, occurrence, { quotaSize: 4 });
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 4 });
    const [a, b, c, d] = await ticketIdsOf(world, paid);
    await accepted(refund(paid, { ticketIds: [a!] }));
    expect(await read(paid)).toMatchObject({ refunded: '1875', kept: '625' });
    await accepted(refund(paid, { ticketIds: [b!], waivesCancellationFee: true }));
    expect(await read(paid)).toMatchObject({ refunded: '4375', kept: '625' });
    await accepted(refund(paid, { ticketIds: [c!], amount: euros(100n) }));
    expect(await read(paid)).toMatchObject({ refunded: '4475', kept: '625', live: 1 });
    const tooMuch = await refused(refund(paid, { ticketIds: [d!], amount: euros(5_526n) }));
    expect(tooMuch).toMatchObject({ kind: 'RefundExceedsPayments', refundable: euros(5_525n) });
    await accepted(hold(world, world.viewer, occurrence, type, { quantity: 3 }));
    await accepted(saveSalesPolicy(world.services, world.viewer, { currencies: [], cancellationSteps: [] }));
    expect(await violations(world)).toEqual([]);
  });

  test('gives no more back than is left of the order, and refuses what is not its own', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 2 });
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 2 });
    const [first] = await ticketIdsOf(world, paid);
    await accepted(refund(paid, { amount: euros(4_000n) }));
    await accepted(refund(paid, { ticketIds: [first!] }));
    expect(await read(paid)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refunded: '5000', live: 1 });
    expect((await refused(refund(paid, { ticketIds: [newUuid()] }))).kind).toBe('NotFound');
    expect((await refused(refund(paid, { ticketIds: [] }))).kind).toBe('InvalidInput');
    const placed = await order(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type)),
    );
    expect((await refused(refund(placed, { ticketIds: [first!] }))).kind).toBe('RefundExceedsPayments');
    expect(await violations(world)).toEqual([]);
  });
});

describe('a refund that was given back by hand', () => {
  test('counts as any other, asks nobody for money, has a credit note, and is recorded once', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type);
    const byHand = (reference: string, amountMinor: bigint) =>
      recordExternalRefundByHand(world.services, world.viewer, {
        idempotencyKey: newUuid(),
        orderId: paid.id,
        amount: euros(amountMinor),
        reason: 'Over the counter.',
        reference,
      });
    await accepted(byHand('Receipt 7', 1_000n));
    expect(await refused(byHand('Receipt 7', 1_000n))).toMatchObject({
      kind: 'InvalidInput',
      message: expect.stringContaining('recorded already'),
    });
    expect((await refused(byHand('Receipt 8', 1_501n))).kind).toBe('RefundExceedsPayments');
    const rows = await system(world, (tx) =>
      tx.rows('select status, reference, amount_minor from refund where order_id = $1', [paid.id]),
    );
    expect(rows).toEqual([{ status: 'EXTERNAL', reference: 'Receipt 7', amount_minor: '1000' }]);
    await issueDueInvoices(world.services, world.viewer);
    const [note] = await system(world, (tx) =>
      tx.rows(`select total_minor from invoice where order_id = $1 and kind = 'CREDIT_NOTE'`, [paid.id]),
    );
    expect(note).toEqual({ total_minor: '1000' });
    expect(await violations(world)).toEqual([]);
  });
});

describe('the currencies that an organisation sells in', () => {
  test('are the only ones for ticket types and fees; none means any', async () => {
    const occurrence = await givenOccurrence(world);
    const policy = (currencies: readonly string[]) =>
      accepted(saveSalesPolicy(world.services, world.viewer, { currencies, cancellationSteps: [] }));
    const inFrancs = () =>
      createTicketType(world.services, world.viewer, {
        eventId: occurrence.eventId,
        name: `Francs ${newUuid()}`,
        price: { amountMinor: 100n, currency: 'CHF' },
        quotaSize: 1,
        maxPerOrder: 1,
        sectionName: null,
      });
    await policy(['EUR', 'USD']);
    expect(await refused(inFrancs())).toMatchObject({
      kind: 'CurrencyNotAllowed',
      allowedCurrencies: ['EUR', 'USD'],
      message: 'The organisation sells in EUR, USD, not in CHF.',
    });
    await policy([]);
    await accepted(inFrancs());
  });
});
