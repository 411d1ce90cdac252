import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { buildSchema, parse, validate, type ExecutionResult } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import {
  ask,
  occurrenceId,
  organisationId,
  startFakePlatform,
  type FakePlatform,
} from '../fake-platform.test-support.ts';
import { defaultBudgets } from '../limits/budgets.ts';
import { liveFields, toLiveQuery } from './live-fields.ts';

const watched = decodeId('Occurrence', occurrenceId)!;
const subscription = `subscription Watch($id: ID!) { availabilityChanged(occurrenceId: $id) { id note } }`;
const variables = { id: occurrenceId };

let platform: FakePlatform;
let guest: string;
let change: (organisationId?: string) => void;
const clients: { dispose(): void | Promise<void> }[] = [];

async function start(changes: Parameters<typeof startFakePlatform>[0] = {}): Promise<FakePlatform> {
  return startFakePlatform({
    changes: {
      hears: () => true,
      listenToChanges: ({ onChanges }) => {
        change = (id = organisationId) =>
          onChanges({ service: 'tickets', organisationId: id, ids: { 'tickets.hold-placed.v1': [watched] } });
      },
    },
    // Enough for those of the tests before, which are still leaving.
    maxLiveConnections: 100,
    maxLiveConnectionsOfOneViewer: 100,
    ...changes,
  });
}

beforeAll(async () => {
  platform = await start();
  guest = await platform.issuer.sign();
});
beforeEach(() => {
  platform.behaviour.venueName = 'first';
  platform.behaviour.asked = 0;
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});
afterAll(async () => {
  await platform.stop();
});

type Seen = { readonly results: ExecutionResult[]; end: unknown; readonly codes: number[] };

