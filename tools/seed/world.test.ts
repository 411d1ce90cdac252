import { createHash } from 'node:crypto';
import { assertValidEvent } from '@marquee/contracts';
import { isCurrency, isUuid } from '@marquee/kernel';
import { describe, expect, test } from '@jest/globals';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { numberLog } from './log.ts';
import { eventsLog, guestsLog, venuesLog } from './log-planning.ts';
import { ticketsLog } from './log-tickets.ts';
import { demoGuest } from './organisations.ts';
import type { SeedLine, World } from './types.ts';
import { planWorld } from './world.ts';

const options = { seed: 'marquee', startDay: '2027-03-20' };
const world = planWorld(options);
const logs = { venues: venuesLog, events: eventsLog, guests: guestsLog, tickets: ticketsLog };
/** The logs tell everything about a world; the world itself is one web of references, far too long to write out. */
const fingerprint = (of: World): string => {
  const hash = createHash('sha256');
  for (const [service, log] of Object.entries(logs)) {
    for (const entry of numberLog(of, service, log(of))) hash.update(JSON.stringify(entry));
  }
  return hash.digest('hex');
};

describe('the demo world', () => {
  test('is the same for the same seed and day, and another for another seed', () => {
    expect(fingerprint(planWorld(options))).toBe(fingerprint(world));
    expect(fingerprint(planWorld({ ...options, seed: 'other' }))).not.toBe(fingerprint(world));
  });

  test('has what the launcher promises', () => {
    expect(world.organisations).toHaveLength(3);
    expect(world.venues).toHaveLength(40);
    expect(world.occurrences).toHaveLength(500);
    expect(world.guests).toHaveLength(20_000);
    expect(new Set(world.venues.map((venue) => venue.timeZone)).size).toBeGreaterThanOrEqual(10);
    const currencies = new Set(world.ticketTypes.map((type) => type.currency));
    expect(currencies.size).toBeGreaterThanOrEqual(5);
    expect([...currencies].every(isCurrency)).toBe(true);
  });

  test('spreads its occurrences over a year around the start day', () => {
    const days = world.occurrences.map((occurrence) => (occurrence.startsMs - world.startMs) / 86_400_000);
    expect(Math.min(...days)).toBeGreaterThan(-62);
    expect(Math.max(...days)).toBeLessThan(306);
    expect(days.filter((day) => day > 0).length).toBeGreaterThan(300);
  });

  test('has orders and holds in every state, and scans', () => {
    const counts = (keys: string[]) =>
      Object.fromEntries([...Map.groupBy(keys, (key) => key)].map(([key, all]) => [key, all.length]));
    const orders = counts(world.orders.map((order) => order.status));
    for (const status of [
      'PAID',
      'PARTIALLY_REFUNDED',
      'REFUNDED',
      'EXPIRED',
      'CANCELLED',
      'PENDING_PAYMENT',
    ]) {
      expect(orders[status]).toBeGreaterThan(20);
    }
    const holds = counts(world.holds.map((hold) => hold.status));
    for (const status of ['ACTIVE', 'CONVERTED', 'RELEASED', 'EXPIRED'])
      expect(holds[status]).toBeGreaterThan(50);
    const scans = counts(world.scans.map((scan) => scan.result));
    expect(scans).toMatchObject({ ACCEPTED: expect.any(Number), REJECTED: expect.any(Number) });
  });

  test('never gives an id or an address to two', () => {
    const ids = [
      ...world.venues,
      ...world.spaces,
      ...world.spaces.flatMap((space) => [
        ...space.sections,
        ...space.sections.flatMap((section) => section.seats),
      ]),
      ...world.events,
      ...world.occurrences,
      ...world.guests,
      ...world.ticketTypes,
      ...world.holds,
      ...world.orders,
      ...world.orders.flatMap((order) => [...order.tickets, ...order.payments, ...order.refunds]),
      ...world.scans,
    ].map((entity) => entity.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isUuid)).toBe(true);
    expect(new Set(world.guests.map((guest) => `${guest.organisationId} ${guest.email}`)).size).toBe(20_000);
    expect(new Set(world.orders.map((order) => order.number)).size).toBe(world.orders.length);
  });

  test('gives the demo guest tickets for shows to come', () => {
    const tickets = world.orders
      .filter((order) => order.guest.email === demoGuest.email)
      .flatMap((order) => order.tickets);
    expect(tickets.length).toBeGreaterThanOrEqual(3);
    for (const order of world.orders.filter((each) => each.guest.email === demoGuest.email)) {
      expect(order.hold.occurrence.startsMs).toBeGreaterThan(world.startMs);
      expect(order.organisationId).toBe(demoGuest.organisation.id);
    }
  });
});

