import type { DomainEvent } from '@marquee/contracts';
import { describe } from './faults.ts';
import { secondsSince, type Instruments } from './observe.ts';
import type { SubscriptionStatus } from './types.ts';

export type SourceState = 'waiting' | 'running' | 'failing';

/** What a subscription tells of itself, in status and metrics. */
export class Progress {
  readonly #name: string;
  readonly #instruments: Instruments;
  readonly #lags = new Map<string, number>();
  readonly #sources: number;
  /** By source; one that is not here has not been heard of, and is waited for. */
  readonly #states = new Map<string, SourceState>();
  /** By source, what is being handled, as it was begun. */
  readonly #inHand = new Map<string, Set<readonly DomainEvent[]>>();
  readonly #stopReading: () => void;
  #overall: 'standby' | 'stopped' | null = null;
  #handled = 0;
  #deadLetters = 0;
  #lastError: string | null = null;

  constructor(name: string, sources: number, instruments: Instruments) {
    this.#name = name;
    this.#sources = sources;
    this.#instruments = instruments;
    this.#stopReading = instruments.oldest(() =>
      [...this.#inHand].map(([source, runs]) => ({
        value: oldestSeconds(runs),
        labels: { subscription: name, source },
      })),
    );
  }

  status(): SubscriptionStatus {
    const known = this.#lags.size === this.#sources;
    const inHand = [...this.#inHand.values()];
    return {
      name: this.#name,
      state: this.#overall ?? this.#worst(),
      lag: known ? [...this.#lags.values()].reduce((sum, lag) => sum + lag, 0) : null,
      inFlight: inHand.reduce((sum, runs) => sum + countOf(runs), 0),
      oldestAgeMs: Math.round(1000 * Math.max(0, ...inHand.map(oldestSeconds))),
      handled: this.#handled,
      deadLetters: this.#deadLetters,
      lastError: this.#lastError,
    };
  }

  /** Of the subscription as a whole; null where its sources decide. */
  overall(state: 'standby' | 'stopped' | null): void {
    this.#overall = state;
    if (state === 'stopped') this.#stopReading();
  }

  state(source: string, state: SourceState): void {
    this.#states.set(source, state);
  }

  #worst(): SourceState {
    const states = [...this.#states.values()];
    if (states.includes('failing')) return 'failing';
    return states.includes('waiting') || states.length < this.#sources ? 'waiting' : 'running';
  }

  lag(source: string, events: number): void {
    const labels = { subscription: this.#name, source };
    if (!this.#inHand.has(source)) {
      // What is zero from the start can be seen to rise.
      this.#inHand.set(source, new Set());
      this.#instruments.deadLetters.add(0, labels);
    }
    this.#lags.set(source, events);
    this.#instruments.lag.set(events, labels);
  }

  /** Nothing is known of the sources any more. */
  forget(): void {
    this.#lags.clear();
  }

  /** These are in hand until `end` with the same array, also while they wait for their next try. In the log's order. */
  begin(source: string, run: readonly DomainEvent[]): void {
    const inHand = this.#inHand.get(source) ?? new Set();
    inHand.add(run);
    this.#inHand.set(source, inHand);
    this.#instruments.inFlight.set(countOf(inHand), { subscription: this.#name, source });
  }

  end(source: string, run: readonly DomainEvent[]): void {
    const inHand = this.#inHand.get(source) ?? new Set();
    inHand.delete(run);
    this.#instruments.inFlight.set(countOf(inHand), { subscription: this.#name, source });
  }

  handled(source: string, events: readonly DomainEvent[], seconds: number): void {
    const labels = { subscription: this.#name, source };
    this.state(source, 'running');
    this.#lastError = null;
    this.#handled += events.length;
    this.#instruments.handled.add(events.length, labels);
    this.#instruments.handleSeconds.observe(seconds, labels);
    const last = events.at(-1);
    if (last) this.#instruments.handleDelay.observe(secondsSince(last.occurredAt), labels);
  }

  skipped(source: string, messages: number): void {
    if (messages > 0) this.#instruments.skipped.add(messages, { subscription: this.#name, source });
  }

  redelivered(source: string): void {
    this.#instruments.redelivered.add(1, { subscription: this.#name, source });
  }

  failed(source: string, error: unknown): void {
    this.state(source, 'failing');
    this.#lastError = describe(error);
    this.#instruments.failures.add(1, { subscription: this.#name, source });
  }

  deadLetter(source: string): void {
    this.state(source, 'running');
    this.#deadLetters += 1;
    this.#instruments.deadLetters.add(1, { subscription: this.#name, source });
  }
}

type Runs = ReadonlySet<readonly DomainEvent[]>;

function countOf(runs: Runs): number {
  let count = 0;
  for (const run of runs) count += run.length;
  return count;
}

function oldestSeconds(runs: Runs): number {
  let oldest: string | undefined;
  for (const [first] of runs) if (first && (!oldest || first.occurredAt < oldest)) oldest = first.occurredAt;
  return oldest ? secondsSince(oldest) : 0;
}
