import { isDeepStrictEqual } from 'node:util';
import type { Database, Transaction } from '@marquee/postgres';
import { checksumOf, decodeState, encodeState, maxStateBytes } from './codec.ts';

export type Snapshot<State> = {
  readonly state: State;
  /** Of the last event in it. */
  readonly version: number;
  /** When that event happened. */
  readonly occurredAt: string;
};

/** Why a snapshot was not used, or not written. Never fatal: a snapshot only spares work. */
export type SnapshotFault = { readonly streamId: string; readonly version: number; readonly reason: string };

type SnapshotRow = {
  readonly version: number;
  readonly occurred_at: Date;
  readonly state: Buffer;
  readonly checksum: Buffer;
  readonly base_version: number | null;
  readonly base_state: Buffer | null;
  readonly base_checksum: Buffer | null;
};

/** The newest with the base it is told against, in one statement. */
const newestSql = `
select newest.version, newest.occurred_at, newest.state, newest.checksum, newest.base_version,
  base.state as base_state, base.checksum as base_checksum
from event_snapshot newest
  left join event_snapshot base on base.organisation_id = newest.organisation_id and base.stream_id = newest.stream_id
    and base.schema_version = newest.schema_version and base.version = newest.base_version
where newest.stream_id = $1 and newest.schema_version = $2 and ($3::integer is null or newest.version <= $3)
  and ($4::timestamptz is null or newest.occurred_at <= $4)
order by newest.version desc limit 1`;

export type SnapshotLimit = { readonly toVersion?: number; readonly asOf?: Date };

/**
 * The newest snapshot of a stream, of this version of the state's schema alone. One that is damaged is reported and not
 * used: null, as where there is none.
 */
export async function readSnapshot<State>(
  tx: Transaction,
  streamId: string,
  schemaVersion: number,
  onFault: (fault: SnapshotFault) => void,
  { toVersion, asOf }: SnapshotLimit = {},
): Promise<Snapshot<State> | null> {
  const [row] = await tx.rows<SnapshotRow>(
    newestSql,
    [streamId, schemaVersion, toVersion ?? null, asOf?.toISOString() ?? null],
    { name: 'newest-snapshot' },
  );
  if (!row) return null;
  const { version } = row;
  try {
    const json = await verified({ streamId, schemaVersion, version }, row);
    return {
      state: JSON.parse(json.toString()) as State,
      version,
      occurredAt: row.occurred_at.toISOString(),
    };
  } catch (error) {
    onFault({ streamId, version, reason: (error as Error).message });
    return null;
  }
}

async function verified(
  place: { readonly streamId: string; readonly schemaVersion: number; readonly version: number },
  row: SnapshotRow,
): Promise<Buffer> {
  if (row.base_version === null) return check(place, await decodeState(row.state), row.checksum);
  if (!row.base_state || !row.base_checksum)
    throw new Error(`its base at version ${row.base_version} is missing`);
  const basePlace = { ...place, version: row.base_version };
  const base = check(basePlace, await decodeState(row.base_state), row.base_checksum);
  return check(place, await decodeState(row.state, base), row.checksum);
}

function check(place: Parameters<typeof checksumOf>[0], json: Buffer, checksum: Buffer): Buffer {
  if (!checksumOf(place, json).equals(checksum))
    throw new Error(`the checksum at version ${place.version} does not hold`);
  return json;
}

export type SnapshotToWrite = Snapshot<unknown> & {
  readonly organisationId: string;
  readonly streamId: string;
  readonly schemaVersion: number;
};

/** A state of this size or more is told against the last full snapshot. */
const deltaAboveBytes = 64 * 1024;

/**
 * Writes a snapshot, unless a newer one is there, and removes those that it replaces. A large state is written as the
 * difference from the last full snapshot while that is less than half of it; never as a difference from a difference, so
 * that a load reads two rows at most. Throws where the state is not plain JSON data or beyond 64 MiB.
 */
