import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
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
  hold,
  order as placeOrder,
  pay,
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
import { applyDispute } from '../payments/apply-dispute.ts';
import { findPayments } from '../payments/payment-rows.ts';
import { saveTaxRate } from '../pricing/save-rules.ts';
import { saveQuestion } from '../questions/ask.ts';
import { findAnswersOfTickets } from '../questions/question-rows.ts';
import { refundOrder, type RefundRequest } from '../refunds/refund-order.ts';
import { buyListing } from '../resale/buy-listing.ts';
import { listTicket } from '../resale/list-ticket.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { findTickets } from '../tickets/ticket-rows.ts';
import { exchangeTicket, type ExchangeRequest } from './exchange-ticket.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const eur = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });

let from: Occurrence;
let to: Occurrence;
let bought: TicketType;
let dearer: TicketType;
let ticketId: string;
let boughtWith: { readonly id: string };
beforeEach(async () => {
  from = await givenOccurrence(world);
  to = await givenOccurrence(world);
  bought = await givenTicketType(world, from);
  dearer = await givenTicketType(world, to, { price: eur(4000n) });
  boughtWith = await givenPaidOrder(world, world.viewer, from, bought);
  [ticketId] = (await ticketIdsOf(world, boughtWith)) as [string];
});

const asked = (over: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
  idempotencyKey: newUuid(),
  ticketId,
  occurrenceId: to.id,
  ticketTypeId: dearer.id,
  seatId: null,
  paysDifference: true,
  ...over,
});

async function givenOrdered(over: Partial<ExchangeRequest> = {}): Promise<{ readonly id: string }> {
  const { toPay } = await accepted(exchangeTicket(world.services, world.viewer, asked(over)));
  return { id: toPay!.orderId };
}

async function givenPaid(over: Partial<ExchangeRequest> = {}) {
  return accepted(pay(world, world.viewer, await givenOrdered(over)));
}

const ticketNow = async () =>
  (await world.database.read(world.viewer, (tx) => findTickets(tx, [ticketId])))[0]!;

async function moneyOf({ id }: { readonly id: string }) {
  const [row] = await system(world, (tx) =>
    tx.rows<{ status: string; paid: number; refunded: number }>(
      `select status, paid_minor::integer as paid, refunded_minor::integer as refunded from ticket_order where id = $1`,
      [id],
    ),
  );
  return row;
}

const counters = (occurrence: Occurrence) =>
  system(world, (tx) =>
    tx.rows<{ held: number; sold: number }>('select held, sold from quota_bucket where occurrence_id = $1', [
      occurrence.id,
    ]),
  );

const back = (orderId: string, what: Partial<RefundRequest> = {}) => {
  const all = { idempotencyKey: newUuid(), orderId, amount: null, reason: null };
  return refundOrder(world.services, world.viewer, { ...all, ...what });
};
const refund = (orderId: string, ticketIds?: string[]) =>
  accepted(back(orderId, { ...(ticketIds && { ticketIds }) }));

test('a dearer place is held by an order of the difference, whose payment exchanges the ticket', async () => {
  const request = asked();
  const first = await accepted(exchangeTicket(world.services, world.viewer, request));
  expect(first).toMatchObject({ ticketId, refundIds: [], toPay: { differenceMinor: 1500n } });
  expect(await accepted(exchangeTicket(world.services, world.viewer, request))).toEqual(first);
  expect(await ticketNow()).toMatchObject({ occurrenceId: from.id, status: 'VALID', credentialEpoch: 1 });
  expect([await counters(from), await counters(to)]).toEqual([
    [{ held: 0, sold: 1 }],
    [{ held: 1, sold: 0 }],
  ]);
  const order = { id: first.toPay!.orderId };
  expect(await accepted(pay(world, world.viewer, order))).toMatchObject({
    status: 'PAID',
    total: eur(1500n),
  });
  expect(await ticketNow()).toMatchObject({
    occurrenceId: to.id,
    ticketTypeId: dearer.id,
    credentialEpoch: 2,
  });
  expect([await counters(from), await counters(to)]).toEqual([
    [{ held: 0, sold: 0 }],
    [{ held: 0, sold: 1 }],
  ]);
  expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual([
    'ticket-issued',
    'ticket-withdrawn',
    'ticket-exchanged',
  ]);
  expect(await accepted(exchangeTicket(world.services, world.viewer, request))).toEqual(first);
  expect(await violations(world)).toEqual([]);
});

