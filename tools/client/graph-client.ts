import { Pool } from 'undici';

export type GraphError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string };
};

/** What came back, as it came: refusals are in `data`, faults in `errors`, and the caller judges both. */
export type GraphResponse<T> = {
  readonly status: number;
  readonly data: T | null;
  readonly errors: readonly GraphError[];
  /** Of the response header; what to look for in the logs. */
  readonly correlationId: string | null;
};

export type SendOptions = {
  readonly token?: string;
  /** Such as a correlation id of one's own. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type GraphClient = {
  /** Sends one operation. Throws only where no answer came (connection refused, deadline passed). */
  send<T = Record<string, unknown>>(
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: SendOptions,
  ): Promise<GraphResponse<T>>;
  /** As `send`, but throws where the answer holds errors. */
  query<T = Record<string, unknown>>(
    document: string,
    variables?: Readonly<Record<string, unknown>>,
    options?: SendOptions,
  ): Promise<T>;
  close(): Promise<void>;
};

/** A client of the graph's public endpoint, the same for end-to-end tests, traffic and benchmarks. */
export function createGraphClient(options: {
  /** Such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** Sent with each operation that names no other. */
  readonly token?: string;
  /** The program that asks, as the record of who uses which field names it; `unknown` unless told. */
  readonly client?: string;
  readonly timeoutMs?: number;
  readonly connections?: number;
}): GraphClient {
  const { origin, pathname } = new URL(options.url);
  const timeoutMs = options.timeoutMs ?? 15_000;
  const pool = new Pool(origin, {
    connections: options.connections ?? 64,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const send: GraphClient['send'] = async (
    document,
    variables = {},
    { token = options.token, headers: own } = {},
  ) => {
    const { statusCode, headers, body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        ...(token && { authorization: `Bearer ${token}` }),
        ...(options.client && { 'apollographql-client-name': options.client }),
        ...own,
      },
      body: JSON.stringify({ query: document, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = parseAnswer(await body.text());
    const correlationId = headers['x-correlation-id'];
    return {
      status: statusCode,
      data: (answer.data ?? null) as never,
      errors: answer.errors ?? [],
      correlationId: typeof correlationId === 'string' ? correlationId : null,
    };
  };
  return {
    send,
    query: queryBy(send),
    close: () => pool.close(),
  };
}

/** A `query` that sends in this way. */
export function queryBy(send: GraphClient['send']): GraphClient['query'] {
  return async <T>(...request: Parameters<GraphClient['send']>) => {
    const { data, errors, status } = await send<T>(...request);
    if (errors.length > 0 || data === null) {
      throw new Error(`the graph answered ${status}: ${JSON.stringify(errors)}`);
    }
    return data;
  };
}

function parseAnswer(text: string): { data?: unknown; errors?: GraphError[] } {
  try {
    return JSON.parse(text) as { data?: unknown; errors?: GraphError[] };
  } catch {
    return { errors: [{ message: `not JSON: ${text.slice(0, 200)}` }] };
  }
}
