import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import type { Logger } from '@marquee/telemetry';
import type { Link } from './link.ts';
import { pullOnce } from './reader.ts';
import { findStream, isMissing } from './stream.ts';
import { backoffMs } from './timing.ts';
import type { Topology } from './topology.ts';
import { whileConnected } from './while-connected.ts';

/** What services hand to another that is neither an event nor a question: a stream of JetStream, in a file. */
export type QueueOptions = {
  /** Unique in the namespace, of letters, digits and hyphens; stable for ever. */
  readonly name: string;
  /** For all of it; the server refuses what is more. */
  readonly maxBytes: number;
  /** What nobody took for so long is forgotten. */
  readonly keptDays: number;
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
const consumerName = 'taker';
const encoder = new TextEncoder();

type Parts = { readonly link: Link; readonly topology: Topology; readonly logger: Logger };

export function openQueue(parts: Parts, options: QueueOptions): Queue {
  return new StreamQueue(parts, options);
}

class StreamQueue implements Queue {
  readonly #parts: Parts;
  readonly #options: QueueOptions;
  readonly #stream: string;
  readonly #subject: string;
  readonly #stop = new AbortController();
  readonly #ensured = new WeakMap<NatsConnection, Promise<void>>();
  #taking: Promise<void> | null = null;

  constructor(parts: Parts, options: QueueOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#stream = `${parts.topology.namespace.toUpperCase()}_QUEUE_${options.name}`;
    this.#subject = parts.topology.queue(options.name);
  }

  async put(id: string, message: unknown): Promise<void> {
    const connection = this.#parts.link.current();
    if (!connection) throw new Error('NATS is not connected');
    await this.#ensure(connection);
    const body = encoder.encode(JSON.stringify(message));
    await connection
      .jetstream()
      .publish(this.#subject, body, { msgID: id, timeout: putTimeoutMs })
      .catch((error: unknown) => {
        // The stream may be gone with the server's files: it is made anew with the next message.
        this.#ensured.delete(connection);
        throw error;
      });
  }

  take(handler: (message: unknown) => Promise<void>): void {
    if (this.#taking) throw new Error(`the queue ${this.#options.name} is taken from already`);
    this.#taking = this.#takeForEver(handler);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#taking;
  }

  #takeForEver(handler: (message: unknown) => Promise<void>): Promise<void> {
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

  async #read(
    connection: NatsConnection,
    handler: (message: unknown) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#ensure(connection);
    const jsm = await connection.jetstreamManager({ checkAPI: false });
    await this.#ensureConsumer(jsm);
    const consumer = await connection.jetstream().consumers.get(this.#stream, consumerName);
    while (!signal.aborted) {
      let last = Promise.resolve();
      const inTurn = (message: JsMsg) => {
        last = last.then(() => this.#handle(message, handler));
      };
      // Ends with its messages, each in hand by then.
      await pullOnce(consumer, atOnce, inTurn, signal);
      await last;
    }
  }

  async #handle(message: JsMsg, handler: (message: unknown) => Promise<void>): Promise<void> {
    if (this.#stop.signal.aborted) return message.nak();
    const keepAlive = setInterval(() => message.working(), ackWaitMs / 3);
    try {
      await handler(message.json());
      message.ack();
    } catch (error) {
      const { name } = this.#options;
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
    const wanted = {
      subjects: [this.#subject],
      max_bytes: this.#options.maxBytes,
      max_age: nanos(this.#options.keptDays * msPerDay),
      // What is full says so: who puts keeps what the server does not.
      discard: DiscardPolicy.New,
    };
    const existing = await findStream(jsm, this.#stream);
    if (existing) await jsm.streams.update(this.#stream, { ...existing.config, ...wanted });
    else
      await jsm.streams.add({
        ...wanted,
        name: this.#stream,
        retention: RetentionPolicy.Workqueue,
        storage: StorageType.File,
        duplicate_window: nanos(duplicateWindowMs),
      });
  }

  async #ensureConsumer(jsm: JetStreamManager): Promise<void> {
    const known = await jsm.consumers.info(this.#stream, consumerName).catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (known) return;
    await jsm.consumers.add(this.#stream, {
      durable_name: consumerName,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_deliver: -1,
      max_ack_pending: 100,
    });
  }
}
