import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { serveGraph } from '../graph.test-support.ts';
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
import { releaseHold } from '../holds/release-hold.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { claimOffer, leaveWaitlist } from './answer-offer.ts';
import { joinWaitlist } from './join-waitlist.ts';
import { findEntries } from './waitlist-rows.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const upkeep = () => upkeepOf(world).runOnce();
const guest = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
const refund = (orderId: string) =>
  accepted(
    refundOrder(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      orderId,
      amount: null,
      reason: null,
    }),
  );
const statusOf = async (id: string) => (await system(world, (tx) => findEntries(tx, [id])))[0]!.status;

/** Four places, all sold in pairs. */
async function givenSoldOut(quotaSize = 4) {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence, { quotaSize });
  const orders = [];
  for (let sold = 0; sold < quotaSize; sold += 2)
    orders.push(await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 2 }));
  const join = async (viewer: Viewer, quantity: number) =>
    accepted(
      joinWaitlist(world.services, viewer, {
        occurrenceId: occurrence.id,
        ticketTypeId: type.id,
        quantity,
        guest: { email: viewer.email!, name: 'Waiting' },
      }),
    );
  return { occurrence, type, orders, join };
}

describe('an offer', () => {
  test('goes to the first in the line whose whole party the free places suffice for, and becomes an order', async () => {
    const { occurrence, type, orders, join } = await givenSoldOut();
    const [four, two, one] = [guest(), guest(), guest()];
    const entries = [await join(four, 4), await join(two, 2), await join(one, 1)];
    await refund(orders[0]!.id);
    await upkeep();
    expect(await Promise.all(entries.map(({ id }) => statusOf(id)))).toEqual([
      'WAITING',
      'OFFERED',
      'WAITING',
    ]);
    expect(await refused(claimOffer(world.services, guest(), entries[1]!.id))).toMatchObject({
      kind: 'NotFound',
    });
    const held = await accepted(claimOffer(world.services, two, entries[1]!.id));
    expect(held).toMatchObject({ quantity: 2, status: 'ACTIVE', placedBy: two.subject });
    expect(await refused(claimOffer(world.services, two, entries[1]!.id))).toMatchObject({
      message: 'The offer was taken up already.',
    });
    const placed = await order(world, two, held, { email: two.email!, name: 'Two' });
    await accepted(pay(world, two, placed));
    expect(await ticketIdsOf(world, placed)).toHaveLength(2);
    expect(await eventTypes(world, `waitlist-entry-${entries[1]!.id}`)).toEqual([
      'waitlist-joined',
      'waitlist-offered',
      'waitlist-closed',
    ]);
    // The next two places suffice for the party of one, not for that of four before it.
    await refund(orders[1]!.id);
    await upkeep();
    expect(await statusOf(entries[2]!.id)).toBe('OFFERED');
    expect((await refused(hold(world, world.viewer, occurrence, type, { quantity: 2 }))).kind).toBe(
      'NotEnoughTickets',
    );
    expect(await violations(world)).toEqual([]);
  });

  test('is over by the clock, and its places go to the next in the line', async () => {
    const { orders, join } = await givenSoldOut();
    const [first, second] = [guest(), guest()];
    const entries = [await join(first, 2), await join(second, 2)];
    await refund(orders[0]!.id);
    await upkeep();
    await expireEverything(world);
    expect(await statusOf(entries[0]!.id)).toBe('OFFER_EXPIRED');
    expect(await refused(claimOffer(world.services, first, entries[0]!.id))).toMatchObject({
      kind: 'NoOpenOffer',
    });
    // Joining anew does not wait for anyone to tidy up.
    const again = await join(first, 2);
    expect(again.id).not.toBe(entries[0]!.id);
    await upkeep();
    await upkeep();
    expect(await statusOf(entries[1]!.id)).toBe('OFFERED');
    expect(await statusOf(again.id)).toBe('WAITING');
    expect(await violations(world)).toEqual([]);
  });

  test('that is turned down goes to the next, and who leaves gets none', async () => {
    const { orders, join } = await givenSoldOut();
    const [first, second, third] = [guest(), guest(), guest()];
    const entries = [await join(first, 2), await join(second, 2), await join(third, 2)];
    await accepted(leaveWaitlist(world.services, second, entries[1]!.id));
    await refund(orders[0]!.id);
    await upkeep();
    await accepted(leaveWaitlist(world.services, first, entries[0]!.id));
    await upkeep();
    expect(await Promise.all(entries.map(({ id }) => statusOf(id)))).toEqual([
      'CANCELLED',
      'CANCELLED',
      'OFFERED',
    ]);
    expect((await refused(leaveWaitlist(world.services, first, entries[0]!.id))).kind).toBe('NoOpenOffer');
    expect(await violations(world)).toEqual([]);
  });

  test('of chosen seats names free ones of the section', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 3 });
    const orders = [];
    for (const seatId of seatIds)
      orders.push(await givenPaidOrder(world, world.viewer, occurrence, type, { seatIds: [seatId] }));
    const waiting = guest();
    const entry = await accepted(
      joinWaitlist(world.services, waiting, {
        occurrenceId: occurrence.id,
        ticketTypeId: type.id,
        quantity: 1,
        guest: { email: waiting.email!, name: 'W' },
      }),
    );
    await refund(orders[1]!.id);
    await upkeep();
    const held = await accepted(claimOffer(world.services, waiting, entry.id));
    expect(held.lines[0]!.seatIds).toEqual([seatIds[1]]);
    expect(await violations(world)).toEqual([]);
  });
});

