import { randomBytes } from 'node:crypto';
import { newUuid } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { streamId, writeSnapshot, type SnapshotFault } from '../index.ts';
import { readSnapshot } from './store.ts';

export const occurredAt = '2027-03-20T19:00:00.000Z';

type Row = {
  version: number;
  base_version: number | null;
  schema_version: number;
  bytes: number;
  state_bytes: number;
};
const failOnFault = ({ reason }: SnapshotFault): void => {
  throw new Error(reason);
};

/** Writes and reads snapshots of one tenant, without an aggregate. */
export function snapshotHelpers(database: () => Database, organisationId: string) {
  const scope = { organisationId };
  const rowsOf = (stream: string) =>
    database().read(scope, (tx) =>
      tx.rows<Row>(
        `select schema_version, version, base_version, state_bytes, length(state) as bytes from event_snapshot
       where stream_id = $1 order by schema_version, version`,
        [stream],
      ),
    );
  const versionsOf = async (stream: string) => (await rowsOf(stream)).map((row) => row.version);
  const write = (stream: string, version: number, state: unknown, schemaVersion = 1) =>
    writeSnapshot(database(), {
      organisationId,
      streamId: stream,
      schemaVersion,
      version,
      occurredAt,
      state,
    });
  const read = (stream: string, schemaVersion = 1, onFault = failOnFault) =>
    database().read(scope, (tx) => readSnapshot<unknown>(tx, stream, schemaVersion, onFault));
  const newStream = () => streamId('guest', newUuid());
  /** Some 150 KB that do not compress to nothing. */
  const large = () => Array.from({ length: 3_000 }, () => randomBytes(24).toString('base64'));

  return { rowsOf, versionsOf, write, read, newStream, large };
}
