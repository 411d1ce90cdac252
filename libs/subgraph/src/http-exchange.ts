import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode } from './error-codes.ts';

/** One request as a route sees it. */
export type HttpExchange = {
  readonly method: string;
  readonly path: string;
  /** With its `?`; empty where there is none. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  /** The other end of the connection: of a proxy, where one stands before this server. */
  readonly remoteAddress?: string;
  readonly correlationId: string;
  readonly traceparent?: string;
  /**
   * The body as text, of `maxBytes` at most where that is less than what the server takes. Throws BodyError where it is
   * too long or not UTF-8; the server answers 413 or 400.
   */
  body(maxBytes?: number): Promise<string>;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Values of `set-cookie`, the one header that is sent more than once. */
  readonly cookies?: readonly string[];
  /** Chunks that come over time are sent as they come; where the client goes, their iterator's `return` is called. */
  readonly body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
};

export type HttpRoute = (exchange: HttpExchange) => Promise<HttpAnswer>;

/**
 * Answers at once what needs no work, before any route and outside of spans and correlations; null leaves the request to
 * its route. Asked with the head of a request, and where that may lead to an answer with the bytes of its body, one
 * character each. What answers null must have had no effect.
 */
export type Shortcut = (exchange: HttpExchange) => ((bytes: string) => HttpAnswer | null) | null;

/** An answer that speaks GraphQL's error format, so that every client can read it. */
export function errorAnswer(
  status: number,
  code: ErrorCode,
  message: string,
  correlationId: string,
  extensions: Readonly<Record<string, unknown>> = {},
): HttpAnswer {
  const body = JSON.stringify({ errors: [{ message, extensions: { code, ...extensions, correlationId } }] });
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}
