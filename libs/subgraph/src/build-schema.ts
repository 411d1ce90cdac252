import { buildSubgraphSchema } from '@apollo/subgraph';
import { isAbstractType, isEnumType, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { scalarResolvers } from './scalars.ts';

type ResolverMap = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
type SubgraphModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];

const special = new Set(['__resolveType', '__resolveReference', '__isTypeOf']);

/** Resolvers for what the schema does not have: @apollo/subgraph passes over them, and a typing error stays unseen. */
function findStrays(schema: GraphQLSchema, resolvers: ResolverMap): string[] {
  return Object.entries(resolvers).flatMap(([typeName, fields]) => {
    const type = schema.getType(typeName);
    if (!type) return [typeName];
    if (isAbstractType(type) || isEnumType(type) || !isObjectType(type)) return [];
    return Object.keys(fields)
      .filter((field) => !special.has(field) && !(field in type.getFields()))
      .map((field) => `${typeName}.${field}`);
  });
}

/** Root fields that nothing would answer: each is null for ever, or a fault where it must not be null. */
function findUnanswered(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType()].filter(
    (root) => root !== null && root !== undefined,
  );
  return roots.flatMap((root) =>
    Object.values(root.getFields())
      .filter((field) => !field.resolve)
      .map((field) => `${root.name}.${field.name}`),
  );
}

/** The executable schema of a subgraph. Throws where resolvers and schema do not fit. */
export function buildSchema(sdl: string, resolvers: object): GraphQLSchema {
  // The array form: given one module, @apollo/subgraph 2.15.1 throws.
  const schema = buildSubgraphSchema([
    { typeDefs: parse(sdl), resolvers: { ...scalarResolvers, ...resolvers } } as SubgraphModule,
  ]);
  const strays = findStrays(schema, resolvers as ResolverMap);
  if (strays.length > 0) throw new Error(`resolvers for what the schema does not have: ${strays.join(', ')}`);
  const unanswered = findUnanswered(schema);
  if (unanswered.length > 0) throw new Error(`root fields without a resolver: ${unanswered.join(', ')}`);
  return schema;
}
