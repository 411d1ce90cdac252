import { expect } from '@jest/globals';
import fc from 'fast-check';
import { newUuid } from '@marquee/kernel';
import { expireEverything, hold, newViewer, order, pay, ticketIdsOf } from '../harness.test-support.ts';
import { releaseHold } from '../holds/release-hold.ts';
import { checkOut } from '../orders/check-out.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import {
  command,
  freeOf,
  isKept,
  isPaid,
  pick,
  type Command,
  type Model,
  type Real,
} from './sales-model.test-support.ts';
import { claim, leave, offer, wait } from './waitlist-commands.test-support.ts';

const holdPlaces = (quantity: number) =>
  command(
    'hold',
    quantity,
    () => true,
    async (model, { world, occurrence, type, holds }) => {
      const viewer = newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
      const outcome = await hold(world, viewer, occurrence, type, { quantity });
      if (quantity > freeOf(model) || isKept(model))
        expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'NotEnoughTickets' } });
      else expect(outcome).toMatchObject({ ok: true });
      if (!outcome.ok) return;
      holds.push({ hold: outcome.value, viewer });
      model.holds.push({ quantity, state: 'ACTIVE' });
    },
  );

const release = (number: number) =>
  command(
    'release',
    number,
    (model) => model.holds.length > 0,
    async (model, real) => {
      const { hold: held, viewer } = pick(real.holds, number);
      const known = pick(model.holds, number);
      const outcome = await releaseHold(real.world.services, viewer, held.id);
      expect(outcome.ok).toBe(known.state === 'ACTIVE' || known.state === 'RELEASED');
      if (outcome.ok) known.state = 'RELEASED';
    },
  );

const buy = (number: number) =>
  command(
    'checkOut',
    number,
    (model) => model.holds.length > 0,
    async (model, real) => {
      const { hold: held, viewer } = pick(real.holds, number);
      const known = pick(model.holds, number);
      if (known.state === 'ACTIVE') {
        const placed = await order(real.world, viewer, held, { email: viewer.email!, name: 'Buyer' });
        real.orders.push({ id: placed.id, viewer });
        model.orders.push({ quantity: known.quantity, state: 'PENDING', tickets: [] });
        known.state = 'CONVERTED';
        return;
      }
      const outcome = await checkOut(real.world.services, viewer, {
        idempotencyKey: newUuid(),
        holdId: held.id,
        guest: { email: viewer.email!, name: 'Buyer' },
        voucherCode: null,
      });
      expect(outcome.ok).toBe(false);
    },
  );

const payFor = (token: 'approve' | 'decline') => (number: number) =>
  command(
    token === 'approve' ? 'pay' : 'payDeclined',
    number,
    (model) => model.orders.length > 0,
    async (model, real) => {
      const known = pick(model.orders, number);
      const { viewer, id } = pick(real.orders, number);
      const outcome = await pay(real.world, viewer, { id }, { token });
      // What expired may still be paid while its places are free; they are taken anew.
      const possible = known.state === 'PENDING';
      if (token === 'decline' || (!possible && known.state !== 'EXPIRED'))
        return expect(outcome.ok).toBe(false);
      if (possible) expect(outcome).toMatchObject({ ok: true });
      if (outcome.ok) {
        known.state = 'PAID';
        for (let count = 0; count < known.quantity; count++)
          known.tickets.push({ valid: true, admitted: false });
      }
      const tickets = await ticketIdsOf(real.world, { id });
      expect(tickets).toHaveLength(outcome.ok ? known.quantity : 0);
    },
  );

const refund = (number: number) =>
  command(
    'refund',
    number,
    (model) => model.orders.length > 0,
    async (model, real) => {
      const known = pick(model.orders, number);
      const { id } = pick(real.orders, number);
      const request = { idempotencyKey: newUuid(), orderId: id, amount: null, reason: null };
      const outcome = await refundOrder(real.world.services, real.world.viewer, request);
      expect(outcome.ok).toBe(isPaid(known));
      if (!outcome.ok) return;
      known.state = 'REFUNDED';
      for (const ticket of known.tickets) ticket.valid = false;
    },
  );

/** One of an order that has tickets, and which of them. */
async function aTicket(number: number, { orders }: Model, real: Real) {
  const index = number % orders.length;
  const known = orders[index]!;
  const ids = await ticketIdsOf(real.world, real.orders[index]!);
  expect(ids).toHaveLength(known.tickets.length);
  const place = number % (ids.length || 1);
  return { known, orderId: real.orders[index]!.id, ticketId: ids[place], ticket: known.tickets[place] };
}

const refundTicket = (number: number) =>
  command(
    'refundTicket',
    number,
    (model) => model.orders.length > 0,
    async (model, real) => {
      const { known, orderId, ticketId, ticket } = await aTicket(number, model, real);
      if (!ticketId || !ticket) return;
      const outcome = await refundOrder(real.world.services, real.world.viewer, {
        idempotencyKey: newUuid(),
        orderId,
        amount: null,
        reason: null,
        ticketIds: [ticketId],
      });
      expect(outcome.ok).toBe(ticket.valid && !ticket.admitted);
      if (!outcome.ok) return;
      ticket.valid = false;
      known.state = known.tickets.some(({ valid }) => valid) ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
    },
  );

const scan = (number: number) =>
  command(
    'scan',
    number,
    (model) => model.orders.length > 0,
    async (model, real) => {
      const { ticketId, ticket } = await aTicket(number, model, real);
      if (!ticketId || !ticket) return;
      const { services, viewer } = real.world;
      const occurrenceId = real.occurrence.id;
      const outcome = await scanTicket(services, viewer, {
        occurrenceId,
        credential: services.credentials.sign({ ticketId, occurrenceId, epoch: 1 }),
        nonce: newUuid(),
        scannedAt: new Date(),
        deviceId: 'door',
      });
      expect(outcome.ok).toBe(ticket.valid && !ticket.admitted);
      if (outcome.ok) ticket.admitted = true;
    },
  );

const timePasses = () =>
  command(
    'timePasses',
    0,
    () => true,
    async (model, { world }) => {
      await expireEverything(world);
      for (const known of model.holds) if (known.state === 'ACTIVE') known.state = 'EXPIRED';
      for (const known of model.orders) if (known.state === 'PENDING') known.state = 'EXPIRED';
      for (const { offer } of model.entries) if (offer) offer.over = true;
    },
  );

const numbers = fc.nat({ max: 7 });
const quantities = fc.integer({ min: 1, max: 4 });

export const salesCommands: fc.Arbitrary<Command>[] = [
  quantities.map(holdPlaces),
  quantities.map(holdPlaces),
  numbers.map(buy),
  numbers.map(buy),
  numbers.map(payFor('approve')),
  numbers.map(payFor('approve')),
  numbers.map(payFor('decline')),
  numbers.map(release),
  numbers.map(refund),
  numbers.map(refundTicket),
  numbers.map(scan),
  fc.constant(null).map(timePasses),
  quantities.map(wait),
  quantities.map(wait),
  fc.constant(null).map(offer),
  numbers.map(claim),
  numbers.map(leave),
];
