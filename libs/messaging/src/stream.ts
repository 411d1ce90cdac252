import type { LogPosition } from '@marquee/event-log';
import {
  nanos,
  RetentionPolicy,
  StorageType,
  type ConsumerInfo,
  type JetStreamManager,
  type NatsError,
  type StreamConfig,
  type StreamInfo,
} from 'nats';
import {
  comparePositions,
  formatPosition,
  parsePosition,
  positionHeader,
  type Topology,
} from './topology.ts';

/** The end of a stream: the last sequence given out, and the log position of the last message of ours. */
export type Tail = { readonly lastSequence: number; readonly position: LogPosition | null };

/** `allow_atomic` is newer than the client's types (server 2.12). */
type Config = Partial<StreamConfig> & { allow_atomic?: boolean };

/** The window in which the server refuses an id it has seen: longer than any wait of a relay for its answer. */
const duplicateWindowMs = 120_000;

/** Nothing in a stream expires: a new consumer, or one rebuilt, reads all from the start. */
const whole = {
  allow_atomic: true,
  allow_direct: true,
  max_age: 0,
  max_msgs: -1,
  max_bytes: -1,
  max_msgs_per_subject: -1,
} satisfies Config;

/** In the stream's own metadata, so that it is gone with the stream: how many messages were erased on purpose. */
const erasedKey = 'marquee-erased';
/** Up to where the log had been published then: the message that says so may be among those erased. */
const publishedKey = 'marquee-published';

/**
 * Creates the service's stream, or adds what an existing one lacks. One from which messages were taken (a purge, a
 * corrupt block) is removed and made anew, for the relay to seed from the log. Answers whether it takes atomic batches.
 */
export async function ensureStream(
  jsm: JetStreamManager,
  topology: Topology,
  service: string,
): Promise<{ readonly atomic: boolean }> {
  const name = topology.stream(service);
  const wanted: Config = { ...whole, subjects: [topology.subjects(service)] };
  const existing = await findStream(jsm, name);
  if (existing && !isWhole(existing)) {
    await jsm.streams.delete(name);
    const { [erasedKey]: _erased, [publishedKey]: _published, ...metadata } = existing.config.metadata ?? {};
    const { config } = await jsm.streams.add({ ...existing.config, ...wanted, metadata });
    return { atomic: (config as Config).allow_atomic === true };
  }
  const info = existing ? await complete(jsm, existing, wanted) : await create(jsm, name, wanted);
  return { atomic: (info.config as Config).allow_atomic === true };
}

/** Whether every message ever stored is there, but for those that were erased on purpose. */
export function isWhole({ state, config }: Pick<StreamInfo, 'state' | 'config'>): boolean {
  return state.last_seq - state.messages <= Number(config.metadata?.[erasedKey] ?? 0);
}

/**
 * Notes that so many messages are about to be erased from a stream that is whole, into which the log is published up to
 * there. Before it is done: whoever dies in between leaves a stream that counts as whole.
 */
export async function noteErased(
  jsm: JetStreamManager,
  name: string,
  count: number,
  publishedTo: LogPosition,
): Promise<void> {
  const { config, state } = await jsm.streams.info(name);
  const metadata = {
    ...config.metadata,
    [erasedKey]: String(state.last_seq - state.messages + count),
    [publishedKey]: formatPosition(publishedTo),
  };
  await jsm.streams.update(name, { ...config, metadata });
}

async function create(jsm: JetStreamManager, name: string, wanted: Config): Promise<StreamInfo> {
  return jsm.streams.add({
    ...wanted,
    name,
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    duplicate_window: nanos(duplicateWindowMs),
  });
}

async function complete(jsm: JetStreamManager, info: StreamInfo, wanted: Config): Promise<StreamInfo> {
  const { config } = info;
  const has = config as Config;
  const lacks = (Object.keys(wanted) as (keyof Config)[]).some(
    (key) => JSON.stringify(has[key]) !== JSON.stringify(wanted[key]),
  );
  // Replicas, placement and the like stay as an operator set them.
  return lacks ? jsm.streams.update(config.name, { ...config, ...wanted }) : info;
}

/** Creates a stream whose messages are gone once they are handled, or adds what an existing one lacks. */
export async function ensureWorkQueue(
  jsm: JetStreamManager,
  name: string,
  wanted: Partial<StreamConfig>,
): Promise<void> {
  const existing = await findStream(jsm, name);
  if (existing) await complete(jsm, existing, wanted);
  else
    await jsm.streams.add({
      ...wanted,
      name,
      retention: RetentionPolicy.Workqueue,
      storage: StorageType.File,
    });
}

/** The stream, or null where there is none (yet). */
export async function findStream(jsm: JetStreamManager, name: string): Promise<StreamInfo | null> {
  return jsm.streams.info(name).catch(nullWhenMissing);
}

/** The durable consumer, or null where there is none (yet). */
export async function findConsumer(
  jsm: JetStreamManager,
  stream: string,
  name: string,
): Promise<ConsumerInfo | null> {
  return jsm.consumers.info(stream, name).catch(nullWhenMissing);
}

/**
 * Looks back over messages that are not from a relay (a mistake of somebody's; consumers make them dead letters), at
 * most a hundred. A null position with a sequence above 0 means that no message of ours was found.
 */
export async function readTail(jsm: JetStreamManager, topology: Topology, service: string): Promise<Tail> {
  const name = topology.stream(service);
  const { state, config } = await jsm.streams.info(name);
  const noted = parsePosition(config.metadata?.[publishedKey]);
  for (let sequence = state.last_seq; sequence > Math.max(state.last_seq - 100, 0); sequence--) {
    const found = await positionAt(jsm, name, sequence);
    const position = found && noted && comparePositions(found, noted) < 0 ? noted : found;
    if (position) return { lastSequence: state.last_seq, position };
  }
  return { lastSequence: state.last_seq, position: noted };
}

/** The log position of one message; null where it is gone or never was. */
export async function positionAt(
  jsm: JetStreamManager,
  stream: string,
  sequence: number,
): Promise<LogPosition | null> {
  const message = await jsm.streams.getMessage(stream, { seq: sequence }).catch(nullWhenMissing);
  return parsePosition(message?.header.get(positionHeader));
}

/** JetStream's 404: no such stream, consumer or message. */
export function isMissing(error: unknown): boolean {
  return (error as NatsError | undefined)?.api_error?.code === 404;
}

function nullWhenMissing(error: unknown): null {
  if (isMissing(error)) return null;
  throw error;
}
