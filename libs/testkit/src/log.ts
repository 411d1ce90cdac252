import { systemScope, type Database } from '@marquee/postgres';
import { eventually } from './eventually.ts';

/**
 * Resolves when gap-safe readers can see everything this database's log holds. They read below the oldest write
 * transaction still open anywhere in the cluster, and other tests have theirs open on the same server: an event is
 * committed, and yet for a moment out of their sight.
 */
export async function settledLog(database: Database): Promise<void> {
  await eventually(async () => {
    const hidden = await database.read(systemScope, (tx) =>
      tx.rows('select 1 from event_log where tx >= pg_snapshot_xmin(pg_current_snapshot()) limit 1'),
    );
    if (hidden.length > 0) throw new Error('events are committed but not yet below the horizon of readers');
  });
}
