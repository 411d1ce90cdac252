import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  expireEverything,
  givenOccurrence,
  givenPaidOrder,
  givenSeats,
  givenTicketType,
  hold,
  order,
  pay,
  system,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import { givenOrderInInstalments, givenPlan } from '../instalments/instalments.test-support.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { checkOut } from '../orders/check-out.ts';
import type { Order } from '../orders/order.ts';
import { applyDispute } from '../payments/apply-dispute.ts';
import { findPayments } from '../payments/payment-rows.ts';
import { settleApprovedPayment } from '../payments/settle-payment.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { acceptedOf, brokenNumbers, describeRace, guest, times } from './race.test-support.ts';

/** Held and ordered. */
async function givenOrder(
  world: World,
  occurrence: Occurrence,
  type: TicketType,
  what: Parameters<typeof hold>[4] = {},
): Promise<Order> {
  const held = await accepted(hold(world, world.viewer, occurrence, type, what));
  return order(world, world.viewer, held);
}

/** An order whose payment the provider has approved without anyone having heard it. */
async function givenApproved(...given: Parameters<typeof givenOrder>): Promise<Order> {
  const [world] = given;
  const placed = await givenOrder(...given);
  const sandbox = world.services.providers.get('sandbox')!;
  const silent = { ...sandbox, confirm: async () => ({ status: 'PENDING' as const }) };
  const services = { ...world.services, providers: new Map([['sandbox', silent]]) };
  await pay({ ...world, services }, world.viewer, placed);
  await system(world, (tx) =>
    tx.execute(
      `insert into sandbox_charge (organisation_id, payment_id, amount_minor, currency, approved, answers_at)
       select organisation_id, id, amount_minor, currency, true, now() from payment on conflict do nothing`,
    ),
  );
  return placed;
}

