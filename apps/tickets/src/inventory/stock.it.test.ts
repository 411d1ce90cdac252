import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { serveGraph, type Graph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  expireEverything,
  givenOccurrence,
  givenPaidOrder,
  givenSeats,
  givenTicketType,
  hold,
  newViewer,
  refused,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import { blockPlaces, unblockPlaces } from './block-places.ts';
import { assignQuotas, createQuota, updateQuota } from './quotas.ts';
import { setPriceTiers, type WantedTier } from './set-price-tiers.ts';
import type { TicketType } from './ticket-type.ts';

const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const early: WantedTier = {
  id: null,
  name: 'Early bird',
  price: euros(1000n),
  startsAt: null,
  endsAt: null,
  amount: 2,
};

describe.each([
  ['alone', false],
  ['together with others', true],
])('stock, granted %s', (_, coalesced) => {
  let world: World;
  let graph: Graph;
  beforeAll(async () => {
    world = await createWorld({ coalesced });
    graph = await serveGraph(world);
  });
  afterAll(async () => {
    await graph.stop();
    await world.drop();
  });
  const guest = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid().slice(-8)}@example.com`);
  const quotaOf = (occurrence: Occurrence, size: number) =>
    accepted(createQuota(world.services, world.viewer, { eventId: occurrence.eventId, name: 'House', size }));
  const assign = (type: TicketType, ...quotas: { id: string }[]) =>
    assignQuotas(world.services, world.viewer, {
      ticketTypeId: type.id,
      quotaIds: quotas.map(({ id }) => id),
    });
  const tiers = (type: TicketType, ...list: WantedTier[]) =>
    setPriceTiers(world.services, world.viewer, { ticketTypeId: type.id, tiers: list });
  const block = (occurrence: Occurrence, type: TicketType, what: { quantity?: number; seatIds?: string[] }) =>
    blockPlaces(world.services, world.viewer, {
      idempotencyKey: newUuid(),
      occurrenceId: occurrence.id,
      items: [{ ticketTypeId: type.id, quantity: what.quantity ?? null, seatIds: what.seatIds ?? [] }],
      reason: 'Press',
    });

  test('types that share a quota share its places, and each keeps to its own as well', async () => {
    const occurrence = await givenOccurrence(world);
    const [adult, child] = [
      await givenTicketType(world, occurrence, { quotaSize: 10 }),
      await givenTicketType(world, occurrence, { quotaSize: 10 }),
    ];
    const [house, few] = [await quotaOf(occurrence, 5), await quotaOf(occurrence, 2)];
    await accepted(assign(adult, house));
    await accepted(assign(child, house, few));
    await accepted(hold(world, guest(), occurrence, adult, { quantity: 2 }));
    expect(await refused(hold(world, guest(), occurrence, child, { quantity: 3 }))).toMatchObject({
      available: 2,
    });
    await accepted(hold(world, guest(), occurrence, child, { quantity: 2 }));
    expect(await refused(hold(world, guest(), occurrence, adult, { quantity: 2 }))).toMatchObject({
      available: 1,
    });
    expect((await refused(assign(adult, few))).kind).toBe('TicketTypeInUse');
    expect(await violations(world)).toEqual([]);
  });

  test('a quota grows for every occurrence and never shrinks below what is taken', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const quota = await quotaOf(occurrence, 3);
    await accepted(assign(type, quota));
    await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 1 });
    await accepted(hold(world, guest(), occurrence, type, { quantity: 2 }));
    const resize = (size: number) =>
      updateQuota(world.services, world.viewer, { quotaId: quota.id, name: null, size });
    expect(await refused(resize(2))).toMatchObject({ kind: 'QuotaTooSmall', taken: 3 });
    await accepted(resize(4));
    await accepted(hold(world, guest(), occurrence, type));
    expect((await refused(hold(world, guest(), occurrence, type))).kind).toBe('NotEnoughTickets');
    expect(await violations(world)).toEqual([]);
  });

  test('the last early birds are sold once, and come back when their hold expires', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { price: euros(3000n) });
    await accepted(tiers(type, early));
    const first = await accepted(hold(world, guest(), occurrence, type, { quantity: 3 }));
    expect(first.lines.map(({ quantity, unitPrice }) => [quantity, unitPrice.amountMinor])).toEqual([
      [2, 1000n],
      [1, 3000n],
    ]);
    expect(first.total).toEqual(euros(5000n));
    expect((await accepted(hold(world, guest(), occurrence, type))).total).toEqual(euros(3000n));
    await expireEverything(world);
    const again = await Promise.all(
      Array.from({ length: 4 }, () => accepted(hold(world, guest(), occurrence, type))),
    );
    expect(again.map(({ total }) => total.amountMinor).toSorted()).toEqual([1000n, 1000n, 3000n, 3000n]);
    expect(await violations(world)).toEqual([]);
  });

  test('a tier keeps what was sold by it when the list changes, and its amount cannot go below that', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { price: euros(3000n) });
    await accepted(tiers(type, early));
    await givenPaidOrder(world, world.viewer, occurrence, type, { quantity: 2 });
    const ask = `query($id: ID!) { _entities(representations: [{ __typename: "Occurrence", id: $id }]) {
      ... on Occurrence { ticketTypes { price { amountMinor } currentPrice { amountMinor } currentTier { name }
        nextTier { name } priceTiers { id name amount available } } } } }`;
    const look = async () => {
      const { data } = await graph.ask(world.viewer, ask, { id: encodeId('Occurrence', occurrence.id) });
      return data._entities[0].ticketTypes[0];
    };
    const before = await look();
    expect(before).toMatchObject({
      price: { amountMinor: 3000 },
      currentPrice: { amountMinor: 3000 },
      currentTier: null,
      priceTiers: [{ name: 'Early bird', amount: 2, available: 0 }],
    });
    const setTiers = `mutation($input: SetPriceTiersInput!) { setPriceTiers(input: $input) { __typename
      ... on QuotaTooSmall { taken } ... on Refusal { message } } }`;
    const set = async (amount: number) => {
      const list = [
        {
          id: before.priceTiers[0].id,
          name: 'Early bird',
          price: { amountMinor: 1000, currency: 'EUR' },
          amount,
        },
        { name: 'Advance', price: { amountMinor: 2000, currency: 'EUR' } },
      ];
      const input = { ticketTypeId: encodeId('TicketType', type.id), tiers: list };
      return (await graph.ask(world.viewer, setTiers, { input })).data.setPriceTiers;
    };
    expect(await set(1)).toMatchObject({ __typename: 'QuotaTooSmall', taken: 2 });
    expect(await set(3)).toMatchObject({ __typename: 'PriceTiersSet' });
    expect(await look()).toMatchObject({
      currentPrice: { amountMinor: 1000 },
      currentTier: { name: 'Early bird' },
      nextTier: { name: 'Advance' },
      priceTiers: [{ available: 1 }, { amount: null, available: null }],
    });
    expect(await violations(world)).toEqual([]);
  });

  test('what the organiser keeps cannot be bought until it is released, and shows in the seat map', async () => {
    const { occurrence, type, seatIds } = await givenSeats(world, { rows: 1, seatsPerRow: 4 });
    const kept = await accepted(block(occurrence, type, { seatIds: seatIds.slice(0, 2) }));
    expect(
      await refused(hold(world, guest(), occurrence, type, { seatIds: seatIds.slice(1, 3) })),
    ).toMatchObject({
      kind: 'SeatsTaken',
      seatIds: [seatIds[1]],
    });
    const { data } = await graph.ask(
      world.viewer,
      `query($id: ID!) { _entities(representations: [{ __typename: "Occurrence", id: $id }]) { ... on Occurrence {
         availability { available } seatAvailability { status } blocks { reason quantity lines { seats { label } } } } } }`,
      { id: encodeId('Occurrence', occurrence.id) },
    );
    expect(data._entities[0]).toMatchObject({
      availability: { available: 2 },
      blocks: [{ reason: 'Press', quantity: 2, lines: [{ seats: [{ label: '1' }, { label: '2' }] }] }],
    });
    expect(
      data._entities[0].seatAvailability.map((seat: { status: string }) => seat.status).toSorted(),
    ).toEqual(['AVAILABLE', 'AVAILABLE', 'BLOCKED', 'BLOCKED']);
    expect(await violations(world)).toEqual([]);
    expect((await accepted(unblockPlaces(world.services, world.viewer, kept.id))).status).toBe('RELEASED');
    expect((await accepted(unblockPlaces(world.services, world.viewer, kept.id))).status).toBe('RELEASED');
    await accepted(hold(world, guest(), occurrence, type, { seatIds }));
    expect(await violations(world)).toEqual([]);
  });

  test('a block takes nothing that is held, and never expires', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 50 });
    await accepted(hold(world, guest(), occurrence, type, { quantity: 8 }));
    expect(await refused(block(occurrence, type, { quantity: 43 }))).toMatchObject({ available: 42 });
    await accepted(block(occurrence, type, { quantity: 42 }));
    await expireEverything(world);
    await accepted(hold(world, guest(), occurrence, type, { quantity: 8 }));
    expect((await refused(hold(world, guest(), occurrence, type))).kind).toBe('NotEnoughTickets');
    expect(await violations(world)).toEqual([]);
  });
});
