import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { orderLinkScopes } from '@marquee/subgraph';
import { serveGraph } from '../graph.test-support.ts';
import {
  accepted,
  createWorld,
  eventTypes,
  expireEverything,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  newViewer,
  refused,
  system,
  ticketIdsOf,
  violations,
  type World,
} from '../harness.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { upkeepOf } from '../upkeep/later.test-support.ts';
import { acceptTransfer, endTransfer } from './end-transfer.ts';
import { offerTransfer } from './offer-transfer.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const guest = (email: string) => newViewer('GUEST', world.viewer.organisationId, email);

async function givenTicket() {
  const email = `${newUuid().slice(-8)}@example.com`;
  const holder = guest(email);
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const paid = await givenPaidOrder(world, holder, occurrence, type, {}, { email, name: 'Ada' });
  const [ticketId] = await ticketIdsOf(world, paid);
  return { occurrence, holder, paid, ticketId: ticketId! };
}

const offer = (holder: ReturnType<typeof guest>, ticketId: string, toEmail = 'bob@example.com') =>
  offerTransfer(world.services, holder, { ticketId, toEmail });
const bob = () => guest('Bob@Example.com');
const scan = (occurrenceId: string, ticketId: string, epoch: number) =>
  scanTicket(world.services, world.viewer, {
    occurrenceId,
    credential: world.services.credentials.sign({ ticketId, occurrenceId, epoch }),
    nonce: newUuid(),
    scannedAt: new Date(),
    deviceId: 'gate-1',
  });

