import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { withDeleted, type Database } from '@marquee/postgres';
import { interleave, testDatabase, withoutLocks, type TestDatabase } from '@marquee/testkit';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { createGuestDeletion, deleteGuest, purgeGuest } from './delete-guest.ts';
import { guestEntity } from './guest.entity.ts';
import { registerGuest } from './register-guest.ts';

const organisationId = newUuid();
const owner = viewerOf(organisationId, 'OWNER');
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

const deletion = `mutation ($id: ID!) { result: deleteGuest(id: $id) { __typename
  ... on GuestDeleted { deleted { id name } } ... on Refusal { message } } }`;
const restoration = `mutation ($id: ID!) { result: restoreGuest(id: $id) { __typename
  ... on GuestRestored { guest { id email } } ... on Refusal { message } } }`;
const erasure = `mutation ($id: ID!) { result: eraseGuest(input: { guestId: $id }) { __typename } }`;
const everywhere = `query ($id: ID!, $name: String!, $things: [_Any!]!) {
  guest(id: $id) { name } guests(search: $name) { edges { node { id } } }
  _entities(representations: $things) { __typename }
  deletedGuests(first: 100) { edges { node { id } } } }`;

const run = async (document: string, id: string, who = owner) =>
  (await graph.ask(who, document, { id })).data.result;
async function register(name: string): Promise<string> {
  const input = { email: `${name}@example.com`, name };
  return (await graph.ask(owner, registerDocument, { input })).data.registerGuest.guestId;
}
async function seen(id: string, name: string) {
  const things = [{ __typename: 'Guest', id }];
  const { data } = await graph.ask(owner, everywhere, { id, name, things });
  const deleted = data.deletedGuests.edges.some((edge: { node: { id: string } }) => edge.node.id === id);
  return { one: data.guest, listed: data.guests.edges.length, entity: data._entities[0], deleted };
}
const logged = (id: string) =>
  db.database.read(owner, async (tx) => {
    const stream = [`guest-${decodeId('Guest', id)}`];
    const rows = await tx.rows<{ type: string }>(
      'select type from event_log where stream_id = $1 order by version',
      stream,
    );
    return rows.map(({ type }) => type.split('.')[1]);
  });
const overdue = (id: string) =>
  db.database.transaction(owner, (tx) =>
    withDeleted(tx, () =>
      tx.execute("update guest set deleted_at = deleted_at - interval '31 days' where id = $1", [
        decodeId('Guest', id),
      ]),
    ),
  );
const hidden = { one: null, listed: 0, entity: null, deleted: true };

describe('a deleted guest', () => {
  test('is seen nowhere until restored, and both are said once', async () => {
    const id = await register('ada');
    const deleted = await run(deletion, id);
    expect(deleted).toEqual({ __typename: 'GuestDeleted', deleted: { id, name: 'ada' } });
    expect(await run(deletion, id)).toEqual(deleted);
    expect(await seen(id, 'ada')).toEqual(hidden);
    const back = { __typename: 'GuestRestored', guest: { id, email: 'ada@example.com' } };
    for (let time = 0; time < 2; time++) expect(await run(restoration, id)).toEqual(back);
    expect(await seen(id, 'ada')).toMatchObject({ one: { name: 'ada' }, listed: 1, deleted: false });
    expect(await logged(id)).toEqual(['guest-registered', 'guest-deleted', 'guest-restored']);
  });

  test('is back, the same, when they buy again', async () => {
    const id = await register('bob');
    await run(deletion, id);
    expect(await register('bob')).toBe(id);
    expect(await seen(id, 'bob')).toMatchObject({ listed: 1, deleted: false });
  });

  test('can be erased at once', async () => {
    const id = await register('cleo');
    await run(deletion, id);
    expect((await run(erasure, id)).__typename).toBe('GuestErased');
    expect((await run(restoration, id)).__typename).toBe('GuestRestored');
    expect(await seen(id, 'cleo')).toMatchObject({
      one: { name: 'Erased guest' },
      listed: 0,
      deleted: false,
    });
    expect((await run(deletion, id)).__typename).toBe('NotFound');
  });

  test('is deleted by who manages guests, of their own organisation', async () => {
    const id = await register('dora');
    expect((await run(deletion, id, viewerOf(newUuid(), 'OWNER'))).__typename).toBe('NotFound');
    const herself = viewerOf(organisationId, 'GUEST', 'dora@example.com');
    const { errors } = await graph.ask(herself, deletion, { id });
    expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('after the retention', () => {
  test('a guest is erased, and the row that orders name stays', async () => {
    const id = await register('eve');
    await run(deletion, id);
    await overdue(id);
    expect((await run(restoration, id)).__typename).toBe('NotFound');
    const purge = purgeGuest(graph.encryption);
    const failed = (error: unknown) => {
      throw error;
    };
    expect(await createGuestDeletion(30).purgeDue(db.database, purge, failed)).toBe(1);
    expect(await createGuestDeletion(30).purgeDue(db.database, purge, failed)).toBe(0);
    expect((await seen(id, 'eve')).one).toEqual({ name: 'Erased guest' });
    expect(await logged(id)).toContain('guest-erased');
  });

  test('who buys again before the purge is somebody new', async () => {
    const id = await register('finn');
    await run(deletion, id);
    await overdue(id);
    const again = await register('finn');
    expect(again).not.toBe(id);
    expect(await logged(id)).toContain('guest-erased');
  });
});

describe('a guest who buys while deleted', () => {
  const services = (database: Database) => ({
    database,
    viewer: owner,
    encryption: graph.encryption,
    guestDeletion: createGuestDeletion(30),
    onCommit: () => undefined,
  });
  const buy = (name: string) => (database: Database) =>
    registerGuest(services(database), { email: `${name}@example.com`, name, locale: 'en' });
  const remove = (id: string) => (database: Database) =>
    deleteGuest(services(database), decodeId('Guest', id)!);

  test('is back when the purchase waited for the deletion', async () => {
    const id = await register('gina');
    const [outcome, guest] = await interleave(db.database, owner, remove(id), buy('gina'));
    expect(outcome.ok).toBe(true);
    expect(guest.id).toBe(decodeId('Guest', id));
    expect(await seen(id, 'gina')).toMatchObject({ listed: 1, deleted: false });
  });

  test('without the lock the purchase would be of somebody who is gone', async () => {
    const id = await register('hugo');
    await interleave(db.database, owner, remove(id), (free) => buy('hugo')(withoutLocks(free)));
    expect(await seen(id, 'hugo')).toEqual(hidden);
  });
});
