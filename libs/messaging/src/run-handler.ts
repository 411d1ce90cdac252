import type { DomainEvent } from '@marquee/contracts';
import { systemScope } from '@marquee/postgres';
import { advanceCheckpoint, type Checkpoint } from './checkpoint.ts';
import type { Context } from './context.ts';
import { maxTries, storeDeadLetter, type Delivery } from './dead-letter.ts';
import { databaseAnswers, isStale, isTransient } from './faults.ts';
import { handleEvent, prepareEvent, revealFor } from './handle.ts';
import type { Progress } from './progress.ts';
import { backoffMs, pause } from './timing.ts';
import type { ProjectionOptions } from './types.ts';

/** Events that one transaction takes at most. */
export const maxRun = 100;

/** One source of a projection, as it is being read. */
export type Source = {
  readonly name: string;
  readonly stream: string;
  readonly filters: readonly string[];
  checkpoint: Checkpoint;
  /** How many events one transaction takes: halved when such a transaction fails, doubled when it succeeds. */
  run: number;
};

export type EventDelivery = Delivery & { readonly event: DomainEvent };

/** Applies events in order, each run in one transaction with the checkpoint's move. */
export class RunHandler {
  readonly #context: Context;
  readonly #options: ProjectionOptions;
  readonly #progress: Progress;
  readonly #inTurn: <T>(work: () => Promise<T>) => Promise<T>;

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
  }

  /**
   * Events of one organisation, in one transaction; where that fails one by one, so that the faulty event is found
   * and the others go through. Returns early when the signal fires.
   */
  async handle(source: Source, run: readonly EventDelivery[], signal: AbortSignal): Promise<void> {
    if (run.length > 1) {
      try {
        await this.#commit(source, run);
        source.run = Math.min(source.run * 2, maxRun);
        return;
      } catch (error) {
        if (isStale(error)) throw error;
        source.run = Math.max(Math.floor(source.run / 2), 1);
        this.#context.logger.debug({ error, subscription: this.#options.name }, 'handling one by one');
      }
    }
    for (const delivery of run) {
      if (signal.aborted) return;
      await this.#handleOne(source, delivery, signal);
    }
    source.run = Math.min(source.run * 2, maxRun);
  }

  /** Stores a dead letter and moves on. A message without a position of ours moves nothing. */
  async giveUp(source: Source, delivery: Delivery, error: unknown, tries: number): Promise<void> {
    const to = delivery.incoming.position ? checkpointAt(delivery) : undefined;
    await this.#context.database.transaction(systemScope, async (tx) => {
      if (to) await advanceCheckpoint(tx, this.#key(source), source.checkpoint, to);
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

  async #commit(source: Source, run: readonly EventDelivery[]): Promise<void> {
    const startedAtMs = performance.now();
    const prepared: unknown[] = [];
    const events = await revealFor(this.#context, this.#options)(run.map(({ event }) => event));
    for (const [index, { message }] of run.entries()) {
      prepared.push(await prepareEvent(this.#options, events[index]!, message.headers));
    }
    const to = checkpointAt(run.at(-1)!);
    await this.#inTurn(() =>
      this.#context.database.transaction({ organisationId: run[0]!.event.organisationId }, async (tx) => {
        await advanceCheckpoint(tx, this.#key(source), source.checkpoint, to);
        for (const [index, { message }] of run.entries()) {
          await handleEvent(this.#options, events[index]!, tx, prepared[index], message.headers);
        }
      }),
    );
    source.checkpoint = to;
    this.#progress.handled(source.name, events, (performance.now() - startedAtMs) / 1000);
  }

  #key(source: Source) {
    return { subscription: this.#options.name, source: source.name };
  }
}

function checkpointAt({ message, incoming }: Delivery): Checkpoint {
  return { position: incoming.position!, sequence: message.seq };
}
