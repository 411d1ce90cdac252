import { StorageType, type KV, type NatsConnection } from 'nats';
import type { Logger } from '@marquee/telemetry';
import type { Link } from './link.ts';
import { backoffMs, pause } from './timing.ts';
import type { Topology } from './topology.ts';

/** Texts by name that people change while processes run, the same for all services. */
export type LiveSettings = ReadonlyMap<string, string>;

/** For all of them; the server refuses what is more. */
const maxBytes = 1024 * 1024;
/** So many earlier texts of each are kept, for whoever asks what it was before. */
const history = 10;

/** The bucket, made where it is not there. Nothing in it is ever forgotten. */
function openBucket(connection: NatsConnection, { namespace }: Topology, name: string): Promise<KV> {
  return connection
    .jetstream()
    .views.kv(`${namespace}_settings_${name}`, { history, max_bytes: maxBytes, storage: StorageType.File });
}

/**
 * Tells all settings at first and after each change. While NATS is away nothing is told: what was told last holds, and
 * with each connection all of them are told again.
 */
export function watchLiveSettings(
  link: Link,
  topology: Topology,
  name: string,
  onSettings: (settings: LiveSettings) => void,
  logger: Logger,
): void {
  const readWhile = async (connection: NatsConnection, down: AbortSignal) => {
    for (let attempt = 1; !down.aborted; attempt += 1) {
      try {
        await readChanges(await openBucket(connection, topology, name), onSettings, down);
      } catch (error) {
        if (!down.aborted && attempt % 20 === 1)
          logger.warn({ error, settings: name }, 'live settings cannot be read');
      }
      await pause(backoffMs(attempt + 1), down);
    }
  };
  link.onUp((connection) => void readWhile(connection, link.down()));
}

/** Until the connection goes, or the bucket does. Nothing is told of a bucket in which nothing ever was. */
async function readChanges(
  bucket: KV,
  onSettings: (settings: LiveSettings) => void,
  down: AbortSignal,
): Promise<void> {
  const settings = new Map<string, string>();
  const entries = await bucket.watch();
  const stop = () => entries.stop();
  down.addEventListener('abort', stop, { once: true });
  try {
    for await (const entry of entries) {
      if (entry.operation === 'PUT') settings.set(entry.key, entry.string());
      else settings.delete(entry.key);
      // A part of them must never look as if it were all.
      if (entry.delta === 0) onSettings(new Map(settings));
    }
  } finally {
    down.removeEventListener('abort', stop);
  }
}

/** All settings as they are now. */
export async function readLiveSettings(
  connection: NatsConnection,
  topology: Topology,
  name: string,
): Promise<LiveSettings> {
  const bucket = await openBucket(connection, topology, name);
  const settings = new Map<string, string>();
  // In the order in which they were written: the last one of each holds.
  for await (const entry of await bucket.history()) {
    if (entry.operation === 'PUT') settings.set(entry.key, entry.string());
    else settings.delete(entry.key);
  }
  return settings;
}

/** Sets one, or with null takes it away. */
export async function writeLiveSetting(
  connection: NatsConnection,
  topology: Topology,
  name: string,
  key: string,
  text: string | null,
): Promise<void> {
  const bucket = await openBucket(connection, topology, name);
  if (text === null) await bucket.delete(key);
  else await bucket.put(key, text);
}
