import { setTimeout as delay } from 'node:timers/promises';
import { assert } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { createMetrics, type Logger, type Metrics, type Sample } from '@marquee/telemetry';
import type { EventInterceptor } from '../intercept.ts';
import { readState, registerProjection, type Generation } from './generations.ts';
import { projectionStatus } from './operate.ts';
import type { AnyProjection } from './projection.ts';
import { describe, runPage, type PageSize, type Paging } from './run-page.ts';
import { swapGenerations } from './swap.ts';

export type ProjectionsOptions = {
  readonly projections: readonly AnyProjection[];
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** Run over every event that is read, such as what deciphers. */
  readonly interceptors?: readonly EventInterceptor[];
  /** How late an event may be noticed that nobody woke for; default 250. */
  readonly pollMs?: number;
  /** Events of one transaction at most; default 500. */
  readonly pageSize?: number;
  /** A generation that was replaced is emptied after this long, for readers still at it; default 60,000. */
  readonly retireMs?: number;
};

export interface ProjectionRunner extends AsyncDisposable {
  /** Says that events were committed: call it from `tx.afterCommit`. */
  wake(): void;
  /** Of each projection the fault that it is at, or null. */
  faults(): Readonly<Record<string, string | null>>;
  /** Finishes the pages in hand and stops. */
  stop(): Promise<void>;
}

const sampleMs = 5_000;
const deletedAtOnce = 5_000;

/**
 * Keeps asynchronous projections up to date and builds new generations of all, until stopped. Any number of processes
 * may: one works on a generation at a time, and what it did is the checkpoint's say alone.
 */
