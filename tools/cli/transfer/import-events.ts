import { isUniqueViolation, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { CliError } from '../errors.ts';
import { insertSql, knownSql, versionsSql } from './import.sql.ts';
import type { FileEvent } from './record.ts';

export type Imported = { readonly added: number; readonly known: number };

/**
 * Adds a batch of one log's events, all or none. What is there already with the same content is passed over; throws a
 * CliError, and changes nothing, where an event differs from the one of its id, or its stream is not right before it.
 */
export async function importBatch(database: Database, events: readonly FileEvent[]): Promise<Imported> {
  try {
    return await database.transaction(systemScope, async (tx) => {
      const known = await findKnown(tx, events);
      const fresh = events.filter(({ id }) => !known.has(id));
      if (fresh.length === 0) return { added: 0, known: events.length };
      await checkVersions(tx, fresh);
      const added = await tx.execute(insertSql, [linesOf(fresh)]);
      if (added !== fresh.length) throw new CliError('Events were lost on the way: the import was undone.');
      return { added, known: events.length - added };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new CliError('The log was written to at the same time: run the import again.', { cause: error });
  }
}

async function findKnown(tx: Transaction, events: readonly FileEvent[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string; same: boolean }>(knownSql, [linesOf(events)]);
  const other = rows.find(({ same }) => !same);
  if (other) {
    throw new CliError(
      `Event ${other.id} is in the log with another content. Import overwrites nothing: is this the log the file came from?`,
    );
  }
  return new Set(rows.map(({ id }) => id));
}

/** Each stream must go on right where it ends, in the file's own order. */
async function checkVersions(tx: Transaction, events: readonly FileEvent[]): Promise<void> {
  const streams = Map.groupBy(events, keyOf);
  const firsts = [...streams.values()].map(([first]) => first!);
  const rows = await tx.rows<{ organisation_id: string; stream_id: string; version: number }>(versionsSql, [
    firsts.map(({ organisationId }) => organisationId),
    firsts.map(({ streamId }) => streamId),
  ]);
  const versions = new Map(rows.map((row) => [`${row.organisation_id} ${row.stream_id}`, row.version]));
  for (const [key, ofStream] of streams) {
    let version = versions.get(key) ?? 0;
    for (const event of ofStream) {
      if (event.version !== version + 1) throw new CliError(refusal(event, version));
      version += 1;
    }
  }
}

function refusal({ streamId, version, place }: FileEvent, last: number): string {
  return version <= last
    ? `Event ${place} of the file is version ${version} of ${streamId}, which the log has as another event. Import overwrites nothing.`
    : `Event ${place} of the file is version ${version} of ${streamId}, and the log has it up to ${last}. Was the file exported with a filter? Import needs whole streams.`;
}

function keyOf({ organisationId, streamId }: FileEvent): string {
  return `${organisationId} ${streamId}`;
}

function linesOf(events: readonly FileEvent[]): string {
  return `[${events.map(({ line }) => line).join(',')}]`;
}
