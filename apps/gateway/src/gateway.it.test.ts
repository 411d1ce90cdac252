import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { scopesOf, signViewer } from '@marquee/subgraph';
import { generateKeyPair } from 'jose';
import {
  ask,
  claims,
  foreignVenueId,
  internalSecret,
  occurrenceId,
  organisationId,
  otherOrganisationId,
  startFakePlatform,
  venueId,
  type Answer,
  type FakePlatform,
} from './fake-platform.test-support.ts';

let platform: FakePlatform;
let guest: string;
let organiser: string;

beforeAll(async () => {
  platform = await startFakePlatform();
  guest = await platform.issuer.sign();
  organiser = await platform.issuer.sign({
    role: 'ORGANISER',
    scopes: [...scopesOf('ORGANISER')],
    sub: 'acc_2',
  });
});

afterAll(async () => {
  await platform.stop();
});

const errorOf = ({ body }: Answer) => body.errors?.[0] ?? { message: '', extensions: {} };

describe('who asks', () => {
  test('the token becomes the viewer that services see', async () => {
    const { body } = await ask(platform.gateway, '{ whoAmI }', { token: organiser });
    expect(body.data?.['whoAmI']).toBe(`ORGANISER of ${organisationId}`);
    expect(platform.behaviour.viewers.at(-1)).toMatchObject({
      subject: 'acc_2',
      scopes: scopesOf('ORGANISER'),
    });
  });

  test('without a token only the schema can be asked for; data is 401', async () => {
    const empty = await ask(platform.gateway, '{ __typename }', { headers: { authorization: 'Bearer ' } });
    expect(empty.status).toBe(200);
    expect((await ask(platform.gateway, '{ __typename __schema { queryType { name } } }')).body.data).toEqual(
      {
        __typename: 'Query',
        __schema: { queryType: { name: 'Query' } },
      },
    );
    const seen = platform.behaviour.viewers.length;
    for (const query of [
      '{ whoAmI }',
      `{ node(id: "${venueId}") { id } }`,
      '{ node(id: "nothing") { id } }',
    ]) {
      const answer = await ask(platform.gateway, query);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(errorOf(answer).extensions['code']).toBe('UNAUTHENTICATED');
    }
    expect(platform.behaviour.viewers).toHaveLength(seen);
  });

  test("a client's own viewer header never passes, not even one that is rightly signed", async () => {
    const forged = signViewer(
      { subject: 'acc_9', organisationId: otherOrganisationId, role: 'OWNER', scopes: scopesOf('OWNER') },
      internalSecret,
    );
    const headers = { 'x-marquee-viewer': forged };
    expect((await ask(platform.gateway, '{ whoAmI }', { headers })).status).toBe(401);
    const { body } = await ask(platform.gateway, '{ whoAmI }', { token: guest, headers });
    expect(body.data?.['whoAmI']).toBe(`GUEST of ${organisationId}`);
  });

  test('a missing scope is refused on its field alone', async () => {
    const answer = await ask(platform.gateway, '{ venues { name takings } }', { token: guest });
    expect(answer.body.data).toEqual({ venues: [{ name: 'Lyceum', takings: null }] });
    expect(errorOf(answer)).toMatchObject({
      path: ['venues', 0, 'takings'],
      extensions: { code: 'FORBIDDEN', serviceName: 'venues' },
    });
  });

  test('tokens that are not right are refused with 401 and a reason', async () => {
    const { issuer } = platform;
    const { privateKey: strange } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const unsigned = (header: object) =>
      `${[header, { ...claims, exp: 4e9 }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
    const cases: [string, RegExp][] = [
      [await issuer.sign({ exp: 1 }), /expired/],
      [await issuer.sign({ aud: 'someone else' }), /not meant/],
      [await issuer.sign({ iss: 'someone else' }), /not meant/],
      [await issuer.sign({}, { key: strange }), /signature/],
      [await issuer.sign({}, { key: strange, header: { kid: 'second' } }), /unknown key/],
      [await issuer.sign({ org: 'not a uuid' }), /claim/],
      [await issuer.sign({ role: 'KING' }), /claim/],
      [await issuer.sign({ scopes: 'all' }), /claim/],
      [unsigned({ alg: 'none' }), /malformed|algorithm/],
      [`${unsigned({ alg: 'HS256' })}AAAA`, /algorithm/],
      ['a.b.c', /malformed/],
      ['x'.repeat(9_000), /too long/],
    ];
    for (const [token, reason] of cases) {
      const answer = await ask(platform.gateway, '{ __typename }', { token });
      expect(answer.status).toBe(401);
      expect(errorOf(answer)).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } });
      expect(errorOf(answer).message).toMatch(reason);
      expect(answer.headers.get('www-authenticate')).toContain('invalid_token');
    }
    const basic = await ask(platform.gateway, '{ __typename }', { headers: { authorization: 'Basic abc' } });
    expect(basic.status).toBe(401);
    expect(platform.logged.join('')).not.toContain(cases[0]![0].slice(-20));
  });
});

describe('the correlation id', () => {
  test('a fit one passes to the services and back, an unfit one is replaced', async () => {
    const answer = await ask(platform.gateway, '{ whoAmI }', {
      token: guest,
      headers: { 'x-correlation-id': 'tour-1' },
    });
    expect(answer.headers.get('x-correlation-id')).toBe('tour-1');
    expect(platform.behaviour.correlationIds.at(-1)).toBe('tour-1');
    const unfit = await ask(platform.gateway, '{ whoAmI }', {
      token: guest,
      headers: { 'x-correlation-id': '<a>' },
    });
    expect(unfit.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('is on every answer, whatever its status', async () => {
    const base = platform.gateway.url;
    const json = { 'content-type': 'application/json' };
    const answers = await Promise.all([
      fetch(`${base}/nowhere`),
      fetch(`${base}/health/live`),
      fetch(`${base}/graphql`, { method: 'DELETE' }),
      fetch(`${base}/graphql`, { method: 'OPTIONS' }),
      fetch(`${base}/graphql`, { method: 'POST', headers: json, body: '{' }),
      fetch(`${base}/graphql`, { method: 'POST', headers: json, body: ' '.repeat(4 * 1024 * 1024 + 1) }),
      fetch(`${base}/graphql`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }),
      fetch(`${base}/graphql`, {
        method: 'POST',
        headers: { ...json, authorization: 'Bearer x' },
        body: '{"query":"{a}"}',
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 405, 204, 400, 413, 415, 401]);
    for (const answer of answers) expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a service's fault is masked under the same id", async () => {
    const answer = await ask(platform.gateway, '{ broken venues { name } }', {
      token: guest,
      headers: { 'x-correlation-id': 'fault-1' },
    });
    expect(answer.body.data).toEqual({ broken: null, venues: [{ name: 'Lyceum' }] });
    expect(errorOf(answer)).toMatchObject({
      message: 'Something went wrong on our side. Quote fault-1 when you report it.',
      path: ['broken'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId: 'fault-1', serviceName: 'venues' },
    });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  });
});

describe('node(id:)', () => {
  const find = (id: string) =>
    ask(
      platform.gateway,
      {
        query:
          'query ($id: ID!) { node(id: $id) { __typename id ... on Venue { name } ... on Occurrence { startsAt } } }',
        variables: { id },
      },
      { token: guest },
    );

  test('answers a thing of each service with its own fields', async () => {
    expect((await find(venueId)).body).toEqual({
      data: { node: { __typename: 'Venue', id: venueId, name: 'Lyceum' } },
    });
    expect((await find(occurrenceId)).body).toEqual({
      data: { node: { __typename: 'Occurrence', id: occurrenceId, startsAt: '1970-01-01T00:00:00.000Z' } },
    });
  });

  test("answers null for what is unknown, another organisation's, malformed or of no Node type", async () => {
    const ids = [
      encodeId('Venue', newUuid()),
      foreignVenueId,
      'ven_nonsense',
      '',
      'x'.repeat(10_000),
      encodeId('Order', newUuid()),
    ];
    for (const id of ids) expect((await find(id)).body).toEqual({ data: { node: null } });
  });

  test('takes several at once under aliases', async () => {
    const query = `{ a: node(id: "${venueId}") { id } b: node(id: "${foreignVenueId}") { id } c: node(id: "${occurrenceId}") { __typename } }`;
    expect((await ask(platform.gateway, query, { token: guest })).body).toEqual({
      data: { a: { id: venueId }, b: null, c: { __typename: 'Occurrence' } },
    });
  });
});

describe('limits', () => {
  const nested = (depth: number) =>
    `{ venues ${'{ parent '.repeat(depth - 2)}{ id }${' }'.repeat(depth - 2)} }`;

  test('fifteen fields deep passes and sixteen is refused, also through fragments', async () => {
    expect((await ask(platform.gateway, nested(15), { token: guest })).body.errors).toBeUndefined();
    const deep = await ask(platform.gateway, nested(16), { token: guest });
    expect(deep.status).toBe(400);
    expect(errorOf(deep)).toMatchObject({
      message: 'The operation is 16 fields deep; 15 are allowed.',
      extensions: { code: 'LIMIT_EXCEEDED' },
    });
    const fragments = `{ venues { ...F0 } } ${Array.from({ length: 20 }, (_, n) => `fragment F${n} on Venue { parent { ${n < 19 ? `...F${n + 1}` : 'id'} } }`).join(' ')}`;
    expect((await ask(platform.gateway, fragments, { token: guest })).status).toBe(400);
  });

  test.each([
    ['aliases', `{ ${Array.from({ length: 201 }, (_, n) => `a${n}: whoAmI`).join(' ')} }`, /201 aliases/],
    ['root fields', `{ ${'whoAmI '.repeat(51)} }`, /51 root fields/],
    ['tokens', `{ ${'whoAmI '.repeat(10_001)} }`, /tokens/],
    [
      'fragments that double',
      `{ venues { ...F0 } } ${Array.from({ length: 12 }, (_, n) => `fragment F${n} on Venue { ...F${n + 1} ...F${n + 1} }`).join(' ')} fragment F12 on Venue { id name }`,
      /8193 fields/,
    ],
    [
      'fragments in a circle',
      '{ venues { ...A } } fragment A on Venue { ...B } fragment B on Venue { ...A }',
      /within itself/,
    ],
  ])('too many %s are refused', async (_, query, reason) => {
    const answer = await ask(platform.gateway, query, { token: guest });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toMatch(reason);
  });

  test('several operations in one body are refused', async () => {
    const answer = await ask(platform.gateway, [{ query: '{ whoAmI }' }], { token: guest });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toBe('Send one operation a request.');
  });

  test('a malformed variable is refused by its name before a service is asked', async () => {
    const seen = platform.behaviour.viewers.length;
    const answer = await ask(
      platform.gateway,
      { query: 'query ($at: DateTime) { at(at: $at) }', variables: { at: 'tomorrow' } },
      { token: guest },
    );
    expect(answer.status).toBe(400);
    expect(errorOf(answer).message).toMatch(/\$at.*RFC 3339/);
    expect(errorOf(answer).extensions['code']).toBe('BAD_USER_INPUT');
    expect((await ask(platform.gateway, '{ at(at: "2027-02-30T00:00:00Z") }', { token: guest })).status).toBe(
      400,
    );
    expect(platform.behaviour.viewers).toHaveLength(seen);
    const fit = await ask(platform.gateway, '{ at(at: "2027-03-20T19:00:00+01:00") }', { token: guest });
    expect(fit.body.data?.['at']).toBe('2027-03-20T18:00:00.000Z');
  });

  test('a subscription by a plain request is told where to go', async () => {
    const answer = await ask(platform.gateway, 'subscription { venueRenamed { id } }', { token: guest });
    expect(answer.status).toBe(400);
    expect(errorOf(answer).extensions['code']).toBe('BAD_REQUEST');
  });

  test('an argument that a service refuses makes a bad request, and names its field', async () => {
    const answer = await ask(platform.gateway, '{ page(first: 0) }', { token: guest });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({
      message: 'first must be from 1 to 100',
      path: ['page'],
      extensions: { code: 'BAD_USER_INPUT', field: 'first' },
    });
    expect((await ask(platform.gateway, '{ page(first: 1) }', { token: guest })).status).toBe(200);
  });

  test('a reference to what its owner does not know is an error, not a silent hole', async () => {
    const answer = await ask(platform.gateway, '{ occurrences { lostVenue { id name } } }', { token: guest });
    expect(answer.body.data).toEqual({ occurrences: [{ lostVenue: null }] });
    expect(answer.body.errors).toEqual([
      {
        message: expect.stringContaining('Part of the answer is missing.'),
        path: ['occurrences', 0, 'lostVenue', 'name'],
        extensions: { code: 'DATA_INCOMPLETE', correlationId: answer.headers.get('x-correlation-id') },
      },
    ]);
  });
});
