import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, invalid, newUuid } from '@marquee/kernel';
import { createMetrics, currentCorrelation, createLogger } from '@marquee/telemetry';
import { GraphQLError } from 'graphql';
import {
  runSubgraph,
  schemaPrelude,
  scopesOf,
  signViewer,
  toResult,
  type RunningSubgraph,
  type SubgraphOptions,
  type Viewer,
} from './index.ts';

const secret = 'a secret of at least thirty-two characters';
const organisationId = newUuid();
const guest: Viewer = { subject: 'acc_1', organisationId, role: 'GUEST', scopes: scopesOf('GUEST') };
const organiser: Viewer = { ...guest, subject: 'acc_2', role: 'ORGANISER', scopes: scopesOf('ORGANISER') };

const schema = `${schemaPrelude()}
extend type Query {
  open: String
  named: String @authenticated
  managed: String @requiresScopes(scopes: [["events:manage", "catalogue:read"], ["tickets:scan"]])
  private: Private
  broken: String
  refused: String
  actor: String
  now: DateTime
  echo(at: DateTime, amount: BigInt, local: LocalDateTime): String
  amounts: [BigInt!]
}
extend type Mutation { rename(name: String!): RenameResult! @requiresScopes(scopes: [["events:manage"]]) }
type Thing @key(fields: "id") { id: ID! secret: String @requiresScopes(scopes: [["guests:read"]]) }
type Private @requiresScopes(scopes: [["analytics:read"]]) { total: Int }
type Renamed { name: String! }
union RenameResult = Renamed | InvalidInput
`;

const resolvers = {
  Query: {
    open: () => 'open',
    named: (_: unknown, __: unknown, context: { viewer: Viewer }) => context.viewer.subject,
    managed: () => 'managed',
    private: () => ({ total: 1 }),
    broken: () => {
      throw new Error('connection string postgres://secret', { cause: new Error('deep') });
    },
    refused: () => {
      throw new GraphQLError('no such page', { extensions: { code: 'BAD_USER_INPUT' } });
    },
    actor: () => currentCorrelation()?.actor,
    now: () => new Date('2027-03-20T19:00:00+01:00'),
    echo: (_: unknown, args: { at?: Date; amount?: bigint; local?: string }) =>
      [args.at?.toISOString(), args.amount, args.local].join('|'),
    amounts: () => [1n, '2', 3, 9007199254740993n],
  },
  Mutation: {
    rename: (_: unknown, { name }: { name: string }) =>
      toResult(name ? accept({ name }) : invalid('name', 'must not be empty'), (value) => ({
        __typename: 'Renamed',
        ...value,
      })),
  },
  Thing: { __resolveReference: ({ id }: { id: string }) => (id === 'none' ? null : { id, secret: 's' }) },
};

let subgraph: RunningSubgraph;
let logged: string[];
let drained: number;
let databaseIsUp: boolean;

function options(): SubgraphOptions<{ viewer: Viewer }> {
  return {
    name: 'things',
    host: '127.0.0.1',
    port: 0,
    internalSecret: secret,
    schema,
    resolvers,
    context: ({ viewer }) => ({ viewer }),
    readiness: {
      database: async () => {
        if (!databaseIsUp) throw Object.assign(new Error('password=hunter2'), { code: 'ECONNREFUSED' });
      },
    },
    status: () => ({ lag: 0 }),
    metrics: createMetrics(),
    logger: createLogger({
      service: 'things',
      level: 'info',
      destination: { write: (line) => logged.push(line) },
    }),
    onDrain: async () => {
      drained += 1;
    },
    stopOnSignals: false,
  };
}

beforeEach(async () => {
  logged = [];
  drained = 0;
  databaseIsUp = true;
  subgraph = await runSubgraph(options());
});

afterEach(async () => {
  await subgraph.drain();
});

async function send(
  body: unknown,
  headers: Record<string, string> = { 'x-marquee-viewer': signViewer(guest, secret) },
) {
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { response, result: (await response.json()) as { data?: any; errors?: any[] } };
}

const as = (viewer: Viewer) => ({ 'x-marquee-viewer': signViewer(viewer, secret) });

