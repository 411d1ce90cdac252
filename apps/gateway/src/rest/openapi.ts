import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
  Kind,
  type FieldNode,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import type { Endpoint, Parameter } from './endpoints.ts';
import { statusOfRefusal } from './problem.ts';

type Schema = Record<string, unknown>;

const scalars: Readonly<Record<string, Schema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Int: { type: 'integer', format: 'int32' },
  Float: { type: 'number' },
  Boolean: { type: 'boolean' },
  DateTime: { type: 'string', format: 'date-time' },
  LocalDateTime: { type: 'string', examples: ['2027-03-20T19:00'] },
  BigInt: { oneOf: [{ type: 'integer' }, { type: 'string', pattern: '^-?[0-9]+$' }] },
};

function leafSchema(type: GraphQLNamedType): Schema {
  if (isEnumType(type)) return { type: 'string', enum: type.getValues().map(({ name }) => name) };
  return scalars[type.name] ?? {};
}

function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}

function described(schema: Schema, description: string | null | undefined): Schema {
  return description ? { ...schema, description } : schema;
}

/** A type around what it is a list of, may be null or is. */
function around(type: GraphQLOutputType | GraphQLInputType, inner: Schema): Schema {
  if (isNonNullType(type)) {
    const of = type.ofType as GraphQLOutputType;
    return isListType(of) ? { type: 'array', items: around(of.ofType as GraphQLOutputType, inner) } : inner;
  }
  if (isListType(type))
    return orNull({ type: 'array', items: around(type.ofType as GraphQLOutputType, inner) });
  return orNull(inner);
}

/** An object as a document asks for it. */
function selectionSchema(type: GraphQLObjectType, { selections }: SelectionSetNode): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) throw new Error(`${type.name}: only plain fields are served by REST`);
    const key = selection.alias?.value ?? selection.name.value;
    const field = type.getFields()[selection.name.value];
    if (!field) continue;
    const named = getNamedType(field.type);
    if (isAbstractType(named))
      throw new Error(`${type.name}.${field.name}: REST serves no unions below the first level`);
    const inner = isObjectType(named) ? selectionSchema(named, selection.selectionSet!) : leafSchema(named);
    properties[key] = described(around(field.type, inner), field.description);
    required.push(key);
  }
  return { type: 'object', properties, required };
}

type Members = { readonly accepted: Schema[]; readonly refused: Map<number, string[]> };

/** What a mutation answers: what was done by its accepted members, and its refusals by their status. */
function membersOf(schema: GraphQLSchema, type: GraphQLNamedType, selections: SelectionSetNode): Members {
  const accepted: Schema[] = [];
  const refused = new Map<number, string[]>();
  if (!isAbstractType(type)) return { accepted, refused };
  for (const member of schema.getPossibleTypes(type)) {
    if (member.getInterfaces().some(({ name }) => name === 'Refusal')) {
      const status = statusOfRefusal(member.name);
      refused.set(status, [...(refused.get(status) ?? []), member.name]);
      continue;
    }
    const own = selections.selections.find(
      (one) => one.kind === Kind.INLINE_FRAGMENT && one.typeCondition?.name.value === member.name,
    );
    if (own?.kind !== Kind.INLINE_FRAGMENT)
      throw new Error(`${type.name}: its document must ask for ${member.name}`);
    const whole = selectionSchema(member, own.selectionSet);
    const values = Object.values(whole['properties'] as Record<string, Schema>);
    accepted.push(values.length === 1 ? values[0]! : whole);
  }
  return { accepted, refused };
}

function selectionOf(field: FieldNode, name: string): FieldNode {
  const found = field.selectionSet!.selections.find(
    (one) => one.kind === Kind.FIELD && one.name.value === name,
  );
  if (found?.kind !== Kind.FIELD) throw new Error(`${field.name.value}: its document must ask for ${name}`);
  return found;
}

const warnings: Schema = {
  type: 'array',
  description:
    'What of the answer is missing (null), for a service did not answer or the caller may not see it.',
  items: { $ref: '#/components/schemas/Warning' },
};

/** The body of a success. */
function answerSchema(
  schema: GraphQLSchema,
  { root, field, paged }: Endpoint,
  accepted: readonly Schema[],
): Schema {
  const named = getNamedType(field.type);
  if (!isObjectType(named)) {
    const data = accepted.length === 1 ? accepted[0]! : { anyOf: accepted };
    return { type: 'object', properties: { data, warnings }, required: ['data'] };
  }
  if (!paged) {
    const one = selectionSchema(named, root.selectionSet!);
    const inner = isNonNullType(field.type) ? field.type.ofType : field.type;
    const data = isListType(inner)
      ? { type: 'array', items: around(inner.ofType as GraphQLOutputType, one) }
      : one;
    return { type: 'object', properties: { data, warnings }, required: ['data'] };
  }
  const edge = getNamedType(named.getFields()['edges']!.type) as GraphQLObjectType;
  const node = getNamedType(edge.getFields()['node']!.type) as GraphQLObjectType;
  const nodes = selectionOf(selectionOf(root, 'edges'), 'node');
  const items = selectionSchema(node, nodes.selectionSet!);
  const pageInfo = getNamedType(named.getFields()['pageInfo']!.type) as GraphQLObjectType;
  const page = selectionSchema(pageInfo, selectionOf(root, 'pageInfo').selectionSet!);
  return {
    type: 'object',
    properties: { data: { type: 'array', items }, page, warnings },
    required: ['data', 'page'],
  };
}

