import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NewEvent } from '@marquee/contracts';
import {
  createFieldEncryption,
  createFileKeyManagement,
  loadAggregate,
  writeSnapshot,
  type Aggregate,
} from '@marquee/event-log';
import type { Refusal } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import { readEnvironment, workspaceRoot } from '../../start/config.ts';
import { loadSecrets } from '../../start/secrets.ts';
import { CliError, UsageError } from '../errors.ts';
import type { Source } from '../sources.ts';

export type AnyAggregate = Aggregate<unknown, NewEvent, unknown, Refusal>;

export type Taken = {
  readonly service: string;
  readonly streamId: string;
  readonly schemaVersion: number;
  readonly version: number;
  /** Of the state as JSON. */
  readonly bytes: number;
};

/** The aggregate of this stream that a module exports. Throws a UsageError that names the flag. */
export async function readAggregate(given: string | undefined, stream: string): Promise<AnyAggregate> {
  if (given === undefined)
    throw new UsageError('--aggregate must name the module that exports the aggregate.');
  const [file = '', name] = given.split('#');
  const path = resolve(file);
  if (!existsSync(path)) throw new UsageError(`--aggregate: there is no file ${path}.`);
  const module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  const found = Object.entries(module).filter(
    ([exported, value]) => isAggregate(value) && (name === undefined || exported === name),
  );
  if (found.length !== 1) {
    const what = found.length === 0 ? `no aggregate${name ? ` ${name}` : ''}` : 'several aggregates';
    throw new UsageError(`--aggregate: ${path} exports ${what}; name one: FILE#EXPORT.`);
  }
  const aggregate = found[0]![1] as AnyAggregate;
  if (!stream.startsWith(`${aggregate.name}-`))
    throw new UsageError(`--aggregate: ${stream} is no stream of ${aggregate.name}.`);
  if (!aggregate.snapshots)
    throw new UsageError(
      `--aggregate: ${aggregate.name} has no snapshot policy, so nobody would read the snapshot.`,
    );
  return aggregate;
}

function isAggregate(value: unknown): boolean {
  const { name, evolve, decide } = (value ?? {}) as Partial<AnyAggregate>;
  return typeof name === 'string' && typeof evolve === 'function' && typeof decide === 'function';
}

/** Builds the state of the stream, in whichever log it is, and writes it down. */
export async function takeSnapshot(
  sources: readonly Source[],
  aggregate: AnyAggregate,
  stream: string,
  { isPlatform }: { readonly isPlatform: boolean },
): Promise<Taken> {
  const id = stream.slice(aggregate.name.length + 1);
  const { schemaVersion } = aggregate.snapshots!;
  for (const { service, database } of sources) {
    const [owner] = await database.read(systemScope, (tx) =>
      tx.rows<{ organisationId: string }>(
        'select organisation_id as "organisationId" from event_stream where stream_id = $1',
        [stream],
      ),
    );
    if (!owner) continue;
    const encryption = isPlatform ? await platformEncryption(service) : undefined;
    const { state, version, occurredAt } = await database.read(owner, (tx) =>
      loadAggregate(tx, aggregate, id, encryption ? { interceptors: [encryption.within(tx).read] } : {}),
    );
    const { organisationId } = owner;
    await writeSnapshot(database, {
      organisationId,
      streamId: stream,
      schemaVersion,
      version,
      state,
      occurredAt: occurredAt!,
    });
    return {
      service,
      streamId: stream,
      schemaVersion,
      version,
      bytes: Buffer.byteLength(JSON.stringify(state)),
    };
  }
  const looked = sources.map(({ service }) => service).join(', ');
  throw new CliError(`There is no stream ${stream} (${looked}).`);
}

/** By the keys of the platform's home, where its service enciphers. */
async function platformEncryption(service: string) {
  const path = loadSecrets(readEnvironment(workspaceRoot).home).fieldKeysFile(service);
  return existsSync(path)
    ? createFieldEncryption({ keys: await createFileKeyManagement({ path }) })
    : undefined;
}
