import CircuitBreaker from 'opossum';
import type { Dispatcher } from 'undici';
import { remainingTimeMs, SpanKind, withSpan, type Logger, type Metrics } from '@marquee/telemetry';
import { startDeadline, type Deadline } from './deadline.ts';
import { isConnectionFault, isUnavailable, neverSent, OutboundUnavailableError } from './errors.ts';
import {
  createAgent,
  exchange,
  exchangeStreamed,
  FailureStatus,
  ResponseTooLarge,
  toStreamed,
  type ExchangeOptions,
  type OutboundRequest,
  type OutboundResponse,
  type StreamedResponse,
} from './exchange.ts';
import { observeBreaker, type OutboundCounters } from './observe.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

export type OutboundOptions = {
  /** Names the other side in logs, metrics and health: `guests`, `payments`. */
  readonly name: string;
  /**
   * For a call as a whole: connecting, all attempts, pauses between them and the last byte of the body. Less where the
   * work at hand has less time left (`Correlation.deadlineAtMs`).
   */
  readonly timeoutMs: number;
  readonly breaker?: {
    /** Default 50: above this share of failures over ten seconds the breaker opens. */
    readonly errorThresholdPercentage?: number;
    /** Default 10: calls within ten seconds below which it never opens. */
    readonly volumeThreshold?: number;
    /** Default 5000: after this long one call is let through to try. */
    readonly resetTimeoutMs?: number;
    /** Asked before each attempt; while it answers false the other side is asked whatever the breaker says. Default true. */
    readonly isOn?: () => boolean;
  };
  /**
   * `attempts` in all, 1 to 10. With `safe` everything may be sent again; without it only GET, HEAD, OPTIONS,
   * requests marked `safe`, and requests of which no byte had left.
   */
  readonly retry?: { readonly attempts: number; readonly safe: boolean };
  /** Default 16 MiB. */
  readonly maxResponseBytes?: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** The connections to use; default: an undici Agent of its own. */
  readonly dispatcher?: Dispatcher;
};

export type OutboundStatus = {
  readonly name: string;
  readonly state: BreakerState;
  /** Over the last ten seconds. */
  readonly failures: number;
  readonly successes: number;
  readonly rejected: number;
};

export type Outbound = {
  /** What a call may take. */
  readonly timeoutMs: number;
  /**
   * Runs `work` under breaker and deadline. Any fault it throws counts against the other side and is thrown on as it
   * is; an open breaker, a passed deadline or a failed connection is an `OutboundUnavailableError`.
   */
  run<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /**
   * One HTTP exchange with its whole body, with the correlation's headers. Answers any status; 5xx and 429 count
   * against the other side and are tried again where that is safe.
   */
  fetch(url: string | URL, init?: OutboundRequest): Promise<OutboundResponse>;
  /**
   * As `fetch`, and each line of the body is handed over as it comes, for answers to several questions that are not
   * ready at one time. All of it is one call: it is not tried again once a line has come. An answer that is not 2xx
   * has its whole body.
   */
  lines(url: string | URL, init: OutboundRequest, onLine: (line: string) => void): Promise<OutboundResponse>;
  /**
   * As `fetch`, answered as soon as the body begins, for what is too long to be kept whole: `timeoutMs` is for that, and
   * once more for each silence between two pieces. A failure (5xx, 429) has its whole body, as with `fetch`.
   */
  stream(url: string | URL, init?: OutboundRequest): Promise<StreamedResponse>;
  state(): OutboundStatus;
  /** Ends the connections and timers; calls after it are refused. */
  close(): Promise<void>;
};

