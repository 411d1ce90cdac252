import { systemScope, type Transaction } from '@marquee/postgres';
import type { JetStreamManager, JsMsg, NatsConnection } from 'nats';
import { forgetCheckpoints, loadCheckpoint, startCheckpoint, type Checkpoint } from './checkpoint.ts';
import { lockKey, type Context } from './context.ts';
import { readDelivery } from './dead-letter.ts';
import { handledTypes, retryDeadLetter, withInterceptors } from './handle.ts';
import { Progress } from './progress.ts';
import { openReader, type OrderedReader } from './reader.ts';
import { firstRun, RunHandler, type EventDelivery, type Source } from './run-handler.ts';
import { findStream, positionAt } from './stream.ts';
import { anySignal, createTurns, pause } from './timing.ts';
import { bySource, comparePositions } from './topology.ts';
import type { ProjectionOptions, Subscription, SubscriptionStatus } from './types.ts';
import { whileConnected } from './while-connected.ts';

/** How often an idle projection looks whether its checkpoint was moved, by a rebuild in another process. */
const idleCheckMs = 2000;
export const streamPollMs = 250;

/** Reads each source in order, from the checkpoint that its handlers' own transactions move. */
export class Projection implements Subscription {
  readonly #context: Context;
  readonly #options: ProjectionOptions;
  readonly #sources: readonly Source[];
  readonly #progress: Progress;
  readonly #handler: RunHandler;
  readonly #stop = new AbortController();
  /** Handlers never overlap, whatever the source. */
  readonly #inTurn = createTurns();
  readonly #running: Promise<void>;
  #restart = new AbortController();

  constructor(context: Context, options: ProjectionOptions) {
    const { topology, instruments } = context;
    this.#context = context;
    this.#options = withInterceptors(context, options);
    this.#sources = [...bySource(handledTypes(options))].map(([name, types]) => ({
      name,
      stream: topology.stream(name),
      filters: types.map(topology.filter),
      checkpoint: startCheckpoint,
      run: firstRun,
    }));
    this.#progress = new Progress(options.name, this.#sources.length, instruments);
    this.#handler = new RunHandler(context, this.#options, this.#progress, this.#inTurn);
    this.#running = this.#runForEver();
  }

  status(): SubscriptionStatus {
    return this.#progress.status();
  }

  async rebuild(clear: (tx: Transaction) => Promise<void>): Promise<void> {
    const { database } = this.#context;
    await this.#inTurn(() =>
      database.transaction(systemScope, async (tx) => {
        await forgetCheckpoints(tx, this.#options.name);
        await tx.rows('delete from dead_letter where subscription = $1', [this.#options.name]);
        await clear(tx);
      }),
    );
    this.#progress.forget();
    this.#restart.abort();
  }

  retryDeadLetter(eventId: string): Promise<boolean> {
    return this.#inTurn(() => retryDeadLetter(this.#context, this.#options, eventId));
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #runForEver(): Promise<void> {
    const { session, logger } = this.#context;
    while (!this.#stop.signal.aborted) {
      this.#progress.overall('standby');
      const lease = await session.lock(lockKey(this.#context, this.#options.name), this.#stop.signal);
      if (!lease) continue;
      logger.debug({ subscription: this.#options.name }, 'the projection is active here');
      this.#progress.overall(null);
      const active = anySignal(this.#stop.signal, lease.lost);
      await Promise.all(this.#sources.map((source) => this.#readForEver(source, active.signal)));
      active.end();
      await lease.release();
    }
    this.#progress.overall('stopped');
  }

  #readForEver(source: Source, active: AbortSignal): Promise<void> {
    const { link, logger } = this.#context;
    return whileConnected({
      link,
      stop: active,
      session: (connection, signal) => this.#read(connection, source, signal),
      restart: () => {
        if (this.#restart.signal.aborted) this.#restart = new AbortController();
        return this.#restart.signal;
      },
      onWaiting: () => this.#progress.state(source.name, 'waiting'),
      onFault: (error) => {
        this.#progress.failed(source.name, error);
        logger.warn({ error, subscription: this.#options.name, source: source.name }, 'reading begins anew');
      },
    });
  }

  /** From the checkpoint in the database until the signal fires, or the checkpoint is found moved. */
  async #read(connection: NatsConnection, source: Source, signal: AbortSignal): Promise<void> {
    const jsm = await connection.jetstreamManager({ checkAPI: false });
    if (!(await findStream(jsm, source.stream))) {
      this.#progress.state(source.name, 'waiting');
      return pause(streamPollMs, signal);
    }
    source.checkpoint = await this.#load(source);
    const startSequence = await findStart(jsm, source);
    const { stream, filters } = source;
    const reader = await openReader({ connection, jsm, stream, filters, startSequence, signal });
    try {
      this.#progress.state(source.name, 'running');
      this.#progress.lag(source.name, reader.pending());
      await this.#handleFrom(reader, source, signal);
    } finally {
      await reader.close();
    }
  }

  async #handleFrom(reader: OrderedReader, source: Source, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const messages = await reader.take(source.run, idleCheckMs);
      if (messages.length === 0 && !signal.aborted) {
        this.#progress.lag(source.name, reader.pending());
        if (await this.#wasMoved(source)) return;
      }
      for (let from = 0; from < messages.length && !signal.aborted;) {
        from += await this.#handleSome(source, messages, from, signal);
        this.#progress.lag(source.name, messages.length - from + reader.pending());
      }
    }
  }

  /** Handles the messages from `from` on that fit one transaction; answers how many. */
  async #handleSome(
    source: Source,
    messages: readonly JsMsg[],
    from: number,
    signal: AbortSignal,
  ): Promise<number> {
    const run: EventDelivery[] = [];
    let looked = from;
    for (; looked < messages.length && run.length < source.run; looked++) {
      const delivery = readDelivery(messages[looked]!);
      const { event, position, fault } = delivery.incoming;
      if (position && comparePositions(position, source.checkpoint.position) <= 0) {
        this.#progress.skipped(source.name, 1);
        continue;
      }
      if (!event || !position) {
        if (run.length > 0) break;
        await this.#handler.giveUp(
          source,
          delivery,
          fault ?? new Error('the message has no log position'),
          1,
        );
        return looked - from + 1;
      }
      run.push({ ...delivery, event });
    }
    if (run.length > 0) await this.#handler.handle(source, run, signal);
    return looked - from;
  }

  async #load(source: Source): Promise<Checkpoint> {
    return this.#context.database.read(systemScope, (tx) =>
      loadCheckpoint(tx, this.#options.name, source.name),
    );
  }

  async #wasMoved(source: Source): Promise<boolean> {
    const { position } = await this.#load(source);
    return comparePositions(position, source.checkpoint.position) !== 0;
  }
}

/**
 * Where to read from. The message at the checkpoint's sequence is looked at: where it is the one handled last, the
 * next is next. Where it is another or none (the stream was wiped, restored or is being seeded anew) the reading
 * begins at the start, and what the checkpoint covers is passed over.
 */
async function findStart(jsm: JetStreamManager, { stream, checkpoint }: Source): Promise<number> {
  if (checkpoint.sequence === 0) return 1;
  const position = await positionAt(jsm, stream, checkpoint.sequence);
  return position && comparePositions(position, checkpoint.position) === 0 ? checkpoint.sequence + 1 : 1;
}
