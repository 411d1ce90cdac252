import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  type Consumer,
  type ConsumerInfo,
  type JetStreamManager,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import type { Logger } from '@marquee/telemetry';
import type { Link } from './link.ts';
import type { Instruments } from './observe.ts';
import { trackOf, watchShares, type QueueShares } from './queue-shares.ts';
import { pullOnce } from './reader.ts';
import { ensureWorkQueue, findConsumer } from './stream.ts';
import { anySignal, backoffMs, pause } from './timing.ts';
import { stableTrack, type Topology } from './topology.ts';
import { whileConnected } from './while-connected.ts';

/** What services hand to another that is neither an event nor a question: a stream of JetStream, in a file. */
export type QueueOptions = {
  /** Unique in the namespace, of letters, digits and hyphens; stable for ever. */
  readonly name: string;
  /** For all of it; the server refuses what is more. */
  readonly maxBytes: number;
  /** What nobody took for so long is forgotten. */
  readonly keptDays: number;
  /**
   * Of which track of a roll-out this process is (`stable` unless told). An operator may give a share of what is put to another
   * track (`Operator.shareQueue`), whose takers alone get it. What nobody takes there for some seconds is taken by the others.
   */
  readonly track?: string;
};

/** Puts into a queue and takes from it; needs no database. */
export type Queue = {
  /**
   * Resolves once the server keeps it. The same `id` again within two minutes is the same message. Rejects where NATS is
   * not connected or the queue is full: the caller keeps the message and puts it again.
   */
  put(id: string, message: unknown): Promise<void>;
  /**
   * Hands on each message at least once, one after the other in this process and beside others. It is done with once
   * `handler` has come back, which is after its commit; what it throws has the message come again. At most one taker.
   */
  take(handler: (message: unknown) => Promise<void>): void;
  stop(): Promise<void>;
};

/** A message in hand that its process did not answer comes again after so long. */
const ackWaitMs = 10_000;
const duplicateWindowMs = 120_000;
const putTimeoutMs = 5_000;
const msPerDay = 86_400_000;
/** Messages of one pull; they are handled in turn. */
const atOnce = 8;
/** What takers of another track have left is looked for so often, and is theirs while anything moves in between. */
const adoptEveryMs = 2_500;
const msPerSecond = 1_000;
const consumerOf = (track: string) => (track === stableTrack ? 'taker' : `taker_${track}`);
const encoder = new TextEncoder();

type Handler = (message: unknown) => Promise<void>;

type Parts = {
  readonly link: Link;
  readonly topology: Topology;
  readonly logger: Logger;
  readonly instruments: Pick<Instruments, 'queueSeconds'>;
};

export function openQueue(parts: Parts, options: QueueOptions): Queue {
  return new StreamQueue(parts, options);
}

class StreamQueue implements Queue {
  readonly #parts: Parts;
  readonly #options: QueueOptions;
  readonly #stream: string;
  /** Of the stable track; another track's is below it. */
  readonly #subject: string;
  readonly #track: string;
  readonly #stop = new AbortController();
  readonly #ensured = new WeakMap<NatsConnection, Promise<void>>();
  #taking: Promise<void> | null = null;
  /** Known to those who put. */
  #shares: Promise<() => QueueShares> | null = null;
  /** Ends with the last message in hand: one after the other, whichever track it was for. */
  #turn = Promise.resolve();

