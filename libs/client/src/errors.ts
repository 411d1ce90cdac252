import type { ErrorCode } from './generated/operations.ts';

/** An error of the answer, beside whatever of it is there. */
export type GraphError = {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: ErrorCode } & Readonly<Record<string, unknown>>;
};

/** A code of the graph; or: nothing came, nothing came in time, or what came was no answer of the graph. */
export type FailureCode = ErrorCode | 'NETWORK' | 'TIMEOUT' | 'UNREADABLE';

type Details = {
  readonly code: FailureCode;
  readonly status?: number | undefined;
  readonly correlationId?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly errors?: readonly GraphError[];
  readonly data?: unknown;
  readonly cause?: unknown;
};

/** An operation failed. A refusal of a mutation is no failure: it is a member of what the operation answers. */
export class MarqueeError extends Error {
  override readonly name = 'MarqueeError';
  /** Branch on this. */
  readonly code: FailureCode;
  /** Of HTTP; undefined where no answer came. */
  readonly status: number | undefined;
  /** Quote it when you report the failure. */
  readonly correlationId: string | undefined;
  /** Where the server says when to come back. */
  readonly retryAfterSeconds: number | undefined;
  /** Everything that went wrong, where the graph answered. */
  readonly errors: readonly GraphError[];
  /** What of the answer is there all the same. */
  readonly data: unknown;

  constructor(message: string, details: Details) {
    super(message, details.cause === undefined ? {} : { cause: details.cause });
    this.code = details.code;
    this.status = details.status;
    this.correlationId = details.correlationId;
    this.retryAfterSeconds = details.retryAfterSeconds;
    this.errors = details.errors ?? [];
    this.data = details.data ?? null;
  }
}
