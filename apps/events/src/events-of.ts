import { withDeleted, type Database } from '@marquee/postgres';
import type { EventsOf } from '@marquee/subgraph';

/** Events and their occurrences, deleted ones too: what members may be confined to. */
export function createEventsOf(database: Database): EventsOf {
  return async (viewer, things) => {
    const idsOf = (type: string) => things.flatMap((thing) => (thing.type === type ? [thing.id] : []));
    const rows = await database.read(viewer, (tx) =>
      withDeleted(tx, () =>
        tx.rows<{ id: string }>(
          `select id from event where id = any($1::uuid[])
           union select event_id from occurrence where id = any($2::uuid[])`,
          [idsOf('Event'), idsOf('Occurrence')],
        ),
      ),
    );
    return rows.map(({ id }) => id);
  };
}
