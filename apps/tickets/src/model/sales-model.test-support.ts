import { expect } from '@jest/globals';
import fc from 'fast-check';
import { newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import {
  expireEverything,
  hold,
  newViewer,
  order,
  pay,
  system,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import { releaseHold } from '../holds/release-hold.ts';
import type { Hold } from '../holds/hold.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { checkOut } from '../orders/check-out.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';

/** What sales are in as few words as possible: numbers and states, nothing of how. */
export type Model = {
  readonly size: number;
  readonly holds: { quantity: number; state: 'ACTIVE' | 'RELEASED' | 'EXPIRED' | 'CONVERTED' }[];
  readonly orders: {
    quantity: number;
    state: 'PENDING' | 'EXPIRED' | 'PAID' | 'REFUNDED';
    admitted: boolean;
  }[];
  /** How many places each of those who wait wants, in the order in which they came. */
  readonly waiting: number[];
};

/** The real thing, and the names that it gave to what the model counts. */
export type Real = {
  readonly world: World;
  readonly occurrence: Occurrence;
  readonly type: TicketType;
  readonly holds: { readonly hold: Hold; readonly viewer: Viewer }[];
  readonly orders: { readonly id: string; readonly viewer: Viewer }[];
};

export const freeOf = ({ size, holds, orders }: Model): number =>
  size -
  sumOf(holds.filter(({ state }) => state === 'ACTIVE')) -
  sumOf(orders.filter(({ state }) => state === 'PENDING' || state === 'PAID'));

const sumOf = (things: readonly { readonly quantity: number }[]) =>
  things.reduce((sum, { quantity }) => sum + quantity, 0);

type Command = fc.AsyncCommand<Model, Real>;

/** A command of one number: a quantity, or which of the things so far it is about. */
function command(
  name: string,
  number: number,
  check: (model: Readonly<Model>) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command {
  return { check, run, toString: () => `${name}(${number})` };
}

const pick = <T>(things: readonly T[], number: number): T => things[number % things.length]!;

const holdPlaces = (quantity: number) =>
  command(
    'hold',
    quantity,
    () => true,
    async (model, { world, occurrence, type, holds }) => {
      const viewer = newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
      const outcome = await hold(world, viewer, occurrence, type, { quantity });
      // What is free may be kept for those who wait; to everybody else it is granted exactly while it suffices.
      if (quantity > freeOf(model))
        expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'NotEnoughTickets' } });
      else if (model.waiting.length === 0) expect(outcome).toMatchObject({ ok: true });
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
        model.orders.push({ quantity: known.quantity, state: 'PENDING', admitted: false });
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
      if (outcome.ok) known.state = 'PAID';
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
      expect(outcome.ok).toBe(known.state === 'PAID');
      if (outcome.ok) known.state = 'REFUNDED';
    },
  );

const scan = (number: number) =>
  command(
    'scan',
    number,
    (model) => model.orders.some(({ state }) => state === 'PAID' || state === 'REFUNDED'),
    async (model, real) => {
      const index = number % model.orders.length;
      const known = model.orders[index]!;
      const [ticketId] = await ticketIdsOf(real.world, real.orders[index]!);
      if (!ticketId) return expect(['PENDING', 'EXPIRED']).toContain(known.state);
      const { services, viewer } = real.world;
      const occurrenceId = real.occurrence.id;
      const outcome = await scanTicket(services, viewer, {
        occurrenceId,
        credential: services.credentials.sign({ ticketId, occurrenceId, epoch: 1 }),
        nonce: newUuid(),
        scannedAt: new Date(),
        deviceId: 'door',
      });
      expect(outcome.ok).toBe(known.state === 'PAID' && !known.admitted);
      if (outcome.ok) known.admitted = true;
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
    },
  );

const wait = (quantity: number) =>
  command(
    'joinWaitlist',
    quantity,
    () => true,
    async (model, { world, occurrence, type }) => {
      const viewer = newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
      const outcome = await joinWaitlist(world.services, viewer, {
        occurrenceId: occurrence.id,
        ticketTypeId: type.id,
        quantity,
        guest: { email: viewer.email!, name: 'Waiting' },
      });
      if (quantity > freeOf(model)) expect(outcome).toMatchObject({ ok: true });
      else if (model.waiting.length === 0)
        expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'TicketsAvailable' } });
      if (outcome.ok) model.waiting.push(quantity);
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
  numbers.map(scan),
  fc.constant(null).map(timePasses),
  quantities.map(wait),
];

/** The tables say what the model says. */
export async function expectAgreement(model: Model, { world, occurrence }: Real): Promise<void> {
  const [row] = await system(world, (tx) =>
    tx.rows(
      `select
         (select count(*)::int from ticket where occurrence_id = $1 and status = 'VALID') as tickets,
         (select count(*)::int from ticket_order where occurrence_id = $1 and status = 'PAID') as paid,
         (select count(*)::int from ticket_order where occurrence_id = $1 and status = 'REFUNDED') as refunded,
         (select count(*)::int from hold where occurrence_id = $1 and status = 'CONVERTED') as converted,
         (select count(*)::int from scan where occurrence_id = $1 and result = 'ACCEPTED') as admitted,
         (select count(*)::int from waitlist_entry where occurrence_id = $1) as waiting`,
      [occurrence.id],
    ),
  );
  const inState = (state: string) => model.orders.filter((known) => known.state === state);
  expect(row).toEqual({
    tickets: sumOf(inState('PAID')),
    paid: inState('PAID').length,
    refunded: inState('REFUNDED').length,
    converted: model.orders.length,
    admitted: model.orders.filter(({ admitted }) => admitted).length,
    waiting: model.waiting.length,
  });
}
