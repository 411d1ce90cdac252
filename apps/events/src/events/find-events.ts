import type { Database, KeysetPage, PageKey, Scope, Transaction } from '@marquee/postgres';
import { createLoader, createPageLoader, type Loader } from '@marquee/subgraph';
import { In, IsNull, Not } from 'typeorm';
import type { Visibility } from '../occurrences/find-occurrences.ts';
import { eventColumns } from './event-rows.ts';
import { eventEntity } from './event.entity.ts';
import type { Event, EventStatus } from './event.ts';

export type EventQuery = {
  readonly page: KeysetPage;
  readonly text: string | null;
  readonly status: EventStatus | null;
  readonly spaceId: string | null;
};

export function createEventLoader(
  database: Database,
  scope: Scope,
  { publishedOnly }: Visibility,
): Loader<string, Event | null> {
  return createLoader(async (ids: readonly string[]) => {
    const visible = publishedOnly ? { publishedAt: Not(IsNull()) } : {};
    const events = await database.read(scope, (tx) =>
      tx.repository(eventEntity).findBy({ id: In(ids), ...visible }),
    );
    const byId = new Map(events.map((event) => [event.id, event]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** One more than the page holds of each series' events, newest first. */
export function createEventsOfSeriesLoader(
  database: Database,
  scope: Scope,
  { publishedOnly }: Visibility,
): Loader<PageKey, readonly Event[]> {
  return createPageLoader(database, scope, (tx, seriesIds, page) =>
    tx.rows<Event & { parentId: string }>(
      `select p.*, p."seriesId" as "parentId"
         from unnest($1::uuid[]) as s(series)
        cross join lateral (
          select ${eventColumns} from event
           where series_id = s.series and (not $2 or published_at is not null) and ($3::uuid is null or id < $3)
           order by id desc limit $4) p`,
      [seriesIds, publishedOnly, page.after?.[0] ?? null, page.first + 1],
    ),
  );
}

/** One more than the page holds, newest first: an id begins with the time at which it was made. */
export async function findEvents(
  tx: Transaction,
  { page, text, status, spaceId }: EventQuery,
  { publishedOnly }: Visibility,
): Promise<Event[]> {
  return tx.rows<Event>(
    `select ${eventColumns} from event
      where (not $1 or published_at is not null)
        and ($2::uuid is null or id < $2)
        and ($3::text is null or strpos(lower(title || ' ' || description), lower($3)) > 0)
        and ($4::text is null or status = $4)
        and ($5::uuid is null or space_id = $5)
      order by id desc limit $6`,
    [publishedOnly, page.after?.[0] ?? null, text, status, spaceId, page.first + 1],
  );
}
