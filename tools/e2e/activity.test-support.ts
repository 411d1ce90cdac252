import { buy, newKey } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

const setRoom = `mutation SetRoom($input: SetWaitingRoomInput!) {
  setWaitingRoom(input: $input) { ... on WaitingRoomSet { waitingRoom { state } } } }`;
const opensAt = () => new Date(Date.now() + 86_400_000).toISOString();

/** A waiting room before the target's occurrence, in which its owner has a place: the target with the place's token. */
export async function withWaitingRoom(
  { client }: TestPlatform,
  target: Target,
  owner: string,
): Promise<Target> {
  const occurrenceId = target.ids.Occurrence;
  const input = { occurrenceId, enabled: true, opensAt: opensAt() };
  await client.query(setRoom, { input }, { token: owner });
  type Joined = { readonly joinWaitingRoom: { readonly token: string } };
  const { joinWaitingRoom } = await client.query<Joined>(
    `mutation JoinRoom($occurrenceId: ID!) {
      joinWaitingRoom(occurrenceId: $occurrenceId) { ... on WaitingRoomJoined { token } } }`,
    { occurrenceId },
    { token: owner },
  );
  return { ...target, texts: { ...target.texts, token: joinWaitingRoom.token } };
}

const act = `mutation Act($scan: ScanTicketInput!, $refund: RefundOrderInput!, $endpoint: UpdateWebhookEndpointInput!) {
  scanTicket(input: $scan) { __typename }
  refundOrder(input: $refund) { __typename }
  updateWebhookEndpoint(input: $endpoint) { __typename } }`;

/**
 * Something of whatever a subscription can tell of, in the target's organisation: its room is closed, its ticket read
 * once more, some of its order's money given back, its endpoint slowed down, and its guest buys again.
 */
export async function causeActivity(
  { client }: TestPlatform,
  { ids, texts }: Target,
  owner: string,
  guest: { readonly email: string; readonly name: string },
): Promise<void> {
  const occurrenceId = ids.Occurrence!;
  const room = { occurrenceId, enabled: false, opensAt: opensAt() };
  await client.query(setRoom, { input: room }, { token: owner });
  const scan = {
    ...{ occurrenceId, listId: ids.CheckInList, credential: texts['credential'] },
    ...{ nonce: newKey(), deviceId: 'the same phone', scannedAt: new Date().toISOString() },
  };
  const amount = { amountMinor: 100, currency: 'EUR' };
  const refund = { idempotencyKey: newKey(), orderId: ids.Order, amount, reason: 'a cold night' };
  const endpoint = { id: ids.WebhookEndpoint, ratePerSecond: 7 };
  await client.query(act, { scan, refund, endpoint }, { token: owner });
  const items = [{ ticketTypeId: ids.TicketType!, quantity: 1 }];
  await buy(client, owner, { occurrenceId, items, guest });
}
