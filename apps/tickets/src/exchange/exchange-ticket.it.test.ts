import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
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
  newViewer,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import { clearBatch } from '../occurrences/cancel-occurrence.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { keepOccurrences } from '../occurrences/replicas.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { findTickets } from '../tickets/ticket-rows.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { exchangeTicket } from './exchange-ticket.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

let from: Occurrence;
let to: Occurrence;
let bought: TicketType;
let other: TicketType;
beforeEach(async () => {
  from = await givenOccurrence(world);
  to = await givenOccurrence(world);
  bought = await givenTicketType(world, from);
  other = await givenTicketType(world, to);
});

const eur = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

function exchange(ticketId: string, type = other, over: { occurrence?: Occurrence; seatId?: string } = {}) {
  return exchangeTicket(world.services, world.viewer, {
    idempotencyKey: newUuid(),
    ticketId,
    occurrenceId: (over.occurrence ?? to).id,
    ticketTypeId: type.id,
    seatId: over.seatId ?? null,
  });
}

async function givenTickets(quantity = 1, type = bought) {
  const paid = await givenPaidOrder(world, world.viewer, from, type, { quantity });
  return { paid, ids: await ticketIdsOf(world, paid) };
}

async function orderMoney(id: string) {
  const [row] = await system(world, (tx) =>
    tx.rows<{ status: string; refunded_minor: string }>(
      'select status, refunded_minor from ticket_order where id = $1',
      [id],
    ),
  );
  return row;
}

const sold = (occurrence: Occurrence) =>
  system(world, async (tx) => {
    const rows = await tx.rows<{ sold: number }>('select sold from quota_bucket where occurrence_id = $1', [
      occurrence.id,
    ]);
    return rows.map((row) => row.sold);
  });

test('a ticket becomes one for another occurrence, and its old credential opens no door', async () => {
  const { ids } = await givenTickets();
  const [ticketId] = ids as [string];
  const old = world.services.credentials.sign({ ticketId, occurrenceId: from.id, epoch: 1 });
  expect(await accepted(exchange(ticketId))).toMatchObject({
    ticketId,
    refundIds: [],
    backMinor: 0n,
    toPay: null,
  });
  const [ticket] = await world.database.read(world.viewer, (tx) => findTickets(tx, ids));
  expect(ticket).toMatchObject({
    occurrenceId: to.id,
    ticketTypeId: other.id,
    status: 'VALID',
    credentialEpoch: 2,
  });
  expect([await sold(from), await sold(to)]).toEqual([[0], [1]]);
  expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual([
    'ticket-issued',
    'ticket-withdrawn',
    'ticket-exchanged',
  ]);
  const scan = (occurrence: Occurrence, credential: string) =>
    scanTicket(world.services, world.viewer, {
      occurrenceId: occurrence.id,
      credential,
      nonce: newUuid(),
      scannedAt: new Date(),
      deviceId: 'gate',
    });
  await refused(scan(from, old));
  await refused(scan(to, old));
  await accepted(scan(to, world.services.credentials.sign({ ticketId, occurrenceId: to.id, epoch: 2 })));
  expect(await violations(world)).toEqual([]);
});

test('the same key exchanges once', async () => {
  const { ids } = await givenTickets();
  const request = {
    idempotencyKey: newUuid(),
    ticketId: ids[0]!,
    occurrenceId: to.id,
    ticketTypeId: other.id,
    seatId: null,
  };
  const first = await accepted(exchangeTicket(world.services, world.viewer, request));
  expect(await accepted(exchangeTicket(world.services, world.viewer, request))).toEqual(first);
  expect(await sold(to)).toEqual([1]);
});

test('what the other costs less goes back; the ticket is worth the rest from then on', async () => {
  const cheaper = await givenTicketType(world, to, { price: eur(1000n) });
  const { paid, ids } = await givenTickets(2);
  expect(await accepted(exchange(ids[0]!, cheaper))).toMatchObject({ backMinor: 1500n });
  expect(await orderMoney(paid.id)).toEqual({ status: 'PARTIALLY_REFUNDED', refunded_minor: '1500' });
  const refund = { orderId: paid.id, amount: null, reason: null };
  await accepted(
    refundOrder(world.services, world.viewer, {
      ...refund,
      idempotencyKey: newUuid(),
      ticketIds: [ids[0]!],
    }),
  );
  expect(await orderMoney(paid.id)).toMatchObject({ refunded_minor: '2500' });
  expect([await sold(from), await sold(to)]).toEqual([[1], [0]]);
  expect(await violations(world)).toEqual([]);
});