type Call<T> = {
  readonly deadline: Deadline;
  readonly work: () => Promise<T>;
  readonly mayRepeat: (error: unknown) => boolean;
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const passingStatuses = new Set([429, 502, 503, 504]);
const firstPauseMs = 25;
const longestPauseMs = 1000;

export function createOutbound(options: OutboundOptions): Outbound {
  const { name, retry } = options;
  const attempts = Math.min(Math.max(retry?.attempts ?? 1, 1), 10);
  const agent = options.dispatcher ?? createAgent();
  const breaker = createBreaker(options);
  const counters = observeBreaker(breaker, options);
  const isOn = options.breaker?.isOn ?? (() => true);
  const attempt: Attempt = (call) => (isOn() ? breaker.fire(call) : call.work());
  const maxResponseBytes = options.maxResponseBytes ?? 16 * 1024 * 1024;

  const run = async <T>(
    work: (signal: AbortSignal) => Promise<T>,
    mayRepeat: (error: unknown) => boolean,
    caller?: AbortSignal,
  ): Promise<T> => {
    // Whoever asked us may stop waiting before our own time is up.
    const deadline = startDeadline(Math.min(options.timeoutMs, remainingTimeMs() ?? Infinity), caller);
    const startedAtMs = performance.now();
    try {
      const call = { deadline, work: () => deadline.race(() => work(deadline.signal)), mayRepeat };
      const value = await withRetries(name, attempt, call, attempts, counters);
      counters.done('ok', startedAtMs);
      return value;
    } catch (error) {
      counters.done(isUnavailable(error) ? error.code.toLowerCase() : 'error', startedAtMs);
      throw error;
    } finally {
      deadline.end();
    }
  };

  const call: Send = async (init, send, onFailure, hasBegun = () => false) => {
    const safe = init.safe ?? (retry?.safe === true || safeMethods.has((init.method ?? 'GET').toUpperCase()));
    const work = (signal: AbortSignal) => send({ dispatcher: agent, signal, maxResponseBytes });
    const attributes = { 'peer.service': name, 'http.request.method': init.method ?? 'GET' };
    try {
      const mayRepeat = (error: unknown) => neverSent(error) || (safe && !hasBegun() && mayPass(error));
      return await withSpan(`${name} call`, attributes, () => run(work, mayRepeat, init.signal), {
        kind: SpanKind.CLIENT,
      });
    } catch (error) {
      if (error instanceof FailureStatus) return onFailure(error.response);
      throw error;
    }
  };

  return {
    timeoutMs: options.timeoutMs,
    run: (work) => run(work, () => retry?.safe === true),
    fetch: (url, init = {}) =>
      call(
        init,
        (dispatch) => exchange(url, init, dispatch),
        (response) => response,
      ),
    lines: byLine(call),
    stream: streamed(call, options.timeoutMs),
    state: () => statusOf(name, breaker),
    close: async () => {
      breaker.shutdown();
      counters.stop();
      if (!options.dispatcher) await agent.close();
    },
  };
}

/** Sends under breaker and deadline, again where that is safe; `onFailure` makes an answer of a failure's. */
type Send = <T>(
  init: OutboundRequest,
  send: (dispatch: ExchangeOptions) => Promise<T>,
  onFailure: (response: OutboundResponse) => T | Promise<T>,
  hasBegun?: () => boolean,
) => Promise<T>;

function byLine(call: Send): Outbound['lines'] {
  return (url, init, onLine) => {
    let begun = false;
    const take = (line: string) => {
      begun = true;
      onLine(line);
    };
    return call(
      init,
      (dispatch) => exchange(url, init, { ...dispatch, onLine: take }),
      (response) => response,
      () => begun,
    );
  };
}

function streamed(call: Send, timeoutMs: number): Outbound['stream'] {
  return (url, init = {}) =>
    call(init, (dispatch) => exchangeStreamed(url, init, { ...dispatch, silenceMs: timeoutMs }), toStreamed);
}

type Breaker = CircuitBreaker<[Call<unknown>], unknown>;
type Attempt = (call: Call<unknown>) => Promise<unknown>;

function createBreaker({ name, breaker: wanted = {} }: OutboundOptions): Breaker {
  const breaker: Breaker = new CircuitBreaker((call: Call<unknown>) => call.work(), {
    name,
    // The deadline is ours: it aborts the exchange and spans the retries.
    timeout: false,
    errorThresholdPercentage: wanted.errorThresholdPercentage ?? 50,
    volumeThreshold: wanted.volumeThreshold ?? 10,
    resetTimeout: wanted.resetTimeoutMs ?? 5000,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
    // A caller who went away says nothing about the other side; but as the one trial of a half-open breaker
    // such a call proves nothing either, so there it counts as a failure and the next trial decides.
    errorFilter: (_error: unknown, call?: Call<unknown>) =>
      call?.deadline.fired() === 'caller' && !breaker.halfOpen,
  } as CircuitBreaker.Options<[Call<unknown>]>);
  return breaker;
}

async function withRetries<T>(
  name: string,
  attemptOnce: Attempt,
  call: Call<T>,
  attempts: number,
  counters: OutboundCounters,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return (await attemptOnce(call)) as T;
    } catch (error) {
      const last = attempt >= attempts || call.deadline.fired() || isOpen(error) || !call.mayRepeat(error);
      if (last) throw translate(name, error, call.deadline);
      counters.retried();
    }
    const ceilingMs = Math.min(firstPauseMs * 2 ** attempt, longestPauseMs);
    try {
      await call.deadline.wait(Math.random() * ceilingMs);
    } catch (error) {
      throw translate(name, error, call.deadline);
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof FailureStatus) return passingStatuses.has(error.response.status);
  return isConnectionFault(error);
}

function isOpen(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return (code === 'EOPENBREAKER' || code === 'ESHUTDOWN') && CircuitBreaker.isOurError(error as Error);
}

function translate(name: string, error: unknown, deadline: Deadline): unknown {
  if (isOpen(error)) return new OutboundUnavailableError(name, 'BREAKER_OPEN', 'its breaker is open');
  if (deadline.fired() === 'caller') return error;
  if (deadline.fired() === 'deadline')
    return new OutboundUnavailableError(name, 'DEADLINE', 'no answer in time', error);
  if (error instanceof ResponseTooLarge) {
    return new OutboundUnavailableError(name, 'RESPONSE_TOO_LARGE', error.message, error);
  }
  if (isConnectionFault(error))
    return new OutboundUnavailableError(name, 'CONNECTION', 'the connection failed', error);
  return error;
}

function stateOf(breaker: Breaker): BreakerState {
  if (breaker.opened) return 'open';
  return breaker.halfOpen ? 'half-open' : 'closed';
}

function statusOf(name: string, breaker: Breaker): OutboundStatus {
  const { failures, successes, rejects } = breaker.stats;
  return { name, state: stateOf(breaker), failures, successes, rejected: rejects };
}
