import {
  GraphQLError,
  isCompositeType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { isJsonObject, pathOf, type JsonObject, type Trail } from './json.ts';
import { collectFields, type Fragments, type Switches } from './selections.ts';

/**
 * A value as the client gets it; null where there is none, and undefined where it is null because of a fault that
 * has been recorded: a null that must not be there is reported once, where it arose.
 */
type Shape = (value: unknown, trail: Trail | undefined, faults: GraphQLError[]) => unknown;

export type Shaped = { readonly data: JsonObject | null; readonly faults: readonly GraphQLError[] };

type Operation = {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly switches: Switches;
};

function fault(message: string, trail: Trail | undefined, key: string | number): GraphQLError {
  return new GraphQLError(message, { path: [...pathOf(trail), key] });
}

/** Whether JSON of a service is a value of this scalar or enum, as a JavaScript expression over `x`. */
function validity(type: GraphQLNamedType, enums: ReadonlySet<string>[]): string {
  if (isEnumType(type)) {
    enums.push(new Set(type.getValues().map(({ name }) => name)));
    return `e[${enums.length - 1}].has(x)`;
  }
  if (!isSpecifiedScalarType(type)) return 'true';
  const whole = "(typeof x === 'number' && Number.isInteger(x) && Math.abs(x) < 1e21)";
  if (type.name === 'Int') return whole;
  if (type.name === 'ID') return `(typeof x === 'string' || ${whole})`;
  if (type.name === 'Float') return "(typeof x === 'number' && Number.isFinite(x))";
  return type.name === 'Boolean' ? "typeof x === 'boolean'" : "typeof x === 'string'";
}

/** The shape of one leaf, made where a field cannot be written out: in lists. */
function leafShape(type: GraphQLNamedType): Shape {
  const enums: ReadonlySet<string>[] = [];
  const isValid = new Function('e', 'x', `return ${validity(type, enums)}`) as (
    e: unknown,
    x: unknown,
  ) => boolean;
  return (value, trail, faults) => {
    if (value === null || value === undefined) return null;
    if (isValid(enums, value)) return value;
    faults.push(new GraphQLError(`Invalid value found for ${type.name}.`, { path: pathOf(trail) }));
    return undefined;
  };
}

function listShape(element: GraphQLOutputType, of: (type: GraphQLOutputType) => Shape): Shape {
  const nonNull = isNonNullType(element);
  const shape = of(nonNull ? element.ofType : element);
  return (value, trail, faults) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) throw new Error('A service answered something else where a list belongs.');
    let isWhole = true;
    const list = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index++) {
      const place = { parent: trail, key: index };
      const shaped = shape(value[index], place, faults);
      list[index] = shaped ?? null;
      if (!nonNull || (shaped !== null && shaped !== undefined)) continue;
      isWhole = false;
      if (shaped === null) {
        faults.push(fault('Cannot return null for a non-nullable list element.', trail, index));
      }
    }
    return isWhole ? list : undefined;
  };
}

