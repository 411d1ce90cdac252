import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import type { Role, Viewer } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { registerDocument, serveForTest, viewerOf } from '../harness.test-support.ts';
import { migrations } from '../migrations/index.ts';
import { guestEntity } from './guest.entity.ts';

let db: TestDatabase;
let graph: Awaited<ReturnType<typeof serveForTest>>;
let organisationId: string;
let staff: Viewer;

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
  staff = viewerOf(organisationId, 'ORGANISER');
});

async function register(email: string, name: string): Promise<string> {
  const { data } = await graph.ask(staff, registerDocument, { input: { email, name } });
  return data.registerGuest.guestId;
}

async function list(variables: object, viewer = staff) {
  const document = `query List($first: Int, $after: String, $search: String) {
    guests(first: $first, after: $after, search: $search) {
      edges { cursor node { id name email } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;
  const { data, errors } = await graph.ask(viewer, document, variables);
  return data?.guests ?? errors;
}

async function namesOf(variables: object): Promise<string[]> {
  const { edges } = await list(variables);
  return edges.map(({ node }: { node: { name: string } }) => node.name);
}

async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const stop = db.database.observe((sql) => statements.push(sql));
  await work();
  stop();
  return statements;
}

const entities = `query Entities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename ... on Guest { name consents { purpose } consentHistory(first: 2) { edges { node { id } } } }
  }
}`;

describe('guests', () => {
  test('are listed by name without regard to case or accents, in pages that meet', async () => {
    const names = ['Zoë', 'émile', 'Eva', 'Ödön', 'ada', 'Ада'];
    for (const [index, name] of names.entries()) await register(`guest${index}@example.com`, name);
    const expected = ['ada', 'émile', 'Eva', 'Ödön', 'Zoë', 'Ада'];
    expect(await namesOf({})).toEqual(expected);

    const pages: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ first: 2, after });
      pages.push(...page.edges.map(({ node }: { node: { name: string } }) => node.name));
      expect(page.pageInfo).toMatchObject({
        hasPreviousPage: after !== null,
        startCursor: page.edges[0].cursor,
        endCursor: page.edges.at(-1).cursor,
      });
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(pages).toEqual(expected);
  });

  test('of the same name are told apart by id, so that no page skips one', async () => {
    for (let index = 0; index < 5; index++) await register(`same${index}@example.com`, 'Ada');
    const first = await list({ first: 3 });
    const second = await list({ first: 3, after: first.pageInfo.endCursor });
    const ids = [...first.edges, ...second.edges].map(({ node }: { node: { id: string } }) => node.id);
    expect(new Set(ids).size).toBe(5);
  });

  test('are found by any part of name or address', async () => {
    await register('emilie@example.com', 'Émilie du Châtelet');
    await register('ada@lovelace.example', 'Ada');
    expect(await namesOf({ search: 'CHATEL' })).toEqual(['Émilie du Châtelet']);
    expect(await namesOf({ search: 'châtelet' })).toEqual(['Émilie du Châtelet']);
    expect(await namesOf({ search: '@LOVE' })).toEqual(['Ada']);
    expect(await namesOf({ search: '%' })).toEqual([]);
    expect(await namesOf({ search: "' or true --" })).toEqual([]);
  });

  test('of a long name in a ligature that folds to eighteen letters are kept and listed', async () => {
    const name = '\ufdfa'.repeat(200);
    await register('long@example.com', name);
    expect(await namesOf({})).toEqual([name]);
  });

  test.each(['GUEST', 'SCANNER'] as const)('are not listed for a %s', async (role: Role) => {
    expect(await list({}, viewerOf(organisationId, role))).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('of another organisation are never listed', async () => {
    await register('ada@example.com', 'Ada');
    expect(await list({}, viewerOf(newUuid(), 'OWNER'))).toMatchObject({ edges: [] });
  });

  test.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['after', { after: 'nonsense' }],
    ['after', { after: Buffer.from('["a","b"]').toString('base64url') }],
    ['after', { after: 'x'.repeat(100_000) }],
    ['search', { search: 'x'.repeat(1_000_000) }],
    ['search', { search: 'a\u0000b' }],
  ])('refuse the bad argument %s by name', async (field, variables) => {
    expect(await list(variables)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  test('a page costs one statement', async () => {
    for (let index = 0; index < 5; index++) await register(`page${index}@example.com`, 'Ada');
    expect(await statementsOf(() => list({ first: 5 }))).toHaveLength(1);
  });
});

describe('a guest', () => {
  const document = 'query Guest($id: ID!) { guest(id: $id) { name email } }';
  const read = async (id: string, viewer = staff) => {
    const { data, errors } = await graph.ask(viewer, document, { id });
    return errors ?? data.guest;
  };

  test('is read by staff and by herself, and is null for everybody else', async () => {
    const ada = await register('ada@example.com', 'Ada');
    const seen = { name: 'Ada', email: 'ada@example.com' };
    expect(await read(ada)).toEqual(seen);
    expect(await read(ada, viewerOf(organisationId, 'GUEST', 'Ada@Example.com'))).toEqual(seen);
    expect(await read(ada, viewerOf(organisationId, 'GUEST', 'eve@example.com'))).toBeNull();
    expect(await read(ada, viewerOf(organisationId, 'SCANNER'))).toBeNull();
    expect(await read(ada, viewerOf(newUuid(), 'OWNER', 'ada@example.com'))).toBeNull();
    expect(await read(encodeId('Guest', newUuid()))).toBeNull();
  });

  test.each(['', 'gst_', encodeId('Venue', newUuid()), 'x'.repeat(1_000_000)])(
    'is not asked for by the id %.20j',
    async (id) => {
      expect(await read(id)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'id' } }]);
    },
  );

  test('is found as an entity, a hundred of them in as many statements as one', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 20; index++) ids.push(await register(`e${index}@example.com`, `E${index}`));
    const representationsOf = (some: string[]) => some.map((id) => ({ __typename: 'Guest', id }));
    const unknown = [encodeId('Guest', newUuid()), 'nonsense', ids[0]!];
    const ask = (some: string[]) =>
      graph.ask(staff, entities, { representations: representationsOf([...some, ...unknown]) });
    const one = await statementsOf(() => ask([ids[0]!]));
    const all = await statementsOf(async () => {
      const { data } = await ask(ids);
      expect(data._entities.map((entity: { name: string } | null) => entity?.name ?? null)).toEqual([
        ...ids.map((_, index) => `E${index}`),
        null,
        null,
        'E0',
      ]);
    });
    expect({ one: one.length, all: all.length }).toEqual({ one: 3, all: 3 });
  });
});

describe('the viewer', () => {
  const document = 'query Me { viewer { id role scopes organisationId guest { name email } } }';

  test('is who the token says, with the guest of its address', async () => {
    await register('ada@example.com', 'Ada');
    const viewer = { ...viewerOf(organisationId, 'GUEST', 'ADA@example.com'), subject: newUuid() };
    const { data } = await graph.ask(viewer, document);
    expect(data.viewer).toEqual({
      id: encodeId('Viewer', viewer.subject),
      role: 'GUEST',
      scopes: ['catalogue:read', 'tickets:hold'],
      organisationId: encodeId('Organisation', organisationId),
      guest: { name: 'Ada', email: 'ada@example.com' },
    });
  });

  test('has no guest where the token names no address, or one that is not known', async () => {
    for (const email of [undefined, 'nobody@example.com']) {
      const { data } = await graph.ask(viewerOf(organisationId, 'GUEST', email), document);
      expect(data.viewer).toMatchObject({ role: 'GUEST', guest: null });
    }
  });

  test('is found as an entity by its own id only', async () => {
    const viewer = viewerOf(organisationId, 'OWNER');
    const { data } = await graph.ask(viewer, document);
    const ids = [data.viewer.id, encodeId('Viewer', newUuid())];
    const answer = await graph.ask(
      viewer,
      'query E($r: [_Any!]!) { _entities(representations: $r) { ... on Viewer { role } } }',
      { r: ids.map((id) => ({ __typename: 'Viewer', id })) },
    );
    expect(answer.data._entities).toEqual([{ role: 'OWNER' }, null]);
  });
});
