import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInbox, type JetStreamManager, type Msg, type NatsConnection, type StreamInfo } from 'nats';
import type { Database } from '@marquee/postgres';
import { compareWithLog, type Compared } from './compare-with-log.ts';
import { OperatorError } from './operator-error.ts';
import { findStream } from './stream.ts';
import type { Topology } from './topology.ts';

export type StreamState = {
  readonly name: string;
  readonly messages: number;
  readonly lastSequence: number;
  /** RFC 3339: another one is another stream of the same name. */
  readonly createdAt: string;
  readonly bytes: number;
  readonly replicas: number;
  /** The server that leads it; null while there is none, or no cluster. */
  readonly leader: string | null;
  /** Whether each of its replicas has all of it. */
  readonly isCurrent: boolean;
};

export type BackedUp = { readonly name: string; readonly bytes: number; readonly messages: number };

/** Looks after the streams of one namespace, settings and records included. */
export type StreamKeeper = {
  list(): Promise<StreamState[]>;
  /** So many servers of a cluster keep each of them. */
  setReplicas(count: number): Promise<void>;
  /** Snapshots of all of them, two files each, into this directory. They are consistent each for itself. */
  backUp(directory: string): Promise<BackedUp[]>;
  /** All that a directory has, into a server that has none of them. */
  restore(directory: string): Promise<BackedUp[]>;
  /**
   * Compares a service's log with its stream. With `mend`, a stream with events that are not in the log (of a log that
   * was restored to an earlier instant) is deleted: relays make it anew from the log, and what lacks they add by themselves.
   */
  reconcile(service: string, database: Database, options?: { readonly mend?: boolean }): Promise<Reconciled>;
};

export type Reconciled = Compared & { readonly service: string; readonly isDeleted: boolean };

/** While a cluster elects, nobody answers: better to ask again than to wait. */
const apiTimeoutMs = 2_000;
const requestTimeoutMs = 30_000;
const chunkBytes = 512 * 1024;
/** Silence in the middle of a snapshot after which its server is given up. */
const silenceMs = 30_000;

export function createStreamKeeper(connection: NatsConnection, topology: Topology): StreamKeeper {
  const { namespace } = topology;
  const prefixes = [topology.stream(''), `KV_${namespace}_`];
  const manager = (): Promise<JetStreamManager> => connection.jetstreamManager({ timeout: apiTimeoutMs });
  const infos = async (): Promise<StreamInfo[]> => {
    const all = await (await manager()).streams.list().next();
    const own = all.filter(({ config }) => prefixes.some((prefix) => config.name.startsWith(prefix)));
    return own.toSorted((a, b) => a.config.name.localeCompare(b.config.name));
  };
  return {
    list: async () => (await infos()).map(stateOf),
    setReplicas: async (count) => {
      const { streams } = await manager();
      for (const { config } of await infos())
        await streams.update(config.name, { ...config, num_replicas: count });
    },
    backUp: async (directory) => {
      await mkdir(directory, { recursive: true });
      const saved: BackedUp[] = [];
      for (const { config } of await infos())
        saved.push(await saveStream(connection, config.name, directory));
      return saved;
    },
    restore: async (directory) => {
      const names = (await readdir(directory))
        .flatMap((file) => /^(.+)\.json$/.exec(file)?.[1] ?? [])
        .toSorted();
      const restored: BackedUp[] = [];
      for (const name of names) restored.push(await loadStream(connection, name, directory));
      return restored;
    },
    reconcile: async (service, database, { mend = false } = {}) => {
      const jsm = await manager();
      const name = topology.stream(service);
      const stream = await findStream(jsm, name);
      const compared = await compareWithLog(connection, stream && name, database);
      const isDeleted = mend && compared.surplus > 0;
      if (isDeleted) await jsm.streams.delete(name);
      return { service, ...compared, isDeleted };
    },
  };
}

