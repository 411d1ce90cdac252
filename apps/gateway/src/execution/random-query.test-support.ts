import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  typeFromAST,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
} from 'graphql';

export type RandomQuery = { readonly query: string; readonly variables: Record<string, unknown> };

/** mulberry32: small, and the same everywhere. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const scalars: Readonly<Record<string, unknown>> = {
  Int: 3,
  Float: 1.5,
  Boolean: true,
  BigInt: 7,
  DateTime: '2027-03-20T18:00:00Z',
  LocalDateTime: '2027-03-20T19:00',
};

/** A value that this input takes; optional ones are given half the time. */
function inputValue(type: GraphQLInputType, random: () => number, depth = 0): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return depth > 3 ? [] : [inputValue(inner.ofType, random, depth + 1)];
  if (isEnumType(inner)) return inner.getValues()[Math.floor(random() * inner.getValues().length)]!.name;
  if (!isInputObjectType(inner)) {
    return scalars[inner.name] ?? `${inner.name.toLowerCase()} ${Math.floor(random() * 3)}`;
  }
  const given = Object.values(inner.getFields()).filter(
    ({ type: field }) => isNonNullType(field) || (depth < 3 && random() < 0.5),
  );
  return Object.fromEntries(given.map((field) => [field.name, inputValue(field.type, random, depth + 1)]));
}

/** Variables that this operation takes. */
export function drawVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  seed: number,
): Record<string, unknown> {
  const random = createRandom(seed);
  return Object.fromEntries(
    variableDefinitions.map(({ variable, type }) => [
      variable.name.value,
      inputValue(typeFromAST(schema, type as NamedTypeNode) as GraphQLInputType, random),
    ]),
  );
}

/**
 * A valid operation over this schema, drawn from a seed: aliases, arguments by variable, fragments inline and named,
 * `@skip` and `@include` by value and by variable, the same field twice.
 */
export function randomQuery(schema: GraphQLSchema, seed: number, depthMax: number): RandomQuery {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const variables: Record<string, unknown> = {};
  const declarations: string[] = [];
  const fragments: string[] = [];
  let aliases = 0;

  const declare = (type: GraphQLInputType, value: unknown, rest = ''): string => {
    const name = `v${declarations.length}`;
    declarations.push(`$${name}: ${String(type)}${rest}`);
    if (value !== undefined) variables[name] = value;
    return name;
  };
  const switchOf = (): string => {
    if (random() > 0.12) return '';
    const directive = pick(['skip', 'include']);
    if (random() < 0.3) return ` @${directive}(if: ${random() < 0.5})`;
    const name = `v${declarations.length}`;
    const byDefault = random() < 0.3;
    declarations.push(`$${name}: Boolean!${byDefault ? ' = true' : ''}`);
    if (!byDefault) variables[name] = random() < 0.5;
    return ` @${directive}(if: $${name})`;
  };
  const argumentsOf = ({ args }: GraphQLField<unknown, unknown>): string => {
    const given = args.filter(({ type }) => isNonNullType(type) || random() < 0.3);
    const texts = given.map(({ name, type }) => `${name}: $${declare(type, inputValue(type, random))}`);
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  };
  const fieldOf = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const type = getNamedType(field.type);
    const below = isCompositeType(type) ? ` ${selection(type, depth + 1)}` : '';
    // Arguments and nullability may differ between types: an alias of its own keeps answers from colliding.
    const alias = field.args.length > 0 || random() < 0.5 ? `a${aliases++}: ` : '';
    return `${alias}${field.name}${argumentsOf(field)}${switchOf()}${below}`;
  };
  const selection = (type: GraphQLCompositeType, depth: number): string => {
    const parts: string[] = [];
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const fit = fields.filter((field) => depth < depthMax || !isCompositeType(getNamedType(field.type)));
    const wanted = 1 + Math.floor(random() * (depth === 0 ? 3 : 4));
    for (let count = 0; count < wanted && fit.length > 0; count++) parts.push(fieldOf(pick(fit), depth));
    if (parts.length === 0 || random() < 0.2)
      parts.push(random() < 0.3 ? `a${aliases++}: __typename` : '__typename');
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (random() < Math.min(0.7, 6 / schema.getPossibleTypes(type).length)) {
          parts.push(`... on ${possible.name}${switchOf()} ${selection(possible, depth + 1)}`);
        }
      }
    } else if (random() < 0.15) {
      if (random() < 0.5)
        parts.push(`...${random() < 0.5 ? ` on ${type.name}` : ''}${switchOf()} ${selection(type, depth)}`);
      else {
        const name = `F${fragments.length}`;
        fragments.push('');
        fragments[Number(name.slice(1))] = `fragment ${name} on ${type.name} ${selection(type, depth)}`;
        parts.push(`...${name}${switchOf()}`);
      }
    }
    return `{ ${parts.join(' ')} }`;
  };

  const mutation = schema.getMutationType();
  const root = mutation && random() < 0.15 ? mutation : schema.getQueryType()!;
  const body = selection(root, 0);
  const header = declarations.length > 0 ? ` Drawn(${declarations.join(', ')})` : '';
  const kind = root === mutation ? 'mutation' : 'query';
  return { query: `${kind}${header} ${body}\n${fragments.join('\n')}`, variables };
}
