import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newViewer,
  system,
  ticketIdsOf,
} from '../harness.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { undoScan } from '../scans/undo-scan.ts';
import { acceptTransfer } from '../transfers/end-transfer.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { acceptedOf, brokenNumbers, describeRace, times } from './race.test-support.ts';

/** What makes gates wait for each other, and see what the other did. */
const doorGuard = [
  ['where id = $2 for no key update', 'where id = $2'],
  [
    'on conflict (organisation_id, list_id, ticket_id) do update set ticket_id = excluded.ticket_id',
    'on conflict do nothing',
  ],
] as const;

describeRace(
  'one ticket, scanned at 20 gates at once',
  { meet: { before: 'insert into admission', parties: 20 }, statements: doorGuard },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
    const [ticketId] = await ticketIdsOf(world, paid);
    const credential = world.services.credentials.sign({
      ticketId: ticketId!,
      occurrenceId: occurrence.id,
      epoch: 1,
    });
    const results = await times(20, (gate) =>
      scanTicket(world.services, world.viewer, {
        occurrenceId: occurrence.id,
        credential,
        nonce: newUuid(),
        scannedAt: new Date(),
        deviceId: `gate-${gate}`,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBeGreaterThan(1);
      expect(await brokenNumbers(world)).toContain(7);
    }
  },
);

describeRace(
  'one reading, sent 20 times at once with one nonce',
  {
    meet: { before: 'insert into admission', parties: 20 },
    schema: ['alter table scan drop constraint scan_nonce'],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
    const [ticketId] = await ticketIdsOf(world, paid);
    const request = {
      occurrenceId: occurrence.id,
      credential: world.services.credentials.sign({
        ticketId: ticketId!,
        occurrenceId: occurrence.id,
        epoch: 1,
      }),
      nonce: newUuid(),
      scannedAt: new Date(),
      deviceId: 'gate-1',
    };
    const results = await times(20, () => scanTicket(world.services, world.viewer, request));
    const scans = await system(world, (tx) => tx.rows('select id from scan'));
    if (guarded) {
      expect(acceptedOf(results)).toBe(20);
      expect(scans).toHaveLength(1);
    } else expect(scans.length).toBeGreaterThan(1);
  },
);

describeRace(
  'a transfer accepted while its ticket is scanned',
  {
    // The transfer has judged that nobody was admitted when somebody is.
    meet: {
      before: ['credential_epoch = credential_epoch + 1', 'insert into admission'],
      parties: 2,
      unguarded: true,
      last: 'credential_epoch = credential_epoch + 1',
    },
    statements: [
      ['where id = $2 for no key update', 'where id = $2'],
      ['select id from ticket where id = $1 for update', 'select id from ticket where id = $1'],
    ],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    let both = 0;
    for (let round = 0; round < 40 && !(both > 0 && !guarded); round++) {
      const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
      const [ticketId] = await ticketIdsOf(world, paid);
      const offered = await accepted(
        offerTransfer(world.services, world.viewer, { ticketId: ticketId!, toEmail: 'bob@example.com' }),
      );
      const [taken, scanned] = await Promise.all([
        acceptTransfer(
          world.services,
          newViewer('GUEST', world.viewer.organisationId, 'bob@example.com'),
          offered.id,
        ),
        scanTicket(world.services, world.viewer, {
          occurrenceId: occurrence.id,
          credential: world.services.credentials.sign({
            ticketId: ticketId!,
            occurrenceId: occurrence.id,
            epoch: 1,
          }),
          nonce: newUuid(),
          scannedAt: new Date(),
          deviceId: 'gate-1',
        }),
      ]);
      // Someone got in with the old credential and someone else has the ticket now.
      if (taken.ok && scanned.ok) both += 1;
    }
    if (guarded) expect(both).toBe(0);
    else expect(both).toBeGreaterThan(0);
  },
);

describeRace(
  'a transfer accepted while its order is refunded',
  {
    // The transfer has judged that the ticket is good when the order is refunded.
    meet: {
      before: ['credential_epoch = credential_epoch + 1', `set status = 'CANCELLED'`],
      parties: 2,
      unguarded: true,
      last: 'credential_epoch = credential_epoch + 1',
    },
    statements: [
      ['select id from ticket where id = $1 for update', 'select id from ticket where id = $1'],
      ['from transfer where id = $1 for update', 'from transfer where id = $1'],
      // Nor would the constraint of a cancelled ticket catch it.
      ["status = 'VALID', guest_id = $2", "status = 'VALID', cancelled_at = null, guest_id = $2"],
    ],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    let kept = 0;
    for (let round = 0; round < (guarded ? 10 : 1); round++) {
      const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
      const [ticketId] = await ticketIdsOf(world, paid);
      const offered = await accepted(
        offerTransfer(unmet.services, world.viewer, { ticketId: ticketId!, toEmail: 'bob@example.com' }),
      );
      const bob = newViewer('GUEST', world.viewer.organisationId, 'bob@example.com');
      await Promise.allSettled([
        acceptTransfer(world.services, bob, offered.id),
        refundOrder(world.services, world.viewer, {
          idempotencyKey: newUuid(),
          orderId: paid.id,
          amount: null,
          reason: null,
        }),
      ]);
      // The money went back, and yet the ticket opens the door.
      const open = await system(world, (tx) =>
        tx.rows(
          `select t.id from ticket t join ticket_order o on o.id = t.order_id
           where o.id = $1 and o.status = 'REFUNDED' and t.status = 'VALID'`,
          [paid.id],
        ),
      );
      kept += open.length;
    }
    if (guarded) expect(kept).toBe(0);
    else expect(kept).toBeGreaterThan(0);
  },
);

describeRace(
  'a reading undone while its ticket is scanned again',
  { meet: { before: 'insert into admission', parties: 2 }, statements: doorGuard },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    let wrong = 0;
    for (let round = 0; round < (guarded ? 10 : 60) && wrong === 0; round++) {
      const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
      const [ticketId] = await ticketIdsOf(world, paid);
      const request = {
        occurrenceId: occurrence.id,
        credential: world.services.credentials.sign({
          ticketId: ticketId!,
          occurrenceId: occurrence.id,
          epoch: 1,
        }),
        scannedAt: new Date(),
        deviceId: 'gate-1',
      };
      const first = await accepted(
        scanTicket(unmet.services, world.viewer, { ...request, nonce: newUuid() }),
      );
      await Promise.allSettled([
        undoScan(world.services, world.viewer, { scanId: first.id, reason: 'a mistake' }),
        scanTicket(world.services, world.viewer, { ...request, nonce: newUuid() }),
      ]);
      // Someone is inside whom the list does not know of, or the other way round.
      if ((await brokenNumbers(unmet)).includes(7)) wrong += 1;
    }
    if (guarded) expect(wrong).toBe(0);
    else expect(wrong).toBeGreaterThan(0);
  },
);

