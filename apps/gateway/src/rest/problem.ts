import { errorCodes, type ErrorCode, type HttpAnswer } from '@marquee/subgraph';

/** `application/problem+json` (RFC 9457), with `code`, `correlationId` and what else the refusal or the error has. */
export type Problem = {
  readonly status: number;
  /** A refusal's type (`NotEnoughTickets`) or an error's code (`UNAUTHENTICATED`). */
  readonly code: string;
  readonly detail: string;
  readonly correlationId: string;
  readonly more?: Readonly<Record<string, unknown>>;
};

/** `NotEnoughTickets` and `NOT_FOUND` as `not-enough-tickets` and `not-found`. */
function slugOf(code: string): string {
  return code
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase();
}

export function problemAnswer(
  { status, code, detail, correlationId, more }: Problem,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const slug = slugOf(code);
  const words = slug.replaceAll('-', ' ');
  const body = {
    ...more,
    type: `urn:marquee:problem:${slug}`,
    title: `${words[0]!.toUpperCase()}${words.slice(1)}`,
    status,
    detail,
    code,
    correlationId,
  };
  return {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}

/** Of refusals that a status says more exactly than 409 does. */
const refusalStatuses: Readonly<Record<string, number>> = {
  InvalidInput: 422,
  IdempotencyConflict: 422,
  NotFound: 404,
  PaymentDeclined: 402,
  TooBusy: 503,
  Unavailable: 503,
  NotYetAvailable: 501,
};

/** The status of a refusal by its type. */
export function statusOfRefusal(type: string): number {
  return refusalStatuses[type] ?? 409;
}

/** Where the graph answers 200 because the rest of its answer stands beside the error. Here nothing does. */
const aloneStatuses: Partial<Record<ErrorCode, number>> = {
  FORBIDDEN: 403,
  SUBGRAPH_UNAVAILABLE: 503,
  DOWNSTREAM_SERVICE_ERROR: 502,
  DATA_INCOMPLETE: 502,
  INTERNAL_SERVER_ERROR: 500,
};

/** The status of an error of the graph that is the whole answer. */
export function statusOfError(code: string): number {
  const known = aloneStatuses[code as ErrorCode];
  if (known !== undefined) return known;
  const statuses = code in errorCodes ? errorCodes[code as ErrorCode].status : [];
  return statuses.find((status) => status >= 400) ?? 500;
}
