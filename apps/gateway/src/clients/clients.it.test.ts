import { execFile } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { Supergraph } from '@apollo/federation-internals';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { scopesOf } from '@marquee/subgraph';
import { cacheExchange, Client, fetchExchange } from '@urql/core';
import {
  coerceInputValue,
  isInterfaceType,
  isNonNullType,
  isUnionType,
  Kind,
  parse,
  print,
  printSchema,
  separateOperations,
  typeFromAST,
  validate,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { startFakePlatform, type FakePlatform } from '../fake-platform.test-support.ts';
import { explorerExamples } from '../http/explorer-examples.ts';
import { leastOf, someId, startMockServices } from './mock-services.test-support.ts';

const supergraph = readFileSync(join(import.meta.dirname, '../generated/supergraph.graphql'), 'utf8');
const journeyFile = join(import.meta.dirname, '../contract/journey.graphql');
const journey = parse(readFileSync(journeyFile, 'utf8'));

let schema: GraphQLSchema;
let services: Awaited<ReturnType<typeof startMockServices>>;
let platform: FakePlatform;
let token: string;
let url: string;

beforeAll(async () => {
  schema = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
  services = await startMockServices(supergraph);
  platform = await startFakePlatform({ supergraph, serviceUrls: services.urls });
  token = await platform.issuer.sign({ role: 'ORGANISER', scopes: [...scopesOf('ORGANISER')] });
  url = `${platform.gateway.url}/graphql`;
});
afterAll(async () => {
  await platform.stop();
  await services.close();
});

type Sent = {
  readonly name: string;
  readonly kind: 'query' | 'mutation';
  readonly document: ReturnType<typeof parse>;
  readonly variables: Record<string, unknown>;
};

/** Every query and mutation of the contract, with the least that each takes. */
function operations(): Sent[] {
  return Object.entries(separateOperations(journey)).flatMap(([name, document]) => {
    const definition = document.definitions.find(
      (one): one is OperationDefinitionNode => one.kind === Kind.OPERATION_DEFINITION,
    )!;
    if (definition.operation === 'subscription') return [];
    const variables = (definition.variableDefinitions ?? []).flatMap(({ variable, type }) => {
      const input = typeFromAST(schema, type as never) as GraphQLInputType;
      return isNonNullType(input) ? [[variable.name.value, leastOf(input)] as const] : [];
    });
    return [{ name, kind: definition.operation, document, variables: Object.fromEntries(variables) }];
  });
}

/** What Apollo's cache must be told of interfaces and unions, as its docs have front ends make it. */
function possibleTypes(): Record<string, string[]> {
  const abstract = Object.values(schema.getTypeMap()).filter(
    (type) => isInterfaceType(type) || isUnionType(type),
  );
  return Object.fromEntries(
    abstract.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
}

const fetchSignedIn: typeof fetch = (input, init) =>
  fetch(input, { ...init, headers: { ...(init?.headers as object), authorization: `Bearer ${token}` } });

describe('the operations that front ends send', () => {
  test('pass through Apollo Client, which keeps things by their ids', async () => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: url, fetch: fetchSignedIn }),
      cache: new InMemoryCache({ possibleTypes: possibleTypes() }),
      clientAwareness: { name: 'tests', version: '1' },
      defaultOptions: { query: { fetchPolicy: 'network-only' } },
    });
    for (const { name, kind, document, variables } of operations()) {
      const { data, error } =
        kind === 'query'
          ? await client.query({ query: document, variables })
          : await client.mutate({ mutation: document, variables });
      expect([name, error]).toEqual([name, undefined]);
      expect(Object.values(data as object).every((value) => value !== null)).toBe(true);
    }
    expect(Object.keys(client.cache.extract() as object)).toEqual(
      expect.arrayContaining([`Order:${someId('Order')}`, `Occurrence:${someId('Occurrence')}`]),
    );
    client.stop();
  });

  test('pass through urql', async () => {
    const client = new Client({
      url,
      // It asks by GET, which needs a header that no page of another origin can send unasked.
      fetchOptions: { headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': 'true' } },
      exchanges: [cacheExchange, fetchExchange],
    });
    for (const { name, kind, document, variables } of operations()) {
      const { data, error } =
        kind === 'query'
          ? await client.query(document, variables).toPromise()
          : await client.mutation(document, variables).toPromise();
      expect([name, error]).toEqual([name, undefined]);
      expect(Object.values(data as object).every((value) => value !== null)).toBe(true);
    }
  });
});

