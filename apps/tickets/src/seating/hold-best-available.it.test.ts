import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { serveGraph, type Graph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  expireEverything,
  givenOccurrence,
  givenTicketType,
  hold,
  newViewer,
  refused,
  system,
  violations,
  type World,
} from '../harness.test-support.ts';
import type { Hold } from '../holds/hold.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import type { Occurrence } from '../occurrences/occurrence.ts';
import type { SeatFacts, SeatMapFacts } from '../occurrences/owners.ts';
import type { BestWish } from './best-wish.ts';
import { holdBestAvailable } from './hold-best-available.ts';
import { keepSeatMap } from './keep-seat-map.ts';
import { setSeatingPolicy, type WantedPolicy } from './set-seating-policy.ts';

type House = {
  readonly occurrence: Occurrence;
  readonly stalls: TicketType;
  readonly balcony: TicketType;
  readonly map: SeatMapFacts;
  /** `A1`: of the stalls. `balcony C1`. */
  seat(name: string): string;
  names(held: Hold): string[];
};

/** Stalls A and B, eight each, A1 accessible with A2 for its companion; a balcony with one row of six. */
async function givenHouse(world: World): Promise<House> {
  const spaceId = newUuid();
  const row = (label: string, count: number, y: number): SeatFacts[] =>
    Array.from({ length: count }, (_, x) => ({ id: newUuid(), rowLabel: label, label: `${x + 1}`, x, y }));
  const [first, ...a] = row('A', 8, 0);
  const seats = [
    { ...first!, accessible: true },
    { ...a[0]!, companionOf: first!.id },
    ...a.slice(1),
    ...row('B', 8, 1),
  ];
  const sections = [
    { id: newUuid(), name: 'Stalls', seats },
    { id: newUuid(), name: 'Balcony', seats: row('C', 6, 9) },
  ];
  const map: SeatMapFacts = { spaceId, seatMapId: newUuid(), version: 1, sections, areas: [] };
  world.owners.maps.set(spaceId, map);
  await world.database.transaction(world.viewer, (tx) => keepSeatMap(tx, map));
  const occurrence = await givenOccurrence(world, { spaceId });
  const type = (sectionName: string, price: bigint, quotaSize: number) =>
    givenTicketType(world, occurrence, {
      sectionName,
      quotaSize,
      price: { amountMinor: price, currency: 'EUR' },
    });
  const [stalls, balcony] = [await type('Stalls', 5000n, 16), await type('Balcony', 2000n, 6)];
  const known = new Map(
    sections.flatMap((section) =>
      section.seats.map((seat) => [
        `${section.name === 'Stalls' ? '' : 'balcony '}${seat.rowLabel}${seat.label}`,
        seat.id,
      ]),
    ),
  );
  const names = new Map([...known].map(([name, id]) => [id, name]));
  return {
    occurrence,
    stalls,
    balcony,
    map,
    seat: (name) => known.get(name)!,
    names: ({ lines }) => lines.flatMap(({ seatIds }) => seatIds.map((id) => names.get(id)!)),
  };
}