describeRace(
  'one hold, checked out by 10 at once',
  {
    meet: { before: 'from hold where id = $1', parties: 10 },
    statements: [['from hold where id = $1 for update', 'from hold where id = $1']],
    schema: [
      'alter table ticket_order drop constraint ticket_order_once_a_hold',
      'alter table order_part drop constraint order_part_once_a_hold',
    ],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const viewer = guest(world);
    const held = await accepted(hold(unmet, viewer, occurrence, type));
    const guestInput = { email: viewer.email!, name: 'Buyer' };
    const results = await times(10, () =>
      checkOut(world.services, viewer, {
        idempotencyKey: newUuid(),
        holdId: held.id,
        guest: guestInput,
        voucherCode: null,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBeGreaterThan(1);
      expect(await brokenNumbers(world)).toContain(4);
    }
  },
);

describeRace(
  'one order, paid 10 times at once',
  {
    meet: { before: 'from ticket_order o where o.id = $1', parties: 10 },
    statements: [
      ['where o.id = $1 for update of o', 'where o.id = $1'],
      ['select * from payment where id = $1 for update', 'select * from payment where id = $1'],
    ],
    schema: ['drop index payment_one_at_a_time'],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const placed = await order(
      unmet,
      world.viewer,
      await accepted(hold(unmet, world.viewer, occurrence, type)),
    );
    const results = await times(10, () => pay(world, world.viewer, placed));
    const charges = await system(world, (tx) => tx.rows('select payment_id from sandbox_charge'));
    if (guarded) {
      expect(acceptedOf(results)).toBe(1);
      expect(charges).toHaveLength(1);
      expect(await ticketIdsOf(world, placed)).toHaveLength(1);
    } else expect(charges.length).toBeGreaterThan(1);
  },
);

describeRace(
  'an approved payment, settled by 8 who heard of it at once',
  {
    meet: { before: 'from ticket_order o where o.id = $1', parties: 8 },
    statements: [
      ['where o.id = $1 for update of o', 'where o.id = $1'],
      ['select * from payment where id = $1 for update', 'select * from payment where id = $1'],
    ],
    schema: ['alter table quota_bucket drop constraint quota_bucket_held_check'],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const placed = await givenApproved(unmet, occurrence, type);
    const [payment] = await system(world, (tx) => findPayments(tx, [placed.id]));
    await times(8, () => settleApprovedPayment(world.services, world.viewer, payment!));
    const tickets = await ticketIdsOf(world, placed);
    if (guarded) expect(tickets).toHaveLength(1);
    else expect(tickets.length).toBeGreaterThan(1);
  },
);

describeRace(
  'the expiry of an order against its payment and against the next buyer',
  {
    statements: [
      ['where o.id = $1 for update of o', 'where o.id = $1'],
      ['select * from payment where id = $1 for update', 'select * from payment where id = $1'],
      ['where taken.expires_at <= now() or taken.owner_id = excluded.owner_id', ''],
    ],
  },
  async ({ world, unmet, guarded }) => {
    const { occurrence, type, seatIds } = await givenSeats(world, {
      rows: 2,
      seatsPerRow: 10,
      quotaSize: 1000,
    });
    // Approved already; the expiry, the next buyer and the confirmation now meet in any order.
    for (const seatId of seatIds) await givenApproved(unmet, occurrence, type, { seatIds: [seatId] });
    await expireEverything(world);
    const upkeep = upkeepOf(world);
    await Promise.all([
      times(4, () => upkeep.runOnce()),
      times(seatIds.length, (place) =>
        hold(world, guest(world), occurrence, type, { seatIds: [seatIds[place]!] }),
      ),
    ]);
    if (guarded) await upkeep.runOnce();
    else expect(await brokenNumbers(world)).toContain(2);
  },
);

describeRace(
  'refunds of one order, together more than was paid',
  {
    meet: { before: 'from ticket_order o where o.id = $1', parties: 10 },
    statements: [['where o.id = $1 for update of o', 'where o.id = $1']],
    schema: [
      `alter table ticket_order drop constraint ticket_order_refunds, drop constraint ticket_order_chargebacks,
         drop constraint ticket_order_forfeited`,
      'alter table order_part drop constraint order_part_refunds',
    ],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type, { quantity: 2 });
    const results = await times(10, () =>
      refundOrder(world.services, world.viewer, {
        idempotencyKey: newUuid(),
        orderId: paid.id,
        amount: { amountMinor: 2000n, currency: 'EUR' },
        reason: null,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(2);
    // The provider is the last net: it gives nothing back that it does not have.
    else expect(acceptedOf(results)).toBeGreaterThan(2);
  },
);

describeRace(
  'an order in instalments, of which 10 at once pay what is due',
  {
    meet: { before: 'from ticket_order o where o.id = $1', parties: 10 },
    statements: [['where o.id = $1 for update of o', 'where o.id = $1']],
    schema: ['drop index payment_one_at_a_time'],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    await givenPlan(unmet, type, { depositBp: 4_000 });
    const placed = await givenOrderInInstalments(unmet, occurrence, type);
    const results = await times(10, () => pay(world, world.viewer, placed));
    const [sums] = await system(world, (tx) =>
      tx.rows<{ charged: string }>('select sum(amount_minor) as charged from sandbox_charge'),
    );
    if (guarded) {
      expect(acceptedOf(results)).toBeGreaterThanOrEqual(1);
      expect(Number(sums!.charged)).toBeLessThanOrEqual(2_500);
    } else expect(Number(sums!.charged)).toBeGreaterThan(2_500);
  },
);

describeRace(
  'a chargeback against a refund of the same money',
  {
    // The refund has judged what is left, the chargeback has counted what it takes.
    meet: {
      before: ['set refunded_minor = refunded_minor + $2, status', 'join ticket_exchange x on x.ticket_id'],
      parties: 2,
      unguarded: true,
    },
    statements: [['where o.id = $1 for update of o', 'where o.id = $1']],
    schema: [
      'alter table ticket_order drop constraint ticket_order_refunds, drop constraint ticket_order_chargebacks',
    ],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    for (let round = 0; round < (guarded ? 3 : 1); round++) {
      const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
      const [payment] = await system(world, (tx) => findPayments(tx, [paid.id]));
      await Promise.allSettled([
        refundOrder(world.services, world.viewer, {
          idempotencyKey: newUuid(),
          orderId: paid.id,
          amount: null,
          reason: null,
        }),
        applyDispute(world.services, world.viewer, payment!, {
          kind: 'disputed',
          disputeReference: newUuid(),
          amount: payment!.amount,
          status: 'OPEN',
          reason: null,
        }),
      ]);
      const { refunded, chargedBack } = await moneyTold(world, paid.id);
      // Whoever came first: the other finds the money gone.
      if (guarded) expect([refunded, chargedBack].toSorted()).toEqual([0, 2_500]);
      else expect(refunded + chargedBack).toBe(5_000);
    }
  },
);

/** What the log tells everybody to have gone back of an order. */
async function moneyTold(world: World, orderId: string) {
  const rows = await system(world, (tx) =>
    tx.rows<{ type: string; minor: number }>(
      `select type, sum((data -> 'amount' ->> 'amountMinor')::int)::int as minor from event_log
       where stream_id = $1 group by type`,
      [`order-${orderId}`],
    ),
  );
  const sum = (type: string) => rows.find((row) => row.type === `tickets.${type}.v1`)?.minor ?? 0;
  return {
    refunded: sum('order-refunded'),
    chargedBack: sum('order-charged-back') - sum('chargeback-reversed'),
  };
}
