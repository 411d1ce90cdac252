import { GraphQLError, type GraphQLErrorOptions } from 'graphql';

/** What a code tells the one who meets it. */
export type ErrorMeaning = {
  /** Statuses of the answer when it is nothing but this error; 200 where the rest of the answer stands beside it. */
  readonly status: readonly number[];
  readonly meaning: string;
  readonly whatToDo: string;
  /** Whether the same request may succeed later. */
  readonly again: 'never' | 'at once' | 'later';
  /** What else `extensions` holds, beside `code` and `correlationId`. */
  readonly extensions?: Readonly<Record<string, string>>;
};

const catalogue = {
  GRAPHQL_PARSE_FAILED: {
    status: [400],
    meaning: 'The document is not GraphQL.',
    whatToDo: 'Mend the document; the message and `locations` say where.',
    again: 'never',
  },
  GRAPHQL_VALIDATION_FAILED: {
    status: [400],
    meaning: 'The document does not fit the graph.',
    whatToDo: 'Generate your types from the schema anew; the message names the field.',
    again: 'never',
  },
  OPERATION_RESOLUTION_FAILURE: {
    status: [400],
    meaning: 'The document has several operations and `operationName` names none of them.',
    whatToDo: 'Send `operationName`.',
    again: 'never',
  },
  BAD_USER_INPUT: {
    status: [400, 200],
    meaning: 'A variable or an argument is malformed or out of range.',
    whatToDo: 'Show the message beside the input. 200 where other fields of the operation succeeded.',
    again: 'never',
    extensions: { field: 'the argument, where a service refused it' },
  },
  BAD_REQUEST: {
    status: [400],
    meaning: 'The HTTP request is not one of GraphQL over HTTP.',
    whatToDo: 'Send one JSON object with `query` or `documentId`. By GET add a preflight header.',
    again: 'never',
  },
  BODY_TOO_LARGE: {
    status: [413],
    meaning: 'The body is longer than is taken.',
    whatToDo: 'Send less at a time; the message says how much is taken. Strangers may send little.',
    again: 'never',
  },
  HEADERS_TOO_LARGE: {
    status: [431],
    meaning: 'The headers are longer than is taken.',
    whatToDo: 'Send fewer headers, or a shorter query string.',
    again: 'never',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: [415],
    meaning: 'The body is of another type than JSON.',
    whatToDo: 'Send `content-type: application/json`.',
    again: 'never',
  },
  UNSUPPORTED_ENCODING: {
    status: [415],
    meaning: 'The body is compressed.',
    whatToDo: 'Send it without `content-encoding`.',
    again: 'never',
  },
  METHOD_NOT_ALLOWED: {
    status: [405],
    meaning: 'The path takes another HTTP method.',
    whatToDo: 'Use one of those in the `allow` header.',
    again: 'never',
  },
  NOT_FOUND: {
    status: [404],
    meaning: 'There is nothing at this path.',
    whatToDo: 'The graph is at `/graphql`.',
    again: 'never',
  },
  REQUEST_TIMEOUT: {
    status: [408],
    meaning: 'The request took longer than 15 seconds to arrive.',
    whatToDo: 'Send it again over a better connection.',
    again: 'at once',
  },
  LIMIT_EXCEEDED: {
    status: [400],
    meaning: 'The operation is larger than any client may send: too deep, too wide, or too costly.',
    whatToDo: 'Ask for smaller pages or in several operations; the message names the limit.',
    again: 'never',
    extensions: { limit: 'the limit', cost: 'the estimate, where the cost is too high', maxCost: 'the most' },
  },
  RATE_LIMITED: {
    status: [429],
    meaning: 'Too much was asked in too short a time.',
    whatToDo: 'Wait as long as `retry-after` says, then go on more slowly; see `RateLimit`.',
    again: 'later',
    extensions: { budget: 'which budget is spent', retryAfterSeconds: 'when it is full again' },
  },
  PLAN_SPENT: {
    status: [429],
    meaning: "The organisation's plan allows its API keys no more requests in this period.",
    whatToDo:
      'Choose a larger plan (`changePlan`), or wait for the next period: `retry-after` says how long.',
    again: 'later',
    extensions: { plan: 'its code', resetsAt: 'when the next period begins' },
  },
  PLAN_RESTRICTED: {
    status: [429],
    meaning: "An overdue invoice restricts the organisation's API keys to the cheapest plan, which is spent.",
    whatToDo:
      'Pay what is overdue (`platformInvoices`): the keys have their own plan again as soon as the payment is recorded.',
    again: 'later',
    extensions: { plan: 'the code of the cheapest', resetsAt: 'when the next period begins' },
  },
  PERSISTED_QUERY_NOT_FOUND: {
    status: [200],
    meaning: 'This gateway has not met the document of this hash.',
    whatToDo: 'Send it once with its hash. Clients with automatic persisted queries do.',
    again: 'at once',
  },
  DOCUMENT_NOT_TRUSTED: {
    status: [400],
    meaning: 'This installation executes registered documents alone.',
    whatToDo: 'Register the document with the release of your client.',
    again: 'never',
  },
  UNAUTHENTICATED: {
    status: [401],
    meaning: 'There is no token or key, or not a good one.',
    whatToDo: 'Sign in again, or refresh the token, and repeat.',
    again: 'never',
  },
  FORBIDDEN: {
    status: [200],
    meaning: "The viewer's scopes or events do not reach this field.",
    whatToDo: 'Show the rest of the answer; hide what this viewer may not do.',
    again: 'never',
    extensions: { serviceName: 'who refused it' },
  },
  SUBGRAPH_UNAVAILABLE: {
    status: [200, 503],
    meaning: 'Part of the answer is missing, for a service did not answer.',
    whatToDo: 'Show the rest, and ask again. A mutation may have been done: repeat it with its key.',
    again: 'later',
    extensions: { serviceName: 'who did not answer', reason: 'such as TIMEOUT or BREAKER_OPEN' },
  },
  UNAVAILABLE: {
    status: [503],
    meaning:
      'What is needed to answer at all cannot be reached: tokens cannot be judged, changes not be heard.',
    whatToDo: 'Ask again after `retry-after`.',
    again: 'later',
  },
  DEADLINE_EXCEEDED: {
    status: [504],
    meaning: 'The operation took longer than it may.',
    whatToDo: 'Ask for less, or again. A mutation may have been done: repeat it with its key.',
    again: 'later',
  },
  DOWNSTREAM_SERVICE_ERROR: {
    status: [200],
    meaning: 'A service answered with an error that has no code of its own.',
    whatToDo: 'As with a fault of ours: show the rest, quote the correlation id.',
    again: 'later',
    extensions: { serviceName: 'whose error it is' },
  },
  DATA_INCOMPLETE: {
    status: [200],
    meaning: 'A service answered null for what must not be null, so that its parent is null.',
    whatToDo: 'Show the rest; where it lasts, quote the correlation id.',
    again: 'later',
  },
  INTERNAL_SERVER_ERROR: {
    status: [200, 500],
    meaning: 'A fault of ours.',
    whatToDo: 'Quote the correlation id; it finds the request in every log.',
    again: 'later',
    extensions: { serviceName: 'where it happened, where that is known' },
  },
} as const satisfies Readonly<Record<string, ErrorMeaning>>;

/** Every `extensions.code` of the graph. What is not here does not compile: `errorAnswer` and `graphError` take no other. */
export type ErrorCode = keyof typeof catalogue;

/** The catalogue of errors: the one source of docs/front-end/errors.md. */
export const errorCodes: Readonly<Record<ErrorCode, ErrorMeaning>> = catalogue;

/** An error of the catalogue, with what else its `extensions` hold. */
export function graphError(
  code: ErrorCode,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
  options: Omit<GraphQLErrorOptions, 'extensions'> = {},
): GraphQLError {
  return new GraphQLError(message, { ...options, extensions: { code, ...extensions } });
}
