export type OutboundFault = 'BREAKER_OPEN' | 'DEADLINE' | 'CONNECTION' | 'RESPONSE_TOO_LARGE';

/**
 * The other side did not answer: its breaker is open, the deadline passed or the connection failed. Match on `name`
 * and `code`, not `instanceof`.
 */
export class OutboundUnavailableError extends Error {
  override readonly name = 'OutboundUnavailableError';
  readonly code: OutboundFault;
  /** The `name` the outbound was created with. */
  readonly outbound: string;

  constructor(outbound: string, code: OutboundFault, message: string, cause?: unknown) {
    super(`${outbound}: ${message}`, cause === undefined ? undefined : { cause });
    this.outbound = outbound;
    this.code = code;
  }
}

/** Whether this is an `OutboundUnavailableError`, in any realm. */
export function isUnavailable(error: unknown): error is OutboundUnavailableError {
  return (error as { name?: unknown } | null)?.name === 'OutboundUnavailableError';
}

/** Met before a byte of the request left, so that trying again cannot do anything twice. */
const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const connectionCodes = new Set([
  ...neverSentCodes,
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);

export function neverSent(error: unknown): boolean {
  return codesOf(error).some((code) => neverSentCodes.has(code) || code === 'UND_ERR_CONNECT_TIMEOUT');
}

export function isConnectionFault(error: unknown): boolean {
  return codesOf(error).some((code) => connectionCodes.has(code));
}

/** The codes of an error and its causes; an `AggregateError` (a name with several addresses) has them in `errors`. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 4) return [];
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const nested = [cause, ...(Array.isArray(errors) ? errors : [])].flatMap((inner) =>
    codesOf(inner, depth + 1),
  );
  return typeof code === 'string' ? [code, ...nested] : nested;
}