test('a dearer one is refused with the difference unless that is to be paid, and nothing changes', async () => {
  const dearer = await givenTicketType(world, to, { price: eur(4000n) });
  const { ids } = await givenTickets();
  expect(await refused(exchange(ids[0]!, dearer))).toMatchObject({
    kind: 'ExchangeCostsMore',
    difference: eur(1500n),
  });
  const { ids: free } = await givenTickets(1, await givenTicketType(world, from, { price: eur(0n) }));
  expect(await refused(exchange(free[0]!))).toMatchObject({ kind: 'ExchangeCostsMore' });
  expect(await violations(world)).toEqual([]);
});

test('a chosen seat is taken and the old one is free', async () => {
  const [a, b] = [await givenSeats(world), await givenSeats(world)];
  const paid = await givenPaidOrder(world, world.viewer, a.occurrence, a.type, {
    seatIds: a.seatIds.slice(0, 1),
  });
  const [ticketId] = await ticketIdsOf(world, paid);
  const target = { occurrence: b.occurrence };
  await accepted(hold(world, world.viewer, b.occurrence, b.type, { seatIds: [b.seatIds[1]!] }));
  expect(await refused(exchange(ticketId!, b.type, { ...target, seatId: b.seatIds[1]! }))).toMatchObject({
    kind: 'SeatsTaken',
  });
  expect(await refused(exchange(ticketId!, b.type, target))).toMatchObject({
    kind: 'InvalidInput',
    field: 'seatId',
  });
  await accepted(exchange(ticketId!, b.type, { ...target, seatId: b.seatIds[0]! }));
  await accepted(hold(world, world.viewer, a.occurrence, a.type, { seatIds: [a.seatIds[0]!] }));
  expect(await violations(world)).toEqual([]);
});

test('what is on offer, another’s, for the same occurrence or sold out is refused', async () => {
  const { ids } = await givenTickets(3);
  await accepted(
    offerTransfer(world.services, world.viewer, { ticketId: ids[0]!, toEmail: 'bob@example.com' }),
  );
  expect(await refused(exchange(ids[0]!))).toMatchObject({ kind: 'ExchangeNotPossible' });
  const request = { idempotencyKey: newUuid(), ticketId: ids[1]!, occurrenceId: to.id, seatId: null };
  const stranger = newViewer('GUEST', world.viewer.organisationId, 'eve@example.com');
  expect(
    await refused(exchangeTicket(world.services, stranger, { ...request, ticketTypeId: other.id })),
  ).toMatchObject({ kind: 'NotFound' });
  expect(await refused(exchange(ids[1]!, bought, { occurrence: from }))).toMatchObject({
    kind: 'InvalidInput',
  });
  const none = await givenTicketType(world, to, { quotaSize: 0 });
  expect(await refused(exchange(ids[1]!, none))).toMatchObject({ kind: 'NotEnoughTickets' });
});

test('where its occurrence is cancelled it may be exchanged, and the cancellation of the new one finds it', async () => {
  const { paid, ids } = await givenTickets(2);
  const cancel = async (occurrence: Occurrence) => {
    await world.database.transaction(world.viewer, (tx) =>
      keepOccurrences(tx, [{ ...occurrence, status: 'CANCELLED', revision: 2 }]),
    );
  };
  await cancel(from);
  await accepted(exchange(ids[0]!));
  const scope = { organisationId: world.viewer.organisationId! };
  expect(await clearBatch(world.services, scope, from.id, null)).toMatchObject({ done: 1 });
  expect(await orderMoney(paid.id)).toEqual({ status: 'PARTIALLY_REFUNDED', refunded_minor: '2500' });
  await cancel(to);
  expect(await clearBatch(world.services, scope, to.id, null)).toMatchObject({ done: 1 });
  expect(await orderMoney(paid.id)).toEqual({ status: 'REFUNDED', refunded_minor: '5000' });
  expect(await violations(world)).toEqual([]);
});
