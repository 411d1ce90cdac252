import type { Database, Scope } from '@marquee/postgres';
import { createLoader, type Loader } from '@marquee/subgraph';
import { In } from 'typeorm';
import { seriesEntity } from './series.entity.ts';
import type { EventSeries } from './series.ts';

export function createSeriesLoader(database: Database, scope: Scope): Loader<string, EventSeries | null> {
  return createLoader(async (ids: readonly string[]) => {
    const found = await database.read(scope, (tx) => tx.repository(seriesEntity).findBy({ id: In(ids) }));
    const byId = new Map(found.map((series) => [series.id, series]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}
