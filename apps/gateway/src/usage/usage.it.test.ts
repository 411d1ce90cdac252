import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectMessaging, connectOperator, type Messaging, type Records } from '@marquee/messaging';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { eventually, testNats } from '@marquee/testkit';
import { buildSchema, parse, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { OperationFacts } from '../documents/document-facts.ts';
import { hashOf } from '../documents/document-store.ts';
import { noTrustedDocuments, type WatchedDocuments } from '../documents/trusted-documents.ts';
import { ask, startFakePlatform } from '../fake-platform.test-support.ts';
import { clientOf } from './client.ts';
import { useOf } from './coordinates.ts';
import { createFieldUsage } from './field-usage.ts';
import { parseRecord, usageRecords, type UsageRecord } from './usage-record.ts';

let nats: Awaited<ReturnType<typeof testNats>>;
let messaging: Messaging;

beforeAll(async () => {
  nats = await testNats();
  messaging = await connectMessaging({ ...nats, service: 'gateway', logger: silentLogger });
  await eventually(() => expect(messaging.health().connected).toBe(true));
});
afterAll(() => messaging.drain());

const schema = buildSchema(`
  type Query { venue(id: ID!, at: Time): Venue venues(filter: Filter, status: Status): [Venue] }
  type Venue implements Named { name: String status: Status }
  interface Named { name: String }
  input Filter { city: String money: Money status: Status }
  input Money { currency: String }
  enum Status { OPEN CLOSED }
  scalar Time`);

function factsOf(source: string): Pick<OperationFacts, 'document' | 'operation'> {
  const document = parse(source);
  const operation = document.definitions[0] as OperationDefinitionNode;
  return { document, operation };
}
const use = (source: string, of: GraphQLSchema = schema) => {
  const { document, operation } = factsOf(source);
  return useOf(of, document, operation);
};

test('an operation uses fields, arguments, what of inputs and enums stands in it, and the types it touches', () => {
  const found = use(`query Q($id: ID!, $in: Money) {
    a: venue(id: $id) { ...N }
    venues(filter: { money: $in, city: "x" }, status: OPEN) { ... on Named { name } __typename }
  } fragment N on Venue { status }`);
  expect(found).toMatchObject({ operation: 'Q', kind: 'query' });
  expect(found!.coordinates).toEqual(
    [
      ...[
        'Query',
        'Query.venue',
        'Query.venue.id',
        'Query.venues',
        'Query.venues.filter',
        'Query.venues.status',
      ],
      ...[
        'Filter.city',
        'Filter.money',
        'Money',
        'ID',
        'Named',
        'Named.name',
        'Status',
        'Status.OPEN',
        'String',
      ],
      ...['Venue', 'Venue.status'],
    ].toSorted(),
  );
  expect(use('{ nothing }')).toBeNull();
});

test('literals, aliases and layout make no other operation; fields do', () => {
  const signatures = [
    'query V { venue(id: 1) { name status } }',
    'query V{ a:venue(id:2){status name} }',
    'query V { venue(id: 1) { name } }',
  ].map((source) => use(source)?.signature);
  expect(signatures[0]).toBe(signatures[1]);
  expect(signatures[2]).not.toBe(signatures[0]);
});

test('a client is named by its headers, unless they are no name to show', () => {
  const named = (name: unknown) => clientOf({ 'apollographql-client-name': name }).name;
  expect([
    named('web'),
    named('\u001b[31m'),
    named('x'.repeat(101)),
    named(['web']),
    named(undefined),
  ]).toEqual(['web', '', '', '', '']);
});

/** Records in memory, which may be away. */
function memory(): Records & { readonly kept: Map<string, string>; away: boolean } {
  const kept = new Map<string, string>();
  const records = {
    kept,
    away: false,
    merge: async (key: string, change: (value: string | undefined) => string) => {
      if (records.away) throw new Error('NATS is not connected');
      kept.set(key, change(kept.get(key)));
    },
    all: async () => [...kept.values()],
  };
  return records;
}

function recorder(records: Records, trusted: Pick<WatchedDocuments, 'registeredBy'> = noTrustedDocuments) {
  const metrics = createMetrics();
  const options = {
    schema: () => schema,
    trusted,
    records,
    metrics,
    logger: silentLogger,
    everyMs: 3_600_000,
  };
  return { ...createFieldUsage(options), metrics };
}

const text = 'query V { venue(id: 1) { name } }';
const web = { 'apollographql-client-name': 'web', 'apollographql-client-version': '1.2' };
const parseAll = async (records: Records) => (await records.all()).map((value) => parseRecord(value)!);

test('what cannot be written waits, and is counted once', async () => {
  const records = memory();
  const usage = recorder(records);
  const facts = factsOf(text);
  records.away = true;
  usage.saw(web, text, facts);
  usage.saw(web, text, facts);
  await usage.flush();
  usage.saw(web, text, facts);
  records.away = false;
  await usage.stop();
  expect(await parseAll(records)).toMatchObject([
    { client: 'web', version: '1.2', operation: 'V', requests: 3 },
  ]);
});

test('a client without headers is the only one that registered the document', async () => {
  const records = memory();
  const by = (names: readonly string[]) => ({
    registeredBy: (hash: string) =>
      hash === hashOf(text) ? names.map((name) => ({ name, version: '1' })) : [],
  });
  for (const names of [['kiosk'], ['kiosk', 'web']]) {
    const usage = recorder(records, by(names));
    usage.saw({}, text, factsOf(text));
    await usage.stop();
  }
  expect((await parseAll(records)).map(({ client }) => client).toSorted()).toEqual(['kiosk', 'unknown']);
});

test('an endless supply of names and texts stays within bounds', async () => {
  const records = memory();
  const usage = recorder(records);
  const facts = factsOf(text);
  for (let n = 0; n < 1_500; n += 1) usage.saw({ 'apollographql-client-name': `c${n}` }, text, facts);
  for (let n = 0; n < 1_500; n += 1) usage.saw(web, text, factsOf(text));
  for (let n = 0; n < 4; n += 1) await usage.flush();
  const all = await parseAll(records);
  expect(all).toHaveLength(1_001);
  expect(all.find(({ client }) => client === '(others)')?.requests).toBeGreaterThan(499);
  expect(usage.metrics.text()).toMatch(/marquee_field_usage_dropped_total [1-9]/);
  await usage.stop();
});

test('the gateway records who used what: kept answers too, nothing that nobody signed in for, nothing invalid', async () => {
  const changes = { hears: () => true, listenToChanges: () => undefined };
  const platform = await startFakePlatform({
    usage: messaging.records(usageRecords),
    cacheBytes: 1024 * 1024,
    changes,
  });
  const token = await platform.issuer.sign();
  const query = 'query Names { venues { name } }';
  for (let n = 0; n < 3; n += 1) await ask(platform.gateway, query, { token, headers: web });
  await ask(platform.gateway, query);
  await ask(platform.gateway, '{ venues { nothing } }', { token, headers: web });
  await ask(platform.gateway, 'mutation { renameVenue(name: "x") { id } }', { token });
  await platform.stop();
  const operator = await connectOperator(nats);
  const values = await operator.records(usageRecords.name);
  await operator.close();
  const found = values.map((value) => JSON.parse(value) as UsageRecord);
  const [mutation, names] = found.toSorted((a, b) => a.kind.localeCompare(b.kind));
  expect(found).toHaveLength(2);
  expect(mutation).toMatchObject({
    client: 'unknown',
    operation: 'anonymous',
    kind: 'mutation',
    requests: 1,
  });
  expect(names).toMatchObject({ client: 'web', version: '1.2', operation: 'Names', requests: 3 });
  expect(names!.coordinates).toEqual(['Query', 'Query.venues', 'String', 'Venue', 'Venue.name']);
  expect(names!.lastSeenAt >= names!.firstSeenAt).toBe(true);
});
