import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { CostSchema, FieldCost } from './cost-schema.ts';

type Variables = Readonly<Record<string, unknown>>;

/** What one operation costs. A point is about one thing that is read; a mutation is ten. */
export type CostPlan = {
  /** Fields at the root, and how often each is asked for. */
  readonly rootFields: ReadonlyMap<string, number>;
  /** The most it may cost with these variables, and the longest page in it. */
  estimate(variables: Variables | undefined): { readonly cost: number; readonly longestPage: number };
  /** What an answer cost: only what is in it counts. */
  measure(data: unknown): number;
};

type Size = (variables: Variables) => number;

type CostNode = {
  readonly key: string;
  readonly name: string;
  /** Undefined for introspection. */
  readonly cost: FieldCost | undefined;
  readonly weight: number;
  /** By what the arguments say; undefined where none does. */
  readonly size: Size | undefined;
  /** The concrete type on which alone it is selected. */
  on: string | null;
  readonly children: Map<string, CostNode>;
};

/** Introspection answers a megabyte of schema, by graphql-js; a type of it is small. */
const introspectionWeights: Readonly<Record<string, number>> = { __schema: 1_000, __type: 100 };
/** Products stop here, well below where numbers are not exact any more. */
const ceiling = 1_000_000_000;
const none: Variables = {};

function numberOf(
  value: ValueNode | undefined,
  fallback: number,
  defaults: ReadonlyMap<string, number>,
): Size {
  if (value?.kind === Kind.INT) {
    const size = Number(value.value);
    return () => size;
  }
  if (value?.kind !== Kind.VARIABLE) return () => fallback;
  const name = value.name.value;
  const otherwise = defaults.get(name) ?? fallback;
  // What is no number is refused when variables are coerced, and costs nothing.
  return (variables) => {
    const given = variables[name];
    return typeof given === 'number' ? given : otherwise;
  };
}

function sizeOf(field: FieldNode, cost: FieldCost, defaults: ReadonlyMap<string, number>): Size | undefined {
  if (cost.slicing.length === 0) return undefined;
  const given = cost.slicing.flatMap(({ argument, fallback }) => {
    const value = field.arguments?.find(({ name }) => name.value === argument)?.value;
    return value || fallback !== undefined ? [{ value, fallback: fallback ?? cost.assumedSize }] : [];
  });
  const [first, ...others] = given.filter(({ value }) => value) as typeof given;
  const one = first ?? given[0];
  if (!one) return () => cost.assumedSize;
  const sizes = [one, ...others].map(({ value, fallback }) => numberOf(value, fallback, defaults));
  return (variables) => Math.max(0, ...sizes.map((size) => size(variables)));
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Map<string, number> {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
    ),
  );
}

/** Builds the tree of what costs something, fragments spread and fields of one key merged, as they are executed. */
function createCollector(
  schema: CostSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  defaults: ReadonlyMap<string, number>,
) {
  /** Fragments that are being spread: a circle ends here, before validation refuses it. */
  const open = new Set<string>();
  const spreadIn = new WeakMap<Map<string, CostNode>, Set<string>>();

  const addField = (parent: string, field: FieldNode, into: Map<string, CostNode>, on: string | null) => {
    const name = field.name.value;
    const cost = schema.field(parent, name);
    const weight = cost?.weight ?? introspectionWeights[name] ?? 0;
    if (weight === 0 && !field.selectionSet) return;
    const key = field.alias?.value ?? name;
    let node = into.get(key);
    if (!node) {
      const size = cost && sizeOf(field, cost, defaults);
      node = { key, name, cost, weight, size, on, children: new Map() };
      into.set(key, node);
    } else if (node.on !== on) node.on = null;
    if (cost && field.selectionSet) collect(cost.type, field.selectionSet, node.children, null);
  };
  const within = (
    parent: string,
    condition: string | undefined,
    selections: SelectionSetNode,
    into: Map<string, CostNode>,
    on: string | null,
  ) => {
    const type = condition ?? parent;
    collect(type, selections, into, type !== parent && schema.isConcrete(type) ? type : on);
  };
  const addFragment = (parent: string, name: string, into: Map<string, CostNode>, on: string | null) => {
    const fragment = fragments.get(name);
    const spread = spreadIn.get(into) ?? new Set();
    spreadIn.set(into, spread);
    // Spread twice in one place it adds nothing, however often it is doubled.
    const place = `${on ?? ''} ${name}`;
    if (!fragment || open.has(name) || spread.has(place)) return;
    spread.add(place);
    open.add(name);
    within(parent, fragment.typeCondition.name.value, fragment.selectionSet, into, on);
    open.delete(name);
  };
  const collect = (
    parent: string,
    { selections }: SelectionSetNode,
    into: Map<string, CostNode>,
    on: string | null,
  ): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) addField(parent, selection, into, on);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) addFragment(parent, selection.name.value, into, on);
      else within(parent, selection.typeCondition?.name.value, selection.selectionSet, into, on);
    }
  };
  return collect;
}

