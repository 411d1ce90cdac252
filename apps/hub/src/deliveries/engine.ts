import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@marquee/postgres';
import type { Metrics } from '@marquee/telemetry';
import { attempt, type Attempted, type AttemptServices } from './attempt.ts';
import { claimDue } from './claim.ts';
import { measureIn } from './metrics.ts';
import { pauseAfter } from './schedule.ts';
import { settle } from './settle.ts';

export type EngineOptions = Omit<AttemptServices, 'deadlineMs' | 'pauseAfter'> & {
  readonly database: Database;
  readonly metrics: Metrics;
  /** Events were appended that the relay should publish. */
  readonly onEvents: () => void;
  /** For a whole exchange; default 15,000. */
  readonly deadlineMs?: number;
  /** Attempts under way in this process; default 512, so that dozens of dead endpoints leave places for the others. */
  readonly concurrency?: number;
  /** Of them to one endpoint; default 10, which is also what a breaker must see before it opens. */
  readonly atOncePerEndpoint?: number;
  /** For how long a claim is nobody else's; default 60, which is longer than any attempt. */
  readonly leaseSeconds?: number;
  /** Default: the schedule of Standard Webhooks. */
  readonly pauseAfter?: AttemptServices['pauseAfter'];
  /** How often to look for what is due when nobody says that something is; default 200. */
  readonly pollMs?: number;
};

export type Engine = {
  /** Something may be due. */
  wake(): void;
  /** Finishes what is under way and stops. */
  stop(): Promise<void>;
};

/** Deliveries in one claim. */
const mostAtOnce = 128;
const fewestAtOnce = 16;

/**
 * Delivers what is due: claims, attempts and writes down, each of the three at its own pace. Any number of processes may
 * run one. PostgreSQL is asked at each wake-up and now and again; a wake-up that is lost costs `pollMs`.
 */
export function startEngine(options: EngineOptions): Engine {
  const engine = new DeliveryEngine(options);
  engine.wake();
  return engine;
}

class DeliveryEngine implements Engine {
  readonly #options: Required<EngineOptions>;
  /** Claimed and not yet written down, by endpoint. */
  readonly #busy = new Map<string, number>();
  #underWay = 0;
  #attempted: Attempted[] = [];
  #claiming: Promise<void> | null = null;
  #settling: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #measure: (attempted: Attempted) => void;

  constructor(options: EngineOptions) {
    const defaults = {
      deadlineMs: 15_000,
      concurrency: 512,
      atOncePerEndpoint: 10,
      pollMs: 200,
      leaseSeconds: 60,
      pauseAfter,
    };
    this.#options = { ...defaults, ...options };
    this.#measure = measureIn(options.metrics);
  }

  wake(): void {
    this.#again = true;
    this.#claiming ??= this.#claimAll().finally(() => {
      this.#claiming = null;
      // Woken between the last look and now.
      if (this.#mayClaim()) this.wake();
      else this.#rest();
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#claiming;
    while (this.#underWay > 0 || this.#settling) {
      await this.#settling;
      // With a timer of its own: the engine's is cleared at each look for what is due.
      if (this.#underWay > 0) await sleep(10);
    }
    this.#options.breakers.stop();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), this.#options.pollMs).unref();
  }

  #room(): number {
    return this.#stopped ? 0 : Math.min(mostAtOnce, this.#options.concurrency - this.#underWay);
  }

  /** Many small claims cost more than one that waits for some places to be free. */
  #mayClaim(): boolean {
    return this.#again && this.#room() >= Math.min(fewestAtOnce, this.#options.concurrency);
  }

  async #claimAll(): Promise<void> {
    const { database, atOncePerEndpoint: atOnce, leaseSeconds, logger } = this.#options;
    while (this.#mayClaim()) {
      this.#again = false;
      const room = this.#room();
      try {
        const claimed = await claimDue(database, { room, atOnce, busy: this.#busy, leaseSeconds });
        if (claimed.length === 0) return;
        this.#again = true;
        for (const each of claimed) this.#start(each);
      } catch (error) {
        logger.warn({ error }, 'no webhooks could be claimed this time');
        return;
      }
    }
  }

  #start(claimed: Attempted['of']): void {
    this.#underWay++;
    this.#busy.set(claimed.endpointId, (this.#busy.get(claimed.endpointId) ?? 0) + 1);
    void attempt(this.#options, claimed).then((attempted) => {
      this.#measure(attempted);
      this.#attempted.push(attempted);
      this.#settling ??= this.#settleAll().finally(() => (this.#settling = null));
    });
  }

  /** One commit after the other, each with all that has come together meanwhile. */
  async #settleAll(): Promise<void> {
    const { database, breakers, onEvents, logger } = this.#options;
    while (this.#attempted.length > 0) {
      const attempted = this.#attempted;
      this.#attempted = [];
      const opened = breakers.opened();
      try {
        await settle(database, { attempted, opened }, onEvents);
        breakers.writtenDown(opened);
      } catch (error) {
        logger.warn({ error, deliveries: attempted.length }, 'webhook attempts could not be written down');
      }
      for (const { of } of attempted) this.#done(of.endpointId);
      this.wake();
    }
  }

  #done(endpointId: string): void {
    this.#underWay--;
    const left = this.#busy.get(endpointId)! - 1;
    if (left > 0) this.#busy.set(endpointId, left);
    else this.#busy.delete(endpointId);
  }
}
