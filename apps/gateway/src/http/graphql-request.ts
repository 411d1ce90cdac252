import { errorAnswer, parseJsonBody, type HttpAnswer, type HttpExchange } from '@marquee/subgraph';

/** What a client sent, by GET or POST, before anything of it is understood. */
export type GraphqlRequest = {
  readonly query?: string;
  /** `sha256:…`, in the place of `query`: the persisted documents of GraphQL over HTTP. */
  readonly documentId?: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
};

/** With the text of the body where there was one. */
type Read = { readonly request: GraphqlRequest; readonly text?: string } | { readonly refused: HttpAnswer };

const kinds = {
  query: 'a string',
  documentId: 'a string',
  operationName: 'a string',
  variables: 'an object',
  extensions: 'an object',
} as const;

function isOfKind(value: unknown, kind: string): boolean {
  return kind === 'a string'
    ? typeof value === 'string'
    : typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The known fields of a request; a message where one is not of its kind. Null stands for absent. */
function parseFields(fields: Readonly<Record<string, unknown>>): GraphqlRequest | string {
  const request: Record<string, unknown> = {};
  for (const [name, kind] of Object.entries(kinds)) {
    const value = fields[name];
    if (value === undefined || value === null) continue;
    if (!isOfKind(value, kind)) return `\`${name}\` must be ${kind}.`;
    request[name] = value;
  }
  return request;
}

/** The parameters of a GET; `variables` and `extensions` are JSON in them. */
function parseSearch(search: string): GraphqlRequest | string {
  const parameters = new URLSearchParams(search);
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(kinds)) {
    const all = parameters.getAll(name);
    if (all.length > 1) return `\`${name}\` must be given once.`;
    const [text] = all;
    if (text === undefined) continue;
    if (kinds[name as keyof typeof kinds] === 'a string') fields[name] = text;
    else {
      try {
        fields[name] = JSON.parse(text);
      } catch {
        return `\`${name}\` must be JSON.`;
      }
    }
  }
  return parseFields(fields);
}

function parseBody(text: string): GraphqlRequest | string {
  const body = parseJsonBody(text);
  if (Array.isArray(body)) return 'Send one operation a request.';
  if (typeof body !== 'object' || body === null) return 'The body must be a JSON object.';
  return parseFields(body as Record<string, unknown>);
}

/** Whether a body is sent as JSON. */
export function isJson({ headers }: HttpExchange): boolean {
  const type = headers['content-type'] ?? '';
  return type === json || type.split(';')[0]!.trim().toLowerCase() === json;
}

const json = 'application/json';

/** Reads a request of `GraphQL over HTTP` (https://graphql.github.io/graphql-over-http/draft/). */
export async function readGraphqlRequest(exchange: HttpExchange, maxBodyBytes?: number): Promise<Read> {
  const { method, correlationId } = exchange;
  const bad = (message: string): Read => ({
    refused: errorAnswer(400, 'BAD_REQUEST', message, correlationId),
  });
  if (method === 'GET') {
    const parsed = parseSearch(exchange.search);
    return typeof parsed === 'string' ? bad(parsed) : { request: parsed };
  }
  if (!isJson(exchange)) {
    // Not only tidy: a page of another origin can send text or forms without asking first, but not JSON.
    const message = 'Send content-type: application/json.';
    return { refused: errorAnswer(415, 'UNSUPPORTED_MEDIA_TYPE', message, correlationId) };
  }
  const text = await exchange.body(maxBodyBytes);
  const parsed = parseBody(text);
  return typeof parsed === 'string' ? bad(parsed) : { request: parsed, text };
}

/** The request as Apollo Server takes it, with this document in it. */
export function toApollo(exchange: HttpExchange, request: GraphqlRequest, source: string | undefined) {
  const { operationName, variables, extensions = {} } = request;
  const { persistedQuery: _resolved, ...others } = extensions;
  const body = {
    ...(source !== undefined && { query: source }),
    ...(operationName !== undefined && { operationName }),
    ...(variables && { variables }),
    ...(Object.keys(others).length > 0 && { extensions: others }),
  };
  if (exchange.method !== 'GET') return { exchange, body };
  const isAsSent = source === request.query && !extensions['persistedQuery'];
  const parameters = Object.entries(body).map(
    ([name, value]) =>
      `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  );
  const search = isAsSent ? exchange.search : `?${parameters.join('&')}`;
  return { exchange: { ...exchange, search }, body: undefined };
}
