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
  #overall: 'standby' | 'stopped' | null = null;
  #handled = 0;
  #deadLetters = 0;
  #lastError: string | null = null;

  constructor(name: string, sources: number, instruments: Instruments) {
    this.#name = name;
    this.#sources = sources;
    this.#instruments = instruments;
  }

  status(): SubscriptionStatus {
    const known = this.#lags.size === this.#sources;
    return {
      name: this.#name,
      state: this.#overall ?? this.#worst(),
      lag: known ? [...this.#lags.values()].reduce((sum, lag) => sum + lag, 0) : null,
      handled: this.#handled,
      deadLetters: this.#deadLetters,
      lastError: this.#lastError,
    };
  }

  /** Of the subscription as a whole; null where its sources decide. */
  overall(state: 'standby' | 'stopped' | null): void {
    this.#overall = state;
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
    this.#lags.set(source, events);
    this.#instruments.lag.set(events, { subscription: this.#name, source });
    if (events === 0) this.#instruments.oldest.set(0, { subscription: this.#name, source });
  }

  /** Nothing is known of the sources any more. */
  forget(): void {
    this.#lags.clear();
  }

  handled(source: string, events: readonly DomainEvent[], seconds: number): void {
    const labels = { subscription: this.#name, source };
    this.state(source, 'running');
    this.#lastError = null;
    this.#handled += events.length;
    this.#instruments.handled.add(events.length, labels);
    this.#instruments.handleSeconds.observe(seconds, labels);
    const last = events.at(-1);
    if (!last) return;
    const ageSeconds = secondsSince(last.occurredAt);
    this.#instruments.handleDelay.observe(ageSeconds, labels);
    this.#instruments.oldest.set(ageSeconds, labels);
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
