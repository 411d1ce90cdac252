import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DomainEvent, EventType } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenSeats,
  givenTicketType,
  hold,
  order,
  pay,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { replicaHandlers } from './on-owners-changed.ts';
import type { Occurrence } from './occurrence.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const upkeep = () => upkeepOf(world);

/** Hands an event to its handler, as messaging does: in a transaction of the event's tenant. */
async function deliver<T extends EventType>(type: T, data: DomainEvent<T>['data']): Promise<void> {
  const { organisationId } = world.viewer;
  const event = { type, data, organisationId } as unknown as DomainEvent<T>;
  const handler = replicaHandlers[type] as (event: DomainEvent<T>, tx: unknown) => Promise<void>;
  await world.database.transaction({ organisationId }, (tx) => handler(event, tx));
}

function occurrenceData(
  occurrence: Occurrence,
  over: object = {},
): DomainEvent<'events.occurrence-updated.v1'>['data'] {
  const { id, startsAt, endsAt, ...rest } = occurrence;
  return {
    ...rest,
    occurrenceId: id,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    ...over,
  };
}

const cancel = (occurrence: Occurrence) =>
  deliver('events.occurrence-cancelled.v1', occurrenceData(occurrence, { status: 'CANCELLED', revision: 9 }));

const statuses = async (table: string, occurrence: Occurrence) =>
  (
    await system(world, (tx) =>
      tx.rows<{ status: string }>(
        `select status from ${table} where occurrence_id = $1 order by created_at`,
        [occurrence.id],
      ),
    )
  ).map(({ status }) => status);

describe('when an occurrence is cancelled', () => {
  test('holds are released, unpaid orders cancelled, paid ones refunded with their tickets', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 4 });
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: [seatIds[0]!] });
    const unpaid = await order(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[1]!] })),
    );
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatIds[2]!] }));
    await cancel(occurrence);
    expect(
      (await refused(hold(world, world.viewer, { ...occurrence }, type, { seatIds: [seatIds[3]!] }))).kind,
    ).toBe('NotOnSale');
    await upkeep().runOnce();
    await upkeep().runOnce();
    expect(await statuses('ticket_order', occurrence)).toEqual(['REFUNDED', 'CANCELLED']);
    expect(await statuses('hold', occurrence)).toEqual(['CONVERTED', 'CONVERTED', 'RELEASED']);
    expect(await eventTypes(world, `order-${unpaid.id}`)).toEqual(['order-placed', 'order-cancelled']);
    expect(await eventTypes(world, `order-${paid.id}`)).toEqual(
      expect.arrayContaining(['order-refunded', 'refund-settled']),
    );
    const [left] = await system(world, (tx) =>
      tx.rows(
        'select completed_at is not null as completed from occurrence_cancellation where occurrence_id = $1',
        [occurrence.id],
      ),
    );
    expect(left).toEqual({ completed: true });
    expect(await violations(world)).toEqual([]);
  });

  test('hearing of it again, or of something older, changes nothing', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const paid = await givenPaidOrder(world, world.viewer, occurrence, type);
    await cancel(occurrence);
    await upkeep().runOnce();
    const before = await eventTypes(world, `order-${paid.id}`);
    await cancel(occurrence);
    await deliver('events.occurrence-updated.v1', occurrenceData(occurrence, { revision: 2 }));
    await upkeep().runOnce();
    await upkeep().runOnce();
    expect((await eventTypes(world, `order-${paid.id}`)).slice(0, before.length)).toEqual(before);
    expect(await statuses('ticket_order', occurrence)).toEqual(['REFUNDED']);
    expect(await violations(world)).toEqual([]);
  });

  test('a payment that is approved afterwards goes back by itself', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const placed = await order(
      world,
      world.viewer,
      await accepted(hold(world, world.viewer, occurrence, type)),
    );
    await refused(pay(world, world.viewer, placed, { token: 'timeout' }));
    await cancel(occurrence);
    await system(world, (tx) => tx.execute('update sandbox_charge set answers_at = now()'));
    for (let round = 0; round < 3; round++) await upkeep().runOnce();
    expect(await eventTypes(world, `order-${placed.id}`)).toEqual(
      expect.arrayContaining(['payment-returned', 'refund-settled']),
    );
    expect(await eventTypes(world, `order-${placed.id}`)).not.toContain('order-paid');
    expect(await violations(world)).toEqual([]);
  });
});

describe('what is heard from others', () => {
  test('of a new time is taken, and tickets stay as they are', async () => {
    const occurrence = await givenOccurrence(world);
    const startsAt = '2031-05-05T18:00:00.000Z';
    await deliver(
      'events.occurrence-rescheduled.v1',
      occurrenceData(occurrence, { startsAt, endsAt: '2031-05-05T20:00:00.000Z', revision: 2 }),
    );
    const [row] = await system(world, (tx) =>
      tx.rows<{ starts_at: Date }>('select starts_at from occurrence where id = $1', [occurrence.id]),
    );
    expect(row!.starts_at.toISOString()).toBe(startsAt);
  });

  test('of a seat map is enough to sell its seats without asking anyone', async () => {
    const [spaceId, seatMapId, sectionId, areaId, seatId] = [
      newUuid(),
      newUuid(),
      newUuid(),
      newUuid(),
      newUuid(),
    ];
    await deliver('venues.seat-map-published.v1', {
      seatMapId,
      spaceId,
      version: 1,
      seatCount: 1,
      sections: [{ sectionId, name: 'Stalls', seatCount: 1 }],
      generalAdmissionAreas: [{ areaId, name: 'Floor', capacity: 10 }],
    });
    const seats = [{ seatId, row: 'A', label: '1' }];
    await deliver('venues.seat-map-section-published.v1', {
      seatMapId,
      spaceId,
      version: 1,
      sectionId,
      name: 'Stalls',
      seats,
    });
    const occurrence = await givenOccurrence(world, { spaceId });
    const type = await givenTicketType(world, occurrence, { sectionName: 'Stalls' });
    world.owners.asked = [];
    await accepted(hold(world, world.viewer, occurrence, type, { seatIds: [seatId] }));
    expect(world.owners.asked).toEqual([]);
    expect((await givenTicketType(world, occurrence, { sectionName: 'Floor' })).seated).toBe(false);
  });

  test('of a guest wins over what was guessed before', async () => {
    const guestId = newUuid();
    await deliver('guests.guest-registered.v1', { guestId, email: 'eve@example.com', name: 'Eve' });
    await deliver('guests.guest-updated.v1', { guestId, email: 'eve@example.com', name: 'Eve Online' });
    const [row] = await system(world, (tx) =>
      tx.rows<{ name: string }>('select name from guest where id = $1', [guestId]),
    );
    expect(row!.name).toBe('Eve Online');
  });
});
