import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  pay,
  ticketIdsOf,
} from '../harness.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { acceptedOf, brokenNumbers, describeRace, times } from '../races/race.test-support.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { exchangeTicket } from './exchange-ticket.ts';
import { givenDearerOrdered } from './exchange.test-support.ts';

describeRace(
  'two tickets exchanged for the last place',
  {
    meet: { before: 'insert into quota_bucket', parties: 2 },
    statements: [['<= size)', '<= size or true)']],
    schema: ['alter table quota_bucket drop constraint quota_bucket_not_oversold'],
  },
  async ({ world, unmet, guarded }) => {
    const from = await givenOccurrence(world);
    const to = await givenOccurrence(world);
    const type = await givenTicketType(world, from);
    const last = await givenTicketType(world, to, { quotaSize: 1 });
    const ticketIds: string[] = [];
    for (let count = 0; count < 2; count++)
      ticketIds.push(...(await ticketIdsOf(world, await givenPaidOrder(unmet, world.viewer, from, type))));
    const results = await times(2, (place) =>
      exchangeTicket(world.services, world.viewer, {
        idempotencyKey: newUuid(),
        ticketId: ticketIds[place]!,
        occurrenceId: to.id,
        ticketTypeId: last.id,
        seatId: null,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBe(2);
      expect(await brokenNumbers(world)).toContain(1);
    }
  },
);

describeRace(
  'a ticket exchanged while it is scanned',
  {
    meet: {
      before: ['insert into admission', 'update ticket set occurrence_id'],
      parties: 2,
      last: 'update ticket set occurrence_id',
    },
    statements: [['where id = $2 for no key update', 'where id = $2']],
  },
  async ({ world, unmet, guarded }) => {
    const from = await givenOccurrence(world);
    const to = await givenOccurrence(world);
    const [type, other] = [await givenTicketType(world, from), await givenTicketType(world, to)];
    let late = 0;
    for (let round = 0; round < (guarded ? 4 : 1); round++) {
      const paid = await givenPaidOrder(unmet, world.viewer, from, type);
      const [ticketId] = (await ticketIdsOf(world, paid)) as [string];
      const results = await Promise.allSettled([
        exchangeTicket(world.services, world.viewer, {
          idempotencyKey: newUuid(),
          ticketId,
          occurrenceId: to.id,
          ticketTypeId: other.id,
          seatId: null,
        }),
        scanTicket(world.services, world.viewer, {
          occurrenceId: from.id,
          credential: world.services.credentials.sign({ ticketId, occurrenceId: from.id, epoch: 1 }),
          nonce: newUuid(),
          scannedAt: new Date(),
          deviceId: 'gate-1',
        }),
      ]);
      // Let in at one occurrence, and good for another.
      if (acceptedOf(results) === 2) late += 1;
    }
    if (guarded) expect(late).toBe(0);
    else {
      expect(late).toBe(1);
      expect(await brokenNumbers(unmet)).toContain(7);
    }
  },
);

describeRace(
  'a dearer exchange paid while its ticket is scanned',
  {
    meet: {
      before: ['insert into admission', 'update ticket set occurrence_id'],
      parties: 2,
      last: 'update ticket set occurrence_id',
    },
    statements: [['where id = $2 for no key update', 'where id = $2']],
  },
  async ({ world, unmet, guarded }) => {
    const from = await givenOccurrence(world);
    const type = await givenTicketType(world, from);
    for (let round = 0; round < (guarded ? 3 : 1); round++) {
      const [ticketId] = (await ticketIdsOf(
        world,
        await givenPaidOrder(unmet, world.viewer, from, type),
      )) as [string];
      const ordered = await givenDearerOrdered(unmet, ticketId);
      const results = await Promise.allSettled([
        pay(world, world.viewer, ordered),
        scanTicket(world.services, world.viewer, {
          occurrenceId: from.id,
          credential: world.services.credentials.sign({ ticketId, occurrenceId: from.id, epoch: 1 }),
          nonce: newUuid(),
          scannedAt: new Date(),
          deviceId: 'gate-1',
        }),
      ]);
      // Let in at one occurrence, and good for another.
      expect(acceptedOf(results)).toBe(guarded ? 1 : 2);
    }
    if (!guarded) expect(await brokenNumbers(unmet)).toContain(7);
  },
);

describeRace(
  'two dearer exchanges of one ticket paid at once',
  {
    meet: { before: 'with giving as', parties: 2, unguarded: true },
    statements: [
      ['where id = any($1) order by id for update', 'where id = any($1)'],
      ['select id from ticket where id = $1 for update', 'select id from ticket where id = $1'],
    ],
    schema: ['alter table ticket_exchange drop constraint ticket_exchange_place'],
  },
  async ({ world, unmet, guarded }) => {
    const from = await givenOccurrence(world);
    const type = await givenTicketType(world, from);
    for (let round = 0; round < (guarded ? 3 : 1); round++) {
      const [ticketId] = (await ticketIdsOf(
        world,
        await givenPaidOrder(unmet, world.viewer, from, type),
      )) as [string];
      const ordered = [await givenDearerOrdered(unmet, ticketId), await givenDearerOrdered(unmet, ticketId)];
      const paid = acceptedOf(await times(2, (place) => pay(world, world.viewer, ordered[place]!)));
      expect(paid).toBe(guarded ? 1 : 2);
    }
    if (!guarded) expect(await brokenNumbers(unmet)).toContain(1);
  },
);

describeRace(
  'two parts of what was paid on top, which together are all of it, given back at once',
  {
    meet: { before: 'set refunded_minor = refunded_minor + $2, status', parties: 2, unguarded: true },
    statements: [['where o.id = $1 for update of o', 'where o.id = $1']],
  },
  async ({ world, unmet, guarded }) => {
    const from = await givenOccurrence(world);
    const bought = await givenPaidOrder(unmet, world.viewer, from, await givenTicketType(world, from));
    const [ticketId] = (await ticketIdsOf(world, bought)) as [string];
    const ordered = await givenDearerOrdered(unmet, ticketId);
    await pay(unmet, world.viewer, ordered);
    const results = await times(2, () =>
      refundOrder(world.services, world.viewer, {
        idempotencyKey: newUuid(),
        orderId: ordered.id,
        amount: { amountMinor: 750n, currency: 'EUR' },
        reason: null,
      }),
    );
    // Twice: the ticket has its better place, and nothing is left of what paid for it.
    expect(acceptedOf(results)).toBe(guarded ? 1 : 2);
  },
);