export function startProjections(database: Database, options: ProjectionsOptions): ProjectionRunner {
  const { projections, metrics = createMetrics() } = options;
  const names = projections.map(({ name }) => name);
  assert(new Set(names).size === names.length, 'each projection is started once');
  const loops = projections.map((projection) => new Loop(database, projection, options));
  const endSampling = sampleLag(database, names, metrics, (error) =>
    options.logger.debug({ error }, 'the lag of projections cannot be read'),
  );
  const stop = async () => {
    endSampling();
    await Promise.all(loops.map((loop) => loop.stop()));
  };
  return {
    wake: () => loops.forEach((loop) => loop.wake()),
    faults: () => Object.fromEntries(loops.map((loop) => [loop.name, loop.fault])),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

class Loop {
  readonly name: string;
  fault: string | null = null;
  readonly #database: Database;
  readonly #projection: AnyProjection;
  readonly #options: ProjectionsOptions;
  readonly #paging: Paging;
  readonly #sizes = new Map<number, PageSize>();
  readonly #end = new AbortController();
  readonly #running: Promise<void>;
  #registered = false;
  #rung = false;
  #ring: () => void = () => undefined;

  constructor(database: Database, projection: AnyProjection, options: ProjectionsOptions) {
    this.name = projection.name;
    this.#database = database;
    this.#projection = projection;
    this.#options = options;
    this.#paging = {
      database,
      projection,
      interceptors: options.interceptors ?? [],
      onFailure: (error, event) => this.#failed(error, event?.id),
      pause: (attempt) => this.#pause(Math.min(25 * 2 ** attempt, 2_000) * Math.random()),
      isStopped: () => this.#end.signal.aborted,
    };
    this.#running = this.#runForEver();
  }

  wake(): void {
    this.#rung = true;
    this.#ring();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.wake();
    await this.#running;
  }

  async #runForEver(): Promise<void> {
    for (let failures = 0; !this.#end.signal.aborted;) {
      try {
        this.#rung = false;
        if (!this.#registered) await registerProjection(this.#database, this.#projection);
        this.#registered = true;
        const more = await this.#work();
        failures = 0;
        if (!more) await this.#wait(this.#options.pollMs ?? 250);
      } catch (error) {
        this.#failed(error);
        failures += 1;
        await this.#pause(Math.min(100 * 2 ** failures, 5_000));
      }
    }
  }

  /** A page of each generation that this code may write. True where there may be more. */
  async #work(): Promise<boolean> {
    const { version, mode } = this.#projection;
    const state = await this.#database.read(systemScope, (tx) => readState(tx, this.name));
    if (!state || state.paused) return false;
    let more = false;
    for (const generation of state.generations) {
      if (generation.state === 'retired') await this.#empty(generation);
      if (generation.version !== version || generation.state === 'retired') continue;
      if (generation.state === 'live' && mode === 'inline') continue;
      const size = this.#sizeOf(generation.generation);
      const asked = size.now;
      const handled = await runPage(this.#paging, generation, size);
      if (handled > 0) this.fault = null;
      if (handled >= asked) more = true;
      else if (generation.state === 'building' && handled >= 0) more = (await this.#swap()) || more;
    }
    return more;
  }

  async #swap(): Promise<boolean> {
    const swap = await swapGenerations(this.#database, this.#projection, this.#options.interceptors ?? []);
    if (swap === 'unsound')
      this.fault = 'the new generation has dead letters of its own and does not go live';
    if (swap === 'swapped') this.#options.logger.info({ projection: this.name }, 'a new generation is live');
    return swap === 'swapped';
  }

  /** Some rows a transaction: an open one holds back every reader of the log. The last one forgets the generation. */
  async #empty({ generation, retiredAt }: Generation): Promise<void> {
    if (Date.now() - (retiredAt?.getTime() ?? 0) < (this.#options.retireMs ?? 60_000)) return;
    for (const table of this.#projection.tables) {
      for (let deleted = deletedAtOnce; deleted === deletedAtOnce;) {
        deleted = await this.#database.transaction(systemScope, (tx) =>
          tx.execute(
            `delete from ${table} where ctid = any(array(
               select ctid from ${table} where generation = $1 limit ${deletedAtOnce}))`,
            [generation],
          ),
        );
        if (this.#end.signal.aborted) return;
      }
    }
    await this.#database.transaction(systemScope, (tx) =>
      tx.execute(
        `delete from event_projection_generation where projection = $1 and generation = $2
         and retired_at is not null`,
        [this.name, generation],
      ),
    );
  }

  #sizeOf(generation: number): PageSize {
    const known = this.#sizes.get(generation);
    if (known) return known;
    const max = this.#options.pageSize ?? 500;
    const size = { now: max, max };
    this.#sizes.set(generation, size);
    return size;
  }

  async #wait(ms: number): Promise<void> {
    if (this.#rung || this.#end.signal.aborted) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      this.#ring = resolve;
    });
    clearTimeout(timer);
    this.#ring = () => undefined;
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.#end.signal }).catch(() => undefined);
  }

  #failed(error: unknown, eventId?: string): void {
    this.fault = describe(error);
    this.#options.logger.warn({ error, projection: this.name, eventId }, 'a projection fails');
  }
}

/** Gauges of how far each generation is behind. */
function sampleLag(
  database: Database,
  names: readonly string[],
  metrics: Metrics,
  onError: (error: unknown) => void,
): () => void {
  let lags: Sample[] = [];
  let letters: Sample[] = [];
  const ends = [
    metrics.observed('marquee_event_projection_lag_events', 'Events not yet projected', () => lags),
    metrics.observed('marquee_event_projection_dead_letters', 'Events given up', () => letters),
  ];
  const sample = async () => {
    const all = await database.read(systemScope, (tx) => projectionStatus(tx));
    const rows = all
      .filter(({ name }) => names.includes(name))
      .flatMap(({ name, generations }) =>
        generations
          .filter(({ state }) => state !== 'retired')
          .map((each) => ({ ...each, labels: { projection: name, generation: each.state } })),
      );
    lags = rows.map(({ lag, labels }) => ({ value: lag, labels }));
    letters = rows.map(({ deadLetters, labels }) => ({ value: deadLetters, labels }));
  };
  const timer = setInterval(() => void sample().catch(onError), sampleMs).unref();
  return () => {
    clearInterval(timer);
    for (const end of ends) end();
  };
}
