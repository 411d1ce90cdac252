import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId } from '@marquee/kernel';
import type { GraphAnswer } from '@marquee/testkit/graph';
import { aGuestOf, buySeat, occurrenceIdOf, serveGraph, type Graph } from './graph.test-support.ts';
import { createWorld, givenOccurrence, givenTicketType, type World } from './harness.test-support.ts';
import type { Occurrence } from './occurrences/occurrence.ts';

let world: World;
let graph: Graph;
let statements = 0;
beforeAll(async () => {
  world = await createWorld();
  world.database.observe(() => (statements += 1));
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

describe('lists', () => {
  test('what is for sale at 50 occurrences takes one statement', async () => {
    const occurrences: Occurrence[] = [];
    for (let place = 0; place < 50; place++) {
      const occurrence = await givenOccurrence(world);
      await givenTicketType(world, occurrence);
      await givenTicketType(world, occurrence);
      occurrences.push(occurrence);
    }
    statements = 0;
    const { data } = await graph.ask(
      world.viewer,
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Occurrence { id
        availability { status available } ticketTypes { id name price { amountMinor currency } available } } } }`,
      {
        representations: occurrences.map(({ id }) => ({
          __typename: 'Occurrence',
          id: encodeId('Occurrence', id),
        })),
      },
    );
    expect(statements).toBe(1);
    expect(data._entities).toHaveLength(50);
    expect(data._entities[49]).toMatchObject({
      availability: { status: 'AVAILABLE', available: 200 },
      ticketTypes: [{ available: 100 }, { available: 100 }],
    });
  });

  test('of orders come page by page, newest first, and can be narrowed', async () => {
    const viewer = aGuestOf(world);
    const bought = [
      await buySeat(graph, world, viewer),
      await buySeat(graph, world, viewer),
      await buySeat(graph, world, viewer),
    ];
    const query = `query ($first: Int!, $after: String, $filter: OrderFilter) { orders(first: $first, after: $after, filter: $filter) {
      edges { cursor node { id number status guest { name } tickets { id } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const filter = { guestEmail: viewer.email };
    statements = 0;
    const first = await graph.ask(world.viewer, query, { first: 2, filter });
    expect(statements).toBeLessThanOrEqual(3);
    const ids = (answer: GraphAnswer) =>
      answer.data.orders.edges.map(({ node }: { node: { id: string } }) => node.id);
    expect(ids(first)).toEqual([bought[2]!.order.id, bought[1]!.order.id]);
    const { endCursor } = first.data.orders.pageInfo;
    const second = await graph.ask(world.viewer, query, { first: 2, after: endCursor, filter });
    expect(ids(second)).toEqual([bought[0]!.order.id]);
    expect(second.data.orders.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const one = await graph.ask(world.viewer, query, {
      first: 9,
      filter: { number: bought[0]!.order.number, status: 'PAID' },
    });
    expect(ids(one)).toEqual([bought[0]!.order.id]);
    const { errors } = await graph.ask(world.viewer, query, { first: 1, after: 'nonsense' });
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  });

  test("of a viewer's tickets are those of its guest, page by page", async () => {
    const viewer = aGuestOf(world);
    const bought = [await buySeat(graph, world, viewer), await buySeat(graph, world, viewer)];
    const guestId = bought[0]!.paid.tickets[0].guest.id;
    const query = `query ($representations: [_Any!]!, $after: String) { _entities(representations: $representations) {
      ... on Viewer { tickets(first: 1, after: $after) { edges { node { id status occurrence { id } } } pageInfo { hasNextPage endCursor } } } } }`;
    const representations = [{ __typename: 'Viewer', id: 'v', guest: { __typename: 'Guest', id: guestId } }];
    const first = await graph.ask(viewer, query, { representations });
    const page = first.data._entities[0].tickets;
    expect(page).toMatchObject({
      edges: [{ node: { id: bought[1]!.paid.tickets[0].id } }],
      pageInfo: { hasNextPage: true },
    });
    const second = await graph.ask(viewer, query, { representations, after: page.pageInfo.endCursor });
    expect(second.data._entities[0].tickets.edges[0].node.id).toBe(bought[0]!.paid.tickets[0].id);
    const none = await graph.ask(viewer, query, {
      representations: [{ __typename: 'Viewer', id: 'v', guest: null }],
    });
    expect(none.data._entities[0].tickets.edges).toEqual([]);
  });

  test('of seats say which are held and sold, and the rest is free', async () => {
    const { occurrence, seatId } = await buySeat(graph, world, aGuestOf(world));
    const { data } = await graph.ask(
      world.viewer,
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Occurrence { seatAvailability { seatId status } } ... on Event { ticketTypes { name } } } }`,
      {
        representations: [
          { __typename: 'Occurrence', id: occurrenceIdOf(occurrence) },
          { __typename: 'Event', id: encodeId('Event', occurrence.eventId) },
        ],
      },
    );
    expect(data._entities[0].seatAvailability).toContainEqual({ seatId, status: 'SOLD' });
    const statuses = data._entities[0].seatAvailability.map((seat: { status: string }) => seat.status);
    expect(new Set(statuses)).toEqual(new Set(['SOLD', 'AVAILABLE']));
    expect(data._entities[1].ticketTypes).toHaveLength(1);
  });
});
