import { assert, systemClock, type Clock } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { createMetrics, type Logger, type Metrics } from '@marquee/telemetry';
import { doTask, type Surroundings } from './do-task.ts';
import { describe } from './faults.ts';
import type { CarriedOut } from './handlers.ts';
import { createInstruments } from './instruments.ts';
import { claimTasks, renewClaims, type Task } from './tasks.ts';

export type SagaWorkersOptions = {
  /** What this process carries out; others may carry out others, and several the same. */
  readonly sagas: readonly CarriedOut[];
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** The time of timers and of what the sagas are told; default the system's. */
  readonly clock?: Clock;
  /** Called when something was committed here, such as to wake the relay. */
  readonly onCommit?: () => void;
  /** Tasks at once in this process, 1 to 100; default 10. */
  readonly concurrency?: number;
  /** How late a task or timer may be noticed that nobody woke for; default 250. */
  readonly pollMs?: number;
  /** After a process died, what it had in hand is taken up again after this long; default 10,000. */
  readonly leaseMs?: number;
  /** Sagas that are done are kept this long; default 30 days. */
  readonly retainMs?: number;
};

export type SagaWorkersStatus = {
  readonly running: number;
  readonly done: number;
  readonly lastError: string | null;
};

export type SagaWorkers = {
  /** Says that a saga was started or told: call it from `tx.afterCommit`. */
  wake(): void;
  status(): SagaWorkersStatus;
  /** Takes nothing more and finishes what is in hand. */
  stop(): Promise<void>;
};

const sampleMs = 15_000;
const sweepMs = 3_600_000;
const dayMs = 86_400_000;

/** Carries out what sagas ask for, until stopped. Any number of processes may. */
export function startSagaWorkers(database: Database, options: SagaWorkersOptions): SagaWorkers {
  const { sagas, concurrency = 10 } = options;
  const names = sagas.map(({ saga }) => saga.name);
  assert(new Set(names).size === names.length && names.length > 0, 'each saga is carried out once');
  assert(concurrency >= 1 && concurrency <= 100, 'a pool of 1 to 100 tasks at once');
  return new Pool(database, options);
}

class Pool implements SagaWorkers {
  readonly #database: Database;
  readonly #options: SagaWorkersOptions;
  readonly #around: Surroundings;
  readonly #carried: ReadonlyMap<string, CarriedOut>;
  readonly #names: readonly string[];
  readonly #inHand = new Map<string, Promise<void>>();
  readonly #looping: Promise<void>;
  readonly #upkeep: NodeJS.Timeout[];
  #stopped = false;
  #rung = false;
  #ring: () => void = () => undefined;
  #done = 0;
  #lastError: string | null = null;

  constructor(database: Database, options: SagaWorkersOptions) {
    const { sagas, logger, metrics = createMetrics(), clock = systemClock, onCommit } = options;
    this.#database = database;
    this.#options = options;
    this.#names = sagas.map(({ saga }) => saga.name);
    this.#carried = new Map(sagas.map((carried) => [carried.saga.name, carried]));
    const instruments = createInstruments(database, this.#names, metrics);
    // A rate can be told from the first one on.
    for (const { saga, handlers } of sagas)
      for (const task of handlers.keys())
        for (const outcome of ['done', 'stuck']) instruments.tasks.add(0, { saga: saga.name, task, outcome });
    this.#around = {
      database,
      clock,
      logger,
      instruments,
      onCommit: () => {
        onCommit?.();
        this.wake();
      },
    };
    this.#upkeep = [
      this.#every(sampleMs, () => instruments.sample(clock.now())),
      this.#every(this.#leaseMs / 3, () => this.#renew()),
      this.#every(sweepMs, () => this.#sweep()),
    ];
    this.#looping = this.#loop();
  }

  /** A property, because it is handed over as it is: `tx.afterCommit(workers.wake)`. */
  readonly wake = (): void => {
    this.#rung = true;
    this.#ring();
  };

  status(): SagaWorkersStatus {
    return { running: this.#inHand.size, done: this.#done, lastError: this.#lastError };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#looping;
    await Promise.all(this.#inHand.values());
    for (const timer of this.#upkeep) clearInterval(timer);
    this.#around.instruments.close();
  }

  async #loop(): Promise<void> {
    const { concurrency = 10, pollMs = 250, logger } = this.#options;
    while (!this.#stopped) {
      const free = concurrency - this.#inHand.size;
      let taken = 0;
      try {
        taken = free > 0 ? await this.#take(free) : 0;
      } catch (error) {
        this.#failed(error);
        logger.warn({ error }, 'what sagas have to do cannot be read');
      }
      // A full hand: there may be more as soon as one is free.
      if (taken < free || free === 0) await this.#wait(free === 0 ? 60_000 : pollMs);
    }
  }

  async #take(limit: number): Promise<number> {
    const { database, clock } = this.#around;
    this.#rung = false;
    const claim = { names: this.#names, limit, now: clock.now(), leaseMs: this.#leaseMs };
    const tasks = await claimTasks(database, claim);
    for (const task of tasks) this.#inHand.set(task.claim, this.#do(task));
    return tasks.length;
  }

  async #do(task: Task): Promise<void> {
    try {
      await doTask(this.#around, this.#carried.get(task.sagaName)!, task);
      this.#done += 1;
    } catch (error) {
      // Nothing could be written: the lease ends, and it comes again.
      this.#failed(error);
      this.#around.logger.warn({ error, saga: task.sagaName, sagaId: task.sagaId }, 'a task of a saga waits');
    } finally {
      this.#inHand.delete(task.claim);
      this.wake();
    }
  }

  /** Until it is rung, or so long. */
  async #wait(ms: number): Promise<void> {
    if (this.#rung || this.#stopped) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
      this.#ring = resolve;
    });
    clearTimeout(timer);
    this.#ring = () => undefined;
  }

  async #renew(): Promise<void> {
    if (this.#inHand.size === 0) return;
    const until = new Date(this.#around.clock.now().getTime() + this.#leaseMs);
    await renewClaims(this.#database, [...this.#inHand.keys()], until);
  }

  async #sweep(): Promise<void> {
    const { retainMs = 30 * dayMs } = this.#options;
    const before = new Date(this.#around.clock.now().getTime() - retainMs);
    for (let swept = 1_000; swept === 1_000 && !this.#stopped;) {
      swept = await this.#database.transaction(systemScope, (tx) =>
        tx.execute(
          `delete from saga where id in (
             select id from saga where status = 'DONE' and done_at < $1 and open_commands = 0
               and name = any($2::text[]) limit 1000)`,
          [before, this.#names],
        ),
      );
    }
  }

  get #leaseMs(): number {
    return this.#options.leaseMs ?? 10_000;
  }

  #every(ms: number, work: () => Promise<void>): NodeJS.Timeout {
    let busy: Promise<void> | null = null;
    return setInterval(() => {
      busy ??= work()
        .catch((error: unknown) => this.#failed(error))
        .finally(() => (busy = null));
    }, ms).unref();
  }

  #failed(error: unknown): void {
    this.#lastError = describe(error);
  }
}
