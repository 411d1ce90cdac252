import type { LogPosition } from '@marquee/event-log';
import {
  nanos,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type NatsError,
  type StreamConfig,
  type StreamInfo,
} from 'nats';
import { parsePosition, positionHeader, type Topology } from './topology.ts';

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
    const { config } = await jsm.streams.add({ ...existing.config, ...wanted });
    return { atomic: (config as Config).allow_atomic === true };
  }
  const info = existing ? await complete(jsm, existing, wanted) : await create(jsm, name, wanted);
  return { atomic: (info.config as Config).allow_atomic === true };
}

/** Whether every message ever stored is there. */
export function isWhole({ state }: Pick<StreamInfo, 'state'>): boolean {
  return state.messages === state.last_seq;
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

/** The stream, or null where there is none (yet). */
export async function findStream(jsm: JetStreamManager, name: string): Promise<StreamInfo | null> {
  return jsm.streams.info(name).catch(nullWhenMissing);
}

/**
 * Looks back over messages that are not from a relay (a mistake of somebody's; consumers make them dead letters), at
 * most a hundred. A null position with a sequence above 0 means that no message of ours was found.
 */
export async function readTail(jsm: JetStreamManager, topology: Topology, service: string): Promise<Tail> {
  const name = topology.stream(service);
  const { state } = await jsm.streams.info(name);
  for (let sequence = state.last_seq; sequence > Math.max(state.last_seq - 100, 0); sequence--) {
    const position = await positionAt(jsm, name, sequence);
    if (position) return { lastSequence: state.last_seq, position };
  }
  return { lastSequence: state.last_seq, position: null };
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
