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

/** The end of a stream: the last sequence given out, and the log position of the last message still there. */
export type Tail = { readonly lastSequence: number; readonly position: LogPosition | null };

/** `allow_atomic` is newer than the client's types (server 2.12). */
type Config = Partial<StreamConfig> & { allow_atomic?: boolean };

/** The window in which the server refuses an id it has seen: longer than any wait of a relay for its answer. */
const duplicateWindowMs = 120_000;

/**
 * Creates the service's stream, or adds what an existing one lacks. Nothing in it expires: a new consumer, or one
 * rebuilt, reads all from the start. Answers whether it takes atomic batches.
 */
export async function ensureStream(
  jsm: JetStreamManager,
  topology: Topology,
  service: string,
): Promise<{ readonly atomic: boolean }> {
  const name = topology.stream(service);
  const wanted: Config = { subjects: [topology.subjects(service)], allow_atomic: true, allow_direct: true };
  const existing = await findStream(jsm, name);
  const info = existing ? await complete(jsm, existing, wanted) : await create(jsm, name, wanted);
  return { atomic: (info.config as Config).allow_atomic === true };
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

export async function readTail(jsm: JetStreamManager, topology: Topology, service: string): Promise<Tail> {
  const name = topology.stream(service);
  const { state } = await jsm.streams.info(name);
  if (state.messages === 0) return { lastSequence: state.last_seq, position: null };
  const last = await jsm.streams
    .getMessage(name, { last_by_subj: topology.subjects(service) })
    .catch(nullWhenMissing);
  return { lastSequence: state.last_seq, position: parsePosition(last?.header.get(positionHeader)) };
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