export async function writeSnapshot(
  database: Database,
  { organisationId, streamId, schemaVersion, version, occurredAt, state }: SnapshotToWrite,
): Promise<void> {
  const text = JSON.stringify(state);
  if (!isDeepStrictEqual(JSON.parse(text), state))
    throw new Error('the state is not plain JSON data: read back it would be another');
  const json = Buffer.from(text);
  if (json.length > maxStateBytes) throw new Error(`the state has ${json.length} bytes, of ${maxStateBytes}`);
  const place = { streamId, schemaVersion, version };
  const scope = { organisationId };
  const row = { ...place, organisationId, occurredAt, bytes: json.length, checksum: checksumOf(place, json) };
  const base = json.length < deltaAboveBytes ? null : await readBase(database, scope, place);
  if (base) {
    const delta = await encodeState(json, base.json);
    const isWorthIt = delta.length * 2 < base.storedBytes;
    if (isWorthIt && (await insert(database, row, delta, base.version))) return;
  }
  // Also where the base was replaced in the meantime.
  await insert(database, row, await encodeState(json), null);
}

type NewRow = {
  readonly organisationId: string;
  readonly streamId: string;
  readonly schemaVersion: number;
  readonly version: number;
  readonly occurredAt: string;
  readonly bytes: number;
  readonly checksum: Buffer;
};

/** Whether it was written: not where a newer one, or no longer its base, is there. */
async function insert(
  database: Database,
  { organisationId, streamId, schemaVersion, version, occurredAt, bytes, checksum }: NewRow,
  state: Buffer,
  baseVersion: number | null,
): Promise<boolean> {
  return database.transaction({ organisationId }, async (tx) => {
    // One writer of a stream's snapshots at a time: another must not remove the base in between.
    await tx.rows(`select pg_advisory_xact_lock(hashtextextended('event_snapshot/' || $1 || '/' || $2, 0))`, [
      organisationId,
      streamId,
    ]);
    const place = [organisationId, streamId, schemaVersion, version];
    const written = await tx.execute(insertSql, [...place, occurredAt, baseVersion, state, bytes, checksum]);
    if (written > 0) await tx.execute(removeReplacedSql, [streamId, schemaVersion, version, baseVersion]);
    return written > 0;
  });
}

const insertSql = `
insert into event_snapshot
  (organisation_id, stream_id, schema_version, version, occurred_at, base_version, state, state_bytes, checksum)
select $1, $2, $3, $4, $5, $6, $7, $8, $9
where not exists (select from event_snapshot where stream_id = $2 and schema_version = $3 and version >= $4)
  and ($6::integer is null
    or exists (select from event_snapshot where stream_id = $2 and schema_version = $3 and version = $6))`;

/** Those of newer schema versions stay: while two releases run side by side, each has its own. */
const removeReplacedSql = `
delete from event_snapshot
where stream_id = $1 and (schema_version < $2
  or schema_version = $2 and version < $3 and version is distinct from $4::integer)`;

/** The last full snapshot, where it can be used. */
async function readBase(
  database: Database,
  scope: { readonly organisationId: string },
  place: { readonly streamId: string; readonly schemaVersion: number },
): Promise<{ version: number; json: Buffer; storedBytes: number } | null> {
  const [row] = await database.read(scope, (tx) =>
    tx.rows<{ version: number; state: Buffer; checksum: Buffer }>(
      `select version, state, checksum from event_snapshot
       where stream_id = $1 and schema_version = $2 and base_version is null order by version desc limit 1`,
      [place.streamId, place.schemaVersion],
    ),
  );
  if (!row) return null;
  try {
    const json = check({ ...place, version: row.version }, await decodeState(row.state), row.checksum);
    return { version: row.version, json, storedBytes: row.state.length };
  } catch {
    return null; // damaged: a full one replaces it
  }
}

/** Removes a stream's snapshots, all versions of their schema: they hold in clear what its events may hold enciphered. */
export async function dropSnapshots(tx: Transaction, streamId: string): Promise<void> {
  await tx.execute('delete from event_snapshot where stream_id = $1', [streamId]);
}
