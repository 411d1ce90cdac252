import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { scopesOf, signViewer, viewerHeader, type Role, type RunningSubgraph } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { serveHub } from '../subgraph.ts';

const internalSecret = 'a secret of the tests, long enough for the signature';
let subgraph: RunningSubgraph;

beforeAll(async () => {
  subgraph = await serveHub({
    host: '127.0.0.1',
    port: 0,
    internalSecret,
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
});
afterAll(async () => subgraph?.drain());

async function ask(query: string, variables: object = {}, role: Role = 'ORGANISER') {
  const viewer = { subject: 'tester', organisationId: newUuid(), role, scopes: scopesOf(role) };
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [viewerHeader]: signViewer(viewer, internalSecret) },
    body: JSON.stringify({ query, variables }),
  });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a test asks for, it knows the shape of
  return (await response.json()) as any;
}

const create = `mutation Create($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    __typename
    ... on WebhookEndpointCreated { endpoint { id url eventTypes status } secret }
    ... on Refusal { message }
  }
}`;
const replay = `mutation Replay($input: ReplayDeliveriesInput!) {
  replayDeliveries(input: $input) { __typename ... on ReplayStarted { count } ... on Refusal { message } }
}`;
const deliveries = `query Deliveries($id: ID!, $first: Int!) {
  webhookEndpoint(id: $id) {
    id status
    deliveries(first: $first) {
      edges { node { id eventType status attempts { number statusCode durationMs startedAt error } nextAttemptAt } }
    }
  }
}`;
const endpoints = 'query { webhookEndpoints { edges { node { id } } pageInfo { hasNextPage endCursor } } }';

const creation = { url: 'https://example.com/hook', eventTypes: ['tickets.order-paid.v1'], ordered: true };
const span = { from: '2027-03-01T00:00:00Z', to: '2027-03-02T00:00:00Z' };
const endpointId = encodeId('WebhookEndpoint', newUuid());

describe('webhooks, which are not in this release', () => {
  test('are refused as such, not accepted and forgotten', async () => {
    const refusal = {
      __typename: 'NotYetAvailable',
      message: expect.stringContaining('not of this release'),
    };
    expect(await ask(create, { input: creation })).toEqual({ data: { createWebhookEndpoint: refusal } });
    expect(await ask(replay, { input: { endpointId, ...span } })).toEqual({
      data: { replayDeliveries: refusal },
    });
  });

  test('have no endpoints to find', async () => {
    expect(await ask(deliveries, { id: endpointId, first: 5 })).toEqual({ data: { webhookEndpoint: null } });
    expect(await ask(endpoints)).toEqual({
      data: { webhookEndpoints: { edges: [], pageInfo: { hasNextPage: false, endCursor: null } } },
    });
    const representations = [
      { __typename: 'WebhookEndpoint', id: endpointId },
      { __typename: 'Delivery', id: encodeId('Delivery', newUuid()) },
    ];
    const found = 'query E($r: [_Any!]!) { _entities(representations: $r) { __typename } }';
    expect(await ask(found, { r: representations })).toEqual({ data: { _entities: [null, null] } });
  });

  test.each([
    ['id', deliveries, { id: 'nonsense', first: 5 }],
    ['id', deliveries, { id: 'x'.repeat(900_000), first: 5 }],
    ['first', 'query { webhookEndpoints(first: 1000) { edges { cursor } } }', {}],
  ])('refuse the bad argument %s by name', async (field, query, variables) => {
    const { errors } = await ask(query, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });

  test.each(['BOX_OFFICE', 'SCANNER', 'GUEST'] as const)('are closed to a %s', async (role) => {
    for (const [query, variables] of [
      [create, { input: creation }],
      [replay, { input: { endpointId, ...span } }],
      [deliveries, { id: endpointId, first: 5 }],
      [endpoints, {}],
    ] as const) {
      const { errors } = await ask(query, variables, role);
      expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });
});
