import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { createDocumentGate } from '@marquee/subgraph';
import {
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  print,
  typeFromAST,
  validate,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';
import { disableVendorTelemetry } from '../config.ts';
import { createDocumentFacts } from '../documents/document-facts.ts';
import { clientLimits, defaultMaxCost, maxPageSize } from '../limits/client-limits.ts';

const supergraphSdl = readFileSync(join(import.meta.dirname, '../generated/supergraph.graphql'), 'utf8');
const journey = parse(readFileSync(join(import.meta.dirname, 'journey.graphql'), 'utf8'));
const operations = journey.definitions.filter(
  (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
);
const named = operations.map((operation) => [operation.name!.value, operation] as const);

type Executor = Awaited<ReturnType<ApolloGateway['load']>>['executor'];

let schema: GraphQLSchema;
let executor: Executor;
let asked: string[];

beforeAll(async () => {
  disableVendorTelemetry();
  const source: GraphQLDataSource = {
    process: async ({ request }) => {
      asked.push(request.query ?? '');
      return { data: null };
    },
  };
  const gateway = new ApolloGateway({ supergraphSdl, buildService: () => source, validateSupergraph: true });
  ({ schema, executor } = await gateway.load());
});

const scalarExamples: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  BigInt: 1,
  DateTime: '2027-03-20T18:00:00Z',
  LocalDateTime: '2027-03-20T19:00',
};

/** The least value that the type takes. */
function exampleOf(type: GraphQLInputType): unknown {
  if (!isNonNullType(type)) return undefined;
  const { ofType } = type;
  if (isListType(ofType)) return [];
  if (isEnumType(ofType)) return ofType.getValues()[0]!.name;
  if (!isInputObjectType(ofType)) return scalarExamples[(ofType as GraphQLNamedType).name] ?? 'text';
  return Object.fromEntries(
    Object.values(ofType.getFields()).map((field) => [field.name, exampleOf(field.type)]),
  );
}

function exampleVariables({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.map(({ variable, type }) => [
      variable.name.value,
      exampleOf(typeFromAST(schema, type as NamedTypeNode) as unknown as GraphQLInputType),
    ]),
  );
}

/** Plans the operation by executing it over services that answer nothing. */
async function plan(operation: OperationDefinitionNode) {
  asked = [];
  const query = print(operation);
  const { errors } = await executor({
    request: { query, variables: exampleVariables(operation), http: undefined },
    document: parse(query),
    queryHash: operation.name!.value,
    operationName: operation.name!.value,
    operation,
    source: query,
    context: {},
    logger: console,
    metrics: {},
    schema,
    cache: undefined,
  } as unknown as Parameters<Executor>[0]);
  return errors;
}

describe('every operation of the contract', () => {
  test('is among those that front ends send', () => {
    expect(named.map(([name]) => name)).toHaveLength(25);
  });

  test.each(named)('%s is valid on the composed graph', (_, operation) => {
    expect(validate(schema, { kind: Kind.DOCUMENT, definitions: [operation] })).toEqual([]);
  });

  test.each(named)('%s keeps within the limits for clients', (_, operation) => {
    expect(createDocumentGate(clientLimits)(print(operation))).toBeNull();
  });

  test('costs less than half of what one may, with pages as long as they may be', () => {
    const facts = createDocumentFacts(supergraphSdl);
    for (const [name] of named) {
      const { cost } = facts.of(print(journey), name)!;
      const estimate = cost.estimate({ first: maxPageSize });
      expect(estimate.cost).toBeLessThan(defaultMaxCost / 2);
      expect(estimate.longestPage).toBeLessThanOrEqual(maxPageSize);
    }
    // A house: what the schema says of its size is taken, not ten of each.
    expect(facts.of(print(journey), 'SeatPlan')!.cost.estimate({}).cost).toBeGreaterThan(5_000);
  });

  const plannable = named.filter(([, { operation }]) => operation !== 'subscription');

  test.each(plannable)('%s can be planned', async (_, operation) => {
    expect(await plan(operation)).toBeUndefined();
    expect(asked.length).toBeGreaterThan(0);
  });
});

test("an explorer's introspection keeps within the limits for clients", () => {
  const query = getIntrospectionQuery({ inputValueDeprecation: true, specifiedByUrl: true, oneOf: true });
  expect(createDocumentGate(clientLimits)(query)).toBeNull();
});

test('every Node type has an owner that node(id:) can ask', async () => {
  const { readSupergraph } = await import('../node/node-schema.ts');
  const { nodeOwners, services } = readSupergraph(supergraphSdl);
  const nodeTypes = schema.getPossibleTypes(schema.getType('Node') as never).map(({ name }) => name);
  expect([...nodeOwners.keys()].toSorted()).toEqual(nodeTypes.toSorted());
  const names = services.map(({ name }) => name);
  for (const owner of nodeOwners.values()) expect(names).toContain(owner);
});
