import type { Database } from '@marquee/postgres';
import type { SnapshotPolicy } from '../aggregates/aggregate.ts';
import { writeSnapshot, type SnapshotFault, type SnapshotToWrite } from './store.ts';

type Moment = { readonly version: number; readonly occurredAt: string };

/** Whether a state at `now` is to be kept, counted from the last snapshot (or the stream's first event, version 0). */
export function isSnapshotDue(
  { everyEvents = Infinity, everyMs = Infinity }: SnapshotPolicy,
  since: Moment,
  now: Moment,
): boolean {
  return (
    now.version - since.version >= everyEvents ||
    Date.parse(now.occurredAt) - Date.parse(since.occurredAt) >= everyMs
  );
}

export type SnapshotterOptions = {
  /** States that wait to be written, of different streams; default 1,000. Beyond it new ones are dropped. */
  readonly maxWaiting?: number;
  /** Told when one was not written; default a process warning. */
  readonly onFault?: (fault: SnapshotFault) => void;
};

export interface Snapshotter extends AsyncDisposable {
  /** Has a state written soon, in a transaction of its own. Never waits and never throws; of one stream the last wins. */
  offer(snapshot: SnapshotToWrite): void;
  /** Resolves when nothing is waiting. */
  drain(): Promise<void>;
}

/** Writes snapshots behind the callers' backs, one at a time: they are never worth a caller's wait. */
export function createSnapshotter(database: Database, options: SnapshotterOptions = {}): Snapshotter {
  const { maxWaiting = 1_000, onFault = warnOfSnapshot } = options;
  const waiting = new Map<string, SnapshotToWrite>();
  let writing: Promise<void> | null = null;

  const writeAll = async () => {
    for (const [key, snapshot] of waiting) {
      waiting.delete(key);
      await writeSnapshot(database, snapshot).catch((error: unknown) =>
        onFault({ ...snapshot, reason: error instanceof Error ? error.message : String(error) }),
      );
    }
    writing = null;
  };
  const drain = async () => {
    while (writing) await writing;
  };
  return {
    offer: (snapshot) => {
      const key = `${snapshot.organisationId}/${snapshot.streamId}`;
      const known = waiting.get(key);
      if (known ? known.version >= snapshot.version : waiting.size >= maxWaiting) return;
      waiting.set(key, snapshot);
      writing ??= writeAll();
    },
    drain,
    [Symbol.asyncDispose]: drain,
  };
}

function warnOfSnapshot({ streamId, version, reason }: SnapshotFault): void {
  process.emitWarning(`a snapshot of ${streamId} at version ${version} was not written: ${reason}`);
}
