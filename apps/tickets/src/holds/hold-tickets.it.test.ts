import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { storedOutcome } from '@marquee/postgres';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenSeats,
  givenTicketType,
  hold,
  newOccurrence,
  newViewer,
  order,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { keepOccurrences } from '../occurrences/replicas.ts';
import { holdTickets } from './hold-tickets.ts';
import { releaseHold } from './release-hold.ts';

/** Whether each request has a transaction of its own or many share one: every answer is the same. */
describe.each([
  ['alone', false],
  ['together with others', true],
])('granted %s', (_, coalesced) => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ coalesced });
  });
  afterAll(() => world.drop());

  const guest = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid().slice(-8)}@example.com`);

  describe('holding tickets', () => {
    test('puts the tickets aside until the hold expires', async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence);
      const held = await accepted(hold(world, guest(), occurrence, type, { quantity: 3 }));
      expect(held).toMatchObject({
        status: 'ACTIVE',
        quantity: 3,
        total: { amountMinor: 7500n, currency: 'EUR' },
      });
      expect(held.expiresAt.getTime()).toBeGreaterThan(Date.now() + 9 * 60_000);
      expect(await eventTypes(world, `hold-${held.id}`)).toEqual(['hold-placed']);
      expect(await violations(world)).toEqual([]);
    });

    test('refuses more than are left and says how many there are', async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence, { quotaSize: 5 });
      await accepted(hold(world, guest(), occurrence, type, { quantity: 3 }));
      const refusal = await refused(hold(world, guest(), occurrence, type, { quantity: 3 }));
      expect(refusal).toMatchObject({ kind: 'NotEnoughTickets', available: 2 });
      await accepted(hold(world, guest(), occurrence, type, { quantity: 2 }));
      expect(await violations(world)).toEqual([]);
    });

    test('takes nothing of any type when one of them is short', async () => {
      const occurrence = await givenOccurrence(world);
      const plenty = await givenTicketType(world, occurrence);
      const scarce = await givenTicketType(world, occurrence, { quotaSize: 1 });
      const items = [
        { ticketTypeId: plenty.id, quantity: 2, seatIds: [] },
        { ticketTypeId: scarce.id, quantity: 2, seatIds: [] },
      ];
      const request = { idempotencyKey: newUuid(), occurrenceId: occurrence.id, items };
      expect(await refused(holdTickets(world.services, guest(), request))).toMatchObject({
        kind: 'NotEnoughTickets',
      });
      await accepted(hold(world, guest(), occurrence, plenty, { quantity: 10 }));
      expect(await violations(world)).toEqual([]);
    });

    test('takes back what expired when it is needed, without any sweeper', async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence, { quotaSize: 4 });
      const first = await accepted(hold(world, guest(), occurrence, type, { quantity: 2 }));
      const second = await accepted(hold(world, guest(), occurrence, type, { quantity: 2 }));
      await order(world, world.viewer, second);
      await expireEverything(world);
      await accepted(hold(world, guest(), occurrence, type, { quantity: 4 }));
      expect(await eventTypes(world, `hold-${first.id}`)).toEqual(['hold-placed', 'hold-expired']);
      expect(await violations(world)).toEqual([]);
    });

    test('answers the same hold to the same key and refuses the key for another request', async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence);
      const viewer = guest();
      const key = newUuid();
      const once = await accepted(hold(world, viewer, occurrence, type, { key }));
      expect(await accepted(hold(world, viewer, occurrence, type, { key }))).toEqual(once);
      const other = await refused(hold(world, viewer, occurrence, type, { key, quantity: 2 }));
      expect(other.kind).toBe('IdempotencyConflict');
    });

    test('shows who repeats a request the hold as it is now, also by a key of a release that kept it whole', async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence);
      const [viewer, key] = [guest(), newUuid()];
      const once = await accepted(hold(world, viewer, occurrence, type, { key }));
      await accepted(releaseHold(world.services, viewer, once.id));
      const repeated = () => accepted(hold(world, viewer, occurrence, type, { key }));
      expect(await repeated()).toEqual({ ...once, status: 'RELEASED' });
      await system(world, (tx) =>
        tx.execute('update idempotency_key set outcome = $2 where key = $1', [key, storedOutcome(once)]),
      );
      expect(await repeated()).toEqual(once);
    });
  });

  describe('choosing seats', () => {
    test('holds exactly the chosen seats and tells the next buyer which are taken', async () => {
      const { occurrence, type, seatIds } = await givenSeats(world);
      const held = await accepted(hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(0, 2) }));
      expect(held.lines[0]!.seatIds).toEqual(seatIds.slice(0, 2));
      const refusal = await refused(hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(1, 4) }));
      expect(refusal).toMatchObject({ kind: 'SeatsTaken', seatIds: [seatIds[1]] });
      await accepted(hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(2, 4) }));
      expect(await violations(world)).toEqual([]);
    });

    test('takes over the seats of an expired hold', async () => {
      const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 2 });
      await accepted(hold(world, guest(), occurrence, type, { seatIds }));
      await expireEverything(world);
      await accepted(hold(world, guest(), occurrence, type, { seatIds }));
      expect(await violations(world)).toEqual([]);
    });

    test('needs seats where they are chosen and none where they are not', async () => {
      const { occurrence, type } = await givenSeats(world);
      expect(await refused(hold(world, guest(), occurrence, type, { quantity: 1 }))).toMatchObject({
        kind: 'InvalidInput',
        field: 'items.0.seatIds',
      });
      const standing = await givenTicketType(world, occurrence, { sectionName: 'Floor' });
      const refusal = await refused(hold(world, guest(), occurrence, standing, { seatIds: [newUuid()] }));
      expect(refusal).toMatchObject({ kind: 'InvalidInput', field: 'items.0.seatIds' });
    });

    test('asks the owner of the map before it refuses a seat that it does not know', async () => {
      const { occurrence, type, map } = await givenSeats(world);
      const added = { id: newUuid(), rowLabel: 'Z', label: '1' };
      const [stalls] = map.sections;
      world.owners.maps.set(map.spaceId, {
        ...map,
        version: 2,
        sections: [{ ...stalls!, seats: [...stalls!.seats, added] }],
      });
      await accepted(hold(world, guest(), occurrence, type, { seatIds: [added.id] }));
      const refusal = await refused(hold(world, guest(), occurrence, type, { seatIds: [newUuid()] }));
      expect(refusal).toMatchObject({ kind: 'InvalidInput', field: 'items.0.seatIds' });
    });
  });

  describe('a replica that is behind', () => {
    test('costs a question and never a wrong refusal', async () => {
      const occurrence = newOccurrence();
      world.owners.occurrences.set(occurrence.id, occurrence);
      const draft = { ...occurrence, eventStatus: 'DRAFT' as const, revision: 0 };
      await world.database.transaction(world.viewer, (tx) => keepOccurrences(tx, [draft]));
      const type = await givenTicketType(world, occurrence);
      world.owners.asked = [];
      await accepted(hold(world, guest(), occurrence, type));
      await accepted(hold(world, guest(), occurrence, type));
      expect(world.owners.asked).toEqual(['occurrence']);
    });

    test('is not trusted for a refusal while the owner does not answer', async () => {
      const occurrence = newOccurrence();
      const type = await givenTicketType(world, await givenOccurrence(world));
      world.owners.down = true;
      const refusal = await refused(hold(world, guest(), occurrence, type));
      world.owners.down = false;
      expect(refusal.kind).toBe('Unavailable');
    });

    test('refuses what its owner says is not for sale or not there', async () => {
      const cancelled = await givenOccurrence(world, { status: 'CANCELLED' });
      const type = await givenTicketType(world, cancelled);
      expect((await refused(hold(world, guest(), cancelled, type))).kind).toBe('NotOnSale');
      expect((await refused(hold(world, guest(), newOccurrence(), type))).kind).toBe('NotFound');
    });

    test('keeps the newest of what it hears, in whatever order', async () => {
      const occurrence = await givenOccurrence(world, { revision: 5, eventTitle: 'New' });
      await world.database.transaction(world.viewer, (tx) =>
        keepOccurrences(tx, [{ ...occurrence, revision: 4, eventTitle: 'Old' }]),
      );
      const [row] = await world.database.read(world.viewer, (tx) =>
        tx.rows<{ event_title: string }>('select event_title from occurrence where id = $1', [occurrence.id]),
      );
      expect(row!.event_title).toBe('New');
    });
  });

  describe('releasing a hold', () => {
    test('gives its places back at once, and again answers the same', async () => {
      const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 2 });
      const viewer = guest();
      const held = await accepted(hold(world, viewer, occurrence, type, { seatIds }));
      expect((await accepted(releaseHold(world.services, viewer, held.id))).status).toBe('RELEASED');
      expect((await accepted(releaseHold(world.services, viewer, held.id))).status).toBe('RELEASED');
      await accepted(hold(world, guest(), occurrence, type, { seatIds }));
      expect(await eventTypes(world, `hold-${held.id}`)).toEqual(['hold-placed', 'hold-released']);
      expect(await violations(world)).toEqual([]);
    });

    test('is not for a hold that became an order, nor for one that expired', async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence);
      const converted = await accepted(hold(world, world.viewer, occurrence, type));
      await order(world, world.viewer, converted);
      expect(await refused(releaseHold(world.services, world.viewer, converted.id))).toMatchObject({
        kind: 'HoldNotActive',
        status: 'CONVERTED',
      });
      const expired = await accepted(hold(world, world.viewer, occurrence, type));
      await expireEverything(world);
      expect((await refused(releaseHold(world.services, world.viewer, expired.id))).kind).toBe('HoldExpired');
    });

    test("is not for another guest, to whom it does not exist, nor for another organisation's organiser", async () => {
      const occurrence = await givenOccurrence(world);
      const type = await givenTicketType(world, occurrence);
      const held = await accepted(hold(world, guest(), occurrence, type));
      expect((await refused(releaseHold(world.services, guest(), held.id))).kind).toBe('NotFound');
      expect((await refused(releaseHold(world.services, newViewer(), held.id))).kind).toBe('NotFound');
      await accepted(releaseHold(world.services, world.viewer, held.id));
    });
  });
});
