import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scopesOf, type HttpRoute } from '@marquee/subgraph';
import { Validator } from '@seriousme/openapi-schema-validator';
import { getNullableType, isInputObjectType, type GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { Compile } from 'typebox/schema';
import { leastOf, someId, startMockServices } from '../clients/mock-services.test-support.ts';
import { noTrustedDocuments } from '../documents/trusted-documents.ts';
import { startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';
import { createEndpoint, idempotencyField, type Endpoint } from './endpoints.ts';
import { addBody, readParameters } from './read-request.ts';
import { createRestRoute, endpointsOf } from './rest-route.ts';
import { restDocuments, restRoutes } from './routes.ts';
import { writeAnswer } from './write-answer.ts';

type Json = Readonly<Record<string, unknown>>;
type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>> };
type Content = { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
type Described = { readonly responses: Readonly<Record<string, Content>>; readonly requestBody?: Content };

const supergraph = readFileSync(join(import.meta.dirname, '../generated/supergraph.graphql'), 'utf8');
const documents = restDocuments();
let schema: GraphQLSchema;
let endpoints: Endpoint[];
let services: Awaited<ReturnType<typeof startMockServices>>;
let platform: FakePlatform;
let token: string;

beforeAll(async () => {
  schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
  endpoints = endpointsOf(schema, { routes: restRoutes, documents });
  services = await startMockServices(supergraph);
  platform = await startFakePlatform({
    ...{ supergraph, serviceUrls: services.urls },
    documents: { mode: 'trusted', trusted: noTrustedDocuments },
  });
  token = await platform.issuer.sign({ role: 'ORGANISER', scopes: [...scopesOf('ORGANISER')] });
});
afterAll(async () => {
  await platform.stop();
  await services.close();
});

const url = (path: string) => `${platform.gateway.url}/v1${path}`;

async function send(path: string, init: RequestInit = {}, signedIn = true) {
  const headers = { ...(init.headers as object), ...(signedIn && { authorization: `Bearer ${token}` }) };
  const response = await fetch(url(path), { ...init, headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: JSON.parse(text || 'null') as Json };
}

/** What of a value is not as a part of the document says. */
const faults = (part: Json, openApi: OpenApi, value: unknown) =>
  Compile({ ...openApi, ...part }).Errors(value)[1];

const endpointOf = (operation: string) => endpoints.find(({ route }) => route.operation === operation)!;

/** A request that holds the least that an endpoint takes. */
function leastRequest(endpoint: Endpoint): readonly [string, RequestInit] {
  const { route, body, idempotent } = endpoint;
  const path = route.path.replaceAll(/\{\w+\}/g, someId('Occurrence'));
  if (!body) return [path, { method: route.method }];
  const input = Object.entries(leastOf(body.type) as Json).filter(([name]) => !body.omitted.includes(name));
  const headers = { 'content-type': 'application/json', ...(idempotent && { 'idempotency-key': '"key-1"' }) };
  return [path, { method: route.method, headers, body: JSON.stringify(Object.fromEntries(input)) }];
}

describe('the OpenAPI document', () => {
  test('is valid, has every route, and is told in a few bytes not to have changed', async () => {
    const { body, headers } = await send('/openapi.json', {}, false);
    expect(await new Validator().validate(body)).toEqual({ valid: true });
    const { paths } = body as OpenApi;
    const served = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(served.toSorted()).toEqual(restRoutes.map(({ method, path }) => `${method} ${path}`).toSorted());
    const etag = headers.get('etag')!;
    expect((await send('/openapi.json', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('is true: each operation, registered or not, takes and answers what it says', async () => {
    const openApi = (await send('/openapi.json')).body as OpenApi;
    for (const endpoint of endpoints) {
      const { method, path, operation, status = 200 } = endpoint.route;
      const [target, init] = leastRequest(endpoint);
      const answer = await send(target, init);
      expect([operation, answer.status, answer.body]).toEqual([operation, status, answer.body]);
      expect([operation, answer.body['warnings']]).toEqual([operation, undefined]);
      const described = openApi.paths[path]![method.toLowerCase()] as Described;
      const { schema: answers } = described.responses[status]!.content['application/json']!;
      expect([operation, faults(answers, openApi, answer.body)]).toEqual([operation, []]);
      if (typeof init.body !== 'string') continue;
      const { schema: takes } = described.requestBody!.content['application/json']!;
      expect([operation, faults(takes, openApi, JSON.parse(init.body))]).toEqual([operation, []]);
    }
  });
});

describe('what is refused is a problem of RFC 9457', () => {
  const problem = async (path: string, init?: RequestInit, signedIn?: boolean) => {
    const { status, headers, body } = await send(path, init, signedIn);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(body).toMatchObject({ status, correlationId: headers.get('x-correlation-id') });
    return [status, body['code'], body['type']];
  };
  const json = { 'content-type': 'application/json' };
  const hold = () => leastRequest(endpointOf('HoldTickets'))[1];

  test.each([
    ['/nothing', {}, 404, 'NOT_FOUND'],
    ['/occurrences/', {}, 404, 'NOT_FOUND'],
    ['/occurrences', { method: 'POST' }, 405, 'METHOD_NOT_ALLOWED'],
    ['/occurrences?first=ten', {}, 400, 'BAD_REQUEST'],
    ['/occurrences?first=1&first=2', {}, 400, 'BAD_REQUEST'],
    ['/occurrences?from=yesterday', {}, 400, 'BAD_USER_INPUT'],
    ['/occurrences?status=LOST', {}, 400, 'BAD_USER_INPUT'],
    ['/occurrences?query=%7B__schema%7D', {}, 400, 'BAD_REQUEST'],
    ['/occurrences/%E0%A4%A', {}, 400, 'BAD_REQUEST'],
    ['/events/evt_1/publish', { method: 'POST', body: '{}', headers: json }, 400, 'BAD_REQUEST'],
    ['/holds', { method: 'POST', body: 'a=1' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['/holds', { method: 'POST', body: '[]', headers: json }, 400, 'BAD_REQUEST'],
    ['/holds', { method: 'POST', body: '{', headers: json }, 400, 'BAD_REQUEST'],
    ['/holds', { method: 'POST', body: '{}', headers: json }, 400, 'BAD_REQUEST'],
    ['/holds', { method: 'POST', body: '{"idempotencyKey":"a"}', headers: json }, 400, 'BAD_REQUEST'],
    ['/orders/o/refunds', { method: 'POST', body: '{"orderId":"p"}', headers: json }, 400, 'BAD_REQUEST'],
    [
      '/holds',
      { method: 'POST', body: '{"no":1}', headers: { ...json, 'idempotency-key': 'a' } },
      400,
      'BAD_USER_INPUT',
    ],
  ] as const)('%s %j is %i', async (path, init, status, code) => {
    expect((await problem(path, init)).slice(0, 2)).toEqual([status, code]);
  });

  test('so is a request without a token, or with a wrong one', async () => {
    expect(await problem('/holds', hold(), false)).toEqual([
      401,
      'UNAUTHENTICATED',
      'urn:marquee:problem:unauthenticated',
    ]);
    const headers = { authorization: 'Bearer x' };
    expect((await problem('/occurrences', { headers }, false)).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('who sent it is found out before its body is read, and a stranger may send little', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(100_000) });
    const init = { method: 'POST', headers: json, body };
    expect((await problem('/holds', init, false)).slice(0, 2)).toEqual([413, 'BODY_TOO_LARGE']);
    const wrong = { ...init, headers: { ...json, authorization: 'Bearer x' } };
    expect((await problem('/holds', wrong, false)).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('a service that does not answer is one that may be tried again', async () => {
    const away = await startFakePlatform({
      supergraph,
      serviceUrls: new Map([...services.urls.keys()].map((name) => [name, 'http://127.0.0.1:1/graphql'])),
    });
    const response = await fetch(`${away.gateway.url}/v1/venues`, {
      headers: { authorization: `Bearer ${await away.issuer.sign()}` },
    });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    await away.stop();
  });
});

describe('the answer of the graph', () => {
  const write = (operation: string, status: number, body: object) => {
    const answer = {
      status,
      headers: { 'retry-after': '7', 'content-encoding': 'br' },
      body: JSON.stringify(body),
    };
    const { body: written, ...rest } = writeAnswer(schema, endpointOf(operation), answer, 'c-1');
    return { ...rest, body: JSON.parse(String(written)) as Json };
  };

  test('is a problem with what the refusal tells', () => {
    const refused = {
      holdTickets: { __typename: 'NotEnoughTickets', message: 'Two are left.', available: 2 },
    };
    const { status, body, headers } = write('HoldTickets', 200, { data: refused });
    expect(status).toBe(409);
    expect(headers).toEqual({
      'retry-after': '7',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    expect(body).toEqual({
      type: 'urn:marquee:problem:not-enough-tickets',
      ...{ title: 'Not enough tickets', status: 409, detail: 'Two are left.' },
      ...{ code: 'NotEnoughTickets', correlationId: 'c-1', available: 2 },
    });
    const invalid = { holdTickets: { __typename: 'InvalidInput', message: 'No.', field: 'items' } };
    expect(write('HoldTickets', 200, { data: invalid })).toMatchObject({
      status: 422,
      body: { field: 'items' },
    });
  });

  test('is 404 where there is nothing, 403 where nobody may look, 429 as it was', () => {
    expect(write('GetVenue', 200, { data: { venue: null } }).status).toBe(404);
    const error = (code: string) => ({
      data: { venue: null },
      errors: [{ message: 'm', path: ['venue'], extensions: { code } }],
    });
    expect(write('GetVenue', 200, error('FORBIDDEN')).status).toBe(403);
    expect(write('GetVenue', 200, error('SOMETHING_NEW')).status).toBe(500);
    expect(
      write('GetVenue', 429, {
        errors: [{ message: 'm', extensions: { code: 'RATE_LIMITED', budget: 'user' } }],
      }),
    ).toMatchObject({
      status: 429,
      headers: { 'retry-after': '7' },
      body: { code: 'RATE_LIMITED', budget: 'user' },
    });
  });

  test('keeps what is there, and says what is missing', () => {
    const node = { id: 'occ_1', availability: null };
    const page = { hasNextPage: false, endCursor: null };
    const errors = [
      {
        message: 'tickets did not answer',
        path: ['occurrences', 'edges', 0, 'node', 'availability'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ];
    const { status, body } = write('ListOccurrences', 200, {
      data: { occurrences: { edges: [{ node }], pageInfo: page } },
      errors,
    });
    expect([status, body]).toEqual([
      200,
      {
        ...{ data: [node], page },
        warnings: [
          { code: 'SUBGRAPH_UNAVAILABLE', detail: 'tickets did not answer', path: '0.availability' },
        ],
      },
    ]);
  });
});

test('path, query, header and body become the variables of the operation', () => {
  const search = new URLSearchParams('first=5&text=a%20b&city=K%C3%B6ln&from=2027-01-01T00:00:00Z');
  expect(readParameters(endpointOf('ListOccurrences'), search, [])).toEqual({
    first: 5,
    filter: { text: 'a b', city: 'Köln', from: '2027-01-01T00:00:00Z' },
  });
  const refund = endpointOf('RefundOrder');
  const headers = { 'content-type': 'application/json', 'idempotency-key': '"k-1"' };
  const fromPath = readParameters(refund, new URLSearchParams(), ['ord_%31']);
  expect(addBody(refund, headers, '{"reason":"rain"}', fromPath)).toEqual({
    input: { reason: 'rain', orderId: 'ord_1', [idempotencyField]: 'k-1' },
  });
});

test('a repetition of what is still being worked on is told so; of another key or sender, or later, it is not', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const data = { holdTickets: { __typename: 'IdempotencyConflict', message: 'Another body.' } };
  const graphql: HttpRoute = () => promise.then(() => ({ status: 200, body: JSON.stringify({ data }) }));
  const route = createRestRoute({
    ...{ routes: restRoutes, documents, schema: () => schema, graphql, guard: (open) => open },
  });
  const post = async (key: string, authorization = 'Bearer a') => {
    const headers = { authorization, 'idempotency-key': key, 'content-type': 'application/json' };
    const path = { method: 'POST', path: '/v1/holds', search: '' };
    const answer = await route({ ...path, headers, correlationId: 'c', body: async () => '{}' });
    return [
      answer.status,
      (JSON.parse(String(answer.body)) as Json)['code'],
      answer.headers?.['retry-after'],
    ];
  };
  const first = [post('one'), post('two'), post('one', 'Bearer b')];
  const again = await Promise.all(Array.from({ length: 49 }, () => post('one')));
  expect(new Set(again.map(String))).toEqual(new Set(['409,IDEMPOTENCY_KEY_IN_USE,1']));
  resolve();
  for (const answer of [...(await Promise.all(first)), await post('one')])
    expect(answer).toEqual([422, 'IdempotencyConflict', undefined]);
});

test('an address that sends too much is told so by a problem, whatever it asks for', async () => {
  const error = { message: 'slower', extensions: { code: 'RATE_LIMITED', budget: 'address' } };
  const spent: HttpRoute = async () => ({
    ...{ status: 429, headers: { 'retry-after': '3' }, body: JSON.stringify({ errors: [error] }) },
  });
  const closed = createRestRoute({
    ...{ routes: restRoutes, documents, schema: () => schema, graphql: spent, guard: () => spent },
  });
  for (const path of ['/v1/openapi.json', '/v1/venues']) {
    const exchange = {
      method: 'GET',
      path,
      search: '',
      headers: {},
      correlationId: 'c',
      body: async () => '',
    };
    const { status, headers, body } = await closed(exchange);
    expect([status, headers?.['retry-after'], headers?.['content-type']]).toEqual([
      ...[429, '3', 'application/problem+json; charset=utf-8'],
    ]);
    expect(JSON.parse(String(body))).toMatchObject({ code: 'RATE_LIMITED', budget: 'address' });
  }
});

test('a route that is wrong in itself stops the start; one that the schema has no fields for is left out', () => {
  const make = (operation: string, changes: object) =>
    createEndpoint(schema, { ...endpointOf(operation).route, ...changes }, documents.get(operation)!);
  expect(() => make('GetVenue', { method: 'POST' })).toThrow(/GetVenue.*a query is not for POST/);
  expect(() => make('GetVenue', { path: '/venues/{id}/{other}' })).toThrow(/nothing takes \{other\}/);
  expect(() => make('PublishEvent', { path: '/publish' })).toThrow(/\$id must be in the path/);
  expect(createEndpoint(schema, restRoutes[0]!, '{ nothing }')).toBeNull();
  const inputs = endpoints.flatMap(({ body }) => body?.type ?? []);
  expect(inputs.every((type: GraphQLInputObjectType) => isInputObjectType(getNullableType(type)))).toBe(true);
});
