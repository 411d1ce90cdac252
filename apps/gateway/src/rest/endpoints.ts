import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  Kind,
  parse,
  typeFromAST,
  validate,
  type FieldNode,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { RestRoute } from './routes.ts';

/** One value that a request may have outside its body. */
export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly type: GraphQLInputType;
  readonly description: string | undefined;
  /** Where it goes: a variable, or a field of an input. */
  readonly variable: string;
  readonly field: string | undefined;
};

/** A route made ready for one schema. */
export type Endpoint = {
  readonly route: RestRoute;
  /** The path in parts; null stands for a parameter. */
  readonly segments: readonly (string | null)[];
  readonly pathNames: readonly string[];
  readonly source: string;
  readonly parameters: readonly Parameter[];
  /** The variable whose value is the body, without what the path and `Idempotency-Key` give. */
  readonly body:
    | {
        readonly variable: string;
        readonly type: GraphQLInputObjectType;
        readonly omitted: readonly string[];
      }
    | undefined;
  /** Whether `Idempotency-Key` is asked for, which becomes a field of the body's input. */
  readonly idempotent: boolean;
  readonly root: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  /** Whether the answer is a page of a list. */
  readonly paged: boolean;
};

export const idempotencyField = 'idempotencyKey';

type Made = { readonly parameters: Parameter[]; body?: Endpoint['body'] };

function wrong(route: RestRoute, fault: string): never {
  throw new Error(`${route.method} ${route.path} (${route.operation}): ${fault}`);
}

/** Whether text in a path or a query can hold it: a scalar, an enum, or in a query several of them. */
function isPlain(type: GraphQLInputType): boolean {
  const inner = getNullableType(type);
  return !isInputObjectType(isListType(inner) ? getNamedType(inner) : inner);
}

/** The fields of an input, as the path, the query or the body gives them. */
function spreadInput(
  route: RestRoute,
  {
    variable,
    type,
    required,
  }: { readonly variable: string; readonly type: GraphQLInputObjectType; readonly required: boolean },
  pathNames: readonly string[],
  made: Made,
): void {
  const omitted: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const { name } = field;
    const isInPath = pathNames.includes(name);
    if (isInPath || (route.method !== 'GET' && name === idempotencyField)) omitted.push(name);
    if (!isInPath && route.method !== 'GET') continue;
    if (!isPlain(field.type)) wrong(route, `${type.name}.${name} does not fit into a query`);
    made.parameters.push({
      name,
      in: isInPath ? 'path' : 'query',
      variable,
      field: name,
      type: field.type,
      required: isInPath || (required && isRequiredInputField(field)),
      description: field.description ?? undefined,
    });
  }
  if (route.method !== 'GET') made.body = { variable, type, omitted };
}

function addVariable(
  schema: GraphQLSchema,
  route: RestRoute,
  { variable, type: typeNode, defaultValue }: VariableDefinitionNode,
  pathNames: readonly string[],
  made: Made,
): void {
  const name = variable.name.value;
  const type = typeFromAST(schema, typeNode as never) as GraphQLInputType;
  const inner = getNullableType(type);
  const required = isNonNullType(type) && !defaultValue;
  if (isInputObjectType(inner))
    return spreadInput(route, { variable: name, type: inner, required }, pathNames, made);
  const isInPath = pathNames.includes(name);
  if (!isInPath && route.method !== 'GET') wrong(route, `$${name} must be in the path`);
  if (!isPlain(type)) wrong(route, `$${name} does not fit into a query`);
  made.parameters.push({
    name,
    in: isInPath ? 'path' : 'query',
    variable: name,
    field: undefined,
    type,
    required: isInPath || required,
    description: undefined,
  });
}

/** Makes a route ready, or null where its document does not fit this schema. Throws where the route itself is wrong. */
export function createEndpoint(schema: GraphQLSchema, route: RestRoute, source: string): Endpoint | null {
  const document = parse(source);
  if (validate(schema, document).length > 0) return null;
  const operation = document.definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  )!;
  if ((operation.operation === 'query') !== (route.method === 'GET')) {
    wrong(route, `a ${operation.operation} is not for ${route.method}`);
  }
  const segments = route.path.split('/').slice(1);
  const pathNames = segments.flatMap((segment) => /^\{(\w+)\}$/.exec(segment)?.[1] ?? []);
  const made: Made = { parameters: [] };
  for (const definition of operation.variableDefinitions ?? []) {
    addVariable(schema, route, definition, pathNames, made);
  }
  const missing = pathNames.filter(
    (name) => !made.parameters.some((one) => one.in === 'path' && one.name === name),
  );
  if (missing.length > 0) wrong(route, `nothing takes {${missing.join('}, {')}}`);
  const [root, ...others] = operation.selectionSet.selections;
  if (root?.kind !== Kind.FIELD || others.length > 0) wrong(route, 'its document must ask for one field');
  const rootType = schema.getRootType(operation.operation)!;
  const field = rootType.getFields()[root.name.value]!;
  const answer = getNamedType(field.type);
  return {
    route,
    pathNames,
    source,
    root,
    field,
    segments: segments.map((segment) => (segment.startsWith('{') ? null : segment)),
    parameters: made.parameters,
    body: made.body,
    idempotent: made.body?.omitted.includes(idempotencyField) ?? false,
    paged: isObjectType(answer) && 'edges' in answer.getFields() && 'pageInfo' in answer.getFields(),
  };
}
