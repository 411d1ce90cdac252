import { Buffer } from 'node:buffer';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  nanos,
  type JetStreamManager,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import type { Context } from './context.ts';
import { isTransient } from './faults.ts';
import { pullOnce } from './reader.ts';
import { ensureWorkQueue, findConsumer, isMissing } from './stream.ts';
import { backoffMs, createBell, pause } from './timing.ts';
import { whileConnected } from './while-connected.ts';

export type MqttMessage = {
  /** As the device named it. */
  readonly topic: string;
  /** What stood for each `+`. */
  readonly places: readonly string[];
  readonly payload: Uint8Array;
  /** When the broker took it, which may be long ago. */
  readonly receivedAt: Date;
};

/** Its topic is whole, as that of a message is. */
export type MqttAnswer = { readonly topic: string; readonly payload: string };

export type MqttOptions = {
  /** Unique in the service and stable for ever: what was not handled is kept under it. */
  readonly name: string;
  /** Below the namespace, such as `check-in/+/scans`; `+` is any one level. */
  readonly topic: string;
  /** Messages handled at once by this process, 1 to 100; those of one topic in order, in whichever processes. */
  readonly concurrency: number;
  /** The broker keeps no larger message. */
  readonly maxBytes: number;
  /**
   * Commits what the message does, and answers what its sender is told; null for a message that deserves no answer. The same
   * message may come again, from its sender or from the broker: the handler must answer it alike and do nothing twice.
   */
  readonly handler: (message: MqttMessage) => Promise<MqttAnswer | null>;
};

/** A message in hand that its process did not answer comes again after so long. */
const ackWaitMs = 10_000;
const maxTries = 5;
/** When a message is looked at again that came before an older one of its topic. */
const outOfTurnMs = 100;
/** What a day could not be handled, or a device sent beyond so many, interests nobody. */
const keptMs = 24 * 3_600_000;
const keptOfTopic = 10_000;
const keptBytes = 256 * 1024 * 1024;

/** Reads what MQTT clients publish. NATS maps topics to subjects; a stream of their own keeps them until they are handled. */
export class MqttReader {
  readonly #context: Omit<Context, 'database' | 'session'>;
  readonly #options: MqttOptions;
  readonly #subject: string;
  readonly #stream: string;
  readonly #stop = new AbortController();
  readonly #bell = createBell();
  readonly #inHand = new Set<Promise<void>>();
  /** By topic, the message that is last in line. */
  readonly #lines = new Map<string, Promise<void>>();
  readonly #running: Promise<void>;

