import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import {
  aGuestOf,
  buySeat,
  createTicketType,
  holdTickets,
  occurrenceIdOf,
  payOrder,
  refundOrder,
  scanTicket,
  serveGraph,
  type Graph,
} from './graph.test-support.ts';
import {
  createWorld,
  givenOccurrence,
  givenTicketType,
  newViewer,
  violations,
  type World,
} from './harness.test-support.ts';

let world: World;
let graph: Graph;
beforeAll(async () => {
  world = await createWorld();
  graph = await serveGraph(world);
});
afterAll(async () => {
  await graph.stop();
  await world.drop();
});

describe('the way of a ticket', () => {
  test('from the hold through the order and its payment to the door', async () => {
    const viewer = aGuestOf(world);
    const { occurrence, hold, order, paid, seatId } = await buySeat(graph, world, viewer);
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
      occurrenceId: occurrenceIdOf(occurrence),
      credential: paid.tickets[0].credential,
      nonce: newUuid(),
      scannedAt: new Date().toISOString(),
      deviceId: 'gate-1',
    };
    const scanned = await graph.ask(scanner, scanTicket, { input });
    expect(scanned.data.scanTicket).toMatchObject({
      __typename: 'ScanAccepted',
      // The one at the door sees whose it is, and nothing that would open another door.
      scan: { ticket: { credential: null, guest: { name: 'Ada' } } },
    });
    const again = await graph.ask(scanner, scanTicket, { input: { ...input, nonce: newUuid() } });
    expect(again.data.scanTicket).toMatchObject({ __typename: 'ScanRejected', reason: 'ALREADY_ADMITTED' });
    expect(await violations(world)).toEqual([]);
  });

  test('and back: a refund in parts, and the order as it stood before', async () => {
    const viewer = aGuestOf(world);
    const { paid } = await buySeat(graph, world, viewer);
    const refund = (amountMinor?: number) =>
      graph.ask(world.viewer, refundOrder, {
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
    const then = await graph.ask(viewer, query, { id: paid.id, at: before });
    expect(then.data.order).toMatchObject({ status: 'PAID', tickets: [{ status: 'VALID' }], refunds: [] });
    expect(then.data.order.history.map(({ type }: { type: string }) => type)).toEqual([
      'tickets.order-placed.v1',
      'tickets.payment-started.v1',
      'tickets.payment-confirmed.v1',
      'tickets.order-paid.v1',
    ]);
    const now = await graph.ask(viewer, query, { id: paid.id });
    expect(now.data.order).toMatchObject({ status: 'REFUNDED', tickets: [{ status: 'CANCELLED' }] });
    expect(
      (await graph.ask(viewer, query, { id: paid.id, at: '2020-01-01T00:00:00Z' })).data.order,
    ).toBeNull();
  });

  test('to another guest, who alone sees its new credential', async () => {
    const [ada, bob] = [aGuestOf(world), aGuestOf(world)];
    const { paid } = await buySeat(graph, world, ada);
    const offered = await graph.ask(
      ada,
      `mutation ($input: OfferTransferInput!) { offerTransfer(input: $input) { __typename
        ... on TransferOffered { transfer { id status toEmail expiresAt } } ... on Refusal { message } } }`,
      { input: { ticketId: paid.tickets[0].id, toEmail: bob.email } },
    );
    const { transfer } = offered.data.offerTransfer;
    const taken = await graph.ask(
      bob,
      `mutation ($id: ID!) { acceptTransfer(id: $id) { __typename
        ... on TransferAccepted { ticket { id status credential } } ... on Refusal { message } } }`,
      { id: transfer.id },
    );
    expect(taken.data.acceptTransfer.ticket.credential).not.toBe(paid.tickets[0].credential);
    const ticket = 'query ($id: ID!) { ticket(id: $id) { id credential } }';
    expect((await graph.ask(bob, ticket, { id: paid.tickets[0].id })).data.ticket.credential).toMatch(
      /^MQ2:/,
    );
    expect((await graph.ask(ada, ticket, { id: paid.tickets[0].id })).data.ticket).toBeNull();
  });

  test('to the waitlist when it is gone', async () => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence, { quotaSize: 1 });
    const ticketTypeId = encodeId('TicketType', type.id);
    const input = {
      idempotencyKey: newUuid(),
      occurrenceId: occurrenceIdOf(occurrence),
      items: [{ ticketTypeId, quantity: 1 }],
    };
    await graph.ask(aGuestOf(world), holdTickets, { input });
    const short = await graph.ask(aGuestOf(world), holdTickets, {
      input: { ...input, idempotencyKey: newUuid() },
    });
    expect(short.data.holdTickets).toEqual({
      __typename: 'NotEnoughTickets',
      available: 0,
      message: 'Sold out.',
    });
    const joined = await graph.ask(
      aGuestOf(world),
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
    const { hold, order, paid } = await buySeat(graph, world, aGuestOf(world));
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
    for (const viewer of [aGuestOf(world), newViewer(), newViewer('SCANNER', world.viewer.organisationId)]) {
      const { data, errors } = await graph.ask(viewer, document, variables);
      const seen = [data?.hold, data?.order, data?.ticket, ...(data?._entities ?? [])].filter(Boolean);
      expect(errors ?? seen).toEqual(errors ? expect.anything() : []);
    }
    const own = await graph.ask(world.viewer, document, variables);
    expect(own.data).toMatchObject({ hold: { id: hold.id }, order: { id: order.id } });
    expect(own.data._entities.slice(0, 3).every(Boolean)).toBe(true);
  });

  test('is refused by scope where the schema says so', async () => {
    const { errors } = await graph.ask(aGuestOf(world), 'query { orders(first: 1) { edges { cursor } } }');
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
    const create = (over: object) =>
      graph.ask(world.viewer, createTicketType, { input: { ...valid, ...over } });
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
    const foreign = await graph.ask(newViewer(), createTicketType, {
      input: { ...valid, eventId: encodeId('Event', newUuid()) },
    });
    expect(foreign.data.createTicketType.__typename).toBe('NotFound');
    const pay = {
      idempotencyKey: 'k',
      orderId: encodeId('Order', newUuid()),
      provider: 'gold',
      paymentToken: 'x',
    };
    expect((await graph.ask(world.viewer, payOrder, { input: pay })).data.payOrder.field).toBe('provider');
    const item = { ticketTypeId: 'tty_no', quantity: 1 };
    const hold = { idempotencyKey: 'k', occurrenceId: occurrenceIdOf(occurrence), items: [item] };
    expect((await graph.ask(world.viewer, holdTickets, { input: hold })).data.holdTickets.field).toBe(
      'items.0.ticketTypeId',
    );
  });
});
