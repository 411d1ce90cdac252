import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Supergraph } from '@apollo/federation-internals';
import { encodeId, idPrefixes, newUuid } from '@marquee/kernel';
import {
  execute,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLFieldResolver,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type GraphQLTypeResolver,
} from 'graphql';

const someUuid = newUuid();
const scalars: Readonly<Record<string, unknown>> = {
  String: 'text',
  Int: 3,
  Float: 0.5,
  Boolean: false,
  BigInt: 1250,
  DateTime: '2027-03-20T18:00:00.000Z',
  LocalDateTime: '2027-03-20T19:00',
};

/** An id such as a service would give to this type. */
export function someId(type: string): string {
  return type in idPrefixes ? encodeId(type as keyof typeof idPrefixes, someUuid) : `${type}-1`;
}

function mockOf(schema: GraphQLSchema, type: GraphQLOutputType, parent: string): unknown {
  if (isNonNullType(type)) return mockOf(schema, type.ofType as GraphQLOutputType, parent);
  if (isListType(type)) return [mockOf(schema, type.ofType as GraphQLOutputType, parent)];
  if (isEnumType(type)) return type.getValues()[0]!.value;
  if (isObjectType(type) || isAbstractType(type)) return {};
  return type.name === 'ID' ? someId(parent) : (scalars[type.name] ?? 'text');
}

/** What was done rather than why it was not, so that the whole selection is answered. */
const typeResolver: GraphQLTypeResolver<unknown, unknown> = (value, _context, { schema }, type) => {
  const { __typename: named } = value as { __typename?: string };
  const possible = schema.getPossibleTypes(type);
  const accepted = possible.find((one) => !one.getInterfaces().some(({ name }) => name === 'Refusal'));
  return named ?? (accepted ?? possible[0])?.name;
};

const fieldResolver: GraphQLFieldResolver<unknown, unknown> = (source, args, _context, info) => {
  const { fieldName, parentType, returnType, schema } = info;
  if (fieldName === '_entities') return (args as { representations: unknown }).representations;
  const known = (source as Readonly<Record<string, unknown>> | undefined)?.[fieldName];
  return known ?? mockOf(schema, returnType, parentType.name);
};

/** All services of a supergraph in one process: each answers what its schema allows, with made-up values. */
export async function startMockServices(supergraph: string) {
  const subgraphs = Supergraph.build(supergraph).subgraphs();
  const schemas = new Map<string, GraphQLSchema>();
  for (const { name, schema } of subgraphs.values()) schemas.set(name, schema.toGraphQLJSSchema());
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk as Uint8Array);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as {
        readonly query: string;
        readonly variables?: Readonly<Record<string, unknown>>;
      };
      const schema = schemas.get(request.url!.slice(1))!;
      const result = await execute({
        schema,
        document: parse(query),
        fieldResolver,
        typeResolver,
        ...(variables && { variableValues: variables }),
      });
      response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    urls: new Map([...schemas.keys()].map((name) => [name, `http://127.0.0.1:${port}/${name}`])),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The least that an input type takes. */
export function leastOf(type: GraphQLInputType): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [leastOf(inner.ofType as GraphQLInputType)];
  if (isEnumType(inner)) return inner.getValues()[0]!.name;
  if (!isInputObjectType(inner)) return inner.name === 'ID' ? someId('Occurrence') : scalars[inner.name];
  const fields = Object.values(inner.getFields());
  const required = fields.filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
  // Never nothing: urql takes an empty object of another realm, such as Jest makes, for an instance of some class.
  const plain = fields.filter((field) => !isInputObjectType(getNamedType(field.type)));
  const given = required.length > 0 ? required : plain.slice(0, 1);
  return Object.fromEntries(given.map((field) => [field.name, leastOf(field.type)]));
}