function overWebSocket(token: string | null, query = subscription, on = platform): Seen & { client: Client } {
  const seen: Seen = { results: [], end: null, codes: [] };
  const client = createClient({
    url: `${on.gateway.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: token ? { authorization: `Bearer ${token}` } : {},
    on: { closed: (event) => void seen.codes.push((event as CloseEvent).code) },
  });
  clients.push(client);
  client.subscribe(
    { query, variables },
    {
      next: (result) => void seen.results.push(result as ExecutionResult),
      error: (error) => (seen.end = error),
      complete: () => (seen.end = 'complete'),
    },
  );
  return Object.assign(seen, { client });
}

function overSse(token: string, query = subscription): Seen {
  const seen: Seen = { results: [], end: null, codes: [] };
  const client = createSseClient({
    url: `${platform.gateway.url}/graphql`,
    headers: { authorization: `Bearer ${token}` },
    retryAttempts: 0,
  });
  clients.push(client);
  client.subscribe(
    { query, variables },
    {
      next: (result) => void seen.results.push(result as ExecutionResult),
      error: (error) => (seen.end = error),
      complete: () => (seen.end = 'complete'),
    },
  );
  return seen;
}

/** Tries again whenever it is turned away, and never twice at a time: the other would take the place. */
async function letIn(watch: () => Seen): Promise<void> {
  let seen = watch();
  await eventually(() => {
    if (seen.end) seen = watch();
    expect(seen.results).toHaveLength(1);
  });
}

const notesOf = ({ results }: Seen) =>
  results.map(({ data }) => (data?.['availabilityChanged'] as { note: string } | undefined)?.note);

describe.each([
  ['WebSocket', overWebSocket],
  ['server-sent events', overSse],
] as const)('a subscription over %s', (_, open) => {
  test('answers the present state, then each one that differs, and what another organisation does is nothing', async () => {
    const seen = open(guest);
    await eventually(() => expect(notesOf(seen)).toEqual(['first']));
    expect(seen.results[0]).toEqual({ data: { availabilityChanged: { id: occurrenceId, note: 'first' } } });
    platform.behaviour.venueName = 'second';
    change();
    await eventually(() => expect(notesOf(seen)).toEqual(['first', 'second']));
    platform.behaviour.venueName = 'third';
    change(newUuid());
    platform.behaviour.venueName = 'fourth';
    change();
    await eventually(() => expect(notesOf(seen)).toEqual(['first', 'second', 'fourth']));
  });

  test('shows a viewer only what that viewer may see, at each event', async () => {
    const query =
      'subscription { availabilityChanged(occurrenceId: "' + occurrenceId + '") { takings viewer note } }';
    const seen = open(guest, query);
    await eventually(() => expect([seen.end, seen.codes, seen.results.length]).toEqual([null, [], 1]));
    const visible = { takings: null, viewer: 'acc_1', note: 'first' };
    expect(seen.results[0]?.data).toEqual({ availabilityChanged: visible });
    expect(seen.results[0]?.errors?.[0]).toMatchObject({
      path: ['availabilityChanged', 'takings'],
      extensions: { code: 'FORBIDDEN' },
    });
    // Asked again after a change of what it may not see, it is told nothing: not even that there was one.
    const { asked } = platform.behaviour;
    change();
    await eventually(() => expect(platform.behaviour.asked).toBeGreaterThan(asked));
    platform.behaviour.venueName = 'second';
    change();
    await eventually(() => expect(notesOf(seen)).toEqual(['first', 'second']));
  });

  test.each([
    ['a query', '{ venues { name } }', /Send queries and mutations by POST/],
    ['a field that is not there', 'subscription { nothing }', /Cannot query field/],
    ['a subscription that nobody serves', 'subscription { venueRenamed { name } }', /not served/],
    [
      'too many aliases',
      `subscription { availabilityChanged(occurrenceId: "x") { ${'a: id '.repeat(201)} } }`,
      /aliases/,
    ],
    ['what cannot be parsed', 'subscription {', /cannot be parsed/],
  ])('refuses %s in words', async (_name, query, words) => {
    const seen = open(guest, query);
    await eventually(() => expect(JSON.stringify([seen.end, seen.results])).toMatch(words));
  });
});

describe('many who watch the same', () => {
  test('cost one query a change', async () => {
    const all = Array.from({ length: 8 }, () => overWebSocket(guest));
    await eventually(() => expect(all.every(({ results }) => results.length === 1)).toBe(true));
    const { asked } = platform.behaviour;
    expect(asked).toBeLessThan(all.length);
    platform.behaviour.venueName = 'second';
    change();
    await eventually(() => expect(all.every((seen) => notesOf(seen).at(-1) === 'second')).toBe(true));
    expect(platform.behaviour.asked - asked).toBeLessThan(all.length);
  });
});

describe('who may not listen', () => {
  test.each([
    ['without a token', async () => null],
    ['with an expired one', () => platform.issuer.sign({ exp: 1 })],
  ])('%s is sent away', async (_, token) => {
    const seen = overWebSocket(await token());
    await eventually(() => expect(seen.codes).toEqual([4403]));
    const response = await fetch(`${platform.gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: subscription, variables }),
    });
    expect(response.status).toBe(401);
  });

  test('more connections than allowed are refused, and a place that is left is free again', async () => {
    const other = await start({ maxLiveConnections: 3 });
    try {
      const token = await other.issuer.sign();
      const watch = () => overWebSocket(token, subscription, other);
      const all = Array.from({ length: 3 }, watch);
      await eventually(() => expect(all.every(({ results }) => results.length > 0)).toBe(true));
      const refused = watch();
      await eventually(() => expect(refused.end).toBeTruthy());
      await all[0]!.client.dispose();
      await letIn(watch);
    } finally {
      await other.stop();
    }
  });

  test('one account has so many connections and no more, and subscribes for what its budget allows', async () => {
    const user = { points: 20, windowSeconds: 60 };
    const other = await start({
      maxLiveConnectionsOfOneViewer: 2,
      limits: { maxCost: 500, mode: 'on', budgets: { ...defaultBudgets, user } },
    });
    try {
      const token = await other.issuer.sign();
      const two = [1, 2].map(() => overWebSocket(token, subscription, other));
      await eventually(() => expect(two.every(({ results }) => results.length === 1)).toBe(true));
      const third = overWebSocket(token, subscription, other);
      await eventually(() => expect(third.codes).toEqual([4429]));
      const bySse = await fetch(`${other.gateway.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          authorization: `Bearer ${token}`,
        },
        body: JSON.stringify({ query: subscription, variables }),
      });
      expect(bySse.status).toBe(429);
      await two[0]!.client.dispose();
      const spender = await other.issuer.sign({ sub: 'acc_spender' });
      for (let time = 0; time < 2; time += 1) {
        const invalid = await ask(other.gateway, '{ nothing }', { token: spender });
        expect(invalid.headers.get('x-marquee-cost')).toBe('10;estimate=1');
      }
      const refused = overWebSocket(spender, subscription, other);
      await eventually(() => expect(JSON.stringify(refused.end)).toContain('RATE_LIMITED'));
      // The place that was left is free again.
      await letIn(() => overWebSocket(token, subscription, other));
    } finally {
      await other.stop();
    }
  });

  test('a subscription by a plain POST is told where to go', async () => {
    const answer = await ask(platform.gateway, { query: subscription, variables }, { token: guest });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]?.message).toContain('text/event-stream');
  });
});

test('a client is told to come back when the gateway stops', async () => {
  const other = await start();
  const token = await other.issuer.sign();
  const seen = overWebSocket(token, subscription, other);
  await eventually(() => expect(seen.results).toHaveLength(1));
  await other.stop();
  await eventually(() => expect(seen.codes).toEqual([1012]));
});

test('every subscription of the graph is answered by a query that takes its arguments and answers its type', () => {
  const supergraph = readFileSync(new URL('../generated/supergraph.graphql', import.meta.url), 'utf8');
  const schema = buildSchema(supergraph, { assumeValidSDL: true });
  const fields = Object.values(schema.getSubscriptionType()!.getFields());
  expect(fields.map(({ name }) => name).toSorted()).toEqual(Object.keys(liveFields).toSorted());
  for (const { name, args, type } of fields) {
    const declared = args.map((argument) => `$${argument.name}: ${argument.type.toString()}`).join(', ');
    const given = args.map((argument) => `${argument.name}: $${argument.name}`).join(', ');
    const document = parse(`subscription S(${declared}) { ${name}(${given}) { __typename } }`);
    const live = toLiveQuery(document, document.definitions[0] as never)!;
    expect(validate(schema, parse(live.source))).toEqual([]);
    const answer = schema.getQueryType()!.getFields()[live.field.query]!;
    expect(answer.type.toString().replace('!', '')).toBe(type.toString().replace('!', ''));
    expect(args.map((argument) => argument.name)).toContain(live.field.watches.argument);
  }
});

test('a root field in a fragment, and its alias, stay what they were', () => {
  const document = parse(`
    subscription S { ...Root }
    fragment Root on Subscription { mine: availabilityChanged(occurrenceId: "x") { ...Part } }
    fragment Part on Occurrence { id }`);
  const live = toLiveQuery(document, document.definitions[0] as never)!;
  expect(live.source.replaceAll(/\s+/g, ' ').trim()).toBe(
    'query S { mine: occurrence(id: "x") { ...Part } } fragment Part on Occurrence { id }',
  );
  expect(live.watched({})).toBeNull();
});