describe.each([
  ['alone', false],
  ['together with others', true],
])('the best seats, granted %s', (_, coalesced) => {
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
  const best = ({ occurrence }: House, quantity: number, over: Partial<BestWish> = {}, viewer = guest()) =>
    holdBestAvailable(world.services, viewer, {
      idempotencyKey: newUuid(),
      occurrenceId: occurrence.id,
      best: {
        quantity,
        accessible: 0,
        acrossRows: false,
        ticketTypeIds: [],
        sectionNames: [],
        maxPrice: null,
        ...over,
      },
    });
  const chosen = (house: House, names: string[], viewer = guest()) =>
    hold(world, viewer, house.occurrence, house.stalls, { seatIds: names.map((name) => house.seat(name)) });
  const policy = (over: Partial<WantedPolicy>) =>
    accepted(
      setSeatingPolicy(world.services, world.viewer, {
        occurrenceId: null,
        singleSeats: null,
        releaseAccessibleHours: null,
        ...over,
      }),
    );

  test('go to one party after the other, from the best row on, and none is left single', async () => {
    const house = await givenHouse(world);
    const seats: string[][] = [];
    for (const quantity of [2, 4, 3, 3, 2])
      seats.push(house.names(await accepted(best(house, quantity, { sectionNames: ['Stalls'] }))));
    expect(seats).toEqual([
      ['A3', 'A4'],
      ['A5', 'A6', 'A7', 'A8'],
      ['B3', 'B4', 'B5'],
      ['B6', 'B7', 'B8'],
      ['B1', 'B2'],
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('are of the section, of the type and at the price that was asked for', async () => {
    const house = await givenHouse(world);
    const maxPrice = { amountMinor: 3000n, currency: 'EUR' };
    expect(house.names(await accepted(best(house, 2, { maxPrice })))).toEqual(['balcony C3', 'balcony C4']);
    const { balcony, stalls } = house;
    const held = await accepted(best(house, 2, { ticketTypeIds: [balcony.id] }));
    expect(held.lines.map(({ ticketTypeId }) => ticketTypeId)).toEqual([balcony.id]);
    expect(await refused(best(house, 2, { maxPrice: { ...maxPrice, amountMinor: 1n } }))).toMatchObject({
      kind: 'NotEnoughTickets',
    });
    expect(await refused(best(house, 99, { ticketTypeIds: [stalls.id] }))).toMatchObject({
      field: 'quantity',
    });
    expect(await refused(best(house, 2, { ticketTypeIds: [newUuid()] }))).toMatchObject({ kind: 'NotFound' });
    expect(await refused(best(house, 1, { accessible: 2 }))).toMatchObject({ field: 'accessible' });
  });

  test('for someone in a wheelchair are an accessible one and that of the companion', async () => {
    const house = await givenHouse(world);
    expect(house.names(await accepted(best(house, 2, { accessible: 1 })))).toEqual(['A1', 'A2']);
    expect(await refused(best(house, 2, { accessible: 1 }))).toMatchObject({ kind: 'NotEnoughTickets' });
  });

  test('are refused, with how many there are, when the party cannot sit together', async () => {
    const house = await givenHouse(world);
    const stalls = { sectionNames: ['Stalls'] };
    await accepted(chosen(house, ['A4', 'B4'], world.viewer));
    expect(await refused(best(house, 5, stalls))).toMatchObject({
      kind: 'NoSeatsTogether',
      largestTogether: 4,
    });
    await accepted(chosen(house, ['A8', 'B8', 'B5'], world.viewer));
    expect(house.names(await accepted(best(house, 5, { ...stalls, acrossRows: true })))).toEqual([
      'A5',
      'A6',
      'A7',
      'B6',
      'B7',
    ]);
    expect(await violations(world)).toEqual([]);
  });

  test('come back when their hold expires', async () => {
    const house = await givenHouse(world);
    const first = await accepted(best(house, 6, { ticketTypeIds: [house.balcony.id] }));
    expect(await refused(best(house, 1, { ticketTypeIds: [house.balcony.id] }))).toMatchObject({
      available: 0,
    });
    await expireEverything(world);
    const again = await accepted(best(house, 6, { ticketTypeIds: [house.balcony.id] }));
    expect(house.names(again)).toEqual(house.names(first));
    expect(await violations(world)).toEqual([]);
  });

  test('are the same for the same key, whoever was there meanwhile', async () => {
    const house = await givenHouse(world);
    const viewer = guest();
    const request = {
      idempotencyKey: newUuid(),
      occurrenceId: house.occurrence.id,
      best: {
        quantity: 2,
        accessible: 0,
        acrossRows: false,
        ticketTypeIds: [],
        sectionNames: [],
        maxPrice: { amountMinor: 9000n, currency: 'EUR' },
      },
    };
    const first = await accepted(holdBestAvailable(world.services, viewer, request));
    await accepted(best(house, 2));
    expect(await accepted(holdBestAvailable(world.services, viewer, request))).toEqual(first);
  });

  test('are asked for of the owner where only the names of seats are known', async () => {
    const house = await givenHouse(world);
    await system(world, (tx) => tx.execute('update space_seat set place = null'));
    world.owners.asked = [];
    await accepted(best(house, 2));
    expect(world.owners.asked).toEqual(['occurrence', 'seatMap']);
    world.owners.asked = [];
    await accepted(best(house, 2));
    expect(world.owners.asked).toEqual([]);
  });

  test('a choice that leaves a single seat is refused where the policy says so, and not at the box office', async () => {
    const house = await givenHouse(world);
    const of = { occurrenceId: house.occurrence.id };
    await accepted(chosen(house, ['B2', 'B3']));
    await policy({ ...of, singleSeats: 'REFUSED' });
    expect(await refused(chosen(house, ['B5', 'B6', 'B7']))).toEqual({
      kind: 'SingleSeatLeft',
      message: expect.stringContaining('single seats'),
      seatIds: [house.seat('B4'), house.seat('B8')],
    });
    // B1 was single before; the last three of a row may go as it is when nothing else is left for two.
    await accepted(chosen(house, ['B4', 'B5']));
    await accepted(chosen(house, ['B7', 'B8'], world.viewer));
    expect(await violations(world)).toEqual([]);
  });

  test("a companion's seat goes with its accessible seat, until the organiser releases both", async () => {
    const house = await givenHouse(world);
    expect(await refused(chosen(house, ['A2', 'A3']))).toMatchObject({
      kind: 'CompanionSeatAlone',
      seatIds: [house.seat('A2')],
    });
    await accepted(chosen(house, ['A1', 'A2']));
    const other = await givenHouse(world);
    await policy({ occurrenceId: other.occurrence.id, releaseAccessibleHours: 24 * 31 });
    await accepted(chosen(other, ['A2', 'A3']));
  });

  test('are held, and policies set, through the graph', async () => {
    const house = await givenHouse(world);
    const occurrenceId = encodeId('Occurrence', house.occurrence.id);
    const document = `mutation ($input: HoldBestAvailableInput!) { holdBestAvailable(input: $input) { __typename
      ... on TicketsHeld { hold { lines { seats { label } } } } ... on NoSeatsTogether { largestTogether }
      ... on InvalidInput { field } ... on Refusal { message } } }`;
    const ask = async (over: object) => {
      const input = { idempotencyKey: newUuid(), occurrenceId, quantity: 2, ...over };
      return (await graph.ask(guest(), document, { input })).data.holdBestAvailable;
    };
    expect(await ask({ accessible: 1 })).toMatchObject({
      hold: { lines: [{ seats: [{ label: '1' }, { label: '2' }] }] },
    });
    expect(await ask({ quantity: 10 })).toMatchObject({ __typename: 'NoSeatsTogether', largestTogether: 8 });
    expect(await ask({ quantity: 0 })).toMatchObject({ __typename: 'InvalidInput', field: 'quantity' });
    expect(await ask({ occurrenceId: encodeId('Occurrence', newUuid()) })).toMatchObject({
      __typename: 'NotFound',
    });
    const set = `mutation ($input: SetSeatingPolicyInput!) { setSeatingPolicy(input: $input) { __typename
      ... on SeatingPolicySet { policy { singleSeats releaseAccessibleHours } } ... on InvalidInput { field } } }`;
    const setPolicy = async (input: object) =>
      (await graph.ask(world.viewer, set, { input })).data.setSeatingPolicy;
    expect(await setPolicy({ releaseAccessibleHours: 48 })).toMatchObject({
      policy: { singleSeats: 'AVOIDED', releaseAccessibleHours: 48 },
    });
    expect(await setPolicy({ occurrenceId, singleSeats: 'REFUSED' })).toMatchObject({
      policy: { singleSeats: 'REFUSED', releaseAccessibleHours: 48 },
    });
    expect(await setPolicy({ releaseAccessibleHours: -1 })).toMatchObject({
      field: 'releaseAccessibleHours',
    });
    expect(await setPolicy({ occurrenceId: encodeId('Occurrence', newUuid()) })).toMatchObject({
      __typename: 'NotFound',
    });
    const read = `query($id: ID!) { seatingPolicy { singleSeats }
      _entities(representations: [{ __typename: "Occurrence", id: $id }]) {
        ... on Occurrence { seatingPolicy { singleSeats releaseAccessibleHours } } } }`;
    const { data } = await graph.ask(world.viewer, read, { id: occurrenceId });
    expect(data).toEqual({
      seatingPolicy: { singleSeats: 'AVOIDED' },
      _entities: [{ seatingPolicy: { singleSeats: 'REFUSED', releaseAccessibleHours: 48 } }],
    });
    expect(await setPolicy({})).toMatchObject({ policy: { releaseAccessibleHours: null } });
  });
});
