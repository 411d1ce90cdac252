import type { Database } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { eventStats, occurrenceStats, type CountedSum } from './sales/read-stats.ts';
import { nothingCounted, type Counted } from './sales/stats.ts';

/** An entity of the events service; `id` is the wire id. */
export type EventReference = { readonly id: string };
export type OccurrenceReference = { readonly id: string };

/** What a resolver may see. Loaders take bare UUIDs and answer zeros for what nothing is known of. */
export type Context = {
  readonly viewer: Viewer;
  readonly database: Database;
  readonly loaders: {
    readonly occurrenceStats: Loader<string, Counted>;
    readonly eventStats: Loader<string, CountedSum>;
  };
};

export function createContext(database: Database, viewer: Viewer): Context {
  return {
    viewer,
    database,
    loaders: {
      occurrenceStats: createLoader(async (ids: readonly string[]) => {
        const stats = await database.read(viewer, (tx) => occurrenceStats(tx, ids));
        return ids.map((id) => stats.get(id) ?? nothingCounted);
      }),
      eventStats: createLoader(async (ids: readonly string[]) => {
        const stats = await database.read(viewer, (tx) => eventStats(tx, ids));
        return ids.map((id) => stats.get(id) ?? { ...nothingCounted, occurrenceCount: 0 });
      }),
    },
  };
}
