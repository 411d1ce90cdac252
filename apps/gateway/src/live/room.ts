import type { ExecutionResult } from 'graphql';
import { createLatest } from './latest.ts';

/** A query that is asked again when what it shows may have changed. */
export type Question = {
  /** Who asks the same in the same words shares one room. */
  readonly key: string;
  readonly organisationId: string;
  /** The uuid whose changes count. */
  readonly watched: string | null;
  readonly everyMs?: number | undefined;
  /** Asks. What rejects is asked again later. */
  ask(): Promise<ExecutionResult>;
};

export type RoomTiming = {
  /** Between two times of asking; changes in between are answered by the later. */
  readonly pauseMs: number;
  /** After a change other services may hear of it a little later: it is asked for once more. */
  readonly settlesInMs: number;
};

export type Results = AsyncGenerator<ExecutionResult, void, undefined>;

/** Faults that pass: whoever watches keeps what is shown, and is told nothing. */
const passing = new Set(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR', 'DATA_INCOMPLETE']);
const longestBackOffMs = 10_000;

/** What of an answer a member sees: each time of asking has a correlation id of its own, also of the same refusal. */
function textOf({ data, errors }: ExecutionResult): string {
  const seen = errors?.map(({ message, path, extensions }) => {
    const { correlationId: _, ...rest } = extensions ?? {};
    return { message, path, extensions: rest };
  });
  return JSON.stringify([data, seen]);
}

function isPassing({ errors = [] }: ExecutionResult): boolean {
  return errors.some(({ extensions }) => passing.has(String(extensions?.['code'])));
}

/**
 * Those who watch the same thing: however many they are, one query answers them, and only an answer that differs from
 * the last is passed on. A member who does not keep up gets the latest answer, not all of them.
 */
export class Room {
  readonly question: Question;
  readonly #timing: RoomTiming;
  /** Lets a question wait for its turn among all rooms'. */
  readonly #inTurn: <T>(work: () => T | Promise<T>) => Promise<T>;
  readonly #members = new Set<(result: ExecutionResult) => void>();
  #latest: { readonly text: string; readonly result: ExecutionResult } | null = null;
  #timer: NodeJS.Timeout | undefined;
  #dueAtMs = 0;
  #askedAtMs = -Infinity;
  #changedAtMs = -Infinity;
  #failures = 0;
  #isAsking = false;

  constructor(question: Question, timing: RoomTiming, inTurn: <T>(work: () => T | Promise<T>) => Promise<T>) {
    this.question = question;
    this.#timing = timing;
    this.#inTurn = inTurn;
  }

  get size(): number {
    return this.#members.size;
  }

  /** The answers as they change, the present one first, until `signal` fires. */
  join(signal: AbortSignal, onLeave: () => void): Results {
    const latest = createLatest<ExecutionResult>(() => {
      this.#members.delete(latest.put);
      signal.removeEventListener('abort', latest.end);
      if (this.#members.size === 0) clearTimeout(this.#timer);
      onLeave();
    });
    this.#members.add(latest.put);
    if (signal.aborted) latest.end();
    signal.addEventListener('abort', latest.end, { once: true });
    if (this.#latest) latest.put(this.#latest.result);
    else this.#schedule(0);
    return latest.values;
  }

  /** What it shows may have changed. */
  touch(inMs = 0): void {
    this.#changedAtMs = performance.now();
    this.#schedule(Math.max(inMs, this.#askedAtMs + this.#timing.pauseMs - performance.now()));
  }

  #schedule(inMs: number): void {
    const dueAtMs = performance.now() + inMs;
    if (this.#timer && this.#dueAtMs <= dueAtMs) return;
    clearTimeout(this.#timer);
    this.#dueAtMs = dueAtMs;
    this.#timer = setTimeout(() => void this.#refresh(), inMs).unref();
  }

  async #refresh(): Promise<void> {
    this.#timer = undefined;
    // An answer that is under way may be older: what changed since it was asked for is seen to when it is there.
    if (this.#isAsking) return;
    this.#isAsking = true;
    const failed = await this.#inTurn(() => (this.#members.size > 0 ? this.#ask() : false));
    this.#isAsking = false;
    if (this.#members.size > 0) this.#planNext(failed);
  }

  /** Answers whether it is to be asked again because of a fault. */
  async #ask(): Promise<boolean> {
    this.#askedAtMs = performance.now();
    try {
      const result = await this.question.ask();
      // Whoever has just come is told of a fault; whoever has an answer keeps it.
      if (!isPassing(result) || !this.#latest) this.#deliver(result);
      return isPassing(result);
    } catch {
      return true;
    }
  }

  #deliver(result: ExecutionResult): void {
    const text = textOf(result);
    if (text === this.#latest?.text) return;
    this.#latest = { text, result };
    for (const tell of this.#members) tell(result);
  }

  #planNext(failed: boolean): void {
    this.#failures = failed ? this.#failures + 1 : 0;
    if (failed) return this.#schedule(Math.min(longestBackOffMs, 500 * 2 ** this.#failures));
    if (this.#changedAtMs > this.#askedAtMs) this.#schedule(this.#timing.pauseMs);
    const settlesAtMs = this.#changedAtMs + this.#timing.settlesInMs;
    if (this.#askedAtMs < settlesAtMs) this.#schedule(settlesAtMs - performance.now() + 1);
    const { everyMs } = this.question;
    if (everyMs) this.#schedule(everyMs * (0.9 + Math.random() * 0.2));
  }
}
