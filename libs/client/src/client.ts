import type { TypedDocument } from './document.ts';
import { MarqueeError, type GraphError } from './errors.ts';
import { readEvents, type ServerEvent } from './events.ts';
import { operations as documents } from './generated/operations.ts';

export type ClientOptions = {
  /** Such as `https://tickets.example/graphql`. */
  readonly url: string;
  /** An access token or an API key; a function is asked for each request, so that it can be fresh. */
  readonly token?: string | (() => string | undefined | Promise<string | undefined>);
  /** Who this is: it is told before a field that it uses goes. */
  readonly client?: { readonly name: string; readonly version: string };
  /** For one request. Default 30,000. */
  readonly timeoutMs?: number;
  /** Sends ids in the place of texts, for documents that are registered with the gateway. Default false. */
  readonly byId?: boolean;
  /** Default: the platform's own. */
  readonly fetch?: typeof fetch;
};

export type RequestOptions = { readonly signal?: AbortSignal };

export type Answer<Result> = {
  /** Null where nothing could be answered. */
  readonly data: Result | null;
  readonly errors: readonly GraphError[];
  readonly correlationId: string | undefined;
};

type Arguments<Variables> =
  Record<string, never> extends Variables
    ? [variables?: Variables, options?: RequestOptions]
    : [variables: Variables, options?: RequestOptions];

type Documents = typeof documents;

/** Every query and mutation of the contract as a function: `holdTickets({ input })`. */
export type Operations = {
  readonly [Name in keyof Documents as Uncapitalize<Name>]: Documents[Name] extends TypedDocument<
    infer Result,
    infer Variables
  >
    ? (...of: Arguments<Variables>) => Promise<Result>
    : never;
};

export type MarqueeClient = {
  readonly operations: Operations;
  /** The data, whole; throws a MarqueeError where anything of it is missing. */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...of: Arguments<Variables>
  ): Promise<Result>;
  /** The data, or what of it there is, beside the errors; throws a MarqueeError where the graph did not answer. */
  send<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...of: Arguments<Variables>
  ): Promise<Answer<Result>>;
  /**
   * What a subscription shows, now and whenever it changes, until `signal` fires, the server ends it or the loop is left.
   * Begin again where it ends: its first answer is the present.
   */
  subscribe<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...of: Arguments<Variables>
  ): AsyncGenerator<Result>;
};

type Sent = {
  readonly response: Response;
  readonly correlationId: string | undefined;
  /** What is thrown in the place of a fault of the transport, also one that befalls the body. */
  readonly faultOf: (cause: unknown) => unknown;
};
type Body = { readonly data?: unknown; readonly errors?: readonly GraphError[] };

const defaultTimeoutMs = 30_000;

function secondsIn(header: string | null): number | undefined {
  return header !== null && /^\d+$/.test(header) ? Number(header) : undefined;
}

function failure({ response, correlationId }: Sent, { data, errors = [] }: Body): MarqueeError {
  const [first] = errors;
  return new MarqueeError(first?.message ?? `The graph answered with status ${response.status}.`, {
    code: first?.extensions?.code ?? 'UNREADABLE',
    status: response.status,
    correlationId,
    retryAfterSeconds: secondsIn(response.headers.get('retry-after')),
    errors,
    data,
  });
}

function parseBody(text: string): Body | null {
  try {
    const body = JSON.parse(text) as Body | null;
    return typeof body === 'object' && body !== null && ('data' in body || 'errors' in body) ? body : null;
  } catch {
    return null;
  }
}

/** Sends requests; what does not come back as an answer of HTTP is a MarqueeError, save the caller's own abort. */
function createTransport(options: ClientOptions) {
  const { url, token, client, byId = false } = options;
  const send = options.fetch ?? fetch;
  return async (
    { id, source }: TypedDocument<unknown, unknown>,
    variables: unknown,
    {
      accept,
      signal,
      timeoutMs,
    }: { accept: string; signal: AbortSignal | undefined; timeoutMs: number | undefined },
  ): Promise<Sent> => {
    const bearer = typeof token === 'function' ? await token() : token;
    const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const signals = [signal, timeout].filter((each) => each !== undefined);
    const faultOf = (cause: unknown): unknown => {
      if (signal?.aborted) return cause;
      if (timeout?.aborted) {
        return new MarqueeError(`No answer within ${timeoutMs} ms.`, { code: 'TIMEOUT', cause });
      }
      return new MarqueeError(`${new URL(url).host} cannot be reached.`, { code: 'NETWORK', cause });
    };
    try {
      const response = await send(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept,
          ...(bearer && { authorization: `Bearer ${bearer}` }),
          ...(client && {
            'apollographql-client-name': client.name,
            'apollographql-client-version': client.version,
          }),
        },
        body: JSON.stringify({
          ...(byId ? { documentId: id } : { query: source }),
          variables: variables ?? {},
        }),
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      });
      return { response, correlationId: response.headers.get('x-correlation-id') ?? undefined, faultOf };
    } catch (cause) {
      throw faultOf(cause);
    }
  };
}

async function textOf({ response, faultOf }: Sent): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw faultOf(cause);
  }
}

async function* eventsOf({ faultOf }: Sent, body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  try {
    yield* readEvents(body);
  } catch (cause) {
    throw faultOf(cause);
  }
}

/** A client of the graph by `fetch` alone, for browsers, Node and edge runtimes. */
export function createClient(options: ClientOptions): MarqueeClient {
  const transport = createTransport(options);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;

  const ask = async (
    document: TypedDocument<unknown, unknown>,
    variables: unknown,
    { signal }: RequestOptions = {},
  ) => {
    const accept = 'application/graphql-response+json, application/json';
    const sent = await transport(document, variables, { accept, signal, timeoutMs });
    const body = parseBody(await textOf(sent));
    if (!body) throw failure(sent, {});
    return { sent, body };
  };
  const send = async (
    document: TypedDocument<unknown, unknown>,
    variables?: unknown,
    of?: RequestOptions,
  ) => {
    const { sent, body } = await ask(document, variables, of);
    if (!('data' in body)) throw failure(sent, body);
    return { data: body.data ?? null, errors: body.errors ?? [], correlationId: sent.correlationId };
  };
  const request = async (
    document: TypedDocument<unknown, unknown>,
    variables?: unknown,
    of?: RequestOptions,
  ) => {
    const { sent, body } = await ask(document, variables, of);
    if ((body.errors?.length ?? 0) > 0 || !body.data) throw failure(sent, body);
    return body.data;
  };
  async function* subscribe(
    document: TypedDocument<unknown, unknown>,
    variables?: unknown,
    { signal }: RequestOptions = {},
  ): AsyncGenerator<unknown> {
    const sent = await transport(document, variables, {
      accept: 'text/event-stream',
      signal,
      timeoutMs: undefined,
    });
    const { body, headers } = sent.response;
    if (!body || !headers.get('content-type')?.startsWith('text/event-stream')) {
      throw failure(sent, parseBody(await textOf(sent)) ?? {});
    }
    for await (const { event, data } of eventsOf(sent, body)) {
      if (event === 'complete') return;
      if (event !== 'next') continue;
      const result = parseBody(data) ?? {};
      if ((result.errors?.length ?? 0) > 0 || !result.data) throw failure(sent, result);
      yield result.data;
    }
  }
  const functions = Object.entries(documents).map(([name, document]) => [
    `${name[0]!.toLowerCase()}${name.slice(1)}`,
    (variables?: unknown, of?: RequestOptions) => request(document, variables, of),
  ]);
  const operations = Object.fromEntries(functions) as Operations;
  return { operations, request, send, subscribe } as MarqueeClient;
}