/** Input types, each once under its name. */
function createInputs() {
  const components: Record<string, Schema> = {};
  const inputSchema = (type: GraphQLInputType): Schema => {
    const named = getNamedType(type);
    if (isInputObjectType(named) && !(named.name in components)) {
      components[named.name] = {}; // Before its fields: an input may hold itself.
      components[named.name] = objectSchema(named, []);
    }
    const inner = isInputObjectType(named)
      ? { $ref: `#/components/schemas/${named.name}` }
      : leafSchema(named);
    return around(type, inner);
  };
  const objectSchema = (type: GraphQLInputObjectType, omitted: readonly string[]): Schema => {
    const fields = Object.values(type.getFields()).filter(({ name }) => !omitted.includes(name));
    const required = fields.filter(isRequiredInputField).map(({ name }) => name);
    return {
      type: 'object',
      properties: Object.fromEntries(
        fields.map((field) => [field.name, described(inputSchema(field.type), field.description)]),
      ),
      ...(required.length > 0 && { required }),
      additionalProperties: false,
    };
  };
  return { components, objectSchema };
}

function parameterOf({ name, in: place, required, type, description }: Parameter): Schema {
  const leaf = leafSchema(getNamedType(type));
  const schema = isListType(getNullableType(type)) ? { type: 'array', items: leaf } : leaf;
  return described({ name, in: place, required, schema }, description);
}

const idempotencyParameter: Schema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  description: 'A new UUID for each intent; the same one when it is repeated, which is then done once.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const problem = (description: string): Schema => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function responsesOf(schema: GraphQLSchema, endpoint: Endpoint): Schema {
  const { accepted, refused } = membersOf(
    schema,
    getNamedType(endpoint.field.type),
    endpoint.root.selectionSet!,
  );
  if (endpoint.idempotent) refused.set(409, [...(refused.get(409) ?? []), 'IDEMPOTENCY_KEY_IN_USE']);
  const refusals = [...refused].map(([status, types]) => [String(status), problem(types.join(', '))]);
  const isThere = !isNonNullType(endpoint.field.type);
  return {
    [endpoint.route.status ?? 200]: {
      description: endpoint.route.summary,
      content: { 'application/json': { schema: answerSchema(schema, endpoint, accepted) } },
    },
    400: problem('The request is malformed.'),
    401: problem('No token or key, or not a good one.'),
    403: problem("The token's scopes do not reach this."),
    ...(isThere && { 404: problem('There is nothing of this id.') }),
    429: problem('Too much in too short a time: wait as long as `retry-after` says.'),
    ...Object.fromEntries(refusals),
    default: problem('A fault of ours, or a service that does not answer. 5xx may be tried again.'),
  };
}

function operationOf(
  schema: GraphQLSchema,
  endpoint: Endpoint,
  inputs: ReturnType<typeof createInputs>,
): Schema {
  const { route, field, parameters, body, idempotent } = endpoint;
  const all = [...parameters.map(parameterOf), ...(idempotent ? [idempotencyParameter] : [])];
  return {
    operationId: `${route.operation[0]!.toLowerCase()}${route.operation.slice(1)}`,
    summary: route.summary,
    ...(field.description && { description: field.description }),
    tags: [route.path.split('/')[1]],
    ...(all.length > 0 && { parameters: all }),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: inputs.objectSchema(body.type, body.omitted) } },
      },
    }),
    responses: responsesOf(schema, endpoint),
  };
}

const common: Readonly<Record<string, Schema>> = {
  Problem: {
    type: 'object',
    description: 'RFC 9457. What else a refusal tells, such as `available` or `field`, stands beside these.',
    properties: {
      type: { type: 'string', format: 'uri', examples: ['urn:marquee:problem:not-enough-tickets'] },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'In plain English, fit to be shown.' },
      code: { type: 'string', description: "A refusal's type or an error's code: branch on this." },
      correlationId: { type: 'string', description: 'Quote it when you report the problem.' },
    },
    required: ['type', 'title', 'status', 'detail', 'code', 'correlationId'],
  },
  Warning: {
    type: 'object',
    properties: {
      code: { type: 'string' },
      detail: { type: 'string' },
      path: { type: 'string', description: 'Where in `data` null stands, parts divided by dots.' },
    },
    required: ['code', 'detail', 'path'],
  },
};

/** The OpenAPI 3.1 document of these endpoints. */
export function openApiOf(schema: GraphQLSchema, endpoints: readonly Endpoint[]): Schema {
  const inputs = createInputs();
  const paths: Record<string, Schema> = {};
  for (const endpoint of endpoints) {
    const { path, method } = endpoint.route;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(schema, endpoint, inputs) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Marquee',
      version: '1',
      description: 'The commonest operations of the graph for programs that speak no GraphQL.',
    },
    servers: [{ url: '/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An access token or an API key.' },
      },
      schemas: { ...common, ...inputs.components },
    },
  };
}
