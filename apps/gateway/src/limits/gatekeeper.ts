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
  ): Admitted | { readonly refused: Refusal };
  /** The same for an operation whose answer is kept: it was judged before, costs one point and only its caller counts. */
  admitKept(
    caller: Caller,
    facts: OperationFacts,
    estimate: number,
  ): Admitted | { readonly refused: Refusal };
  /** A token that was not right: to find that out is work. */
  chargeRefusal(caller: Caller): void;
  /** One more request from this address; null where it is taken. */
  arrive(address: string): Refusal | null;
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

/** An answer that says what it cost, and what its caller has left. */
export function withCosts(answer: HttpAnswer, admitted: Admitted, cost: number): HttpAnswer {
  const costs = { 'x-marquee-cost': `${cost};estimate=${admitted.estimate}` };
  return { ...answer, headers: { ...answer.headers, ...admitted.headers(), ...costs } };
}

export function toError({ code, message, extensions }: Refusal): GraphQLError {
  return graphError(code, message, extensions);
}

function judgeCost(cost: number, longestPage: number, maxCost: number): Refusal | null {
  if (longestPage > maxPageSize) {
    const message = `first and last may be ${maxPageSize} at most; the operation asks for ${longestPage} entries.`;
    return tooLarge(message, { limit: maxPageSize });
  }
  if (cost <= maxCost) return null;
  const message = `The operation may cost ${cost} points; ${maxCost} are allowed. Ask for shorter pages.`;
  return tooLarge(message, { cost, maxCost });
}

function planSpent({ plan, resetsAt, restricted }: Standing, headers: Refusal['headers']): Refusal {
  const seconds = Math.max(1, Math.ceil((Date.parse(resetsAt) - Date.now()) / 1_000));
  const what = restricted ? 'Pay the overdue invoice' : 'Choose a larger one';
  return {
    status: 429,
    code: restricted ? 'PLAN_RESTRICTED' : 'PLAN_SPENT',
    message: `The plan "${plan}" allows no more requests before ${resetsAt}. ${what}, or wait.`,
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
  /** Takes from budgets and from the plan, and counts what is asked. */
  const charge = (
    caller: Caller,
    facts: OperationFacts | null,
    { estimate, points }: { readonly estimate: number; readonly points: number },
  ): Admitted | { readonly refused: Refusal } => {
    const { viewer } = caller;
    const spent = meter?.spentPlanOf(viewer);
    if (spent) {
      rates.charge(caller, refusalPoints);
      return { refused: planSpent(spent, meter!.headersOf(viewer) ?? {}) };
    }
    const rootFields = facts?.cost.rootFields ?? noFields;
    const admission = rates.admit(caller, points, rootFields);
    if ('budget' in admission) return { refused: tooMuch(admission) };
    // What cannot be understood is nobody's use of the graph.
    if (facts) meter?.count(viewer, rootFields);
    const headers = () => joined(admission.headers(), meter?.headersOf(viewer) ?? null);
    return { settle: admission.settle, headers, estimate };
  };
  const arrive = (address: string): Refusal | null => {
    const spent = rates.arrive(address);
    return spent && tooMuch(spent);
  };

  return {
    judgeDocument: (caller, source) => {
      const excess = gate(source);
      if (!excess) return null;
      rates.charge(caller, refusalPoints);
      return tooLarge(excess);
    },
    admit: (caller, facts, variables) => {
      const { cost: estimate, longestPage } = facts?.cost.estimate(variables) ?? {
        cost: refusalPoints,
        longestPage: 0,
      };
      const excess = judgeCost(estimate, longestPage, maxCost);
      if (excess) {
        rates.charge(caller, refusalPoints);
        return { refused: excess };
      }
      return charge(caller, facts, { estimate, points: estimate });
    },
    admitKept: (caller, facts, estimate) => charge(caller, facts, { estimate, points: 1 }),
    chargeRefusal: (caller) => rates.charge(caller, refusalPoints),
    arrive,
    guard: (route) => async (exchange: HttpExchange) => {
      const refused = arrive(clientAddress(exchange, trustedProxies));
      return refused ? toAnswer(refused, exchange.correlationId) : route(exchange);
    },
  };
}