test('an order that is not paid leaves the ticket where it is and gives the place back', async () => {
  const order = await givenOrdered();
  await refused(pay(world, world.viewer, order, { token: 'decline' }));
  await expireEverything(world);
  expect(await refused(pay(world, world.viewer, order))).toMatchObject({ kind: 'OrderExpired' });
  const last = await givenTicketType(world, to, { price: eur(4000n), quotaSize: 1 });
  await givenOrdered({ ticketTypeId: last.id });
  await expireEverything(world);
  await givenOrdered({ ticketTypeId: last.id });
  expect(await ticketNow()).toMatchObject({ occurrenceId: from.id, status: 'VALID' });
  expect(await violations(world)).toEqual([]);
});

test('where the ticket was used, refunded or exchanged meanwhile the payment goes back by itself', async () => {
  const [scanned, refunded] = [await givenOrdered(), await givenOrdered()];
  await accepted(
    scanTicket(world.services, world.viewer, {
      occurrenceId: from.id,
      credential: world.services.credentials.sign({ ticketId, occurrenceId: from.id, epoch: 1 }),
      nonce: newUuid(),
      scannedAt: new Date(),
      deviceId: 'gate',
    }),
  );
  expect(await refused(pay(world, world.viewer, scanned))).toMatchObject({ kind: 'OrderExpired' });
  expect(await moneyOf(scanned)).toEqual({ status: 'EXPIRED', paid: 1500, refunded: 1500 });
  await refund(boughtWith.id);
  await refused(pay(world, world.viewer, refunded));
  expect(await counters(to)).toEqual([{ held: 0, sold: 0 }]);
  expect(await violations(world)).toEqual([]);
});

test('a chosen seat is the ticket’s once it is paid, and the old one is free', async () => {
  const [a, b] = [await givenSeats(world), await givenSeats(world)];
  const best = await givenTicketType(world, b.occurrence, { sectionName: 'Stalls', price: eur(3000n) });
  const paid = await givenPaidOrder(world, world.viewer, a.occurrence, a.type, { seatIds: [a.seatIds[0]!] });
  [ticketId] = (await ticketIdsOf(world, paid)) as [string];
  await givenPaid({ occurrenceId: b.occurrence.id, ticketTypeId: best.id, seatId: b.seatIds[3]! });
  expect(await ticketNow()).toMatchObject({ seatId: b.seatIds[3], ticketTypeId: best.id });
  await accepted(hold(world, world.viewer, a.occurrence, a.type, { seatIds: [a.seatIds[0]!] }));
  const taken = hold(world, world.viewer, b.occurrence, b.type, { seatIds: [b.seatIds[3]!] });
  expect(await refused(taken)).toMatchObject({ kind: 'SeatsTaken' });
  expect(await violations(world)).toEqual([]);
});

test('tax is charged on the difference alone', async () => {
  await accepted(
    saveTaxRate(world.services, world.viewer, {
      id: null,
      name: 'VAT',
      rateBp: 2_000,
      inclusive: false,
      eventId: null,
      ticketTypeId: dearer.id,
      active: true,
    }),
  );
  expect(await givenPaid()).toMatchObject({ total: eur(1800n) });
  expect(await violations(world)).toEqual([]);
});

test('a refund of the ticket gives back both what it cost and what was paid on top', async () => {
  const order = await givenPaid();
  await refund(boughtWith.id, [ticketId]);
  expect([await moneyOf(boughtWith), await moneyOf(order)]).toEqual([
    { status: 'REFUNDED', paid: 2500, refunded: 2500 },
    { status: 'REFUNDED', paid: 1500, refunded: 1500 },
  ]);
  expect(await ticketNow()).toMatchObject({ status: 'CANCELLED' });
  expect([await counters(from), await counters(to)]).toEqual([
    [{ held: 0, sold: 0 }],
    [{ held: 0, sold: 0 }],
  ]);
  expect(await violations(world)).toEqual([]);
});

test('what was paid on top is not given back alone while the ticket has its better place', async () => {
  const order = await givenPaid();
  const notAlone = {
    kind: 'TicketNotRefundable',
    ticketId,
    message: expect.stringContaining('exchange it back'),
  };
  for (const amount of [null, eur(1500n)])
    expect(await refused(back(order.id, { amount }))).toMatchObject(notAlone);
  await accepted(back(order.id, { amount: eur(500n) }));
  expect(await refused(back(order.id))).toMatchObject(notAlone);
  expect(await moneyOf(order)).toMatchObject({ refunded: 500 });

  const elsewhere = await givenTicketType(world, from);
  const home = asked({ occurrenceId: from.id, ticketTypeId: elsewhere.id });
  expect(await accepted(exchangeTicket(world.services, world.viewer, home))).toMatchObject({ toPay: null });
  expect(await moneyOf(order)).toMatchObject({ status: 'REFUNDED', refunded: 1500 });
  expect(await ticketNow()).toMatchObject({ occurrenceId: from.id, status: 'VALID' });
  expect(await violations(world)).toEqual([]);
});