  constructor(parts: Parts, options: QueueOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#stream = `${parts.topology.namespace.toUpperCase()}_QUEUE_${options.name}`;
    this.#subject = parts.topology.queue(options.name);
    this.#track = options.track ?? stableTrack;
    parts.topology.queue(options.name, this.#track);
  }

  async put(id: string, message: unknown): Promise<void> {
    const connection = this.#parts.link.current();
    if (!connection) throw new Error('NATS is not connected');
    await this.#ensure(connection);
    const body = encoder.encode(JSON.stringify(message));
    const { name } = this.#options;
    const shares = await this.#sharesNow(connection);
    const subject = this.#parts.topology.queue(name, trackOf(shares, Math.random()));
    await connection
      .jetstream()
      .publish(subject, body, { msgID: id, timeout: putTimeoutMs })
      .catch((error: unknown) => {
        // The stream may be gone with the server's files: it is made anew with the next message.
        this.#ensured.delete(connection);
        throw error;
      });
  }

  async #sharesNow(connection: NatsConnection): Promise<QueueShares> {
    this.#shares ??= watchShares(this.#parts, connection, this.#options.name);
    try {
      return (await this.#shares)();
    } catch (error) {
      this.#shares = null;
      throw error;
    }
  }

  take(handler: Handler): void {
    if (this.#taking) throw new Error(`the queue ${this.#options.name} is taken from already`);
    this.#taking = this.#takeForEver(handler);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#taking;
  }

  #takeForEver(handler: Handler): Promise<void> {
    const { link, logger } = this.#parts;
    return whileConnected({
      link,
      stop: this.#stop.signal,
      session: async (connection, signal) => {
        try {
          await this.#read(connection, handler, signal);
        } catch (error) {
          this.#ensured.delete(connection);
          throw error;
        }
      },
      onFault: (error) =>
        logger.warn({ error, queue: this.#options.name }, 'taking from a queue begins anew'),
    });
  }

  async #read(connection: NatsConnection, handler: Handler, signal: AbortSignal): Promise<void> {
    await this.#ensure(connection);
    const jsm = await connection.jetstreamManager({ checkAPI: false });
    await this.#ensureConsumer(jsm, this.#track);
    const consumer = await connection.jetstream().consumers.get(this.#stream, consumerOf(this.#track));
    // Where one of the two fails, the other ends, and both begin anew.
    const both = anySignal(signal);
    const ending = <T>(work: Promise<T>) => work.finally(() => both.abort());
    try {
      await Promise.all([
        ending(this.#takeFrom(consumer, handler, both.signal)),
        ending(this.#adopt(connection, jsm, handler, both.signal)),
      ]);
    } finally {
      both.end();
    }
  }

  async #takeFrom(consumer: Consumer, handler: Handler, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#pull(consumer, handler, signal);
  }

  /** Answers how many messages one pull brought, each of them done with. */
  async #pull(consumer: Consumer, handler: Handler, signal: AbortSignal): Promise<number> {
    let taken = 0;
    const inTurn = (message: JsMsg) => {
      taken += 1;
      this.#turn = this.#turn.then(() => this.#handle(message, handler));
    };
    // Ends with its messages, each in hand by then.
    await pullOnce(consumer, atOnce, inTurn, signal);
    await this.#turn;
    return taken;
  }

  /**
   * Takes what is there for another track while nobody takes it: its pods are gone, or were never there. Whoever rolls out may
   * so end a track at any time, and die at any time, and nothing is left.
   */
  async #adopt(
    connection: NatsConnection,
    jsm: JetStreamManager,
    handler: Handler,
    signal: AbortSignal,
  ): Promise<void> {
    const seen = new Map<string, number>();
    while (!signal.aborted) {
      await pause(adoptEveryMs, signal);
      if (signal.aborted) return;
      const { state } = await jsm.streams.info(this.#stream, { subjects_filter: '>' });
      for (const subject of Object.keys(state.subjects ?? {})) {
        const track = subject === this.#subject ? stableTrack : subject.slice(this.#subject.length + 1);
        if (track === this.#track) continue;
        const { num_waiting: waiting, delivered } = await this.#ensureConsumer(jsm, track);
        const isIdle = waiting === 0 && seen.get(track) === delivered.consumer_seq;
        seen.set(track, delivered.consumer_seq);
        if (!isIdle) continue;
        this.#parts.logger.info({ queue: this.#options.name, track }, 'taking what nobody takes');
        const left = await connection.jetstream().consumers.get(this.#stream, consumerOf(track));
        while (!signal.aborted && (await this.#pull(left, handler, signal)) > 0);
      }
    }
  }

  async #handle(message: JsMsg, handler: (message: unknown) => Promise<void>): Promise<void> {
    if (this.#stop.signal.aborted) return message.nak();
    const { name } = this.#options;
    const startedAtMs = performance.now();
    const tried = (outcome: 'done' | 'failed') =>
      this.#parts.instruments.queueSeconds.observe((performance.now() - startedAtMs) / msPerSecond, {
        queue: name,
        outcome,
      });
    const keepAlive = setInterval(() => message.working(), ackWaitMs / 3);
    try {
      await handler(message.json());
      message.ack();
      tried('done');
    } catch (error) {
      tried('failed');
      this.#parts.logger.warn({ error, queue: name }, 'a message of a queue comes again');
      message.nak(backoffMs(message.info.deliveryCount));
    } finally {
      clearInterval(keepAlive);
    }
  }

  #ensure(connection: NatsConnection): Promise<void> {
    const known = this.#ensured.get(connection);
    if (known) return known;
    const ensuring = connection.jetstreamManager({ checkAPI: false }).then((jsm) => this.#ensureStream(jsm));
    this.#ensured.set(connection, ensuring);
    ensuring.catch(() => this.#ensured.delete(connection));
    return ensuring;
  }

  async #ensureStream(jsm: JetStreamManager): Promise<void> {
    await ensureWorkQueue(jsm, this.#stream, {
      subjects: [this.#subject, `${this.#subject}.*`],
      max_bytes: this.#options.maxBytes,
      max_age: nanos(this.#options.keptDays * msPerDay),
      // What is full says so: who puts keeps what the server does not.
      discard: DiscardPolicy.New,
      duplicate_window: nanos(duplicateWindowMs),
    });
  }

  /** Of a track: each takes what has its subject, and no message is for two. */
  async #ensureConsumer(jsm: JetStreamManager, track: string): Promise<ConsumerInfo> {
    const name = consumerOf(track);
    const filter_subject = this.#parts.topology.queue(this.#options.name, track);
    const known = await findConsumer(jsm, this.#stream, name);
    if (known?.config.filter_subject === filter_subject) return known;
    // Of a release before there were tracks: it took everything.
    if (known) return jsm.consumers.update(this.#stream, name, { ...known.config, filter_subject });
    return jsm.consumers.add(this.#stream, {
      durable_name: name,
      filter_subject,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_deliver: -1,
      max_ack_pending: 100,
    });
  }
}
