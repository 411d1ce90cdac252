import { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { deadlineHeader, outgoingCorrelationHeaders, remainingTimeMs } from '@marquee/telemetry';

export type OutboundRequest = {
  /** Default GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whole bodies only: a stream could not be sent again. */
  readonly body?: string | Uint8Array;
  /** The caller's own wish to stop; it does not count against the other side. */
  readonly signal?: AbortSignal;
  /** Says that this request may be sent twice though its method does not: a GraphQL query by POST. */
  readonly safe?: boolean;
};

/** A response whose body has arrived as a whole, within the deadline. */
export type OutboundResponse = {
  readonly url: string;
  readonly status: number;
  /** Whether the status is 200..299. */
  readonly ok: boolean;
  readonly headers: Headers;
  text(): Promise<string>;
  json(): Promise<unknown>;
  bytes(): Promise<Uint8Array>;
};

/** A response whose body comes over time. Who leaves off reading it ends the exchange. */
export type StreamedResponse = Pick<OutboundResponse, 'url' | 'status' | 'ok' | 'headers'> & {
  readonly body: AsyncIterable<Uint8Array>;
};

/** Thrown inside the breaker so that it counts; unwrapped before the caller sees it. */
export class FailureStatus extends Error {
  override readonly name = 'FailureStatus';
  readonly response: OutboundResponse;

  constructor(response: OutboundResponse) {
    super(`status ${response.status}`);
    this.response = response;
  }
}

export class ResponseTooLarge extends Error {
  override readonly name = 'ResponseTooLarge';
}

/**
 * A connection that nobody used for so long is closed by us, whatever the other side promises in `Keep-Alive`: a proxy on the
 * way hands that promise on and keeps one of its own, and a request that meets its close is lost.
 */
const idleMs = 10_000;

/** The connections of one outbound: at most 128 to an origin, kept alive; waiting for one counts to the deadline. */
export function createAgent(keepAliveTimeout = idleMs): Agent {
  return new Agent({
    connections: 128,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout,
    keepAliveMaxTimeout: keepAliveTimeout,
  });
}

export type ExchangeOptions = {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly maxResponseBytes: number;
  /** Takes each line of a good answer as it comes, without its end; the body is then empty. */
  readonly onLine?: (line: string) => void;
};

/**
 * One request, without retries: redirects are not followed (a 3xx is an answer), bodies are read whole up to
 * `maxResponseBytes`. By `dispatch` of undici, below `fetch` and `request`: no stream is made of a body that is wanted
 * whole.
 */
export async function exchange(
  url: string | URL,
  init: OutboundRequest,
  options: ExchangeOptions,
): Promise<OutboundResponse> {
  const response = await receive(url, init, options);
  if (isFailure(response.status)) throw new FailureStatus(response);
  return response;
}

function receive(
  url: string | URL,
  init: OutboundRequest,
  { dispatcher, signal, maxResponseBytes, onLine }: ExchangeOptions,
): Promise<OutboundResponse> {
  const { promise, resolve, reject } = Promise.withResolvers<OutboundResponse>();
  const { origin, pathname, search } = typeof url === 'string' ? new URL(url) : url;
  const chunks: Buffer[] = [];
  let running: Dispatcher.DispatchController | undefined;
  let head: { readonly status: number; readonly raw: RawHeaders } = { status: 0, raw: {} };
  let length = 0;
  const onAbort = () => running?.abort(signal.reason as Error);
  const settle = (end: () => void) => {
    signal.removeEventListener('abort', onAbort);
    end();
  };
  const byLine = onLine && createLineReader(onLine);
  signal.addEventListener('abort', onAbort);
  dispatcher.dispatch(
    { origin, path: `${pathname}${search}`, headersTimeout: 0, bodyTimeout: 0, ...requestOf(init) },
    {
      onRequestStart: (controller) => {
        running = controller;
        if (signal.aborted) onAbort();
      },
      onResponseStart: (_, status, raw) => {
        head = { status, raw };
      },
      onResponseData: (controller, chunk) => {
        length += chunk.byteLength;
        if (length > maxResponseBytes) controller.abort(tooLarge(maxResponseBytes));
        else if (byLine && isOk(head.status)) byLine(chunk);
        else chunks.push(chunk);
      },
      onResponseEnd: () => {
        const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
        settle(() => resolve(toResponse(url, head.status, head.raw, body)));
      },
      onResponseError: (_, error) => settle(() => reject(error)),
    },
  );
  return promise;
}

const newLine = 0x0a;

/** Puts lines together from pieces that end anywhere. What comes after the last line's end is no line. */
function createLineReader(onLine: (line: string) => void): (chunk: Buffer) => void {
  let rest: Buffer[] = [];
  return (chunk) => {
    let from = 0;
    for (let end = chunk.indexOf(newLine); end >= 0; end = chunk.indexOf(newLine, from)) {
      const last = chunk.subarray(from, end);
      onLine((rest.length > 0 ? Buffer.concat([...rest, last]) : last).toString('utf8'));
      rest = [];
      from = end + 1;
    }
    if (from < chunk.byteLength) rest.push(chunk.subarray(from));
  };
}

/** As `exchange`, answered as soon as the body begins; between two pieces of it `silenceMs` may pass. */
export async function exchangeStreamed(
  url: string | URL,
  init: OutboundRequest,
  { silenceMs, ...options }: ExchangeOptions & { readonly silenceMs: number },
): Promise<StreamedResponse> {
  const { dispatcher, signal } = options;
  const answer = await request(url, { ...requestOf(init), dispatcher, signal, bodyTimeout: silenceMs });
  const failed = isFailure(answer.statusCode);
  const body = failed ? await readWhole(answer.body, options.maxResponseBytes) : Buffer.alloc(0);
  const response = toResponse(url, answer.statusCode, answer.headers, body);
  if (failed) throw new FailureStatus(response);
  const { status, ok, headers } = response;
  return { url: response.url, status, ok, headers, body: answer.body };
}

/** What came as a whole, as if it had come over time. */
export async function toStreamed(response: OutboundResponse): Promise<StreamedResponse> {
  const { url, status, ok, headers } = response;
  return { url, status, ok, headers, body: Readable.from([await response.bytes()]) };
}

const isFailure = (status: number) => status >= 500 || status === 429;
const isOk = (status: number) => status >= 200 && status < 300;

function requestOf(init: OutboundRequest) {
  return {
    method: (init.method ?? 'GET').toUpperCase() as Dispatcher.HttpMethod,
    headers: { ...lowerCased(init.headers), ...outgoingCorrelationHeaders(), ...deadlineHeaders() },
    body: init.body ?? null,
  };
}

/** What is left of the caller's time, passed on: the other side need not work for nobody. */
function deadlineHeaders(): Record<string, string> {
  const remainingMs = remainingTimeMs();
  return remainingMs === undefined ? {} : { [deadlineHeader]: String(remainingMs) };
}

function tooLarge(maxBytes: number): ResponseTooLarge {
  return new ResponseTooLarge(`the response is longer than ${maxBytes} bytes`);
}

async function readWhole(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > maxBytes) {
      body.destroy();
      throw tooLarge(maxBytes);
    }
    chunks.push(chunk);
  }
  return chunks.length === 1 ? Buffer.from(chunks[0]!) : Buffer.concat(chunks, length);
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

function toResponse(url: string | URL, status: number, raw: RawHeaders, body: Buffer): OutboundResponse {
  let headers: Headers | undefined;
  return {
    url: String(url),
    status,
    ok: isOk(status),
    get headers() {
      return (headers ??= toHeaders(raw));
    },
    text: async () => body.toString('utf8'),
    json: async () => JSON.parse(body.toString('utf8')) as unknown,
    bytes: async () => body,
  };
}

function toHeaders(raw: RawHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(raw)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  return headers;
}

function lowerCased(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
