import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readStream, streamId } from '@marquee/event-log';
import { decodeId, newUuid } from '@marquee/kernel';
import { Client } from 'pg';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { guestEntity } from './guest.entity.ts';

let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
let organisationId: string;

beforeAll(async () => {
  db = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
  graph = await serveForTest(db.database);
});
afterAll(async () => {
  await graph?.drain();
  await db?.drop();
});
beforeEach(() => {
  organisationId = newUuid();
});

async function register(input: object, viewer = viewerOf(organisationId, 'ORGANISER')) {
  const { data, errors } = await graph.ask(viewer, registerDocument, { input });
  return data?.registerGuest ?? errors;
}

async function eventsOf(guestId: string) {
  const uuid = decodeId('Guest', guestId)!;
  return db.database.read({ organisationId }, (tx) =>
    readStream(tx, streamId('guest', uuid), { interceptors: [graph.encryption.within(tx).read] }),
  );
}

async function guestCount(): Promise<number> {
  const [row] = await db.database.read({ organisationId }, (tx) =>
    tx.rows<{ count: string }>('select count(*) from guest'),
  );
  return Number(row!.count);
}

describe('registerGuest', () => {
  test('makes a guest and its event, and wakes the relay', async () => {
    const before = graph.commits();
    const registered = await register({ email: ' Ada@EXAMPLE.com', name: ' Ada ', locale: 'de-at' });
    expect(registered).toMatchObject({
      __typename: 'GuestRegistered',
      guest: { id: registered.guestId, name: 'Ada', email: 'Ada@example.com', locale: 'de-AT' },
    });
    expect(await eventsOf(registered.guestId)).toMatchObject([
      {
        type: 'guests.guest-registered.v1',
        version: 1,
        data: { name: 'Ada', email: 'Ada@example.com', locale: 'de-AT', phone: null },
        actor: 'ORGANISER ',
      },
    ]);
    expect(graph.commits()).toBe(before + 1);
  });

  test('answers the guest it knows by the address, whatever its case, and leaves its name alone', async () => {
    const first = await register({ email: 'ada@example.com', name: 'Ada' });
    const again = await register({ email: 'ADA@Example.COM', name: 'Eve' });
    expect(again).toMatchObject({ guestId: first.guestId, guest: { name: 'Ada', email: 'ada@example.com' } });
    expect(await eventsOf(first.guestId)).toHaveLength(1);
  });

  test('fifty at once make one guest and one event', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        register({ email: index % 2 ? 'rush@example.com' : 'RUSH@example.com', name: `Guest ${index}` }),
      ),
    );
    expect(new Set(answers.map((answer) => answer.__typename))).toEqual(new Set(['GuestRegistered']));
    expect(new Set(answers.map((answer) => answer.guestId)).size).toBe(1);
    expect(await guestCount()).toBe(1);
    expect(await eventsOf(answers[0].guestId)).toHaveLength(1);
  });

  test('the race above is real: without the unique key fifty at once make more than one guest', async () => {
    const unguarded = await testDatabase({ name: 'guests', migrations, entities: [guestEntity] });
    const raced = await serveForTest(unguarded.database);
    try {
      const owner = new Client({ connectionString: unguarded.ownerUrl });
      await owner.connect();
      // The same name, so that the statement still finds a constraint; but one that nothing conflicts with.
      await owner.query(`alter table guest drop constraint guest_email_key,
                         add constraint guest_email_key unique (organisation_id, email_key, id)`);
      await owner.end();
      const race = async (email: string) => {
        const answers = await Promise.all(
          Array.from({ length: 50 }, () =>
            raced.ask(viewerOf(organisationId, 'ORGANISER'), registerDocument, {
              input: { email, name: 'Ada' },
            }),
          ),
        );
        return new Set(answers.map(({ data }) => data.registerGuest.guestId)).size;
      };
      // The first rush opens the pool's connections, which puts those who wait for one behind the others.
      await race('warm@example.com');
      const guests = [await race('a@example.com'), await race('b@example.com'), await race('c@example.com')];
      expect(Math.max(...guests)).toBeGreaterThan(1);
    } finally {
      await raced.drain();
      await unguarded.drop();
    }
  });

  test('two organisations each have their own guest of an address', async () => {
    const ours = await register({ email: 'ada@example.com', name: 'Ada' });
    const theirs = await register(
      { email: 'ada@example.com', name: 'Ada L.' },
      viewerOf(newUuid(), 'ORGANISER'),
    );
    expect(theirs.guestId).not.toBe(ours.guestId);
    expect(theirs.guest.name).toBe('Ada L.');
  });

  test('tells a buyer the id of any address, but nothing about whose it is or since when it is known', async () => {
    const buyer = viewerOf(organisationId, 'GUEST', 'eve@example.com');
    await register({ email: 'ada@example.com', name: 'Ada Lovelace' });
    const known = await register({ email: 'ada@example.com', name: 'x' }, buyer);
    const fresh = await register({ email: 'new@example.com', name: 'x' }, buyer);
    expect(known).toMatchObject({ __typename: 'GuestRegistered', guest: null });
    expect(fresh).toMatchObject({ __typename: 'GuestRegistered', guest: null });
    const times = [known, fresh].map(({ guestId }) => decodeId('Guest', guestId)!.slice(0, 13));
    expect(times[0]).toBe(times[1]);
  });

  test('a buyer who registers itself sees itself', async () => {
    const buyer = viewerOf(organisationId, 'GUEST', 'Eve@example.com');
    expect(await register({ email: 'eve@EXAMPLE.com', name: 'Eve' }, buyer)).toMatchObject({
      guest: { name: 'Eve' },
    });
  });

  test('a scanner may not register guests', async () => {
    const refused = await register(
      { email: 'a@example.com', name: 'A' },
      viewerOf(organisationId, 'SCANNER'),
    );
    expect(refused).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test.each([
    ['email', { email: 'nobody', name: 'Ada' }],
    ['email', { email: 'a'.repeat(1_000_000), name: 'Ada' }],
    ['name', { email: 'ada@example.com', name: '  ' }],
    ['name', { email: 'ada@example.com', name: 'a'.repeat(201) }],
    ['name', { email: 'ada@example.com', name: 'A\u0000da' }],
    ['locale', { email: 'ada@example.com', name: 'Ada', locale: 'Klingon!' }],
  ])('refuses a bad %s and writes nothing', async (field, input) => {
    expect(await register(input)).toMatchObject({ __typename: 'InvalidInput', field });
    expect(await guestCount()).toBe(0);
  });

  test('a returning guest costs one statement, a new one with its key five', async () => {
    const statements: string[] = [];
    const stop = db.database.observe((sql) => statements.push(sql));
    await register({ email: 'ada@example.com', name: 'Ada' }, viewerOf(organisationId, 'GUEST'));
    const forNew = statements.splice(0).length;
    await register({ email: 'ada@example.com', name: 'Ada' }, viewerOf(organisationId, 'GUEST'));
    stop();
    expect({ forNew, forKnown: statements.length }).toEqual({ forNew: 5, forKnown: 1 });
  });
});
