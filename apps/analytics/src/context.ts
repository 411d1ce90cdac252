import type { Hooks } from '@marquee/hooks';
import type { Database } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { createReportColumns, type ReportColumns } from './plugins/report-columns.ts';
import { eventStats, occurrenceStats, type EventSum, type OccurrenceCount } from './sales/read-stats.ts';
import { nothingCounted } from './sales/stats.ts';

/** An entity of the events service; `id` is the wire id. */
export type EventReference = { readonly id: string };
export type OccurrenceReference = { readonly id: string };

/** What a resolver may see. Loaders take bare UUIDs and answer zeros for what nothing is known of. */
export type Context = {
  readonly viewer: Viewer;
  readonly database: Database;
  readonly loaders: {
    readonly occurrenceStats: Loader<string, OccurrenceCount>;
    readonly eventStats: Loader<string, EventSum>;
  };
  readonly columns: ReportColumns;
};

export type Services = { readonly database: Database; readonly hooks: Hooks };

export function createContext({ database, hooks }: Services, viewer: Viewer): Context {
  return {
    viewer,
    database,
    loaders: {
      occurrenceStats: createLoader(async (ids: readonly string[]) => {
        const stats = await database.read(viewer, (tx) => occurrenceStats(tx, ids));
        return ids.map((id) => stats.get(id) ?? { ...nothingCounted, occurrenceId: id });
      }),
      eventStats: createLoader(async (ids: readonly string[]) => {
        const stats = await database.read(viewer, (tx) => eventStats(tx, ids));
        return ids.map((id) => stats.get(id) ?? { ...nothingCounted, occurrenceCount: 0, eventId: id });
      }),
    },
    columns: createReportColumns(hooks, viewer),
  };
}