test('exchanged on for a cheaper one, what was paid on top goes back first; cancelled, all of it does', async () => {
  const order = await givenPaid();
  const third = await givenOccurrence(world);
  const between = await givenTicketType(world, third, { price: eur(3000n) });
  const cheaper = { occurrenceId: third.id, ticketTypeId: between.id };
  expect(await accepted(exchangeTicket(world.services, world.viewer, asked(cheaper)))).toMatchObject({
    backMinor: 1000n,
    toPay: null,
  });
  expect([await moneyOf(boughtWith), await moneyOf(order)]).toMatchObject([
    { refunded: 0 },
    { refunded: 1000 },
  ]);
  await world.database.transaction(world.viewer, (tx) =>
    keepOccurrences(tx, [{ ...third, status: 'CANCELLED', revision: 2 }]),
  );
  const scope = { organisationId: world.viewer.organisationId! };
  expect(await clearBatch(world.services, scope, third.id, null)).toMatchObject({ done: 1 });
  expect([await moneyOf(boughtWith), await moneyOf(order)]).toMatchObject([
    { status: 'REFUNDED', refunded: 2500 },
    { status: 'REFUNDED', refunded: 1500 },
  ]);
  expect(await violations(world)).toEqual([]);
});

test('sold on, its holder gets back all that was paid for it', async () => {
  const order = await givenPaid();
  const listing = await accepted(listTicket(world.services, world.viewer, ticketId));
  expect(listing.price).toEqual(eur(4000n));
  const buying = { idempotencyKey: newUuid(), listingId: listing.id };
  const held = await accepted(buyListing(world.services, world.viewer, buying));
  await accepted(pay(world, world.viewer, await placeOrder(world, world.viewer, held)));
  expect([await moneyOf(boughtWith), await moneyOf(order)]).toMatchObject([
    { status: 'REFUNDED', refunded: 2500 },
    { status: 'REFUNDED', refunded: 1500 },
  ]);
  expect(await violations(world)).toEqual([]);
});

test('a dispute about what was paid on top revokes the ticket, and restores it when it is won', async () => {
  const order = await givenPaid();
  const [payment] = await world.database.read(world.viewer, (tx) => findPayments(tx, [order.id]));
  const dispute = (status: 'OPEN' | 'WON') =>
    applyDispute(world.services, { organisationId: world.viewer.organisationId! }, payment!, {
      kind: 'disputed',
      status,
      amount: eur(1500n),
      disputeReference: 'dp_1',
      reason: null,
    });
  await dispute('OPEN');
  expect(await ticketNow()).toMatchObject({ status: 'REVOKED' });
  await dispute('WON');
  expect(await ticketNow()).toMatchObject({ status: 'VALID' });
  expect(await violations(world)).toEqual([]);
});

test('what must be answered for the other type is asked, at once or with the order', async () => {
  const same = await givenTicketType(world, to);
  const question = await accepted(
    saveQuestion(world.services, world.viewer, {
      id: null,
      eventId: to.eventId,
      ticketTypeIds: null,
      label: 'Shirt size',
      kind: 'TEXT',
      choices: [],
      required: true,
      active: true,
    }),
  );
  const answers = [{ questionId: question.id, value: 'M' }];
  const unanswered = exchangeTicket(world.services, world.viewer, asked());
  expect(await refused(unanswered)).toMatchObject({ kind: 'InvalidInput', field: 'answers' });
  const answersNow = () => world.database.read(world.viewer, (tx) => findAnswersOfTickets(tx, [ticketId]));
  await givenPaid({ answers });
  expect(await answersNow()).toMatchObject([{ questionId: question.id, value: 'M' }]);
  [ticketId] = (await ticketIdsOf(world, await givenPaidOrder(world, world.viewer, from, bought))) as [
    string,
  ];
  await refused(exchangeTicket(world.services, world.viewer, asked({ ticketTypeId: same.id })));
  await accepted(exchangeTicket(world.services, world.viewer, asked({ ticketTypeId: same.id, answers })));
  expect(await answersNow()).toMatchObject([{ questionId: question.id, value: 'M' }]);
});
