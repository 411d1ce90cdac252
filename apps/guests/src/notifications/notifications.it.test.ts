import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DomainEvent, EventData, EventType } from '@marquee/contracts';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { guestEntity } from '../guests/guest.entity.ts';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { newsHandlers } from './on-news.ts';

const organisationId = newUuid();
const owner = viewerOf(organisationId, 'OWNER');
const handlers = newsHandlers(() => undefined);
let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  db = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
  graph = await serveForTest(db.database);
});
afterAll(async () => {
  await graph?.drain();
  await db?.drop();
});

let minutes = 0;
async function hear<T extends EventType>(type: T, data: Partial<EventData<T>>, of = organisationId) {
  const occurredAt = new Date(Date.UTC(2027, 2, 20, 19, minutes++)).toISOString();
  const event = { type, data, occurredAt, organisationId: of } as unknown as DomainEvent<T>;
  const handler = handlers[type] as (event: DomainEvent<T>, tx: unknown) => Promise<void>;
  // Twice, for a handler may be run again.
  for (let time = 0; time < 2; time++)
    await db.database.transaction({ organisationId: of }, (tx) => handler(event, tx));
}

const read = `query ($representations: [_Any!]!, $first: Int, $after: String) {
  _entities(representations: $representations) { ... on Guest {
    notifications(first: $first, after: $after) {
      edges { cursor node { kind subjectId occurredAt } } pageInfo { hasNextPage endCursor } } } } }`;
async function notificationsOf(guestId: string, more: object = {}, viewer = owner) {
  const representations = [{ __typename: 'Guest', id: guestId }];
  const { data } = await graph.ask(viewer, read, { representations, ...more });
  return data._entities[0]?.notifications ?? null;
}
async function register(email: string) {
  const { data } = await graph.ask(owner, registerDocument, { input: { email, name: 'Ada' } });
  const id: string = data.registerGuest.guestId;
  return { id, uuid: decodeId('Guest', id)! };
}
const kinds = ({ edges }: { edges: { node: { kind: string } }[] }) => edges.map(({ node }) => node.kind);

describe('notifications', () => {
  test('tell a guest what became of its orders, tickets and waiting, the newest first, each once', async () => {
    const guest = await register('ada@example.com');
    const [orderId, ticketId, entryId, occurrenceId] = [newUuid(), newUuid(), newUuid(), newUuid()];
    const facts = { guestId: guest.uuid, occurrenceId };
    await hear('tickets.order-paid.v1', { ...facts, orderId });
    await hear('tickets.waitlist-offered.v1', { ...facts, entryId });
    await hear('tickets.transfer-accepted.v1', { ...facts, ticketId });
    await hear('tickets.instalment-due.v1', { ...facts, orderId });
    const all = await notificationsOf(guest.id);
    expect(all.edges.map(({ node }: { node: object }) => node)).toMatchObject([
      { kind: 'INSTALMENT_DUE', subjectId: encodeId('Order', orderId) },
      { kind: 'TICKET_RECEIVED', subjectId: encodeId('Ticket', ticketId) },
      { kind: 'WAITLIST_OFFERED', subjectId: encodeId('WaitlistEntry', entryId) },
      { kind: 'ORDER_PAID', subjectId: encodeId('Order', orderId) },
    ]);
    const page = await notificationsOf(guest.id, { first: 3 });
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await notificationsOf(guest.id, { first: 3, after: page.pageInfo.endCursor });
    expect(kinds(rest)).toEqual(['ORDER_PAID']);
  });

  test('tell all who go to an occurrence that it does not take place, and the log for whom', async () => {
    const [one, other, stranger] = [
      await register('one@example.com'),
      await register('other@example.com'),
      await register('stranger@example.com'),
    ];
    const occurrenceId = newUuid();
    await hear('tickets.order-paid.v1', { guestId: one.uuid, occurrenceId, orderId: newUuid() });
    await hear('tickets.transfer-accepted.v1', { guestId: other.uuid, occurrenceId, ticketId: newUuid() });
    await hear('tickets.order-paid.v1', {
      guestId: stranger.uuid,
      occurrenceId: newUuid(),
      orderId: newUuid(),
    });
    await hear('events.occurrence-cancelled.v1', { occurrenceId });
    expect(kinds(await notificationsOf(one.id))).toEqual(['OCCURRENCE_CANCELLED', 'ORDER_PAID']);
    expect(kinds(await notificationsOf(other.id))).toEqual(['OCCURRENCE_CANCELLED', 'TICKET_RECEIVED']);
    expect(kinds(await notificationsOf(stranger.id))).toEqual(['ORDER_PAID']);
    const [last] = await db.database.read(owner, (tx) =>
      tx.rows<{ data: { guestIds: string[] } }>(
        `select data from event_log where type = 'guests.guests-notified.v1' order by global_position desc limit 1`,
      ),
    );
    expect(last!.data.guestIds.toSorted()).toEqual([one.uuid, other.uuid].toSorted());
  });

  test('are the guest’s own and the organisation’s, and go when the guest is forgotten', async () => {
    const guest = await register('dora@example.com');
    const facts = { guestId: guest.uuid, occurrenceId: newUuid(), orderId: newUuid() };
    await hear('tickets.order-paid.v1', facts);
    await hear('tickets.order-paid.v1', { ...facts, orderId: newUuid() }, newUuid());
    const own = viewerOf(organisationId, 'GUEST', 'dora@example.com');
    expect(kinds(await notificationsOf(guest.id, {}, own))).toEqual(['ORDER_PAID']);
    expect(
      await notificationsOf(guest.id, {}, viewerOf(organisationId, 'GUEST', 'eve@example.com')),
    ).toBeNull();
    const erase = `mutation ($input: EraseGuestInput!) { eraseGuest(input: $input) { __typename } }`;
    await graph.ask(owner, erase, { input: { guestId: guest.id } });
    expect(kinds(await notificationsOf(guest.id))).toEqual([]);
  });
});
