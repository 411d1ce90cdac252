import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import type { FieldEncryption } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  aGuest,
  createWorld,
  givenOccurrence,
  givenPaidOrder,
  pay,
  givenSeats,
  givenTicketType,
  hold,
  order,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { buyListing } from '../resale/buy-listing.ts';
import { listTicket } from '../resale/list-ticket.ts';
import { givenDearerOrdered } from '../exchange/exchange.test-support.ts';
import { forgetGuest } from '../guests/forget-guest.ts';
import { givenOrderInInstalments, givenPlan } from '../instalments/instalments.test-support.ts';
import { issueDueInvoices } from '../invoices/issue-invoices.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { undoScan } from '../scans/undo-scan.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { createCheckInList } from '../check-in/save-list.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { blockPlaces } from '../inventory/block-places.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { checkOut } from '../orders/check-out.ts';
import { givenVoucher } from '../vouchers/voucher.test-support.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { invariants } from './invariants.ts';

let world: World;
let admin: pg.Client;
let erasedOrderId: string;
beforeAll(async () => {
  world = await createWorld();
  const { occurrence, type, seatIds } = await givenSeats(world);
  await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: seatIds.slice(0, 2) });
  await order(
    world,
    world.viewer,
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[2]!] })),
  );
  await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[3]!] }));
  const request = { occurrenceId: occurrence.id, reason: 'Press', idempotencyKey: newUuid() };
  const items = [{ ticketTypeId: type.id, quantity: null, seatIds: [seatIds[4]!] }];
  await accepted(blockPlaces(world.services, world.viewer, { ...request, items }));
  const standing = await givenTicketType(world, occurrence);
  const paid = await givenPaidOrder(world, world.viewer, occurrence, standing);
  const [ticketId] = await ticketIdsOf(world, paid);
  await accepted(
    offerTransfer(world.services, world.viewer, { ticketId: ticketId!, toEmail: 'bob@example.com' }),
  );
  const refunded = await givenPaidOrder(world, world.viewer, occurrence, standing);
  const refund = { idempotencyKey: newUuid(), orderId: refunded.id, amount: null, reason: null };
  await accepted(refundOrder(world.services, world.viewer, refund));
  await givenResaleAndWaitlist();
  const [exchanged] = await ticketIdsOf(
    world,
    await givenPaidOrder(world, world.viewer, occurrence, standing),
  );
  await accepted(pay(world, world.viewer, await givenDearerOrdered(world, exchanged!)));
  const voucher = await givenVoucher(world, { maxUses: 5, maxUsesPerGuest: 5 });
  const held = await accepted(hold(world, world.viewer, occurrence, standing));
  await accepted(
    checkOut(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      holdId: held.id,
      guest: aGuest,
      voucherCode: voucher.code,
    }),
  );
  await givenDepositAndErasure();
  await issueDueInvoices(world.services, world.viewer);
  await givenScans(occurrence, standing);
  admin = new pg.Client({ connectionString: world.test.ownerUrl });
  await admin.connect();
  // The owner, too, sees only the tenant that it names.
  await admin.query(`select set_config('marquee.organisation_id', $1, false)`, [world.viewer.organisationId]);
  // What is planted here, the constraints would not let in.
  await admin.query(`do $$ declare c record; begin
    for c in select conrelid::regclass as t, conname from pg_constraint
      where contype in ('c', 'f') and connamespace = 'public'::regnamespace loop
      execute format('alter table %s drop constraint %I', c.t, c.conname);
    end loop; end $$`);
  await admin.query(
    'drop index ticket_one_a_seat; drop index transfer_one_offer; drop index waitlist_offer_one_pending',
  );
});
afterAll(async () => {
  await admin.end();
  await world.drop();
});

