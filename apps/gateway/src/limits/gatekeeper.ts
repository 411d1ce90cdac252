import {
  createDocumentGate,
  errorAnswer,
  graphError,
  type ErrorCode,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
} from '@marquee/subgraph';
import type { GraphQLError } from 'graphql';
import { clientAddress } from '../access/client-address.ts';
import type { OperationFacts } from '../documents/document-facts.ts';
import { clientLimits, maxPageSize, refusalPoints } from './client-limits.ts';
import type { Meter } from '../metering/meter.ts';
import type { Standing } from '../metering/standings.ts';
import type { Admission, Caller, RateLimits, Spent } from './rate-limits.ts';

/** An operation that is not executed, and why. */
export type Refusal = {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
};

export type Admitted = Admission & { readonly estimate: number };

/** What a client may ask for: at once, and over time. */
export type Gatekeeper = {
  /** Judges a document before anything of it is understood; null where it is fit. */
  judgeDocument(caller: Caller, source: string): Refusal | null;
  /** Judges an operation by its cost and by what its caller has left. Without facts, where it cannot be understood. */
  admit(
    caller: Caller,
    facts: OperationFacts | null,
    variables: Readonly<Record<string, unknown>> | undefined,
  ): Promise<Admitted | { readonly refused: Refusal }>;
  /** A token that was not right: to find that out is work. */
  chargeRefusal(caller: Caller): void;
  /** Whether one more request from this address is taken. */
  takes(address: string): Promise<boolean>;
  /** The same route, closed to addresses that send too many requests. */
  guard(route: HttpRoute): HttpRoute;
};

const noFields: ReadonlyMap<string, number> = new Map();

function tooLarge(message: string, extensions: Refusal['extensions'] = {}): Refusal {
  return { status: 400, code: 'LIMIT_EXCEEDED', message, extensions, headers: {} };
}

export function toAnswer(
  { status, code, message, extensions, headers }: Refusal,
  correlationId: string,
): HttpAnswer {
  const answer = errorAnswer(status, code, message, correlationId, extensions);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

export function toError({ code, message, extensions }: Refusal): GraphQLError {
  return graphError(code, message, extensions);
}

function planSpent({ plan, resetsAt }: Standing, headers: Refusal['headers']): Refusal {
  const seconds = Math.max(1, Math.ceil((Date.parse(resetsAt) - Date.now()) / 1_000));
  return {
    status: 429,
    code: 'PLAN_SPENT',
    message: `The plan "${plan}" allows no more requests before ${resetsAt}. Choose a larger one, or wait.`,
    extensions: { plan, resetsAt },
    headers: { ...headers, 'retry-after': String(seconds) },
  };
}

/** A header holds a list: that of the rates comes first. */
function joined(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>> | null) {
  if (!other) return one;
  return { ...one, ...other, ...both('ratelimit', one, other), ...both('ratelimit-policy', one, other) };
}

function both(
  name: string,
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): Record<string, string> {
  return one[name] && other[name] ? { [name]: `${one[name]}, ${other[name]}` } : {};
}

export function createGatekeeper(options: {
  readonly rates: RateLimits;
  /** Of what API keys ask for. Left out: nobody counts it. */
  readonly meter?: Meter | undefined;
  /** The most that one operation may cost, by its estimate. */
  readonly maxCost: number;
  /** How many proxies stand before this gateway. */
  readonly trustedProxies: number;
}): Gatekeeper {
  const { rates, meter, maxCost, trustedProxies } = options;
  const gate = createDocumentGate(clientLimits);

  const tooMuch = (spent: Spent): Refusal => {
    const { budget, retryAfterSeconds } = spent;
    return {
      status: 429,
      code: 'RATE_LIMITED',
      message: `Too much was asked in too short a time (${budget}). Try again in ${retryAfterSeconds} s.`,
      extensions: { budget, retryAfterSeconds },
      headers: rates.headersOf(spent),
    };
  };
  const judgeCost = (cost: number, longestPage: number): Refusal | null => {
    if (longestPage > maxPageSize) {
      const message = `first and last may be ${maxPageSize} at most; the operation asks for ${longestPage} entries.`;
      return tooLarge(message, { limit: maxPageSize });
    }
    if (cost <= maxCost) return null;
    const message = `The operation may cost ${cost} points; ${maxCost} are allowed. Ask for shorter pages.`;
    return tooLarge(message, { cost, maxCost });
  };

  return {
    judgeDocument: (caller, source) => {
      const excess = gate(source);
      if (!excess) return null;
      rates.charge(caller, refusalPoints);
      return tooLarge(excess);
    },
    admit: async (caller, facts, variables) => {
      const { cost: estimate, longestPage } = facts?.cost.estimate(variables) ?? {
        cost: refusalPoints,
        longestPage: 0,
      };
      const excess = judgeCost(estimate, longestPage);
      if (excess) {
        rates.charge(caller, refusalPoints);
        return { refused: excess };
      }
      const { viewer } = caller;
      const spent = meter?.spentPlanOf(viewer);
      if (spent) {
        rates.charge(caller, refusalPoints);
        return { refused: planSpent(spent, meter!.headersOf(viewer) ?? {}) };
      }
      const rootFields = facts?.cost.rootFields ?? noFields;
      const admission = await rates.admit(caller, estimate, rootFields);
      if ('budget' in admission) return { refused: tooMuch(admission) };
      // What cannot be understood is nobody's use of the graph.
      if (facts) meter?.count(viewer, rootFields);
      const headers = () => joined(admission.headers(), meter?.headersOf(viewer) ?? null);
      return { settle: admission.settle, headers, estimate };
    },
    chargeRefusal: (caller) => rates.charge(caller, refusalPoints),
    takes: async (address) => (await rates.arrive(address)) === null,
    guard: (route) => async (exchange: HttpExchange) => {
      const spent = await rates.arrive(clientAddress(exchange, trustedProxies));
      return spent ? toAnswer(tooMuch(spent), exchange.correlationId) : route(exchange);
    },
  };
}