/** Compiles the shapes of one operation. Types below abstract ones are compiled when the first of them is met. */
function createCompiler({ schema, fragments, switches }: Operation) {
  const shapeOf = (type: GraphQLOutputType, sets: readonly (readonly SelectionNode[])[]): Shape => {
    if (isListType(type)) return listShape(type.ofType, (element) => shapeOf(element, sets));
    return isCompositeType(type) ? compositeShape(type, sets) : leafShape(type as GraphQLNamedType);
  };

  const compositeShape = (
    declared: GraphQLCompositeType,
    sets: readonly (readonly SelectionNode[])[],
  ): Shape => {
    const byName = new Map<unknown, Shape>();
    // Where the schema leaves no doubt the name that came is of no matter: it may be an @interfaceObject's.
    const only = isObjectType(declared) ? objectShape(declared, sets) : undefined;
    const learn = (name: string | undefined): Shape | undefined => {
      const type = name ? schema.getType(name) : declared;
      if (!isCompositeType(type)) return undefined;
      const shape = objectShape(type, sets);
      byName.set(name, shape);
      return shape;
    };
    return (value, trail, faults) => {
      if (value === null || value === undefined) return null;
      if (!isJsonObject(value)) {
        throw new Error('A service answered something else where an object belongs.');
      }
      if (only) return only(value, trail, faults);
      const name = value['__typename'] as string | undefined;
      const shape = byName.get(name) ?? learn(name);
      if (shape) return shape(value, trail, faults);
      faults.push(
        new GraphQLError(`Invalid __typename found for ${declared.name}.`, { path: pathOf(trail) }),
      );
      return undefined;
    };
  };

  /**
   * Writes and compiles the function that shapes objects of one type: reads each field, judges it, and ends in an
   * object literal. Several times quicker than a loop over the fields, since V8 gives the literal one hidden class.
   */
  const objectShape = (type: GraphQLCompositeType, sets: readonly (readonly SelectionNode[])[]): Shape => {
    const children: Shape[] = [];
    const enums: ReadonlySet<string>[] = [];
    const lines: string[] = [];
    const members: string[] = [];
    for (const [key, nodes] of collectFields(schema, fragments, switches, type, sets)) {
      const name = `f${members.length}`;
      members.push(`${JSON.stringify(key)}: ${name}`);
      lines.push(...fieldLines({ type, key, name, nodes, children, enums, shapeOf }));
    }
    const body = `return (v, trail, faults) => { let x;\n${lines.join('\n')}\nreturn { ${members.join(', ')} }; }`;
    return new Function('c', 'e', 'fault', body)(children, enums, fault) as Shape;
  };
  return objectShape;
}

function fieldLines(field: {
  readonly type: GraphQLCompositeType;
  readonly key: string;
  readonly name: string;
  readonly nodes: readonly FieldNode[];
  readonly children: Shape[];
  readonly enums: ReadonlySet<string>[];
  readonly shapeOf: (type: GraphQLOutputType, sets: readonly (readonly SelectionNode[])[]) => Shape;
}): string[] {
  const { type, name, nodes, children, enums } = field;
  const fieldName = nodes[0]!.name.value;
  if (fieldName === '__typename') {
    // Of an abstract type nobody said which one it is: then nothing of the object can be told.
    return [isObjectType(type) ? `const ${name} = ${JSON.stringify(type.name)};` : 'return undefined;'];
  }
  const declared = 'getFields' in type ? type.getFields()[fieldName]?.type : undefined;
  if (!declared) throw new Error(`${type.name} has no field ${fieldName}`);
  const key = JSON.stringify(field.key);
  const place = `${type.name}.${fieldName}`;
  const nonNull = isNonNullType(declared);
  const inner = nonNull ? declared.ofType : declared;
  const lines = [`x = v[${key}];`];
  if (isListType(inner) || isCompositeType(inner)) {
    const sets = nodes.map(({ selectionSet }) => selectionSet?.selections ?? []);
    children.push(field.shapeOf(inner, sets));
    lines.push(
      `x = x == null ? null : c[${children.length - 1}](x, { parent: trail, key: ${key} }, faults);`,
    );
  } else {
    const invalid = JSON.stringify(`Invalid value found for field ${place}.`);
    const valid = validity(inner as GraphQLNamedType, enums);
    lines.push(
      'if (x === undefined) x = null;',
      `else if (x !== null && !(${valid})) { faults.push(fault(${invalid}, trail, ${key})); x = undefined; }`,
    );
  }
  if (!nonNull) return [...lines, `const ${name} = x === undefined ? null : x;`];
  const missing = JSON.stringify(`Cannot return null for non-nullable field ${place}.`);
  return [
    ...lines,
    'if (x === undefined) return undefined;',
    `if (x === null) { faults.push(fault(${missing}, trail, ${key})); return undefined; }`,
    `const ${name} = x;`,
  ];
}

/**
 * The last step of an operation: of all that services sent, what was asked for, in the order it was asked for, with
 * nulls where the schema says that a missing value takes its parent along. Compiled once for an operation and the
 * values of its `@skip` and `@include`.
 */
export function createShaper(operation: Operation): (data: JsonObject) => Shaped {
  const root = operation.schema.getRootType(operation.operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation.operation}.`);
  const shape = createCompiler(operation)(root, [operation.operation.selectionSet.selections]);
  return (data) => {
    const faults: GraphQLError[] = [];
    return { data: (shape(data, undefined, faults) as JsonObject | undefined) ?? null, faults };
  };
}