/** One is let in by two entries on a list of its own, another by mistake. */
async function givenScans(occurrence: Occurrence, type: TicketType) {
  const settings = { name: 'Side door', ticketTypeIds: null, validFrom: null, validUntil: null };
  const rule = { entriesPerTicket: 2, exits: false, reEntry: false };
  const list = await accepted(
    createCheckInList(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      occurrenceId: occurrence.id,
      settings: { ...settings, ...rule },
    }),
  );
  const tickets = await ticketIdsOf(
    world,
    await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 2 }),
  );
  const scan = (ticketId: string) =>
    scanTicket(world.services, world.viewer, {
      occurrenceId: occurrence.id,
      listId: list.id,
      credential: world.services.credentials.sign({ ticketId, occurrenceId: occurrence.id, epoch: 1 }),
      nonce: newUuid(),
      scannedAt: new Date(),
      deviceId: 'gate-1',
    });
  await accepted(scan(tickets[0]!));
  await accepted(scan(tickets[0]!));
  const mistaken = await accepted(scan(tickets[1]!));
  await accepted(undoScan(world.services, world.viewer, { scanId: mistaken.id, reason: 'The wrong one' }));
}

/** A ticket that was sold on, and someone whose turn on the waitlist has come. */
async function givenResaleAndWaitlist() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize: 2 });
  const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 2 });
  const [sold, listed] = await ticketIdsOf(world, paid);
  const listing = await accepted(listTicket(world.services, world.viewer, sold!));
  const request = { idempotencyKey: newUuid(), listingId: listing.id };
  const held = await accepted(buyListing(world.services, world.viewer, request));
  await accepted(pay(world, world.viewer, await order(world, world.viewer, held)));
  await accepted(
    joinWaitlist(world.services, world.viewer, {
      occurrenceId: occurrence.id,
      ticketTypeId: type.id,
      quantity: 1,
      guest: { email: 'waiting@example.com', name: 'W' },
    }),
  );
  await accepted(listTicket(world.services, world.viewer, listed!));
  const line = { occurrenceId: occurrence.id, ticketTypeId: type.id };
  expect(await offerPlaces(world.services, world.viewer, line)).toBe(1);
}

/** An order whose deposit is paid, and one whose guest was erased after it had answered. */
async function givenDepositAndErasure() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  await givenPlan(world, type);
  await accepted(pay(world, world.viewer, await givenOrderInInstalments(world, occurrence, type)));
  const erased = { email: 'gone@example.com', name: 'Gone' };
  const { id, guestId } = await givenPaidOrder(world, world.viewer, occurrence, type, {}, erased);
  const nothingEncrypted = { eraseSubject: async () => undefined } as unknown as FieldEncryption;
  await world.database.transaction(world.viewer, (tx) => forgetGuest(tx, nothingEncrypted, guestId));
  erasedOrderId = id;
}

test('a database on which nothing is broken has no violations', async () => {
  expect(await violations(world)).toEqual([]);
});