  constructor(context: Omit<Context, 'database' | 'session'>, options: MqttOptions) {
    const { name, concurrency } = options;
    if (!(Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= 100))
      throw new RangeError(`the concurrency of ${name} must be 1 to 100, not ${concurrency}`);
    if (!/^[a-z][a-z0-9-]{0,49}$/.test(name)) throw new Error(`not a name: ${name}`);
    this.#context = context;
    this.#options = options;
    this.#subject = context.topology.topic(options.topic);
    this.#stream = `${context.topology.stream(context.service)}_${name}`;
    this.#running = whileConnected({
      link: context.link,
      stop: this.#stop.signal,
      session: (connection, signal) => this.#read(connection, signal),
      onFault: (error) => context.logger.warn({ error, feed: name }, 'reading MQTT begins anew'),
    });
  }

  /** Finishes what is in hand; what waits stays with the broker. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    await Promise.all(this.#inHand);
  }

  async #read(connection: NatsConnection, signal: AbortSignal): Promise<void> {
    const { name, concurrency } = this.#options;
    const jsm = await connection.jetstreamManager({ checkAPI: false });
    await this.#ensureStream(jsm);
    const consumer = await connection.jetstream().consumers.get(this.#stream, name);
    while (!signal.aborted) {
      const room = concurrency - this.#inHand.size;
      if (room > 0) await pullOnce(consumer, room, (message) => this.#accept(connection, message), signal);
      else await this.#bell.wait(1000, signal);
    }
  }

  async #ensureStream(jsm: JetStreamManager): Promise<void> {
    await ensureWorkQueue(jsm, this.#stream, {
      subjects: [this.#subject],
      max_age: nanos(keptMs),
      max_bytes: keptBytes,
      max_msgs_per_subject: keptOfTopic,
      max_msg_size: this.#options.maxBytes,
      discard: DiscardPolicy.Old,
    });
    const { name } = this.#options;
    if (await findConsumer(jsm, this.#stream, name)) return;
    await jsm.consumers.add(this.#stream, {
      durable_name: name,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_deliver: -1,
      max_ack_pending: 1000,
    });
  }

  #accept(connection: NatsConnection, message: JsMsg): void {
    const { subject } = message;
    const keepAlive = setInterval(() => message.working(), ackWaitMs / 3);
    const before = this.#lines.get(subject) ?? Promise.resolve();
    const work = before
      .then(() => this.#handle(connection, message))
      // The connection broke before the answer was out: it is asked for again.
      .catch((error: unknown) =>
        this.#context.logger.warn({ error, subject }, 'an answer could not be given'),
      )
      .finally(() => {
        clearInterval(keepAlive);
        this.#inHand.delete(work);
        if (this.#lines.get(subject) === work) this.#lines.delete(subject);
        this.#context.instruments.mqttWaiting.set(message.info.pending + this.#inHand.size, this.#labels);
        this.#bell.ring();
      });
    this.#inHand.add(work);
    this.#lines.set(subject, work);
  }

  async #handle(connection: NatsConnection, message: JsMsg): Promise<void> {
    const { instruments, logger } = this.#context;
    const stop = this.#stop.signal;
    const received = this.#receive(message);
    for (let tries = 0, attempt = 1; !stop.aborted; attempt++) {
      try {
        if (!(await this.#isFirst(connection, message))) return message.nak(outOfTurnMs);
        const answer = await this.#options.handler(received);
        if (answer) connection.publish(answer.topic.replaceAll('/', '.'), Buffer.from(answer.payload));
        // Confirmed, so that the next of the topic finds itself the first.
        await message.ackAck();
        return instruments.mqttMessages.add(1, {
          ...this.#labels,
          outcome: answer ? 'answered' : 'dropped',
        });
      } catch (error) {
        if (connection.isClosed()) throw error;
        if (!isTransient(error) && ++tries >= maxTries) {
          logger.error({ error, topic: received.topic }, 'a message of MQTT was given up');
          message.term();
          return instruments.mqttMessages.add(1, { ...this.#labels, outcome: 'failed' });
        }
        if (attempt % 20 === 1)
          logger.warn({ error, topic: received.topic }, 'a message of MQTT is tried again');
        await pause(backoffMs(attempt), stop);
      }
    }
    // For another process, or this one when it is back, at once.
    message.nak();
  }

  /**
   * Whether nothing older of its topic waits. The server promises no order where messages come again, nor where a process
   * died with one in hand; but what is not handled is still in the stream.
   */
  async #isFirst(connection: NatsConnection, { subject, seq }: JsMsg): Promise<boolean> {
    const { streams } = await connection.jetstreamManager({ checkAPI: false });
    const ofTopic = { seq: 1, next_by_subj: subject };
    try {
      return (await streams.getMessage(this.#stream, ofTopic)).seq >= seq;
    } catch (error) {
      // Handled before, or too old to be kept: then nothing of its topic is.
      if (isMissing(error)) return true;
      throw error;
    }
  }

  #receive({ subject, data, info }: JsMsg): MqttMessage {
    const levels = subject.split('.');
    const places = levels.filter((_, index) => this.#subject.split('.')[index] === '*');
    const receivedAt = new Date(info.timestampNanos / 1e6);
    return { topic: levels.join('/'), places, payload: data, receivedAt };
  }

  get #labels() {
    return { feed: this.#options.name };
  }
}
