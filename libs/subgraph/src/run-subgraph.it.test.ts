import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { maxBatch, runSubgraph, scopesOf, signViewer, type Viewer } from './index.ts';
import {
  as,
  guest,
  organiser,
  resolvers,
  secret,
  send,
  startThings,
  type Things,
} from './things.test-support.ts';

let things: Things;

beforeEach(async () => {
  things = await startThings();
});

afterEach(async () => {
  await things.subgraph.drain();
});

describe('access', () => {
  test('a request without a viewer is refused with 401, whatever it asks', async () => {
    const entities = '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { __typename } }';
    for (const query of ['{ open }', entities, '{ _service { sdl } }', '{ __typename }']) {
      const { response, result } = await send(things, { query }, {});
      expect(response.status).toBe(401);
      expect(result.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    }
  });

  test('a forged, an expired and a foreign signature are refused', async () => {
    const signed = signViewer(guest, secret);
    const payload = Buffer.from(JSON.stringify({ viewer: organiser, issuedAtMs: Date.now() })).toString(
      'base64url',
    );
    const forged = `${payload}.${signed.split('.')[1]}`;
    const expired = signViewer(guest, secret, Date.now() - 61_000);
    const foreign = signViewer(guest, 'another secret of thirty-two characters');
    const plain = JSON.stringify(organiser);
    for (const value of [forged, expired, foreign, plain, 'a.b.c', '']) {
      expect((await send(things, { query: '{ open }' }, { 'x-marquee-viewer': value })).response.status).toBe(
        401,
      );
    }
  });

  test('a viewer without the scope is refused on the field, and keeps the rest', async () => {
    const { result } = await send(things, { query: '{ open managed }' });
    expect(result.data).toEqual({ open: 'open', managed: null });
    expect(result.errors?.[0]).toMatchObject({
      message: 'This needs the scope events:manage and catalogue:read, or tickets:scan.',
      path: ['managed'],
      extensions: { code: 'FORBIDDEN' },
    });
  });

  test('any one of the scope sets is enough', async () => {
    const scanner: Viewer = { ...guest, role: 'SCANNER', scopes: scopesOf('SCANNER') };
    for (const viewer of [organiser, scanner]) {
      expect((await send(things, { query: '{ managed named }' }, as(viewer))).result.data).toEqual({
        managed: 'managed',
        named: viewer.subject,
      });
    }
  });

  test('a directive on a type guards every field that answers it', async () => {
    expect(
      (await send(things, { query: '{ private { total } }' })).result.errors?.[0]?.extensions['code'],
    ).toBe('FORBIDDEN');
    const { result } = await send(things, { query: '{ private { total } }' }, as(organiser));
    expect(result.data).toEqual({ private: { total: 1 } });
  });

  test('a field of an entity is guarded behind _entities too', async () => {
    const query = `{ _entities(representations: [{ __typename: "Thing", id: "1" }, { __typename: "Thing", id: "none" }]) { ... on Thing { id secret } } }`;
    const { result } = await send(things, { query });
    expect(result.data?.['_entities']).toEqual([{ id: '1', secret: null }, null]);
    expect(result.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
    const told = await send(things, { query }, as(organiser));
    expect(told.result.data?.['_entities']).toEqual([{ id: '1', secret: 's' }, null]);
  });

  test('the actor of the correlation is the viewer', async () => {
    expect((await send(things, { query: '{ actor }' })).result.data?.['actor']).toBe('acc_1');
  });
});

describe('faults', () => {
  test('a fault is masked, carries the correlation id and is logged whole with its cause', async () => {
    const { response, result } = await send(
      things,
      { query: '{ broken }' },
      { ...as(guest), 'x-correlation-id': 'order-7' },
    );
    expect(response.headers.get('x-correlation-id')).toBe('order-7');
    expect(result.errors?.[0]).toMatchObject({
      message: 'Something went wrong on our side. Quote order-7 when you report it.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'order-7' },
    });
    expect(JSON.stringify(result)).not.toContain('postgres');
    const line = things.logged.find((entry) => entry.includes('a request met a fault'))!;
    expect(line).toContain('connection string');
    expect(line).toContain('deep');
    expect(JSON.parse(line).correlationId).toBe('order-7');
  });

  test('an error with a code of its own passes', async () => {
    expect((await send(things, { query: '{ refused }' })).result.errors?.[0]).toMatchObject({
      message: 'no such page',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('an unfit correlation id is replaced', async () => {
    const { response } = await send(
      things,
      { query: '{ open }' },
      { ...as(guest), 'x-correlation-id': 'a b<c>' },
    );
    expect(response.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

test('a refusal becomes the member of the union that its kind names', async () => {
  const query =
    'mutation ($name: String!) { rename(name: $name) { __typename ... on Renamed { name } ... on Refusal { message } ... on InvalidInput { field } } }';
  expect(
    (await send(things, { query, variables: { name: 'a' } }, as(organiser))).result.data?.['rename'],
  ).toEqual({
    __typename: 'Renamed',
    name: 'a',
  });
  expect(
    (await send(things, { query, variables: { name: '' } }, as(organiser))).result.data?.['rename'],
  ).toEqual({
    __typename: 'InvalidInput',
    field: 'name',
    message: 'must not be empty',
  });
});

describe('a schema and resolvers that do not fit stop the start', () => {
  test.each([
    ['an unknown type', { ...resolvers, Thong: {} }, /Thong/],
    ['an unknown field', { ...resolvers, Thing: { name: () => 'x' } }, /Thing\.name/],
    ['an unanswered root field', { ...resolvers, Mutation: {} }, /Mutation\.rename/],
  ])('%s', async (_, unfit, message) => {
    await expect(runSubgraph({ ...things.options, resolvers: unfit })).rejects.toThrow(message);
  });
});

describe('several reads in one request', () => {
  const lines = async (body: unknown, viewer: Viewer = guest) => {
    const response = await fetch(things.subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...as(viewer) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, lines: text.trimEnd().split('\n').toSorted() };
  };
  const read = (query: string, more: object = {}) => ({
    correlationId: newUuid(),
    ask: { query },
    ...more,
  });

  test('are each answered as if they had come alone', async () => {
    const queries = ['{ open }', '{ managed open }', '{ nothing }', '{ broken }', '{ actor }'];
    const alone = await Promise.all(
      queries.map(async (query, index) => {
        const { response, result } = await send(things, { query });
        return `${index} ${response.status} ${JSON.stringify(result)}`;
      }),
    );
    const together = await lines(queries.map((query) => read(query)));
    const withoutIds = (line: string) => line.replace(/Quote \S+ |"correlationId":"[^"]*"/g, '');
    expect(together.lines.map(withoutIds)).toEqual(alone.map(withoutIds));
    expect(together.status).toBe(200);
  });

  test('are judged by the one viewer whose signature the request bears', async () => {
    expect((await lines([read('{ managed }')], organiser)).lines).toEqual([
      '0 200 {"data":{"managed":"managed"}}',
    ]);
    expect((await lines([read('{ managed }')])).lines[0]).toContain('FORBIDDEN');
  });

  test('have each a time of their own', async () => {
    const answered = await lines([read('{ open }', { remainingMs: 0 }), read('{ open }')]);
    expect(answered.lines[0]).toMatch(/^0 504 .*DEADLINE_EXCEEDED/);
    expect(answered.lines[1]).toBe('1 200 {"data":{"open":"open"}}');
  });

  test.each([
    ['none', []],
    ['too many', Array.from({ length: maxBatch + 1 }, () => read('{ open }'))],
    ['what is no read', [read('{ open }'), { query: '{ open }' }]],
    ['nothing', [null]],
    ['an id that is none', [{ ...read('{ open }'), correlationId: 'two words' }]],
  ])('are refused as a whole: %s', async (_, body) => {
    expect((await lines(body)).status).toBe(400);
  });
});
