import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newOccurrence,
  refused,
  system,
  type World,
} from '../harness.test-support.ts';
import { joinWaitlist } from './join-waitlist.ts';
import type { WaitlistEntry } from './waitlist-entry.ts';
import { findPositions } from './waitlist-rows.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

async function givenSoldOut() {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize: 1 });
  await givenPaidOrder(world, world.viewer, occurrence, type);
  const join = (email: string, quantity = 1) =>
    joinWaitlist(world.services, world.viewer, {
      occurrenceId: occurrence.id,
      ticketTypeId: type.id,
      quantity,
      guest: { email, name: 'Waiting' },
    });
  return { occurrence, type, join };
}

test('those who wait are served in the order in which they came', async () => {
  const { join } = await givenSoldOut();
  const entries: WaitlistEntry[] = [];
  for (const name of ['a', 'b', 'c']) entries.push(await accepted(join(`${name}-${newUuid()}@example.com`)));
  const positions = await system(world, (tx) =>
    findPositions(
      tx,
      entries.map(({ id }) => id),
    ),
  );
  expect(entries.map(({ id }) => positions.get(id))).toEqual([1, 2, 3]);
  expect(entries[0]).toMatchObject({ status: 'WAITING', quantity: 1 });
  expect(await eventTypes(world, `waitlist-entry-${entries[0]!.id}`)).toEqual(['waitlist-joined']);
});

test('joining again, even at the same instant, keeps the one place', async () => {
  const { join } = await givenSoldOut();
  const email = `${newUuid()}@example.com`;
  const entries = await Promise.all([1, 2, 3, 4].map(() => accepted(join(email))));
  expect(new Set(entries.map(({ id }) => id)).size).toBe(1);
});

test('nobody waits for what can be had, for what is not for sale, or for what is not there', async () => {
  const { type, occurrence } = await givenSoldOut();
  const free = await givenTicketType(world, occurrence);
  const guest = { email: 'w@example.com', name: 'W' };
  const join = (occurrenceId: string, ticketTypeId: string, quantity = 1) =>
    refused(joinWaitlist(world.services, world.viewer, { occurrenceId, ticketTypeId, quantity, guest }));
  expect(await join(occurrence.id, free.id)).toMatchObject({ kind: 'TicketsAvailable', available: 100 });
  expect(await join(occurrence.id, newUuid())).toMatchObject({ kind: 'NotFound' });
  expect(await join(newOccurrence().id, type.id)).toMatchObject({ kind: 'NotFound' });
  expect(await join(occurrence.id, type.id, 11)).toMatchObject({ kind: 'InvalidInput', field: 'quantity' });
  const over = await givenOccurrence(world, { endsAt: new Date(Date.now() - 1) });
  const past = await givenTicketType(world, over);
  expect(await join(over.id, past.id)).toMatchObject({ kind: 'NotOnSale' });
});
