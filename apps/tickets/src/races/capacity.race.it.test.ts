import { expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  givenOccurrence,
  givenSeats,
  givenTicketType,
  hold,
  order,
  pay,
  violations,
} from '../harness.test-support.ts';
import { holdTickets } from '../holds/hold-tickets.ts';
import { acceptedOf, brokenNumbers, createRace, describeRace, guest, times } from './race.test-support.ts';

describeRace(
  'the last ticket, wanted by 20 at once',
  {
    meet: { before: 'insert into quota_bucket', parties: 20 },
    statements: [['<= size)', '<= size or true)']],
    schema: ['alter table quota_bucket drop constraint quota_bucket_not_oversold'],
  },
  async ({ world, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 1 });
    const results = await times(20, () => hold(world, guest(world), occurrence, type));
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBeGreaterThan(1);
      expect(await brokenNumbers(world)).toContain(1);
    }
  },
);

test('a rush of 200 buyers for 100 tickets sells exactly 100', async () => {
  const { world } = await createRace({}, true);
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize: 100 });
  const results = await times(200, async () => {
    const viewer = guest(world);
    const held = await hold(world, viewer, occurrence, type);
    if (!held.ok) return held;
    const placed = await order(world, viewer, held.value, { email: viewer.email!, name: 'Buyer' });
    return pay(world, viewer, placed);
  });
  expect(acceptedOf(results)).toBe(100);
  const refusals = results.flatMap((result) =>
    result.status === 'fulfilled' && !result.value.ok ? [result.value.refusal.kind] : [],
  );
  expect(refusals).toEqual(Array.from({ length: 100 }, () => 'NotEnoughTickets'));
  expect(await violations(world)).toEqual([]);
});

describeRace(
  'the last seats, chosen in different orders by 20 at once',
  {
    meet: { before: 'insert into seat_claim', parties: 20 },
    statements: [['where taken.expires_at <= now() or taken.owner_id = excluded.owner_id', '']],
  },
  async ({ world, guarded }) => {
    const { occurrence, type, seatIds } = await givenSeats(world, {
      rows: 1,
      seatsPerRow: 4,
      quotaSize: 100,
    });
    const results = await times(20, (place) => {
      const wanted = place % 2 === 0 ? seatIds.slice(0, 3) : seatIds.slice(1, 4).reverse();
      return hold(world, guest(world), occurrence, type, { seatIds: wanted });
    });
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBeGreaterThan(1);
      expect(await brokenNumbers(world)).toContain(2);
    }
  },
);

describeRace(
  'two quotas taken in opposite orders by 20 at once',
  {
    meet: { before: 'insert into quota_bucket', parties: 20 },
    statements: [['<= size)', '<= size or true)']],
    schema: ['alter table quota_bucket drop constraint quota_bucket_not_oversold'],
  },
  async ({ world, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const one = await givenTicketType(world, occurrence, { quotaSize: 5 });
    const two = await givenTicketType(world, occurrence, { quotaSize: 5 });
    const results = await times(20, async (place) => {
      const items = [one, two].map((type) => ({ ticketTypeId: type.id, quantity: 1, seatIds: [] }));
      return holdTickets(world.services, guest(world), {
        idempotencyKey: newUuid(),
        occurrenceId: occurrence.id,
        items: place % 2 === 0 ? items : items.reverse(),
      });
    });
    if (guarded) expect(acceptedOf(results)).toBe(5);
    else expect(acceptedOf(results)).toBeGreaterThan(5);
  },
);

describeRace(
  'one idempotency key, sent 50 times at once',
  {
    meet: { before: 'insert into idempotency_key', parties: 20 },
    schema: ['alter table idempotency_key drop constraint idempotency_key_pkey'],
  },
  async ({ world, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const [viewer, key] = [guest(world), newUuid()];
    const results = await times(50, () => hold(world, viewer, occurrence, type, { key }));
    const ids = results.flatMap((result) =>
      result.status === 'fulfilled' && result.value.ok ? [result.value.value.id] : [],
    );
    if (guarded) {
      expect(ids).toHaveLength(50);
      expect(new Set(ids).size).toBe(1);
    } else expect(new Set(ids).size).toBeGreaterThan(1);
  },
);
