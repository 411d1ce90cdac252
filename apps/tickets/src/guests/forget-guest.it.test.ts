import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FieldEncryption } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  createWorld,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newViewer,
  system,
  ticketIdsOf,
  type World,
} from '../harness.test-support.ts';
import { keepGuests } from '../occurrences/replicas.ts';
import { acceptTransfer } from '../transfers/end-transfer.ts';
import { offerTransfer } from '../transfers/offer-transfer.ts';
import { erasedEmail, forgetGuest } from './forget-guest.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

test('a guest who has another address by now is forgotten by the earlier one as well, in rows and in events', async () => {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const paid = await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 4 });
  const [earlier, later] = [`${newUuid()}@example.com`, `${newUuid()}@example.com`];
  const tickets = await ticketIdsOf(world, paid);
  const offer = async (ticketId: string, toEmail: string) =>
    (await accepted(offerTransfer(world.services, world.viewer, { ticketId, toEmail }))).id;
  const [accepting, unanswered, open, foreign] = [
    await offer(tickets[0]!, earlier),
    // Nobody ever answered it.
    await offer(tickets[3]!, earlier),
    await offer(tickets[1]!, later.toUpperCase()),
    await offer(tickets[2]!, 'eve@example.com'),
  ];
  const viewer = newViewer('GUEST', world.viewer.organisationId, earlier);
  const { guestId } = await accepted(acceptTransfer(world.services, viewer, accepting));
  const erased: string[] = [];
  const encryption = {
    eraseSubject: async (_: unknown, { subject }: { readonly subject: string }) => erased.push(subject),
  } as unknown as FieldEncryption;
  await world.database.transaction(world.viewer, async (tx) => {
    await keepGuests(tx, [{ id: guestId, email: later, name: 'Ada' }], 'event');
    await forgetGuest(tx, encryption, guestId);
    await forgetGuest(tx, encryption, guestId);
  });
  const rows = await system(world, (tx) =>
    tx.rows<{ id: string; to_email: string }>('select id, to_email from transfer'),
  );
  expect(new Map(rows.map((row) => [row.id, row.to_email]))).toEqual(
    new Map([
      [accepting, erasedEmail(guestId)],
      [unanswered, erasedEmail(guestId)],
      [open, erasedEmail(guestId)],
      [foreign, 'eve@example.com'],
    ]),
  );
  expect(erased.toSorted()).toEqual([accepting, unanswered, open].toSorted());
});
