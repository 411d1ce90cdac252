import { setTimeout } from 'node:timers/promises';
import { StorageType, type KV, type NatsConnection, type NatsError } from 'nats';
import { findStream } from './stream.ts';
import type { Topology } from './topology.ts';

/** Small records that processes share and that outlive them: a bucket of NATS's key-value store, in a file. */
export type RecordsOptions = {
  /** Unique in the namespace, of letters, digits and hyphens; stable for ever. */
  readonly name: string;
  /** For all of them; the server refuses what is more. */
  readonly maxBytes: number;
  /** A record that is not written again for so long is forgotten. */
  readonly keptDays: number;
};

export type Records = {
  /**
   * Makes the record of a key from what is kept (undefined: nothing). Called again where another process was first, so
   * that no change is lost. Rejects where NATS is not connected or refuses.
   */
  merge(key: string, change: (kept: string | undefined) => string): Promise<void>;
  /** Every record, in no order. */
  all(): Promise<string[]>;
};

/** As many processes as write the same record at once. */
const mostTries = 20;
const wrongLastSequence = 10071;
const msPerDay = 86_400_000;

function wasOvertaken(error: unknown): boolean {
  return (error as NatsError | undefined)?.api_error?.err_code === wrongLastSequence;
}

function bucketName({ namespace }: Topology, name: string): string {
  return `${namespace}_${name}`;
}

async function merge(bucket: KV, key: string, change: (kept: string | undefined) => string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const entry = await bucket.get(key);
    const isKept = entry?.operation === 'PUT';
    const value = change(isKept ? entry.string() : undefined);
    try {
      if (isKept) await bucket.update(key, value, entry.revision);
      else await bucket.create(key, value);
      return;
    } catch (error) {
      if (!wasOvertaken(error) || tries >= mostTries) throw error;
      // At a moment of its own: who is a step behind the others would lose to each of them in turn.
      await setTimeout(Math.random() * 5 * tries);
    }
  }
}

/** Every value of a bucket, in one pass. */
async function valuesOf(bucket: KV): Promise<string[]> {
  const values: string[] = [];
  for await (const entry of await bucket.history({ key: '>' })) {
    if (entry.operation === 'PUT') values.push(entry.string());
  }
  return values;
}

/** Records over a connection that comes and goes: the bucket is opened with each, when it is first needed. */
export function createRecords(
  current: () => NatsConnection | null,
  topology: Topology,
  options: RecordsOptions,
): Records {
  const opened = new WeakMap<NatsConnection, Promise<KV>>();
  const bucket = (): Promise<KV> => {
    const connection = current();
    if (!connection) throw new Error('NATS is not connected');
    const known = opened.get(connection);
    if (known) return known;
    // Made where it is not there.
    const opening = connection.jetstream().views.kv(bucketName(topology, options.name), {
      history: 1,
      max_bytes: options.maxBytes,
      ttl: options.keptDays * msPerDay,
      storage: StorageType.File,
    });
    opened.set(connection, opening);
    opening.catch(() => opened.delete(connection));
    return opening;
  };
  return {
    merge: async (key, change) => merge(await bucket(), key, change),
    all: async () => valuesOf(await bucket()),
  };
}

/** For a reader that must not make the bucket: none where it is not there. */
export async function readRecords(
  connection: NatsConnection,
  topology: Topology,
  name: string,
): Promise<string[]> {
  const bucket = bucketName(topology, name);
  const isThere = await findStream(await connection.jetstreamManager(), `KV_${bucket}`);
  return isThere ? valuesOf(await connection.jetstream().views.kv(bucket, { bindOnly: true })) : [];
}
