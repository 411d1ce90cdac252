import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
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
  newViewer,
  order,
  pay,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { checkOut } from '../orders/check-out.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { claimOffer } from '../waitlist/answer-offer.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { buyListing } from './buy-listing.ts';
import { givenVoucher } from '../vouchers/voucher.test-support.ts';
import { listTicket, unlistTicket } from './list-ticket.ts';
import { findOpenListings } from './listing-rows.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const upkeep = () => upkeepOf(world).runOnce();
const guest = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
const buy = (viewer: Viewer, listingId: string) =>
  buyListing(world.services, viewer, { idempotencyKey: newUuid(), listingId });
const named = (viewer: Viewer) => ({ email: viewer.email!, name: 'Guest' });

/** A seat, sold out, and its holder's ticket. */
async function givenTicket(seated = true) {
  const seller = guest();
  const seats = seated ? await givenSeats(world, { rows: 1, seatsPerRow: 1 }) : null;
  const occurrence = seats?.occurrence ?? (await givenOccurrence(world));
  const type = seats?.type ?? (await givenTicketType(world, occurrence, { quotaSize: 2 }));
  const what = seats ? { seatIds: seats.seatIds } : { quantity: 2 };
  const paid = await givenPaidOrder(world, seller, occurrence, type, what, named(seller));
  const [ticketId] = await ticketIdsOf(world, paid);
  return { seller, occurrence, type, paid, ticketId: ticketId!, seatIds: seats?.seatIds ?? [] };
}

const orderRow = async (id: string) =>
  (
    await system(world, (tx) =>
      tx.rows<{ status: string; refunded_minor: string }>(
        'select status, refunded_minor from ticket_order where id = $1',
        [id],
      ),
    )
  )[0]!;
const ticketsOf = (orderId: string) =>
  system(world, (tx) =>
    tx.rows<{ id: string; status: string; seat_id: string | null }>(
      'select id, status, seat_id from ticket where order_id = $1 order by issued_at, id',
      [orderId],
    ),
  );