test('places that come free go past those who happen to look, unless nobody in the line can use them', async () => {
  const { occurrence, type, orders, join } = await givenSoldOut();
  const four = guest();
  const entry = await join(four, 4);
  await refund(orders[0]!.id);
  // Two are free and four are wanted: anyone may have them.
  const got = await accepted(hold(world, world.viewer, occurrence, type, { quantity: 2 }));
  await join(guest(), 1);
  await accepted(releaseHold(world.services, world.viewer, got.id));
  expect(await refused(hold(world, world.viewer, occurrence, type, { quantity: 1 }))).toMatchObject({
    kind: 'NotEnoughTickets',
    message: expect.stringContaining('waitlist'),
  });
  expect(await statusOf(entry.id)).toBe('WAITING');
  expect(await violations(world)).toEqual([]);
});

test('who waits is told why not yet, and everyone how the line stands', async () => {
  const { occurrence, orders, join } = await givenSoldOut();
  const graph = await serveGraph(world);
  const [first, second] = [guest(), guest()];
  await join(first, 1);
  const entry = await join(second, 4);
  const ask = async () => {
    const answer = await graph.ask(
      second,
      `query ($id: ID!) { waitlistEntry(id: $id) { status position offer { expiresAt } whyNotYet { message rule
        partiesAhead placesWantedAhead placesFree ticketsForResale openOffers } } }`,
      { id: encodeId('WaitlistEntry', entry.id) },
    );
    return answer.data.waitlistEntry;
  };
  expect(await ask()).toMatchObject({
    status: 'WAITING',
    position: 2,
    offer: null,
    whyNotYet: { message: 'Everything is taken.', partiesAhead: 1, placesWantedAhead: 1, placesFree: 0 },
  });
  await refund(orders[0]!.id);
  await upkeep();
  expect(await ask()).toMatchObject({
    position: 1,
    whyNotYet: {
      message: expect.stringMatching(/^1 of the 4 places that you want together is free.*1 offer is open/),
      openOffers: 1,
    },
  });
  const { data } = await graph.ask(
    second,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Occurrence {
      waitlists { partiesWaiting placesWanted placesFree openOffers rule } } } }`,
    { representations: [{ __typename: 'Occurrence', id: encodeId('Occurrence', occurrence.id) }] },
  );
  expect(data._entities[0].waitlists).toMatchObject([
    { partiesWaiting: 1, placesWanted: 4, placesFree: 1, openOffers: 1 },
  ]);
  await graph.stop();
});