describeRace(
  'an order refunded while its ticket is scanned',
  {
    // The refund has cancelled the ticket, and has much to do before its commit, when the door looks at it.
    meet: { before: ['insert into admission', `update transfer set status = 'RECALLED'`], parties: 2 },
    statements: [['where id = $2 for no key update', 'where id = $2']],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    let late = 0;
    for (let round = 0; round < (guarded ? 10 : 100) && late === 0; round++) {
      const paid = await givenPaidOrder(unmet, world.viewer, occurrence, type);
      const [ticketId] = await ticketIdsOf(world, paid);
      await Promise.allSettled([
        refundOrder(world.services, world.viewer, {
          idempotencyKey: newUuid(),
          orderId: paid.id,
          amount: null,
          reason: null,
        }),
        scanTicket(world.services, world.viewer, {
          occurrenceId: occurrence.id,
          credential: world.services.credentials.sign({
            ticketId: ticketId!,
            occurrenceId: occurrence.id,
            epoch: 1,
          }),
          nonce: newUuid(),
          scannedAt: new Date(),
          deviceId: 'gate-1',
        }),
      ]);
      // Let in with a ticket that was dead by then.
      const seen = await eventTypes(unmet, `ticket-${ticketId}`);
      const [{ admitted } = { admitted: false }] = await system(unmet, (tx) =>
        tx.rows<{ admitted: boolean }>(
          `select exists (select from scan where ticket_id = $1 and result = 'ACCEPTED') as admitted`,
          [ticketId],
        ),
      );
      if (admitted && seen.indexOf('ticket-scanned') > seen.indexOf('ticket-cancelled')) late += 1;
    }
    if (guarded) expect(late).toBe(0);
    else expect(late).toBeGreaterThan(0);
  },
);