describe('access', () => {
  test('a request without a viewer is refused with 401, whatever it asks', async () => {
    const entities = '{ _entities(representations: [{ __typename: "Thing", id: "1" }]) { __typename } }';
    for (const query of ['{ open }', entities, '{ _service { sdl } }', '{ __typename }']) {
      const { response, result } = await send({ query }, {});
      expect(response.status).toBe(401);
      expect(result.errors?.[0].extensions.code).toBe('UNAUTHENTICATED');
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
      expect((await send({ query: '{ open }' }, { 'x-marquee-viewer': value })).response.status).toBe(401);
    }
  });

  test('a viewer without the scope is refused on the field, and keeps the rest', async () => {
    const { result } = await send({ query: '{ open managed }' });
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
      expect((await send({ query: '{ managed named }' }, as(viewer))).result.data).toEqual({
        managed: 'managed',
        named: viewer.subject,
      });
    }
  });

  test('a directive on a type guards every field that answers it', async () => {
    expect((await send({ query: '{ private { total } }' })).result.errors?.[0].extensions.code).toBe(
      'FORBIDDEN',
    );
    expect((await send({ query: '{ private { total } }' }, as(organiser))).result.data.private.total).toBe(1);
  });

  test('a field of an entity is guarded behind _entities too', async () => {
    const query = `{ _entities(representations: [{ __typename: "Thing", id: "1" }, { __typename: "Thing", id: "none" }]) { ... on Thing { id secret } } }`;
    const { result } = await send({ query });
    expect(result.data._entities).toEqual([{ id: '1', secret: null }, null]);
    expect(result.errors?.[0].extensions.code).toBe('FORBIDDEN');
    expect((await send({ query }, as(organiser))).result.data._entities[0].secret).toBe('s');
  });

  test('the actor of the correlation is the viewer', async () => {
    expect((await send({ query: '{ actor }' })).result.data.actor).toBe('acc_1');
  });
});

