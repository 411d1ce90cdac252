import { encodeId, newUuid } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import { askGraph, servedForTest, type GraphAnswer } from '@marquee/testkit/graph';
import { givenSeats, newViewer, type World } from './harness.test-support.ts';
import type { Occurrence } from './occurrences/occurrence.ts';
import { serveTickets } from './subgraph.ts';

export type Graph = {
  ask(viewer: Viewer, query: string, variables?: object): Promise<GraphAnswer>;
  readonly url: string;
  stop(): Promise<void>;
};

/** The subgraph itself, over HTTP, with viewers signed as the gateway signs them. */
export async function serveGraph(world: World): Promise<Graph> {
  const server = await serveTickets(world.services, servedForTest());
  return {
    ask: askGraph(server.url),
    url: server.url,
    stop: () => server.drain(),
  };
}

export const createTicketType = `mutation ($input: CreateTicketTypeInput!) { createTicketType(input: $input) { __typename
  ... on TicketTypeCreated { ticketType { id name available price { amountMinor currency } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
export const holdTickets = `mutation ($input: HoldTicketsInput!) { holdTickets(input: $input) { __typename
  ... on TicketsHeld { hold { id status expiresAt lines { ticketType { id name } quantity seats { id label } }
    total { amountMinor currency } occurrence { id } order { id } } }
  ... on NotEnoughTickets { available } ... on SeatsTaken { seatIds } ... on InvalidInput { field }
  ... on Refusal { message } } }`;
export const checkOut = `mutation ($input: CheckOutInput!) { checkOut(input: $input) { __typename
  ... on OrderPlaced { order { id number status total { amountMinor currency } expiresAt } } ... on Refusal { message } } }`;
export const payOrder = `mutation ($input: PayOrderInput!) { payOrder(input: $input) { __typename
  ... on OrderPaid { order { id status expiresAt tickets { id status credential seat { id label } ticketType { name }
    guest { id name } occurrence { id } order { id } admittedAt } } }
  ... on InvalidInput { field } ... on Refusal { message } } }`;
export const scanTicket = `mutation ($input: ScanTicketInput!) { scanTicket(input: $input) { __typename
  ... on ScanAccepted { scan { id scannedAt ticket { id credential guest { name } } } }
  ... on ScanRejected { reason } ... on InvalidInput { field } ... on Refusal { message } } }`;
export const refundOrder = `mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { __typename
  ... on OrderRefunded { order { id status refunds { id status amount { amountMinor currency } } } }
  ... on RefundExceedsPayments { refundable { amountMinor currency } } ... on Refusal { message } } }`;

export const aGuestOf = ({ viewer }: World): Viewer =>
  newViewer('GUEST', viewer.organisationId, `${newUuid().slice(-8)}@example.com`);

export const occurrenceIdOf = (occurrence: Occurrence): string => encodeId('Occurrence', occurrence.id);

/** One chosen seat, held, ordered and paid through the graph. */
export async function buySeat({ ask }: Graph, world: World, viewer: Viewer) {
  const { occurrence, type, seatIds } = await givenSeats(world);
  const items = [{ ticketTypeId: encodeId('TicketType', type.id), seatIds: [encodeId('Seat', seatIds[0]!)] }];
  const held = await ask(viewer, holdTickets, {
    input: { idempotencyKey: newUuid(), occurrenceId: occurrenceIdOf(occurrence), items },
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