test.each([
  [1, 'update quota_bucket set size = 0'],
  [1, 'update quota_bucket set held = held + 1'],
  [1, `update ticket set status = 'CANCELLED', cancelled_at = now() where seat_id is not null`],
  [2, `update ticket set seat_id = (select min(seat_id::text)::uuid from ticket) where seat_id is not null`],
  [2, `update seat_claim set owner_id = gen_random_uuid()`],
  [2, `delete from seat_claim where expires_at is not null`],
  [1, 'update quota set size = size + 1'],
  [2, `delete from seat_claim where expires_at = 'infinity'`],
  [2, `update place_block set status = 'RELEASED'`],
  [3, `update hold set status = 'RELEASED' where status = 'ACTIVE'`],
  [4, `update hold set status = 'ACTIVE' where status = 'CONVERTED'`],
  [2, 'update space_map set version = version + 1, reported_version = version + 1'],
  [4, `update ticket_order set paid_at = null where status = 'PAID'`],
  [4, `delete from ticket where seat_id is not null`],
  [4, 'delete from ticket_exchange'],
  [14, 'update exchange_order set ticket_id = gen_random_uuid()'],
  [5, 'update refund set amount_minor = amount_minor + 1'],
  [5, 'update ticket_order set refunded_minor = 0'],
  [5, `update payment set status = 'CHARGED_BACK' where status = 'CONFIRMED'`],
  [6, 'update ticket_order set total_minor = total_minor + 1'],
  [6, 'update order_part set total_minor = total_minor + 1'],
  [6, 'update order_line set tax_minor = tax_minor + 1'],
  [6, `update payment set currency = 'USD'`],
  [
    7,
    `insert into scan (organisation_id, id, list_id, occurrence_id, ticket_id, nonce, request_hash, result, at, scanned_at,
         gate, device_id, scanned_by)
       select organisation_id, gen_random_uuid(), list_id, occurrence_id, ticket_id, id::text, '', 'ACCEPTED', now(), now(), gate,
         '', '' from scan where result = 'ACCEPTED'`,
  ],
  [
    7,
    `insert into scan_verdict (organisation_id, scan_id, result, reason)
       select organisation_id, id, 'CONFLICT', 'ALREADY_ADMITTED' from scan where result = 'ACCEPTED'`,
  ],
  [
    7,
    `insert into scan_verdict (organisation_id, scan_id, result) select organisation_id, id, 'REVERSED' from scan`,
  ],
  [7, 'update admission set ins = ins + 1, outs = outs + 1'],
  [7, 'update admission set inside = not inside'],
  [7, 'update check_in_counter set entries = entries + 1'],
  [7, 'update check_in_counter set admitted = admitted - 1'],
  [7, 'update check_in_counter set inside = inside + 1'],
  [7, `update check_in_list set exits = true`],
  [7, `update check_in_list set occurrence_id = gen_random_uuid()`],
  [7, `delete from scan where about_id is not null`],
  [8, 'update ticket set credential_epoch = 2'],
  [8, `update ticket set status = 'VALID' where status = 'TRANSFER_PENDING'`],
  [
    8,
    `update ticket set status = 'VALID', cancelled_at = null where id in (select ticket_id from resale_listing)`,
  ],
  [9, `update waitlist_offer set status = 'CLAIMED'`],
  [9, 'update waitlist_entry set quantity = quantity + 1'],
  [10, 'update voucher set uses = uses + 1'],
  [10, 'update voucher set max_uses = 0'],
  [10, 'update voucher set max_uses_per_guest = 0'],
  [10, 'update voucher_use set released_at = now()'],
  [11, 'delete from invoice where number = 1 and corrects_id is null'],
  [11, 'update invoice set number = number + 1 where number = (select max(number) from invoice)'],
  [11, 'update invoice set total_minor = total_minor + 1 where corrects_id is not null'],
  [13, `update ticket_order set status = 'CANCELLED' where status = 'PAID'`],
  [13, `delete from event_log where type = 'tickets.ticket-issued.v1'`],
  [13, 'delete from hold'],
  [13, 'delete from transfer'],
  [14, 'update order_line set ticket_type_id = gen_random_uuid()'],
  [14, 'update ticket set guest_id = gen_random_uuid()'],
  [15, `delete from ticket_order where status = 'PAID'`],
  [15, 'update ticket_order set paid_minor = paid_minor + 1 where paid_at is not null'],
  [15, 'delete from ticket_order where id = $1'],
  [
    15,
    'update ticket_order set guest_id = (select min(id::text)::uuid from guest where id <> guest_id) where id = $1',
  ],
  [15, `update guest set name = 'Gone' where email like '%@erased.invalid'`],
  [4, `update ticket_order set status = 'CANCELLED' where payment_plan is not null`],
  [6, 'update order_instalment set amount_minor = amount_minor + 1'],
  [6, `update payment set amount_minor = 9999 where order_id in (select order_id from order_instalment)`],
  [5, `update refund set amount_minor = 9999 where payment_id is not null`],
])('invariant %i is found broken after: %s', async (number, sql) => {
  // Planted in a transaction of its own that is never committed; the checks run inside it.
  await admin.query('begin');
  try {
    const planted = await admin.query(sql, sql.includes('$1') ? [erasedOrderId] : []);
    expect(planted.rowCount).toBeGreaterThan(0);
    const found: number[] = [];
    for (const invariant of invariants) {
      const { rows } = await admin.query(`select subject from (${invariant.sql}) as broken limit 1`);
      if (rows.length > 0) found.push(invariant.number);
    }
    expect(found).toContain(number);
  } finally {
    await admin.query('rollback');
  }
});