describe('faults', () => {
  test('a fault is masked, carries the correlation id and is logged whole with its cause', async () => {
    const { response, result } = await send(
      { query: '{ broken }' },
      { ...as(guest), 'x-correlation-id': 'order-7' },
    );
    expect(response.headers.get('x-correlation-id')).toBe('order-7');
    expect(result.errors?.[0]).toMatchObject({
      message: 'Something went wrong on our side. Quote order-7 when you report it.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'order-7' },
    });
    expect(JSON.stringify(result)).not.toContain('postgres');
    const line = logged.find((entry) => entry.includes('a request met a fault'))!;
    expect(line).toContain('connection string');
    expect(line).toContain('deep');
    expect(JSON.parse(line).correlationId).toBe('order-7');
  });

  test('an error with a code of its own passes', async () => {
    expect((await send({ query: '{ refused }' })).result.errors?.[0]).toMatchObject({
      message: 'no such page',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  test('an unfit correlation id is replaced', async () => {
    const { response } = await send({ query: '{ open }' }, { ...as(guest), 'x-correlation-id': 'a b<c>' });
    expect(response.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('limits', () => {
  test('a body that is no JSON, no UTF-8, too deep or too long is refused with its reason', async () => {
    const cases: [string | Uint8Array, number, RegExp][] = [
      ['{ nonsense', 400, /not valid JSON/],
      [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, /not UTF-8/],
      [`{"query":"{ open }","variables":${'['.repeat(100)}${']'.repeat(100)}}`, 400, /64 levels/],
      [JSON.stringify({ query: 'x'.repeat(4 * 1024 * 1024) }), 413, /at most 4194304 bytes/],
    ];
    for (const [body, status, message] of cases) {
      const response = await fetch(subgraph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...as(guest) },
        body,
      });
      expect(response.status).toBe(status);
      expect(((await response.json()) as any).errors[0].message).toMatch(message);
      expect(response.headers.get('x-correlation-id')).toBeTruthy();
    }
  });

  test('a streamed body is cut off where it passes the limit', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 0x20);
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(chunk);
      },
    });
    const request = fetch(subgraph.url, {
      method: 'POST',
      headers: as(guest),
      body: stream,
      duplex: 'half',
    } as never);
    // Depending on who is quicker the client sees the answer or the closed connection.
    const status = await request.then(
      (response) => response.status,
      () => 413,
    );
    expect(status).toBe(413);
  });

  test('a compressed body is refused', async () => {
    expect(
      (await send({ query: '{ open }' }, { ...as(guest), 'content-encoding': 'gzip' })).response.status,
    ).toBe(415);
  });

  test('an operation with too many root fields is refused before it is validated', async () => {
    const query = `{ ${Array.from({ length: 501 }, () => 'open').join(' ')} }`;
    const { response, result } = await send({ query });
    expect(response.status).toBe(400);
    expect(result.errors?.[0]).toMatchObject({ extensions: { code: 'LIMIT_EXCEEDED' } });
  });

  test('a document of too many tokens is refused', async () => {
    const { response, result } = await send({ query: `{ ${'open '.repeat(40_001)} }` });
    expect(response.status).toBe(400);
    expect(result.errors?.[0].message).toContain('tokens');
  });

  test('only POST is answered', async () => {
    const response = await fetch(`${subgraph.url}?query={open}`, { headers: as(guest) });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test('a message that echoes the input is cut', async () => {
    const { result } = await send({
      query: 'query ($at: DateTime) { echo(at: $at) }',
      variables: { at: 'x'.repeat(1_000_000) },
    });
    expect(result.errors?.[0].message.length).toBeLessThan(600);
  });
});

describe('scalars', () => {
  test('values are parsed on the way in, from variables and literals', async () => {
    const query =
      'query ($at: DateTime, $amount: BigInt, $local: LocalDateTime) { echo(at: $at, amount: $amount, local: $local) }';
    const variables = {
      at: '2027-03-20T19:00:00+01:00',
      amount: '9007199254740993',
      local: '2027-03-20T19:00:30',
    };
    const expected = '2027-03-20T18:00:00.000Z|9007199254740993|2027-03-20T19:00';
    expect((await send({ query, variables })).result.data.echo).toBe(expected);
    const literal =
      '{ echo(at: "2027-03-20T18:00:00Z", amount: 9007199254740993, local: "2027-03-20T19:00") }';
    expect((await send({ query: literal })).result.data.echo).toBe(expected);
  });

  test('values are written in UTC and as numbers while JSON keeps them', async () => {
    expect((await send({ query: '{ now amounts }' })).result.data).toEqual({
      now: '2027-03-20T18:00:00.000Z',
      amounts: [1, 2, 3, '9007199254740993'],
    });
  });

  test.each([
    ['at', '2027-02-30T19:00:00Z', /does not exist/],
    ['at', '2027-03-20T19:00:00', /offset/],
    ['at', 1234, /RFC 3339/],
    ['amount', 1.5, /whole number/],
    ['amount', '1e3', /whole number/],
    ['amount', '9223372036854775808', /64 bits/],
    ['local', '2027-03-20T25:00', /does not exist/],
    ['local', '2027-03-20T19:00Z', /without an offset/],
  ])('%s: %p is refused with 400 and a name', async (name, value, message) => {
    const type = { at: 'DateTime', amount: 'BigInt', local: 'LocalDateTime' }[name];
    const { response, result } = await send({
      query: `query ($value: ${type}) { echo(${name}: $value) }`,
      variables: { value },
    });
    expect(response.status).toBe(400);
    expect(result.errors?.[0].message).toContain('$value');
    expect(result.errors?.[0].message).toMatch(message);
    expect(result.errors?.[0].extensions.code).toBe('BAD_USER_INPUT');
  });
});

test('a refusal becomes the member of the union that its kind names', async () => {
  const query =
    'mutation ($name: String!) { rename(name: $name) { __typename ... on Renamed { name } ... on Refusal { message } ... on InvalidInput { field } } }';
  expect((await send({ query, variables: { name: 'a' } }, as(organiser))).result.data.rename).toEqual({
    __typename: 'Renamed',
    name: 'a',
  });
  expect((await send({ query, variables: { name: '' } }, as(organiser))).result.data.rename).toEqual({
    __typename: 'InvalidInput',
    field: 'name',
    message: 'must not be empty',
  });
});

describe('health', () => {
  const base = () => subgraph.url.replace('/graphql', '');

  test('a process is live even while it is not ready, and says which check failed without secrets', async () => {
    expect((await fetch(`${base()}/health/ready`)).status).toBe(200);
    databaseIsUp = false;
    expect((await fetch(`${base()}/health/live`)).status).toBe(200);
    const response = await fetch(`${base()}/health/ready`);
    expect(response.status).toBe(503);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({
      status: 'not ready',
      service: 'things',
      checks: { database: { ok: false, error: 'ECONNREFUSED' } },
      details: { lag: 0 },
    });
    expect(body).not.toContain('hunter2');
  });

  test('metrics are served as text', async () => {
    await send({ query: '{ open }' });
    const response = await fetch(`${base()}/metrics`);
    expect(response.headers.get('content-type')).toContain('text/plain');
    expect(await response.text()).toMatch(/marquee_http_request_seconds_count\{.*path="\/graphql".*\} 1/);
  });

  test('an unknown path is 404', async () => {
    expect((await fetch(`${base()}/nothing`)).status).toBe(404);
  });
});

test('draining answers what runs, takes nothing new and runs onDrain once', async () => {
  let release = () => {};
  const wait = new Promise<void>((resolve) => {
    release = resolve;
  });
  let entered = () => {};
  const hasEntered = new Promise<void>((resolve) => {
    entered = resolve;
  });
  const slow = await runSubgraph({
    ...options(),
    resolvers: {
      ...resolvers,
      Query: {
        ...resolvers.Query,
        open: async () => {
          entered();
          await wait;
          return 'late';
        },
      },
    },
  });
  const answer = fetch(slow.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...as(guest) },
    body: '{"query":"{ open }"}',
  });
  await hasEntered;
  const draining = Promise.all([slow.drain(), slow.drain()]);
  await expect(fetch(slow.url.replace('graphql', 'health/live'))).rejects.toThrow();
  expect(drained).toBe(0);
  release();
  expect(await (await answer).json()).toEqual({ data: { open: 'late' } });
  await draining;
  expect(drained).toBe(1);
});

describe('a schema and resolvers that do not fit stop the start', () => {
  test.each([
    ['an unknown type', { ...resolvers, Thong: {} }, /Thong/],
    ['an unknown field', { ...resolvers, Thing: { name: () => 'x' } }, /Thing\.name/],
    ['an unanswered root field', { ...resolvers, Mutation: {} }, /Mutation\.rename/],
  ])('%s', async (_, unfit, message) => {
    await expect(runSubgraph({ ...options(), resolvers: unfit })).rejects.toThrow(message);
  });
});
