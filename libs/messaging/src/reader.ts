import {
  AckPolicy,
  DeliverPolicy,
  nanos,
  type Consumer,
  type JetStreamManager,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import { deliveryOf } from './received.ts';
import { anySignal, createBell, pause } from './timing.ts';

const pullExpiresMs = 10_000;
const consumerLifeMs = 60_000;
const pullMessages = 1000;
/** How long a take waits for its limit where the server has more: each take becomes a transaction. */
const gatherMs = 4;

const consumerSettings = {
  ack_policy: AckPolicy.None,
  deliver_policy: DeliverPolicy.StartSequence,
  mem_storage: true,
  num_replicas: 1,
  inactive_threshold: nanos(consumerLifeMs),
};

/** A message came out of order or one is missing between two: the reading begins anew from the checkpoint. */
export class BrokenOrderError extends Error {
  override readonly name = 'BrokenOrderError';
}

/** Messages of one stream in order, pulled ahead into a bounded buffer. */
export type OrderedReader = {
  /**
   * Up to `limit` messages, at once unless the server has more of them on their way; empty when none came within `waitMs`.
   * Rejects when the consumer is gone.
   */
  take(limit: number, waitMs: number): Promise<JsMsg[]>;
  /** Messages in the stream after the last one taken. */
  pending(): number;
  close(): Promise<void>;
};

/**
 * An ephemeral consumer without acks: all that is known about progress is in the handler's database, so a new one from
 * there is always right. The client's own ordered consumer was not used: it starts itself anew by stream sequence,
 * which after a wipe names other messages.
 */
export async function openReader(options: {
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly stream: string;
  readonly filters: readonly string[];
  readonly startSequence: number;
  readonly signal: AbortSignal;
  /** How long one pull waits for messages; default 10,000, at least 1,000. */
  readonly pullMs?: number;
}): Promise<OrderedReader> {
  const { connection, jsm, stream, pullMs } = options;
  const created = await jsm.consumers.add(stream, {
    ...consumerSettings,
    opt_start_seq: options.startSequence,
    filter_subjects: [...options.filters],
  });
  const consumer = await connection.jetstream().consumers.get(stream, created.name);
  const buffer: JsMsg[] = [];
  const bell = createBell();
  const life = anySignal(options.signal);
  let delivered = 0;
  /** So many in the buffer are worth waking up for. */
  let wanted = 1;
  let pending = created.num_pending;
  let fault: Error | undefined;
  const fail = (error: Error) => {
    fault ??= error;
    life.abort();
    bell.ring();
  };
  const take = (message: JsMsg) => {
    if (deliveryOf(message) !== ++delivered)
      return fail(new BrokenOrderError(`${stream}: a message is missing`));
    buffer.push(message);
    if (buffer.length >= wanted) bell.ring();
  };
  const gather = async (limit: number) => {
    wanted = limit;
    for (const until = performance.now() + gatherMs; buffer.length < limit && !life.signal.aborted;) {
      const leftMs = until - performance.now();
      if (leftMs <= 0 || (await bell.wait(leftMs, life.signal)) === false) break;
    }
    wanted = 1;
  };
  /**
   * With no pull under way the server sends nothing, so what it counts as sent has come or never will: a process that stands
   * still while its pull runs out closes it before it reads the socket, and without acks nobody would send that again.
   */
  const compareWithServer = async () => {
    const { delivered: sent, num_pending: unsent } = await consumer.info();
    if (sent.consumer_seq !== delivered) return fail(new BrokenOrderError(`${stream}: the last are missing`));
    // Messages may have been removed meanwhile.
    pending = unsent + buffer.length;
  };
  const hasRoom = () => buffer.length < pullMessages;
  const parts = { consumer, take, hasRoom, compareWithServer, signal: life.signal, pullMs };
  const pulling = pullWhile(parts).catch(fail);

  return {
    take: async (limit, waitMs) => {
      if (buffer.length === 0 && !life.signal.aborted) await bell.wait(waitMs, life.signal);
      const onTheirWay = buffer.at(-1)?.info.pending ?? 0;
      if (buffer.length < limit && onTheirWay > 0) await gather(Math.min(limit, buffer.length + onTheirWay));
      if (fault) throw fault;
      const taken = buffer.splice(0, limit);
      const last = taken.at(-1);
      if (last) pending = last.info.pending;
      return taken;
    },
    pending: () => pending,
    close: async () => {
      life.abort();
      life.end();
      await pulling;
      // Not waited for: where it is lost the server removes the idle consumer by itself.
      void jsm.consumers.delete(stream, created.name).catch(() => undefined);
    },
  };
}

/** Pulls again and again; while there is no room it waits for the next look. Rejects when the consumer is gone. */
async function pullWhile(parts: {
  readonly consumer: Consumer;
  readonly take: (message: JsMsg) => void;
  readonly hasRoom: () => boolean;
  readonly compareWithServer: () => Promise<void>;
  readonly signal: AbortSignal;
  readonly pullMs: number | undefined;
}): Promise<void> {
  const { consumer, take, signal } = parts;
  while (!signal.aborted) {
    if (!parts.hasRoom()) {
      await pause(5, signal);
      continue;
    }
    const received = await pullOnce(consumer, pullMessages, take, signal, parts.pullMs);
    // A full one is followed by others, where a gap shows.
    if (received < pullMessages && !signal.aborted) await parts.compareWithServer();
  }
}

/** One pull: ends when its messages came, when it expired or when the signal fires. Answers how many came. */
export async function pullOnce(
  consumer: Consumer,
  messages: number,
  onMessage: (message: JsMsg) => void,
  signal: AbortSignal,
  expires = pullExpiresMs,
): Promise<number> {
  let received = 0;
  const callback = (message: JsMsg) => {
    received += 1;
    onMessage(message);
  };
  const pull = await consumer.fetch({
    max_messages: messages,
    expires,
    // The types leave it out, the client takes it: no iterator between the socket and us.
    ...({ callback } as object),
  });
  const stop = () => pull.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const ended = await pull.closed();
    if (ended && !signal.aborted) throw ended;
    return received;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
