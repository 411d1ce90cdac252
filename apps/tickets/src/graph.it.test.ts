import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { signViewer, viewerHeader, type RunningSubgraph, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import {
  createWorld,
  givenOccurrence,
  givenSeats,
  givenTicketType,
  newViewer,
  violations,
  type World,
} from './harness.test-support.ts';
import type { Occurrence } from './occurrences/occurrence.ts';
import { serveTickets } from './subgraph.ts';

const internalSecret = 'a-secret-of-tests-that-is-long-enough';
let world: World;
let server: RunningSubgraph;
let statements = 0;

beforeAll(async () => {
  world = await createWorld();
  world.database.observe(() => (statements += 1));
  server = await serveTickets(world.services, {
    host: '127.0.0.1',
    port: 0,
    internalSecret,
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
});
afterAll(async () => {
  await server.drain();
  await world.drop();
});

// Each test knows what it asked for.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Answer = {
  readonly data: any;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
};

async function ask(viewer: Viewer, query: string, variables: object = {}): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [viewerHeader]: signViewer(viewer, internalSecret) },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as Answer;
}

const createTicketType = `mutation ($input: CreateTicketTypeInput!) { createTicketType(input: $input) { __typename
  ... on TicketTypeCreated { ticketType { id name available price { amountMinor currency } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
const holdTickets = `mutation ($input: HoldTicketsInput!) { holdTickets(input: $input) { __typename
  ... on TicketsHeld { hold { id status expiresAt lines { ticketType { id name } quantity seats { id label } }
    total { amountMinor currency } occurrence { id } order { id } } }
  ... on NotEnoughTickets { available } ... on SeatsTaken { seatIds } ... on InvalidInput { field }
  ... on Refusal { message } } }`;
const checkOut = `mutation ($input: CheckOutInput!) { checkOut(input: $input) { __typename
  ... on OrderPlaced { order { id number status total { amountMinor currency } expiresAt } } ... on Refusal { message } } }`;
const payOrder = `mutation ($input: PayOrderInput!) { payOrder(input: $input) { __typename
  ... on OrderPaid { order { id status expiresAt tickets { id status credential seat { id label } ticketType { name }
    guest { id name } occurrence { id } order { id } admittedAt } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
const scanTicket = `mutation ($input: ScanTicketInput!) { scanTicket(input: $input) { __typename
  ... on ScanAccepted { scan { id scannedAt ticket { id credential guest { name } } } }
  ... on ScanRejected { reason } ... on InvalidInput { field } ... on Refusal { message } } }`;
const refundOrder = `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { __typename
  ... on OrderRefunded { order { id status refunds { id status amount { amountMinor currency } } } }
  ... on RefundExceedsPayments { refundable { amountMinor currency } } ... on Refusal { message } } }`;

const guest = (email = `${newUuid().slice(-8)}@example.com`) =>
  newViewer('GUEST', world.viewer.organisationId, email);
const occurrenceId = (occurrence: Occurrence) => encodeId('Occurrence', occurrence.id);

async function buySeat(viewer: Viewer) {
  const { occurrence, type, seatIds } = await givenSeats(world);
  const items = [{ ticketTypeId: encodeId('TicketType', type.id), seatIds: [encodeId('Seat', seatIds[0]!)] }];
  const held = await ask(viewer, holdTickets, {
    input: { idempotencyKey: newUuid(), occurrenceId: occurrenceId(occurrence), items },
  });
  const { hold } = held.data.holdTickets;
  const ordered = await ask(viewer, checkOut, {
    input: { idempotencyKey: newUuid(), holdId: hold.id, guest: { email: viewer.email, name: 'Ada' } },
  });
  const { order } = ordered.data.checkOut;
  const paid = await ask(viewer, payOrder, {
    input: { idempotencyKey: newUuid(), orderId: order.id, provider: 'sandbox', paymentToken: 'approve' },
  });
  return { occurrence, hold, order, paid: paid.data.payOrder.order, seatId: encodeId('Seat', seatIds[0]!) };
}

describe('the way of a ticket', () => {
  test('from the hold through the order and its payment to the door', async () => {
    const viewer = guest();
    const { occurrence, hold, order, paid, seatId } = await buySeat(viewer);
    expect(hold).toMatchObject({
      status: 'ACTIVE',
      order: null,
      total: { amountMinor: 2500, currency: 'EUR' },
    });
    expect(hold.lines[0].seats).toEqual([{ id: seatId, label: '1' }]);
    expect(order).toMatchObject({ status: 'PENDING_PAYMENT', expiresAt: expect.any(String) });
    expect(paid).toMatchObject({ status: 'PAID', expiresAt: null });
    expect(paid.tickets).toEqual([
      expect.objectContaining({
        status: 'VALID',
        seat: { id: seatId, label: '1' },
        guest: { id: expect.any(String), name: 'Ada' },
        admittedAt: null,
      }),
    ]);
    const scanner = newViewer('SCANNER', world.viewer.organisationId);
    const input = {
      occurrenceId: occurrenceId(occurrence),
      credential: paid.tickets[0].credential,
      nonce: newUuid(),
      scannedAt: new Date().toISOString(),
      deviceId: 'gate-1',
    };
    const scanned = await ask(scanner, scanTicket, { input });
    expect(scanned.data.scanTicket).toMatchObject({
      __typename: 'ScanAccepted',
      // The one at the door sees whose it is, and nothing that would open another door.
      scan: { ticket: { credential: null, guest: { name: 'Ada' } } },
    });
    const again = await ask(scanner, scanTicket, { input: { ...input, nonce: newUuid() } });
    expect(again.data.scanTicket).toMatchObject({ __typename: 'ScanRejected', reason: 'ALREADY_ADMITTED' });
    expect(await violations(world)).toEqual([]);
  });

  test('and back: a refund in parts, and the order as it stood before', async () => {
    const viewer = guest();
    const { paid } = await buySeat(viewer);
    const refund = (amountMinor?: number) =>
      ask(world.viewer, refundOrder, {
        input: {
          idempotencyKey: newUuid(),
          orderId: paid.id,
          ...(amountMinor && { amount: { amountMinor, currency: 'EUR' } }),
        },
      });
    const before = new Date().toISOString();
    expect((await refund(1000)).data.refundOrder.order).toMatchObject({
      status: 'PARTIALLY_REFUNDED',
      refunds: [{ status: 'DONE', amount: { amountMinor: 1000, currency: 'EUR' } }],
    });
    expect((await refund(1501)).data.refundOrder).toMatchObject({
      refundable: { amountMinor: 1500, currency: 'EUR' },
    });
    expect((await refund()).data.refundOrder.order.status).toBe('REFUNDED');
    const query = `query ($id: ID!, $at: DateTime) { order(id: $id, asOf: $at) { status tickets { status }
      refunds { status } payments { status provider amount { amountMinor } } lines { quantity ticketType { name } }
      occurrence { id } history { type occurredAt actor } } }`;
    const then = await ask(viewer, query, { id: paid.id, at: before });
    expect(then.data.order).toMatchObject({ status: 'PAID', tickets: [{ status: 'VALID' }], refunds: [] });
    expect(then.data.order.history.map(({ type }: { type: string }) => type)).toEqual([
      'tickets.order-placed.v1',
      'tickets.payment-started.v1',
      'tickets.payment-confirmed.v1',
      'tickets.order-paid.v1',
    ]);
    const now = await ask(viewer, query, { id: paid.id });
    expect(now.data.order).toMatchObject({ status: 'REFUNDED', tickets: [{ status: 'CANCELLED' }] });
    expect((await ask(viewer, query, { id: paid.id, at: '2020-01-01T00:00:00Z' })).data.order).toBeNull();
  });

  test('to another guest, who alone sees its new credential', async () => {
    const [ada, bob] = [guest(), guest()];
    const { paid } = await buySeat(ada);
    const offered = await ask(
      ada,
      `mutation ($input: OfferTransferInput!) { offerTransfer(input: $input) { __typename
        ... on TransferOffered { transfer { id status toEmail expiresAt } } ... on Refusal { message } } }`,
      { input: { ticketId: paid.tickets[0].id, toEmail: bob.email } },
    );
    const { transfer } = offered.data.offerTransfer;
    const taken = await ask(
      bob,
      `mutation ($id: ID!) { acceptTransfer(id: $id) { __typename
        ... on TransferAccepted { ticket { id status credential } } ... on Refusal { message } } }`,
      { id: transfer.id },
    );
    expect(taken.data.acceptTransfer.ticket.credential).not.toBe(paid.tickets[0].credential);
    const ticket = 'query ($id: ID!) { ticket(id: $id) { id credential } }';
    expect((await ask(bob, ticket, { id: paid.tickets[0].id })).data.ticket.credential).toMatch(/^MQ1\./);
    expect((await ask(ada, ticket, { id: paid.tickets[0].id })).data.ticket).toBeNull();
  });

  test('to the waitlist when it is gone', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 1 });
    const ticketTypeId = encodeId('TicketType', type.id);
    const input = {
      idempotencyKey: newUuid(),
      occurrenceId: occurrenceId(occurrence),
      items: [{ ticketTypeId, quantity: 1 }],
    };
    await ask(guest(), holdTickets, { input });
    const short = await ask(guest(), holdTickets, { input: { ...input, idempotencyKey: newUuid() } });
    expect(short.data.holdTickets).toEqual({
      __typename: 'NotEnoughTickets',
      available: 0,
      message: 'Sold out.',
    });
    const joined = await ask(
      guest(),
      `mutation ($input: JoinWaitlistInput!) { joinWaitlist(input: $input) { __typename
        ... on WaitlistJoined { entry { id status position quantity guest { name } ticketType { id } } }
        ... on Refusal { message } } }`,
      {
        input: {
          occurrenceId: input.occurrenceId,
          ticketTypeId,
          quantity: 1,
          guest: { email: 'eve@example.com', name: 'Eve' },
        },
      },
    );
    expect(joined.data.joinWaitlist.entry).toMatchObject({
      status: 'WAITING',
      position: 1,
      guest: { name: 'Eve' },
    });
  });
});

describe('what others see', () => {
  test('of a hold, an order, a ticket: nothing, whether asked for by query or by reference', async () => {
    const { hold, order, paid } = await buySeat(guest());
    const document = `query ($hold: ID!, $order: ID!, $ticket: ID!, $representations: [_Any!]!) {
      hold(id: $hold) { id } order(id: $order) { id } ticket(id: $ticket) { id }
      _entities(representations: $representations) { __typename } }`;
    const representations = [
      { __typename: 'Hold', id: hold.id },
      { __typename: 'Order', id: order.id },
      { __typename: 'Ticket', id: paid.tickets[0].id },
      { __typename: 'Transfer', id: encodeId('Transfer', newUuid()) },
      { __typename: 'WaitlistEntry', id: 'nonsense' },
      { __typename: 'TicketType', id: encodeId('TicketType', newUuid()) },
    ];
    const variables = { hold: hold.id, order: order.id, ticket: paid.tickets[0].id, representations };
    for (const viewer of [guest(), newViewer(), newViewer('SCANNER', world.viewer.organisationId)]) {
      const { data, errors } = await ask(viewer, document, variables);
      const seen = [data?.hold, data?.order, data?.ticket, ...(data?._entities ?? [])].filter(Boolean);
      expect(errors ?? seen).toEqual(errors ? expect.anything() : []);
    }
    const own = await ask(world.viewer, document, variables);
    expect(own.data).toMatchObject({ hold: { id: hold.id }, order: { id: order.id } });
    expect(own.data._entities.slice(0, 3).every(Boolean)).toBe(true);
  });

  test('is refused by scope where the schema says so', async () => {
    const { errors } = await ask(guest(), 'query { orders(first: 1) { edges { cursor } } }');
    expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
  });

  test('of bad input names the field', async () => {
    const occurrence = await givenOccurrence(world);
    const valid = {
      eventId: encodeId('Event', occurrence.eventId),
      name: 'Standing',
      price: { amountMinor: 100, currency: 'EUR' },
      quotaSize: 10,
    };
    const create = (over: object) => ask(world.viewer, createTicketType, { input: { ...valid, ...over } });
    for (const [over, field] of [
      [{ eventId: 'evt_nonsense' }, 'eventId'],
      [{ name: ' ' }, 'name'],
      [{ price: { amountMinor: -1, currency: 'EUR' } }, 'price.amountMinor'],
      [{ price: { amountMinor: 1, currency: 'QQQ' } }, 'price.currency'],
      [{ quotaSize: 0 }, 'quotaSize'],
      [{ maxPerOrder: 1000 }, 'maxPerOrder'],
      [{ sectionName: 'Balcony' }, 'sectionName'],
    ] as const) {
      expect((await create(over)).data.createTicketType).toMatchObject({ __typename: 'InvalidInput', field });
    }
    expect((await create({})).data.createTicketType.ticketType).toMatchObject({
      name: 'Standing',
      available: null,
    });
    expect((await create({})).data.createTicketType.__typename).toBe('TicketTypeNameTaken');
    const foreign = await ask(newViewer(), createTicketType, {
      input: { ...valid, eventId: encodeId('Event', newUuid()) },
    });
    expect(foreign.data.createTicketType.__typename).toBe('NotFound');
    const pay = {
      idempotencyKey: 'k',
      orderId: encodeId('Order', newUuid()),
      provider: 'gold',
      paymentToken: 'x',
    };
    expect((await ask(world.viewer, payOrder, { input: pay })).data.payOrder.field).toBe('provider');
    const item = { ticketTypeId: 'tty_no', quantity: 1 };
    const hold = { idempotencyKey: 'k', occurrenceId: occurrenceId(occurrence), items: [item] };
    expect((await ask(world.viewer, holdTickets, { input: hold })).data.holdTickets.field).toBe(
      'items.0.ticketTypeId',
    );
  });
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
    const { data } = await ask(
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
    const viewer = guest();
    const bought = [await buySeat(viewer), await buySeat(viewer), await buySeat(viewer)];
    const query = `query ($first: Int!, $after: String, $filter: OrderFilter) { orders(first: $first, after: $after, filter: $filter) {
      edges { cursor node { id number status guest { name } tickets { id } } } pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
    const filter = { guestEmail: viewer.email };
    statements = 0;
    const first = await ask(world.viewer, query, { first: 2, filter });
    expect(statements).toBeLessThanOrEqual(3);
    const ids = (answer: Answer) =>
      answer.data.orders.edges.map(({ node }: { node: { id: string } }) => node.id);
    expect(ids(first)).toEqual([bought[2]!.order.id, bought[1]!.order.id]);
    const { endCursor } = first.data.orders.pageInfo;
    const second = await ask(world.viewer, query, { first: 2, after: endCursor, filter });
    expect(ids(second)).toEqual([bought[0]!.order.id]);
    expect(second.data.orders.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const one = await ask(world.viewer, query, {
      first: 9,
      filter: { number: bought[0]!.order.number, status: 'PAID' },
    });
    expect(ids(one)).toEqual([bought[0]!.order.id]);
    const { errors } = await ask(world.viewer, query, { first: 1, after: 'nonsense' });
    expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  });

  test("of a viewer's tickets are those of its guest, page by page", async () => {
    const viewer = guest();
    const bought = [await buySeat(viewer), await buySeat(viewer)];
    const guestId = bought[0]!.paid.tickets[0].guest.id;
    const query = `query ($representations: [_Any!]!, $after: String) { _entities(representations: $representations) {
      ... on Viewer { tickets(first: 1, after: $after) { edges { node { id status occurrence { id } } } pageInfo { hasNextPage endCursor } } } } }`;
    const representations = [{ __typename: 'Viewer', id: 'v', guest: { __typename: 'Guest', id: guestId } }];
    const first = await ask(viewer, query, { representations });
    const page = first.data._entities[0].tickets;
    expect(page).toMatchObject({
      edges: [{ node: { id: bought[1]!.paid.tickets[0].id } }],
      pageInfo: { hasNextPage: true },
    });
    const second = await ask(viewer, query, { representations, after: page.pageInfo.endCursor });
    expect(second.data._entities[0].tickets.edges[0].node.id).toBe(bought[0]!.paid.tickets[0].id);
    const none = await ask(viewer, query, {
      representations: [{ __typename: 'Viewer', id: 'v', guest: null }],
    });
    expect(none.data._entities[0].tickets.edges).toEqual([]);
  });

  test('of seats say which are held and sold, and the rest is free', async () => {
    const { occurrence, seatId } = await buySeat(guest());
    const { data } = await ask(
      world.viewer,
      `query ($representations: [_Any!]!) { _entities(representations: $representations) {
        ... on Occurrence { seatAvailability { seatId status } } ... on Event { ticketTypes { name } } } }`,
      {
        representations: [
          { __typename: 'Occurrence', id: occurrenceId(occurrence) },
          { __typename: 'Event', id: encodeId('Event', occurrence.eventId) },
        ],
      },
    );
    expect(data._entities[0].seatAvailability).toEqual([{ seatId, status: 'SOLD' }]);
    expect(data._entities[1].ticketTypes).toHaveLength(1);
  });
});
