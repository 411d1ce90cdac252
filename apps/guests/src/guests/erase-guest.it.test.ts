import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { erasedText } from '@marquee/contracts';
import { readStream } from '@marquee/event-log';
import { decodeId, newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { guestEntity } from './guest.entity.ts';

const organisationId = newUuid();
const owner = viewerOf(organisationId, 'OWNER');
let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
beforeAll(async () => {
  db = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
  graph = await serveForTest(db.database);
});
afterAll(async () => {
  await graph.drain();
  await db.drop();
});

const eraseDocument = `mutation ($input: EraseGuestInput!) {
  eraseGuest(input: $input) {
    __typename
    ... on GuestErased { guestId guest { id name email locale phone preferences { value } erasedAt } }
    ... on Refusal { message }
  }
}`;
const updateDocument = `mutation ($input: UpdateGuestInput!) { updateGuest(input: $input) { __typename } }`;
const listDocument = `query ($search: String) { guests(search: $search) { edges { node { id } } } }`;

async function register(email: string): Promise<string> {
  const { data } = await graph.ask(owner, registerDocument, {
    input: { email, name: 'Ada Lovelace', locale: 'de-AT' },
  });
  return data.registerGuest.guestId as string;
}
const erase = async (viewer: typeof owner, input: object) =>
  (await graph.ask(viewer, eraseDocument, { input })).data.eraseGuest;
const stored = (guestId: string) =>
  db.database.read(owner, (tx) =>
    tx.rows<{ type: string; data: string }>(
      'select type, data::text as data from event_log where stream_id = $1 order by version',
      [`guest-${decodeId('Guest', guestId)}`],
    ),
  );

describe('erasing a guest', () => {
  test('leaves a row that names nobody, and an event that says so', async () => {
    const guestId = await register('ada@example.com');
    expect((await stored(guestId))[0]!.data).not.toMatch(/ada@|Lovelace/);
    const before = graph.commits();
    expect(await erase(owner, { guestId })).toEqual({
      __typename: 'GuestErased',
      guestId,
      guest: {
        id: guestId,
        name: 'Erased guest',
        email: `${decodeId('Guest', guestId)}@erased.invalid`,
        locale: 'en',
        phone: null,
        preferences: [],
        erasedAt: expect.any(String),
      },
    });
    expect(graph.commits()).toBe(before + 1);
    const uuid = decodeId('Guest', guestId)!;
    const events = await db.database.read(owner, (tx) =>
      readStream(tx, `guest-${uuid}`, { interceptors: [graph.encryption.within(tx).read] }),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'guests.guest-registered.v1',
      'guests.guest-erased.v1',
      'guests.privacy-requested.v1',
    ]);
    expect(events[0]!.data).toMatchObject({ guestId: uuid, email: erasedText, name: erasedText });
  });

  test('a second time changes nothing and tells nobody', async () => {
    const guestId = await register('bob@example.com');
    await erase(owner, { guestId });
    expect(await erase(owner, { guestId })).toMatchObject({ __typename: 'GuestErased', guestId });
    expect(await stored(guestId)).toHaveLength(3);
  });

  test('ends every change of the guest, and takes it out of lists', async () => {
    const guestId = await register('cleo@example.com');
    await erase(owner, { guestId });
    const { data } = await graph.ask(owner, updateDocument, { input: { id: guestId, name: 'Cleo again' } });
    expect(data.updateGuest.__typename).toBe('NotFound');
    const listed = await graph.ask(owner, listDocument, { search: 'erased' });
    expect(listed.data.guests.edges).toEqual([]);
    expect(await register('cleo@example.com')).not.toBe(guestId);
  });

  test('is for the organisation and for the person, who then can not read what is left', async () => {
    const guestId = await register('dora@example.com');
    expect(await erase(viewerOf(organisationId, 'GUEST', 'eve@example.com'), { guestId })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await erase(viewerOf(newUuid(), 'OWNER'), { guestId })).toMatchObject({ __typename: 'NotFound' });
    expect(await erase(viewerOf(organisationId, 'GUEST', 'dora@example.com'), { guestId })).toEqual({
      __typename: 'GuestErased',
      guestId,
      guest: null,
    });
  });
});