describe('a ticket that is sold on', () => {
  test('ends when the buyer has paid; the buyer has one for the same seat, the seller the money', async () => {
    const { seller, paid, ticketId, seatIds, occurrence } = await givenTicket();
    const listing = await accepted(listTicket(world.services, seller, ticketId));
    expect(listing.price).toEqual({ amountMinor: 2500n, currency: 'EUR' });
    const buyer = guest();
    const held = await accepted(buy(buyer, listing.id));
    const placed = await order(world, buyer, held, named(buyer));
    // Until it is paid it is the seller's.
    expect(await ticketsOf(paid.id)).toMatchObject([{ status: 'VALID' }]);
    expect((await refused(unlistTicket(world.services, seller, listing.id))).kind).toBe('ResaleNotPossible');
    await accepted(pay(world, buyer, placed));
    expect(await ticketsOf(paid.id)).toMatchObject([{ status: 'CANCELLED' }]);
    expect(await ticketsOf(placed.id)).toMatchObject([{ status: 'VALID', seat_id: seatIds[0] }]);
    expect(await orderRow(paid.id)).toEqual({ status: 'REFUNDED', refunded_minor: '2500' });
    expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual([
      'ticket-issued',
      'resale-listed',
      'resale-sold',
      'ticket-cancelled',
    ]);
    const old = world.services.credentials.sign({ ticketId, occurrenceId: occurrence.id, epoch: 1 });
    const scanned = await refused(
      scanTicket(world.services, world.viewer, {
        occurrenceId: occurrence.id,
        credential: old,
        nonce: newUuid(),
        scannedAt: new Date(),
        deviceId: 'gate',
      }),
    );
    expect(scanned).toMatchObject({ reason: 'REVOKED' });
    expect(await violations(world)).toEqual([]);
  });

  test('costs at most what was paid for it: with a voucher less than its type does', async () => {
    const seller = guest();
    const occurrence = await givenOccurrence(world);
    const price = { amountMinor: 2500n, currency: 'EUR' };
    const type = await givenTicketType(world, occurrence, { quotaSize: 3, price });
    const voucher = await givenVoucher(world, { percentBp: 3333 });
    const held = await accepted(hold(world, seller, occurrence, type, { quantity: 3 }));
    const placed = await accepted(
      checkOut(world.services, seller, {
        idempotencyKey: newUuid(),
        holdId: held.id,
        guest: named(seller),
        voucherCode: voucher.code,
      }),
    );
    await accepted(pay(world, seller, placed));
    const listed: bigint[] = [];
    for (const ticketId of await ticketIdsOf(world, placed))
      listed.push((await accepted(listTicket(world.services, seller, ticketId))).price.amountMinor);
    const total = listed.reduce((sum, amount) => sum + amount, 0n);
    expect(total).toBeLessThanOrEqual(placed.total.amountMinor);
    expect(total).toBeGreaterThan(placed.total.amountMinor - 3n);
    const [one] = await ticketIdsOf(world, placed);
    const [listing] = await world.database.read(world.viewer, (tx) => findOpenListings(tx, [one!]));
    const buyer = guest();
    const bought = await accepted(
      pay(world, buyer, await order(world, buyer, await accepted(buy(buyer, listing!.id)), named(buyer))),
    );
    expect(bought.total).toEqual(listing!.price);
    expect(await orderRow(placed.id)).toMatchObject({ refunded_minor: `${listing!.price.amountMinor}` });
    expect(await violations(world)).toEqual([]);
  });

  test('leaves the other tickets of its order alone', async () => {
    const { seller, paid, ticketId } = await givenTicket(false);
    const listing = await accepted(listTicket(world.services, seller, ticketId));
    const buyer = guest();
    const placed = await order(world, buyer, await accepted(buy(buyer, listing.id)), named(buyer));
    await accepted(pay(world, buyer, placed));
    expect(await orderRow(paid.id)).toEqual({ status: 'PARTIALLY_REFUNDED', refunded_minor: '2500' });
    expect((await ticketsOf(paid.id)).map(({ status }) => status).toSorted()).toEqual(['CANCELLED', 'VALID']);
    expect(await violations(world)).toEqual([]);
  });

  test('goes to the first on the waitlist, not to who happens to look', async () => {
    const { seller, occurrence, type, paid, ticketId } = await givenTicket();
    const waiting = guest();
    const entry = await accepted(
      joinWaitlist(world.services, waiting, {
        occurrenceId: occurrence.id,
        ticketTypeId: type.id,
        quantity: 1,
        guest: named(waiting),
      }),
    );
    const listing = await accepted(listTicket(world.services, seller, ticketId));
    expect(await refused(buy(guest(), listing.id))).toMatchObject({
      message: expect.stringContaining('waitlist'),
    });
    await upkeep();
    const held = await accepted(claimOffer(world.services, waiting, entry.id));
    const placed = await order(world, waiting, held, named(waiting));
    await accepted(pay(world, waiting, placed));
    expect(await ticketsOf(placed.id)).toMatchObject([{ status: 'VALID' }]);
    expect(await orderRow(paid.id)).toMatchObject({ status: 'REFUNDED' });
    expect(await violations(world)).toEqual([]);
  });

  test('is its holder’s again when the buyer does not pay in time', async () => {
    const { seller, paid, ticketId } = await givenTicket();
    const listing = await accepted(listTicket(world.services, seller, ticketId));
    const [late, quick] = [guest(), guest()];
    const placed = await order(world, late, await accepted(buy(late, listing.id)), named(late));
    await expireEverything(world);
    const second = await order(world, quick, await accepted(buy(quick, listing.id)), named(quick));
    await accepted(pay(world, quick, second));
    // The late one's payment comes through after all, and goes back by itself.
    await refused(pay(world, late, placed));
    expect(await ticketsOf(second.id)).toMatchObject([{ status: 'VALID' }]);
    expect(await ticketsOf(placed.id)).toEqual([]);
    expect(await orderRow(paid.id)).toMatchObject({ status: 'REFUNDED' });
    expect(await violations(world)).toEqual([]);
  });

  test('that was admitted or refunded meanwhile cannot be had: the buyer’s money goes back', async () => {
    for (const how of ['scan', 'refund'] as const) {
      const { seller, occurrence, paid, ticketId } = await givenTicket();
      const listing = await accepted(listTicket(world.services, seller, ticketId));
      const buyer = guest();
      const placed = await order(world, buyer, await accepted(buy(buyer, listing.id)), named(buyer));
      if (how === 'refund') {
        const request = { idempotencyKey: newUuid(), orderId: paid.id, amount: null, reason: null };
        await accepted(refundOrder(world.services, world.viewer, request));
      } else {
        const credential = world.services.credentials.sign({
          ticketId,
          occurrenceId: occurrence.id,
          epoch: 1,
        });
        const reading = { occurrenceId: occurrence.id, credential, nonce: newUuid() };
        await accepted(
          scanTicket(world.services, world.viewer, { ...reading, scannedAt: new Date(), deviceId: 'gate' }),
        );
      }
      await refused(pay(world, buyer, placed));
      expect(await ticketsOf(placed.id)).toEqual([]);
      expect(await orderRow(placed.id)).toMatchObject({ refunded_minor: '2500' });
      expect(await violations(world)).toEqual([]);
    }
  });

  test('can be taken off the market, and is not given away at the same time', async () => {
    const { seller, ticketId } = await givenTicket();
    expect((await refused(listTicket(world.services, guest(), ticketId))).kind).toBe('NotFound');
    const listing = await accepted(listTicket(world.services, seller, ticketId));
    expect((await refused(listTicket(world.services, seller, ticketId))).kind).toBe('ResaleNotPossible');
    const transfer = () => offerTransfer(world.services, seller, { ticketId, toEmail: 'bob@example.com' });
    expect(await refused(transfer())).toMatchObject({ kind: 'TransferNotPossible' });
    expect((await refused(unlistTicket(world.services, guest(), listing.id))).kind).toBe('NotFound');
    await accepted(unlistTicket(world.services, seller, listing.id));
    expect((await refused(buy(guest(), listing.id))).kind).toBe('ResaleNotPossible');
    await accepted(transfer());
    expect((await refused(listTicket(world.services, seller, ticketId))).kind).toBe('ResaleNotPossible');
    expect(await violations(world)).toEqual([]);
  });
});
