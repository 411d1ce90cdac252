import type { DomainEvent } from '@marquee/contracts';
import { asTenants, systemScope, type Scope, type Transaction } from '@marquee/postgres';
import { assertCheckpoint, advanceCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Context } from './context.ts';
import { maxTries, storeDeadLetter, type Delivery } from './dead-letter.ts';
import { asStale, databaseAnswers, isStale, isTransient } from './faults.ts';
import { handleEvent, handleEvents, prepareEvent, revealFor } from './handle.ts';
import type { Reveal } from './personal.ts';
import type { Progress } from './progress.ts';
import { backoffMs, pause } from './timing.ts';
import type { ProjectionOptions } from './types.ts';

/** Events that one transaction takes at most; fewer where they are prepared one by one, or where handlers are slow. */
const maxRun = 1000;
const maxPreparedRun = 100;
export const firstRun = 100;
/** An open write transaction holds back every reader of a log in the cluster: so long one should take. */
const slowMs = 250;

/** One source of a projection, as it is being read. */
export type Source = {
  readonly name: string;
  readonly stream: string;
  readonly filters: readonly string[];
  checkpoint: Checkpoint;
  /** How many events one transaction takes: halved when such a transaction fails or is slow, else doubled. */
  run: number;
};

export type EventDelivery = Delivery & { readonly event: DomainEvent };

/** Applies events in order, each run in one transaction with the checkpoint's move. */
export class RunHandler {
  readonly #context: Context;
  readonly #options: ProjectionOptions;
  readonly #progress: Progress;
  readonly #inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #reveal: Reveal;

  constructor(
    context: Context,
    options: ProjectionOptions,
    progress: Progress,
    inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  ) {
    this.#context = context;
    this.#options = options;
    this.#progress = progress;
    this.#inTurn = inTurn;
    this.#reveal = revealFor(context, options);
  }

  /**
   * All in one transaction, or where that fails each half in one, and so on: so that the faulty event is found in a few
   * steps and the others go through. Returns early when the signal fires.
   */
  async handle(source: Source, run: readonly EventDelivery[], signal: AbortSignal): Promise<void> {
    const events = run.map(({ event }) => event);
    this.#progress.begin(source.name, events);
    try {
      await this.#handleHalving(source, run, signal);
    } finally {
      this.#progress.end(source.name, events);
    }
  }