function stateOf({ config, created, state, cluster }: StreamInfo): StreamState {
  return {
    name: config.name,
    messages: state.messages,
    lastSequence: state.last_seq,
    createdAt: String(created),
    bytes: state.bytes,
    replicas: config.num_replicas,
    leader: cluster?.leader ?? null,
    isCurrent: (cluster?.replicas ?? []).every(({ current, offline }) => current && offline !== true),
  };
}

type ApiAnswer = { readonly error?: { readonly description: string }; readonly deliver_subject?: string };

/** Throws an OperatorError with what the server says against it. */
async function ask<T extends object>(
  connection: NatsConnection,
  subject: string,
  body: unknown,
): Promise<T & ApiAnswer> {
  const answer = await connection.request(subject, JSON.stringify(body), { timeout: requestTimeoutMs });
  const read = answer.json<T & ApiAnswer>();
  if (read.error) throw new OperatorError(`${subject.split('.').at(-1)}: ${read.error.description}`);
  return read;
}

const filesOf = (directory: string, name: string) => ({
  meta: join(directory, `${name}.json`),
  data: join(directory, `${name}.snapshot`),
});

/** The description last: a snapshot without one is half a snapshot, and is not restored. */
async function saveStream(connection: NatsConnection, name: string, directory: string): Promise<BackedUp> {
  const files = filesOf(directory, name);
  const inbox = createInbox();
  const chunks = connection.subscribe(inbox);
  const file = createWriteStream(files.data, { mode: 0o600 });
  let bytes = 0;
  let silence: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(silence);
    silence = setTimeout(() => chunks.unsubscribe(), silenceMs);
  };
  try {
    wait();
    const described = await ask<{ config: object; state: { messages: number } }>(
      connection,
      `$JS.API.STREAM.SNAPSHOT.${name}`,
      { deliver_subject: inbox, chunk_size: chunkBytes, jsck: true },
    );
    const isWhole = await writeChunks(chunks, (data) => {
      wait();
      bytes += data.length;
      return new Promise<void>((done, failed) =>
        file.write(data, (error) => (error ? failed(error) : done())),
      );
    });
    if (!isWhole) throw new OperatorError(`${name}: the snapshot broke off after ${bytes} bytes`);
    const { config, state } = described;
    await new Promise<void>((done) => file.end(done));
    await writeFile(files.meta, JSON.stringify({ config, state }), { mode: 0o600 });
    return { name, bytes, messages: state.messages };
  } finally {
    clearTimeout(silence);
    chunks.unsubscribe();
    file.destroy();
  }
}

/** Each chunk is acknowledged, which lets the server send the next ones; an empty one is the end. */
async function writeChunks(
  chunks: AsyncIterable<Msg>,
  write: (data: Uint8Array) => Promise<void>,
): Promise<boolean> {
  for await (const chunk of chunks) {
    if (chunk.data.length === 0) {
      const { headers } = chunk;
      if (headers && headers.code >= 400) throw new OperatorError(headers.description);
      return true;
    }
    await write(chunk.data);
    chunk.respond();
  }
  return false;
}

async function loadStream(connection: NatsConnection, name: string, directory: string): Promise<BackedUp> {
  const files = filesOf(directory, name);
  const described = JSON.parse(await readFile(files.meta, 'utf8')) as { state: { messages: number } };
  const { deliver_subject: subject } = await ask(connection, `$JS.API.STREAM.RESTORE.${name}`, described);
  if (subject === undefined) throw new OperatorError(`${name}: the server says not where to restore to`);
  let bytes = 0;
  for await (const chunk of createReadStream(files.data, { highWaterMark: chunkBytes })) {
    const data = chunk as Buffer;
    const answer = await connection.request(subject, data, { timeout: requestTimeoutMs });
    if (answer.data.length > 0) throw new OperatorError(`${name}: ${answer.string()}`);
    bytes += data.length;
  }
  const end = await connection.request(subject, '', { timeout: requestTimeoutMs });
  const { error } = end.json<ApiAnswer>();
  if (error) throw new OperatorError(`${name}: ${error.description}`);
  return { name, bytes, messages: described.state.messages };
}