describe('the calendar of the demo world', () => {
  test('never books a space twice at a time', () => {
    for (const booked of Map.groupBy(world.occurrences, (occurrence) => occurrence.event.space.id).values()) {
      const inOrder = booked.toSorted((a, b) => a.startsMs - b.startsMs);
      inOrder
        .slice(1)
        .forEach((next, index) => expect(next.startsMs).toBeGreaterThanOrEqual(inOrder[index]!.endsMs));
    }
  });

  test('has the occurrences that each rule gives, at the same wall time all year', () => {
    const byEvent = Map.groupBy(world.occurrences, (occurrence) => occurrence.event.id);
    for (const event of world.events) {
      const starts = byEvent.get(event.id)!.map((occurrence) => occurrence.startsMs);
      if (event.recurrence === null) {
        expect(starts).toHaveLength(1);
        continue;
      }
      const first = Temporal.PlainDateTime.from(event.startsAtLocal).toZonedDateTime(event.timeZone);
      const dtstart = `DTSTART;TZID=${event.timeZone}:${event.startsAtLocal.replaceAll(/[-:]/g, '')}00`;
      const rule = new RRuleTemporal({ rruleString: `${dtstart}\nRRULE:${event.recurrence}` });
      expect(starts).toEqual(rule.all().map((start) => start.epochMilliseconds));
      expect(starts[0]).toBe(first.epochMilliseconds);
    }
  });
});

describe('the sales of the demo world', () => {
  const keeps = new Set(['PAID', 'PARTIALLY_REFUNDED', 'PENDING_PAYMENT']);
  const taken = (lines: readonly SeedLine[], occurrenceId: string) =>
    lines.map((line) => ({ key: `${occurrenceId} ${line.ticketType.id}`, line }));

  test('never sell more than the quota nor a seat twice', () => {
    const live = [
      ...world.orders.filter((order) => keeps.has(order.status)).map((order) => order.hold),
      ...world.holds.filter((hold) => hold.status === 'ACTIVE'),
    ];
    const seats = live.flatMap((hold) =>
      hold.lines.flatMap((line) => line.seats.map((seat) => `${hold.occurrence.id} ${seat.id}`)),
    );
    expect(new Set(seats).size).toBe(seats.length);
    const buckets = Map.groupBy(
      live.flatMap((hold) => taken(hold.lines, hold.occurrence.id)),
      ({ key }) => key,
    );
    for (const bucket of buckets.values()) {
      const sold = bucket.reduce((sum, { line }) => sum + line.quantity, 0);
      expect(sold).toBeLessThanOrEqual(bucket[0]!.line.ticketType.quotaSize);
    }
  });

  test('follow the order state machine', () => {
    for (const order of world.orders) {
      const confirmed = order.payments.filter((payment) => payment.status === 'CONFIRMED');
      const paid = confirmed.reduce((sum, payment) => sum + payment.amountMinor, 0);
      const refunded = order.refunds.reduce((sum, refund) => sum + refund.amountMinor, 0);
      const valid = order.tickets.filter((ticket) => ticket.status === 'VALID').length;
      expect(paid).toBe(order.paidMs === null ? 0 : order.hold.totalMinor);
      expect(order.tickets).toHaveLength(order.paidMs === null ? 0 : order.hold.quantity);
      if (order.status === 'PAID') expect([refunded, valid]).toEqual([0, order.hold.quantity]);
      if (order.status === 'REFUNDED') expect([refunded, valid]).toEqual([paid, 0]);
      if (order.status === 'PARTIALLY_REFUNDED') {
        expect(refunded).toBeLessThan(paid);
        expect(refunded).toBeGreaterThan(0);
        expect(valid).toBe(order.hold.quantity);
      }
      expect(order.placedMs).toBeGreaterThan(order.guest.registeredMs);
      if (keeps.has(order.status)) expect(order.hold.occurrence.status).toBe('SCHEDULED');
    }
  });

  test('admit each ticket once, and only at shows that were', () => {
    const admitted = world.scans.filter((scan) => scan.result === 'ACCEPTED').map((scan) => scan.ticket.id);
    expect(new Set(admitted).size).toBe(admitted.length);
    expect(
      world.scans.every((scan) => scan.ticket.status === 'VALID' && scan.scannedMs < world.startMs),
    ).toBe(true);
  });
});

describe('the event logs of the demo world', () => {
  test.each(Object.entries(logs))(
    'fit the catalogue and happened before the start day: %s',
    (service, log) => {
      const entries = numberLog(world, service, log(world));
      for (const entry of entries) {
        assertValidEvent(entry);
        expect(entry.atMs).toBeLessThan(world.startMs);
        expect(entry.type.startsWith(`${service}.`)).toBe(true);
      }
      for (const stream of Map.groupBy(entries, (entry) => entry.streamId).values()) {
        expect(stream.map((entry) => entry.version)).toEqual(stream.map((_, index) => index + 1));
      }
    },
  );
});