  async #handleHalving(source: Source, run: readonly EventDelivery[], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (run.length === 1) return this.#handleOne(source, run[0]!, signal);
    try {
      return await this.#commit(source, run);
    } catch (error) {
      if (isStale(error)) throw error;
      source.run = Math.max(source.run >> 1, 1);
      this.#context.logger.debug({ error, subscription: this.#options.name }, 'handling in halves');
      if (isTransient(error)) {
        this.#progress.failed(source.name, error);
        await pause(backoffMs(1), signal);
      }
    }
    const middle = run.length >> 1;
    await this.#handleHalving(source, run.slice(0, middle), signal);
    await this.#handleHalving(source, run.slice(middle), signal);
  }

  /** From one alone it grows again, too, or a moment's slowness would last for ever. */
  #adapt(source: Source, tookMs: number): void {
    const most = this.#options.prepare ? maxPreparedRun : maxRun;
    source.run = tookMs > slowMs ? Math.max(source.run >> 1, 1) : Math.min(source.run * 2, most);
  }

  /** Stores a dead letter and moves on. A message without a position of ours moves nothing. */
  async giveUp(source: Source, delivery: Delivery, error: unknown, tries: number): Promise<void> {
    const to = delivery.incoming.position ? checkpointAt(delivery) : undefined;
    await this.#transaction(systemScope, async (tx) => {
      await assertCheckpoint(tx, this.#key(source), source.checkpoint);
      if (to) advanceCheckpoint(tx, this.#key(source), source.checkpoint, to);
      await storeDeadLetter(tx, this.#key(source), delivery, { error, tries });
    });
    if (to) source.checkpoint = to;
    this.#progress.deadLetter(source.name);
    this.#context.logger.error(
      { error, subscription: this.#options.name, subject: delivery.message.subject },
      'the event became a dead letter',
    );
  }

  async #handleOne(source: Source, delivery: EventDelivery, signal: AbortSignal): Promise<void> {
    const { logger, database } = this.#context;
    const { id: eventId, type } = delivery.event;
    let tries = 0;
    for (let waits = 1; !signal.aborted; waits++) {
      try {
        return await this.#commit(source, [delivery]);
      } catch (error) {
        if (isStale(error)) throw error;
        this.#progress.failed(source.name, error);
        const passing = isTransient(error) || !(await databaseAnswers(database));
        if (!passing) tries += 1;
        const fields = { error, subscription: this.#options.name, eventId, type, tries };
        if (passing) logger.warn(fields, 'handling waits for what it needs');
        else logger.error(fields, 'handling failed');
        if (tries >= maxTries) return this.giveUp(source, delivery, error, tries);
        await pause(backoffMs(waits), signal);
      }
    }
  }

  /**
   * Nothing is written before the handlers write, and the checkpoint moves with the commit: from its first write on a
   * transaction holds back every reader of a log.
   */
  async #commit(source: Source, run: readonly EventDelivery[]): Promise<void> {
    const startedAtMs = performance.now();
    const events = await this.#reveal(run.map(({ event }) => event));
    const prepared = await this.#prepare(events, run);
    const to = checkpointAt(run.at(-1)!);
    const key = this.#key(source);
    const groups = Map.groupBy(run.keys(), (index) => events[index]!.organisationId);
    const scope = { organisationId: events[0]!.organisationId };
    await this.#inTurn(async () => {
      const begunAtMs = performance.now();
      await this.#transaction(scope, async (tx) => {
        await assertCheckpoint(tx, key, source.checkpoint);
        advanceCheckpoint(tx, key, source.checkpoint, to);
        await asTenants(tx, groups.keys(), (own) =>
          this.#handleGroup(run, events, groups.get(own.organisationId)!, own, prepared),
        );
      });
      this.#adapt(source, performance.now() - begunAtMs);
    });
    source.checkpoint = to;
    this.#progress.handled(source.name, events, (performance.now() - startedAtMs) / 1000);
  }

  async #prepare(events: readonly DomainEvent[], run: readonly EventDelivery[]): Promise<unknown[]> {
    const prepared: unknown[] = [];
    if (!this.#options.prepare) return prepared;
    for (const [index, event] of events.entries()) {
      prepared.push(await prepareEvent(this.#options, event, run[index]!.incoming.headers));
    }
    return prepared;
  }

  async #transaction(scope: Scope, work: (tx: Transaction) => Promise<void>): Promise<void> {
    const { derived, replayable } = this.#options;
    const options = { pipelined: true, unflushed: derived ?? replayable ?? false };
    await this.#context.database.transaction(scope, work, options).catch((error: unknown) => {
      throw asStale(error);
    });
  }

  /** Events of one organisation, in the order of the log. */
  async #handleGroup(
    run: readonly EventDelivery[],
    events: readonly DomainEvent[],
    indices: readonly number[],
    tx: Transaction,
    prepared: readonly unknown[],
  ): Promise<void> {
    const { handleMany } = this.#options;
    if (handleMany && run.length > 1) {
      const own = indices.map((index) => events[index]!);
      const answers = indices.map((index) => prepared[index]);
      return handleEvents({ ...this.#options, handleMany }, own, tx, answers);
    }
    for (const index of indices) {
      const { headers } = run[index]!.incoming;
      await handleEvent(this.#options, events[index]!, tx, prepared[index], headers);
    }
  }

  #key(source: Source) {
    return { subscription: this.#options.name, source: source.name };
  }
}

function checkpointAt({ message, incoming }: Delivery): Checkpoint {
  return { position: incoming.position!, sequence: message.seq };
}
