import { parseJsonBody, type HttpExchange } from '@marquee/subgraph';
import { getNamedType, getNullableType, isListType, type GraphQLInputType } from 'graphql';
import { idempotencyField, type Endpoint, type Parameter } from './endpoints.ts';

type Variables = Record<string, unknown>;
/** A request that stands for no operation, in words for whoever sent it. */
export class RequestFault extends Error {
  override readonly name = 'RequestFault';
  readonly status: number;
  readonly code: 'BAD_REQUEST' | 'UNSUPPORTED_MEDIA_TYPE';

  constructor(detail: string, status = 400, code: RequestFault['code'] = 'BAD_REQUEST') {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** The value of a text in a path or a query; undefined where it is none. What remains the graph judges. */
function parseOne(type: string, text: string): unknown {
  if (type === 'Int') return /^-?\d{1,10}$/.test(text) ? Number(text) : undefined;
  if (type === 'Float') return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (type === 'Boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  return text;
}

function parseTexts(type: GraphQLInputType, texts: readonly string[]): unknown {
  const { name } = getNamedType(type);
  const values = texts.map((text) => parseOne(name, text));
  if (values.includes(undefined)) return undefined;
  if (isListType(getNullableType(type))) return values;
  return values.length === 1 ? values[0] : undefined;
}

function put(variables: Variables, { variable, field }: Parameter, value: unknown): void {
  if (field === undefined) variables[variable] = value;
  else variables[variable] = { ...(variables[variable] as object | undefined), [field]: value };
}

/** `"8e03978e"` as the draft of the header writes it, or without its quotes. */
function idempotencyKey(header: unknown): string | null {
  const text = typeof header === 'string' ? header.trim() : '';
  const key = /^"(.*)"$/.exec(text)?.[1] ?? text;
  return key === '' ? null : key;
}

/** The variables with those of the body and of `Idempotency-Key`. Throws a RequestFault. */
export function addBody(
  { body, idempotent }: Endpoint,
  headers: HttpExchange['headers'],
  text: string,
  variables: Variables,
): Variables {
  if (!body) {
    if (text.trim() !== '') throw new RequestFault('This operation takes no body.');
    return variables;
  }
  const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new RequestFault('Send content-type: application/json.', 415, 'UNSUPPORTED_MEDIA_TYPE');
  }
  const value = parseJsonBody(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RequestFault('The body must be a JSON object.');
  }
  const twice = body.omitted.find((name) => Object.hasOwn(value, name));
  if (twice === idempotencyField) {
    throw new RequestFault('Send the header Idempotency-Key, and no such field in the body.');
  }
  if (twice !== undefined)
    throw new RequestFault(`\`${twice}\` is in the path, and must not be in the body.`);
  const key = idempotent ? idempotencyKey(headers['idempotency-key']) : null;
  if (idempotent && key === null) {
    throw new RequestFault(
      'Send the header Idempotency-Key: a new UUID for each intent, the same one when you repeat it.',
    );
  }
  const given = variables[body.variable] as object | undefined;
  const input = { ...value, ...given, ...(key !== null && { [idempotencyField]: key }) };
  return { ...variables, [body.variable]: input };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The variables that path and query give. Throws a RequestFault. */
export function readParameters(
  endpoint: Endpoint,
  search: URLSearchParams,
  pathValues: readonly string[],
): Variables {
  const known = new Set(endpoint.parameters.filter((one) => one.in === 'query').map(({ name }) => name));
  const strange = [...search.keys()].find((name) => !known.has(name));
  if (strange !== undefined) {
    const names = [...known].join(', ');
    const there = names ? `; there is: ${names}` : '';
    throw new RequestFault(`There is no parameter \`${strange.slice(0, 100)}\` here${there}.`);
  }
  const variables: Variables = {};
  for (const parameter of endpoint.parameters) {
    const { name, type, required } = parameter;
    const inPath =
      parameter.in === 'path' ? decode(pathValues[endpoint.pathNames.indexOf(name)] ?? '') : undefined;
    if (inPath === null) throw new RequestFault(`\`${name}\` in the path is not well encoded.`);
    const texts = inPath === undefined ? search.getAll(name) : [inPath];
    if (texts.length === 0) {
      if (required) throw new RequestFault(`The parameter \`${name}\` is missing.`);
      continue;
    }
    const value = parseTexts(type, texts);
    if (value === undefined) {
      throw new RequestFault(`The parameter \`${name}\` must be one ${getNamedType(type).name}.`);
    }
    put(variables, parameter, value);
  }
  return variables;
}