test('the examples of the explorer are operations of the graph, which take the variables beside them', () => {
  for (const { query, variables = '{}' } of explorerExamples) {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const given = Object.entries(JSON.parse(variables) as Record<string, unknown>);
    const taken = document.definitions.flatMap((one) =>
      one.kind === Kind.OPERATION_DEFINITION ? (one.variableDefinitions ?? []) : [],
    );
    for (const { variable, type } of taken) {
      const [, value] = given.find(([name]) => name === variable.name.value)!;
      const coerce = () => coerceInputValue(value, typeFromAST(schema, type as never) as GraphQLInputType);
      expect(coerce).not.toThrow();
    }
    expect(given).toHaveLength(taken.length);
  }
});

test('the example of @marquee/client buys tickets', async () => {
  const example = join(import.meta.dirname, '../../../../libs/client/src/examples/buy-tickets.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [example, url, token]);
  expect(stdout).toBe('text\n');
  const wrong = promisify(execFile)(process.execPath, [example, url, 'wrong']);
  await expect(wrong).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^UNAUTHENTICATED: /) });
});

const relayPage = `
import { graphql } from 'react-relay';
graphql\`
  query WhatsOnPageQuery($city: String) { ...WhatsOnPage_list @arguments(city: $city) }
\`;
graphql\`
  fragment WhatsOnPage_list on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }, city: { type: "String" })
  @refetchable(queryName: "WhatsOnPagePaginationQuery") {
    occurrences(first: $count, after: $cursor, filter: { city: $city }) @connection(key: "WhatsOnPage_occurrences") {
      edges { node { ...WhatsOnPage_card } }
    }
  }
\`;
graphql\`
  fragment WhatsOnPage_card on Occurrence @refetchable(queryName: "WhatsOnPageCardQuery") {
    startsAt
    event { title }
    availability { status available }
    ticketTypes { name price { amountMinor currency } }
  }
\`;
graphql\`
  mutation WhatsOnPageHoldMutation($input: HoldTicketsInput!) {
    holdTickets(input: $input) {
      __typename
      ... on TicketsHeld { hold { id expiresAt } }
      ... on Refusal { message }
    }
  }
\`;
graphql\`
  subscription WhatsOnPageSubscription($id: ID!) {
    availabilityChanged(occurrenceId: $id) { ...WhatsOnPage_card }
  }
\`;
`;

test('the Relay compiler takes the schema: connections, things fetched again by id, refusals', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'marquee-relay-'));
  mkdirSync(join(directory, 'src'));
  writeFileSync(join(directory, 'schema.graphql'), printSchema(schema));
  writeFileSync(join(directory, 'src/WhatsOnPage.ts'), relayPage);
  const config = { src: './src', schema: './schema.graphql', language: 'typescript', eagerEsModules: true };
  writeFileSync(join(directory, 'relay.config.json'), JSON.stringify(config));
  const binary = createRequire(import.meta.url)('relay-compiler') as string | null;
  if (binary === null) throw new Error('relay-compiler has no binary for this machine');
  await promisify(execFile)(binary, ['relay.config.json'], { cwd: directory });
  const made = readdirSync(join(directory, 'src/__generated__')).toSorted();
  expect(made).toEqual(
    [
      ...[
        'WhatsOnPageCardQuery',
        'WhatsOnPageHoldMutation',
        'WhatsOnPagePaginationQuery',
        'WhatsOnPageQuery',
      ],
      ...['WhatsOnPageSubscription', 'WhatsOnPage_card', 'WhatsOnPage_list'],
    ].map((name) => `${name}.graphql.ts`),
  );
});

test("graphql-codegen's client preset makes types of every operation", async () => {
  const documents = Object.values(separateOperations(journey)).map((document) => ({
    location: journeyFile,
    document,
    rawSDL: print(document),
  }));
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: 'gql/',
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents,
    config: { scalars: { DateTime: 'string', LocalDateTime: 'string', BigInt: 'number | string' } },
    presetConfig: {},
    plugins: [],
    pluginMap: {},
    pluginContext: {},
  });
  const files = await Promise.all(
    sections.map(async (section) => [section.filename, await codegen(section)] as const),
  );
  const types = files.find(([name]) => name.endsWith('graphql.ts'))![1];
  for (const name of Object.keys(separateOperations(journey)))
    expect(types).toMatch(new RegExp(`${name}Document\\b`));
});