test('who is offered a ticket finds the offer, and its holder what became of it', async () => {
  const { holder, ticketId } = await givenTicket();
  const invited = guest(`${newUuid()}@example.com`);
  const first = await accepted(offer(holder, ticketId, invited.email!));
  await accepted(endTransfer(world.services, holder, first.id, 'RECALLED'));
  const second = await accepted(offer(holder, ticketId, invited.email!.toUpperCase()));
  const graph = await serveGraph(world);
  const viewers = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Viewer { transferOffers { id status ticket { id } } } } }`;
  const representations = [{ __typename: 'Viewer', id: 'viewer' }];
  const found = await graph.ask(invited, viewers, { representations });
  expect(found.data._entities[0].transferOffers).toEqual([
    { id: encodeId('Transfer', second.id), status: 'OFFERED', ticket: null },
  ]);
  const tickets = `query ($id: ID!) { ticket(id: $id) { transfers { status toEmail } } }`;
  const shown = await graph.ask(holder, tickets, { id: encodeId('Ticket', ticketId) });
  expect(shown.data.ticket.transfers).toMatchObject([{ status: 'OFFERED' }, { status: 'RECALLED' }]);
  await graph.stop();
});

test('by the link of an order its tickets are seen and offered to others, and nothing else is', async () => {
  const [own, other] = [await givenTicket(), await givenTicket()];
  const linked = { ...guest('x@example.com'), orderId: own.paid.id, scopes: orderLinkScopes };
  const { email: _none, ...viewer } = { ...linked, subject: `order:${own.paid.id}` };
  const graph = await serveGraph(world);
  try {
    const read = `query ($order: ID!, $ticket: ID!) {
      order(id: $order) { status tickets { credential } history { type } } ticket(id: $ticket) { id } }`;
    const ask = ({ paid, ticketId }: typeof own) =>
      graph.ask(viewer, read, { order: encodeId('Order', paid.id), ticket: encodeId('Ticket', ticketId) });
    const { data } = await ask(own);
    expect(data).toMatchObject({
      order: { status: 'PAID' },
      ticket: { id: encodeId('Ticket', own.ticketId) },
    });
    expect(data.order.tickets[0].credential).toBeTruthy();
    expect((await ask(other)).data).toEqual({ order: null, ticket: null });
    const give = `mutation ($input: OfferTransferInput!) { offerTransfer(input: $input) { __typename } }`;
    const offered = async ({ ticketId }: typeof own) => {
      const input = { ticketId: encodeId('Ticket', ticketId), toEmail: 'bob@example.com' };
      return (await graph.ask(viewer, give, { input })).data.offerTransfer.__typename;
    };
    expect([await offered(own), await offered(other)]).toEqual(['TransferOffered', 'NotFound']);
    const held = await graph.ask(
      viewer,
      `mutation { releaseHold(id: "${encodeId('Order', own.paid.id)}") { __typename } }`,
    );
    expect(held.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  } finally {
    await graph.stop();
  }
});

describe('a transfer', () => {
  test('makes the ticket the new guest’s and the old credential worthless', async () => {
    const { occurrence, holder, ticketId } = await givenTicket();
    const transfer = await accepted(offer(holder, ticketId));
    const ticket = await accepted(acceptTransfer(world.services, bob(), transfer.id));
    expect(ticket).toMatchObject({ status: 'VALID', credentialEpoch: 2 });
    expect(await refused(scan(occurrence.id, ticketId, 1))).toMatchObject({ reason: 'REVOKED' });
    await accepted(scan(occurrence.id, ticketId, 2));
    expect((await refused(offer(holder, ticketId))).kind).toBe('NotFound');
    expect(await refused(offer(bob(), ticketId, 'eve@example.com'))).toMatchObject({
      kind: 'TransferNotPossible',
    });
    expect(await violations(world)).toEqual([]);
  });

  test('is for the one it is offered to, and only while it stands', async () => {
    const { holder, ticketId } = await givenTicket();
    const transfer = await accepted(offer(holder, ticketId));
    expect((await refused(acceptTransfer(world.services, guest('eve@example.com'), transfer.id))).kind).toBe(
      'NotFound',
    );
    expect(
      (await refused(endTransfer(world.services, guest('eve@example.com'), transfer.id, 'RECALLED'))).kind,
    ).toBe('NotFound');
    expect((await refused(offer(holder, ticketId))).kind).toBe('TransferNotPossible');
    await accepted(endTransfer(world.services, holder, transfer.id, 'RECALLED'));
    expect((await refused(acceptTransfer(world.services, bob(), transfer.id))).kind).toBe(
      'TransferNotPossible',
    );
    const second = await accepted(offer(holder, ticketId));
    await accepted(endTransfer(world.services, bob(), second.id, 'DECLINED'));
    expect(await violations(world)).toEqual([]);
  });

  test('to its holder makes no sense', async () => {
    const { holder, ticketId } = await givenTicket();
    expect(await refused(offer(holder, ticketId, holder.email!))).toMatchObject({
      kind: 'InvalidInput',
      field: 'toEmail',
    });
  });

  test('that nobody takes expires, and the ticket is its holder’s as before', async () => {
    const { holder, ticketId, occurrence } = await givenTicket();
    const transfer = await accepted(offer(holder, ticketId));
    await expireEverything(world);
    expect((await refused(acceptTransfer(world.services, bob(), transfer.id))).kind).toBe(
      'TransferNotPossible',
    );
    const upkeep = upkeepOf(world, { passedMs: 61_000 });
    await upkeep.runOnce();
    expect(await eventTypes(world, `ticket-${ticketId}`)).toEqual([
      'ticket-issued',
      'transfer-offered',
      'transfer-closed',
    ]);
    await accepted(scan(occurrence.id, ticketId, 1));
    expect(await violations(world)).toEqual([]);
  });

  test('ends when the ticket is admitted or refunded', async () => {
    const admitted = await givenTicket();
    const first = await accepted(offer(admitted.holder, admitted.ticketId));
    await accepted(scan(admitted.occurrence.id, admitted.ticketId, 1));
    expect((await refused(acceptTransfer(world.services, bob(), first.id))).kind).toBe('TransferNotPossible');
    const refunded = await givenTicket();
    const second = await accepted(offer(refunded.holder, refunded.ticketId));
    const request = { idempotencyKey: newUuid(), orderId: refunded.paid.id, amount: null, reason: null };
    await accepted(refundOrder(world.services, world.viewer, request));
    expect((await refused(acceptTransfer(world.services, bob(), second.id))).kind).toBe(
      'TransferNotPossible',
    );
    const [row] = await system(world, (tx) =>
      tx.rows('select status from transfer where id = $1', [second.id]),
    );
    expect(row).toEqual({ status: 'RECALLED' });
    expect(await violations(world)).toEqual([]);
  });
});
