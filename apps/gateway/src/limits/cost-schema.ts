import {
  Kind,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type TypeNode,
} from 'graphql';

/**
 * What one field costs, by the cost-analysis specification (https://ibm.github.io/graphql-specs/cost-spec.html) as
 * federation has it: `@cost(weight:)` and `@listSize`, and without them what follows from the type.
 */
export type FieldCost = {
  readonly type: string;
  /** Of one value of it. */
  readonly weight: number;
  readonly isList: boolean;
  /** How long the list is taken to be where nothing says so. */
  readonly assumedSize: number;
  /** Arguments that say how long it is, with what holds where they are left out. */
  readonly slicing: readonly { readonly argument: string; readonly fallback: number | undefined }[];
  /** Fields below this one whose length the arguments say, such as `edges`; none where they say its own. */
  readonly sizedFields: readonly string[];
};

export type CostSchema = {
  field(type: string, name: string): FieldCost | undefined;
  /** Whether nothing else can be of this type: selections on two such types are never both answered. */
  isConcrete(type: string): boolean;
};

/** Lists without arguments hold what one thing has of another: the prices of a type, the lines of an order. */
const assumedListSize = 10;
/** Of a connection whose `first` has no default in the schema; as `parsePage` has it. */
const defaultPageSize = 20;
const slicingArguments = ['first', 'last'];
/** Something is decided, written and told to others. */
const mutationWeight = 10;
/** What a page is wrapped in is no work. */
const isEnvelope = (type: string) => /(?:Connection|Edge|PageInfo)$/.test(type);

type Shape = { readonly name: string; readonly isList: boolean };

function shapeOf(type: TypeNode): Shape {
  if (type.kind === Kind.NAMED_TYPE) return { name: type.name.value, isList: false };
  const inner = shapeOf(type.type);
  return type.kind === Kind.LIST_TYPE ? { ...inner, isList: true } : inner;
}

function plain(value: ConstValueNode): unknown {
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.STRING) return value.value;
  return value.kind === Kind.LIST ? value.values.map(plain) : undefined;
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): ReadonlyMap<string, unknown> | undefined {
  const directive = directives?.find((each) => each.name.value === name);
  return directive && new Map(directive.arguments?.map((each) => [each.name.value, plain(each.value)]));
}

type Types = { readonly composites: ReadonlySet<string>; readonly weights: ReadonlyMap<string, number> };

function fieldCost(parent: string, field: FieldDefinitionNode, types: Types): FieldCost {
  const { name: type, isList } = shapeOf(field.type);
  const listSize = argumentsOf(field.directives, 'listSize');
  const given = argumentsOf(field.directives, 'cost')?.get('weight') ?? types.weights.get(type);
  const isComposite = types.composites.has(type);
  const isRoot = parent === 'Query' || parent === 'Mutation' || parent === 'Subscription';
  const byType = isComposite && !isEnvelope(type) ? 1 : 0;
  const byPlace = parent === 'Mutation' ? mutationWeight : isRoot ? 1 : byType;
  const named = (listSize?.get('slicingArguments') as readonly string[] | undefined) ?? slicingArguments;
  const isConnection = type.endsWith('Connection');
  const slicing =
    isConnection || listSize?.has('slicingArguments')
      ? (field.arguments ?? [])
          .filter((argument) => named.includes(argument.name.value))
          .map(({ name, defaultValue }) => ({
            argument: name.value,
            fallback: defaultValue ? (plain(defaultValue) as number | undefined) : undefined,
          }))
      : [];
  const assumed = listSize?.get('assumedSize') as number | undefined;
  return {
    type,
    weight: (given as number | undefined) ?? byPlace,
    isList,
    assumedSize: assumed ?? (isConnection ? defaultPageSize : assumedListSize),
    slicing,
    sizedFields:
      (listSize?.get('sizedFields') as readonly string[] | undefined) ??
      (isConnection ? ['edges', 'nodes'] : []),
  };
}

/** Reads what fields cost from a supergraph. */
export function readCostSchema(supergraph: DocumentNode): CostSchema {
  const composites = new Set<string>();
  const concrete = new Set<string>();
  const weights = new Map<string, number>();
  const definitions = supergraph.definitions.filter(
    (each) =>
      each.kind === Kind.OBJECT_TYPE_DEFINITION ||
      each.kind === Kind.INTERFACE_TYPE_DEFINITION ||
      each.kind === Kind.UNION_TYPE_DEFINITION,
  );
  for (const { kind, name, directives } of definitions) {
    composites.add(name.value);
    if (kind === Kind.OBJECT_TYPE_DEFINITION) concrete.add(name.value);
    const weight = argumentsOf(directives, 'cost')?.get('weight');
    if (typeof weight === 'number') weights.set(name.value, weight);
  }
  const types = new Map(
    definitions.map((definition) => {
      const fields = definition.kind === Kind.UNION_TYPE_DEFINITION ? [] : (definition.fields ?? []);
      const costs = fields.map(
        (field) =>
          [field.name.value, fieldCost(definition.name.value, field, { composites, weights })] as const,
      );
      return [definition.name.value, new Map(costs)] as const;
    }),
  );
  return {
    field: (type, name) => types.get(type)?.get(name),
    isConcrete: (type) => concrete.has(type),
  };
}
