import type { HttpAnswer } from '@marquee/subgraph';
import { isInterfaceType, type GraphQLSchema } from 'graphql';
import type { Endpoint } from './endpoints.ts';
import { problemAnswer, statusOfError, statusOfRefusal } from './problem.ts';

type SentError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

type Result = {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly SentError[];
};

type Page = { readonly edges: readonly { readonly node: unknown }[]; readonly pageInfo: object };

/** Of the graph's answer; they say of its body what is not true of this one. */
const ofTheBody = new Set([
  'content-type',
  'content-encoding',
  'content-length',
  'etag',
  'cache-control',
  'vary',
]);

function passedOn({ headers = {} }: HttpAnswer): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheBody.has(name.toLowerCase())));
}

function isRefusal(schema: GraphQLSchema, type: string): boolean {
  const refusal = schema.getType('Refusal');
  return isInterfaceType(refusal) && schema.getPossibleTypes(refusal).some(({ name }) => name === type);
}

/** Where in `data` a path of the graph's answer leads: without the root, the edges of a page and a union's layer. */
function pathInData({ paged }: Endpoint, path: readonly (string | number)[], unwrapped: boolean): string {
  const [, edges, index, , ...inNode] = path;
  if (paged && edges === 'edges' && index !== undefined) return [index, ...inNode].join('.');
  return path.slice(unwrapped ? 2 : 1).join('.');
}

function errorAnswer(error: SentError, answer: HttpAnswer, correlationId: string): HttpAnswer {
  const { code: given, correlationId: _same, ...more } = error.extensions ?? {};
  const code = typeof given === 'string' ? given : 'INTERNAL_SERVER_ERROR';
  const status = answer.status >= 400 ? answer.status : statusOfError(code);
  const asProblem = { status, code, detail: error.message, correlationId, more };
  const again = status === 503 ? { 'retry-after': '1' } : {};
  return problemAnswer(asProblem, { ...again, ...passedOn(answer) });
}

/** An answer of the gateway's that is nothing but an error, as a problem. */
export function refusedAnswer(answer: HttpAnswer, correlationId: string): HttpAnswer {
  const { errors = [] } = JSON.parse(String(answer.body)) as Result;
  return errorAnswer(errors[0] ?? { message: '' }, answer, correlationId);
}

/** The graph's answer to the operation of an endpoint as an answer of REST. */
export function writeAnswer(
  schema: GraphQLSchema,
  endpoint: Endpoint,
  answer: HttpAnswer,
  correlationId: string,
): HttpAnswer {
  const { data, errors = [] } = JSON.parse(String(answer.body)) as Result;
  const value = data?.[endpoint.root.alias?.value ?? endpoint.root.name.value];
  const [error] = errors;
  if (value === null || value === undefined) {
    if (error) return errorAnswer(error, answer, correlationId);
    const detail = 'There is nothing of this id, or nothing that you may see.';
    return problemAnswer({ status: 404, code: 'NotFound', detail, correlationId }, passedOn(answer));
  }
  const { __typename: type, ...rest } = value as Readonly<Record<string, unknown>>;
  if (typeof type === 'string' && isRefusal(schema, type)) {
    const { message, ...more } = rest;
    const status = statusOfRefusal(type);
    return problemAnswer(
      { status, code: type, detail: String(message), correlationId, more },
      passedOn(answer),
    );
  }
  // What was done, without the layer of the union's member where it holds one thing alone.
  const done = typeof type === 'string' ? Object.values(rest) : [];
  const unwrapped = done.length === 1;
  const page = value as Page;
  const body = endpoint.paged
    ? { data: page.edges.map(({ node }) => node), page: page.pageInfo }
    : { data: unwrapped ? done[0] : typeof type === 'string' ? rest : value };
  const warnings = errors.map(({ message, path = [], extensions }) => ({
    code: extensions?.['code'] ?? 'INTERNAL_SERVER_ERROR',
    detail: message,
    path: pathInData(endpoint, path, unwrapped),
  }));
  return {
    status: endpoint.route.status ?? 200,
    headers: { ...passedOn(answer), 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ...body, ...(warnings.length > 0 && { warnings }) }),
  };
}