/** Of what is selected on several concrete types, only the dearest is answered. */
function sumOf(children: Iterable<CostNode>, costOf: (node: CostNode) => number): number {
  let common = 0;
  let byType: Map<string, number> | undefined;
  for (const child of children) {
    const cost = costOf(child);
    if (child.on === null) common += cost;
    else {
      byType ??= new Map();
      byType.set(child.on, (byType.get(child.on) ?? 0) + cost);
    }
  }
  return byType ? common + Math.max(...byType.values()) : common;
}

function createEstimate(roots: ReadonlyMap<string, CostNode>): CostPlan['estimate'] {
  let depends = false;
  const note = (node: CostNode) => {
    depends ||= node.size !== undefined;
    node.children.forEach(note);
  };
  roots.forEach(note);
  const estimate: CostPlan['estimate'] = (variables = none) => {
    let longestPage = 0;
    const costOf = (node: CostNode, given: number | undefined): number => {
      const { cost, weight, size: sized, children } = node;
      const said = sized?.(variables);
      if (said !== undefined) longestPage = Math.max(longestPage, said);
      const passes = said !== undefined && cost?.isList !== true;
      const size = cost?.isList ? (said ?? given ?? cost.assumedSize) : 1;
      const below = sumOf(children.values(), (child) =>
        costOf(child, passes && cost?.sizedFields.includes(child.name) ? said : undefined),
      );
      return Math.min(ceiling, size * (weight + below));
    };
    const total = sumOf(roots.values(), (node) => costOf(node, undefined));
    return { cost: Math.max(1, Math.min(ceiling, total)), longestPage };
  };
  if (depends) return estimate;
  const constant = estimate(undefined);
  return () => constant;
}

function measureNode(node: CostNode, value: unknown): number {
  if (value === null || value === undefined) return 0;
  let cost = 0;
  if (Array.isArray(value)) {
    for (const item of value) cost += measureNode(node, item);
    return cost;
  }
  cost = node.weight;
  if (typeof value === 'object') {
    for (const child of node.children.values()) {
      cost += measureNode(child, (value as Record<string, unknown>)[child.key]);
    }
  }
  return cost;
}

const rootTypes = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** What an operation of this document costs. For documents within the limits; valid or not. */
export function createCostPlan(
  schema: CostSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CostPlan {
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const roots = new Map<string, CostNode>();
  const collect = createCollector(schema, fragments, defaultsOf(operation));
  collect(rootTypes[operation.operation], operation.selectionSet, roots, null);
  const rootFields = new Map<string, number>();
  for (const { name } of roots.values()) rootFields.set(name, (rootFields.get(name) ?? 0) + 1);
  return {
    rootFields,
    estimate: createEstimate(roots),
    measure: (data) => {
      const answer = (data ?? {}) as Record<string, unknown>;
      let cost = 0;
      // What was asked for was executed, also where its answer is null.
      for (const node of roots.values()) cost += Math.max(node.weight, measureNode(node, answer[node.key]));
      return Math.max(1, cost);
    },
  };
}
