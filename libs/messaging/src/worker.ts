import type { DomainEvent } from '@marquee/contracts';
import { systemScope, type Transaction } from '@marquee/postgres';
import {
  AckPolicy,
  DeliverPolicy,
  nanos,
  type Consumer,
  type JetStreamManager,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import type { Context } from './context.ts';
import { maxTries, readDelivery, storeDeadLetter, type Delivery } from './dead-letter.ts';
import { databaseAnswers, isTransient } from './faults.ts';
import {
  handledTypes,
  handleEvent,
  prepareEvent,
  retryDeadLetter,
  revealFor,
  withInterceptors,
} from './handle.ts';
import { clearInbox, enterInbox, sweepInbox } from './inbox.ts';
import { Progress } from './progress.ts';
import { streamPollMs } from './projection.ts';
import { pullOnce } from './reader.ts';
import { findConsumer, findStream, isMissing, positionAt } from './stream.ts';
import { backoffMs, createBell, pause } from './timing.ts';
import { bySource } from './topology.ts';
import type { Subscription, SubscriptionStatus, WorkOptions } from './types.ts';
import { whileConnected } from './while-connected.ts';

/** What a killed worker had in hand comes again after so long; a living one asks for more time. */
const ackWaitMs = 10_000;
const defaultSweepMs = 30_000;

type Source = {
  readonly name: string;
  readonly stream: string;
  readonly filters: string[];
  /** Messages taken and not yet answered. */
  readonly inHand: Set<Promise<void>>;
  /** Messages the server had for us still when it sent the last one. */
  pending: number;
  sweptAtMs: number;
};

/** Takes events as they come, several at once and beside other processes; the inbox keeps each effect to one. */
export class Worker implements Subscription {
  readonly #context: Context;
  readonly #options: WorkOptions;
  readonly #sources: readonly Source[];
  readonly #progress: Progress;
  readonly #stop = new AbortController();
  readonly #bell = createBell();
  readonly #tries = new Map<string, number>();
  readonly #running: Promise<unknown>;
  #restart = new AbortController();

  constructor(context: Context, options: WorkOptions) {
    const { concurrency, name } = options;
    if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 100)) {
      throw new RangeError(`the concurrency of ${name} must be 1 to 100, not ${concurrency}`);
    }
    this.#context = context;
    this.#options = withInterceptors(context, options);
    this.#sources = [...bySource(handledTypes(options))].map(([source, types]) => ({
      name: source,
      stream: context.topology.stream(source),
      filters: types.map(context.topology.filter),
      inHand: new Set(),
      pending: 0,
      sweptAtMs: performance.now(),
    }));
    this.#progress = new Progress(name, this.#sources.length, context.instruments);
    this.#running = Promise.all(this.#sources.map((source) => this.#workForEver(source)));
  }

  status(): SubscriptionStatus {
    return this.#progress.status();
  }

  async rebuild(clear: (tx: Transaction) => Promise<void>): Promise<void> {
    const { link, database } = this.#context;
    const connection = await link.connected(this.#stop.signal);
    const jsm = await connection?.jetstreamManager({ checkAPI: false });
    for (const { stream } of this.#sources) {
      await jsm?.consumers.delete(stream, this.#durable).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
      });
    }
    await Promise.all(this.#sources.flatMap(({ inHand }) => [...inHand]));
    await database.transaction(systemScope, async (tx) => {
      await clearInbox(tx, this.#options.name);
      await clear(tx);
    });
    this.#progress.forget();
    this.#restart.abort();
  }

  retryDeadLetter(eventId: string): Promise<boolean> {
    return retryDeadLetter(this.#context, this.#options, eventId);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await Promise.all(this.#sources.flatMap(({ inHand }) => [...inHand]));
    this.#progress.overall('stopped');
  }

  get #durable(): string {
    return `${this.#context.service}_${this.#options.name}`;
  }

  #workForEver(source: Source): Promise<void> {
    const { link, logger } = this.#context;
    return whileConnected({
      link,
      stop: this.#stop.signal,
      session: (connection, signal) => this.#work(connection, source, signal),
      restart: () => {
        if (this.#restart.signal.aborted) this.#restart = new AbortController();
        return this.#restart.signal;
      },
      onWaiting: () => this.#progress.state(source.name, 'waiting'),
      onFault: (error) => {
        this.#progress.failed(source.name, error);
        logger.warn({ error, subscription: this.#options.name, source: source.name }, 'working begins anew');
      },
    });
  }

  async #work(connection: NatsConnection, source: Source, signal: AbortSignal): Promise<void> {
    const jsm = await connection.jetstreamManager({ checkAPI: false });
    if (!(await findStream(jsm, source.stream))) {
      this.#progress.state(source.name, 'waiting');
      return pause(streamPollMs, signal);
    }
    const pending = await this.#ensureConsumer(jsm, source);
    this.#progress.state(source.name, 'running');
    this.#progress.lag(source.name, pending);
    const consumer = await connection.jetstream().consumers.get(source.stream, this.#durable);
    while (!signal.aborted) {
      const room = this.#options.concurrency - source.inHand.size;
      if (room > 0) await this.#pull(consumer, source, room, signal);
      else await this.#bell.wait(1000, signal);
      await this.#sweep(jsm, source, consumer);
    }
  }

  async #ensureConsumer(jsm: JetStreamManager, source: Source): Promise<number> {
    const settings = {
      filter_subjects: source.filters,
      ack_wait: nanos(ackWaitMs),
      max_deliver: -1,
      max_ack_pending: 1000,
    };
    const known = await findConsumer(jsm, source.stream, this.#durable);
    const info = known
      ? await jsm.consumers.update(source.stream, this.#durable, settings)
      : await jsm.consumers.add(source.stream, {
          ...settings,
          durable_name: this.#durable,
          ack_policy: AckPolicy.Explicit,
          deliver_policy: DeliverPolicy.All,
        });
    return info.num_pending + info.num_ack_pending;
  }

  async #pull(consumer: Consumer, source: Source, room: number, signal: AbortSignal): Promise<void> {
    const received = await pullOnce(consumer, room, (message) => this.#accept(source, message), signal);
    if (received > 0 || signal.aborted) return;
    // What is known since the last message may be wrong: others handle, too, and messages are removed.
    const { num_pending: unsent, num_ack_pending: unanswered } = await consumer.info();
    source.pending = unsent;
    this.#progress.lag(source.name, unsent + Math.max(unanswered, source.inHand.size));
  }

  #accept(source: Source, message: JsMsg): void {
    source.pending = message.info.pending;
    if (message.info.redelivered) this.#progress.redelivered(source.name);
    const keepAlive = setInterval(() => message.working(), ackWaitMs / 3);
    const work = this.#handle(source, message)
      .catch((error: unknown) => {
        this.#context.logger.error({ error, subject: message.subject }, 'an answer could not be given');
        message.nak(backoffMs(5));
      })
      .finally(() => {
        clearInterval(keepAlive);
        source.inHand.delete(work);
        this.#progress.lag(source.name, source.pending + source.inHand.size);
        this.#bell.ring();
      });
    source.inHand.add(work);
  }

  async #handle(source: Source, message: JsMsg): Promise<void> {
    const delivery = readDelivery(message);
    const { event, position, fault } = delivery.incoming;
    if (!event || !position) {
      return this.#giveUp(source, delivery, fault ?? new Error('the message has no log position'), 1);
    }
    const run = [event];
    this.#progress.begin(source.name, run);
    try {
      const startedAtMs = performance.now();
      const [revealed = event] = await revealFor(this.#context, this.#options)([event]);
      const prepared = await prepareEvent(this.#options, revealed, delivery.incoming.headers);
      const entered = await this.#context.database.transaction(
        { organisationId: event.organisationId },
        async (tx) => {
          if (!(await enterInbox(tx, this.#key(source), event.id, { position }))) return false;
          await handleEvent(this.#options, revealed, tx, prepared, delivery.incoming.headers);
          return true;
        },
      );
      message.ack();
      this.#tries.delete(event.id);
      if (entered) this.#progress.handled(source.name, [event], (performance.now() - startedAtMs) / 1000);
      else this.#progress.skipped(source.name, 1);
    } catch (error) {
      await this.#failed(source, delivery, event, error);
    } finally {
      this.#progress.end(source.name, run);
    }
  }

  async #failed(source: Source, delivery: Delivery, event: DomainEvent, error: unknown): Promise<void> {
    const { logger, database } = this.#context;
    this.#progress.failed(source.name, error);
    const passing = isTransient(error) || !(await databaseAnswers(database));
    const tries = (this.#tries.get(event.id) ?? 0) + (passing ? 0 : 1);
    this.#tries.set(event.id, tries);
    const fields = { error, subscription: this.#options.name, eventId: event.id, type: event.type, tries };
    logger[passing ? 'warn' : 'error'](
      fields,
      passing ? 'handling waits for what it needs' : 'handling failed',
    );
    if (tries >= maxTries) return this.#giveUp(source, delivery, error, tries);
    delivery.message.nak(backoffMs(delivery.message.info.deliveryCount));
  }

  async #giveUp(source: Source, delivery: Delivery, error: unknown, tries: number): Promise<void> {
    const { event, position } = delivery.incoming;
    await this.#context.database.transaction(systemScope, async (tx) => {
      if (event && position) await enterInbox(tx, this.#key(source), event.id, { position });
      await storeDeadLetter(tx, this.#key(source), delivery, { error, tries });
    });
    delivery.message.ack();
    if (event) this.#tries.delete(event.id);
    this.#progress.deadLetter(source.name);
    this.#context.logger.error(
      { error, subscription: this.#options.name, subject: delivery.message.subject },
      'the event became a dead letter',
    );
  }

  /** All up to the consumer's ack floor is done with: the inbox need not remember it one by one. */
  async #sweep(jsm: JetStreamManager, source: Source, consumer: Consumer): Promise<void> {
    if (performance.now() - source.sweptAtMs < (this.#options.sweepMs ?? defaultSweepMs)) return;
    source.sweptAtMs = performance.now();
    const { ack_floor: floor } = await consumer.info();
    const position = floor.stream_seq > 0 ? await positionAt(jsm, source.stream, floor.stream_seq) : null;
    if (!position) return;
    await sweepInbox(this.#context.database, this.#key(source), { position, sequence: floor.stream_seq });
  }

  #key(source: Source) {
    return { subscription: this.#options.name, source: source.name };
  }
}
