import type { Database, KeysetPage, PageKey, Scope, Transaction } from '@marquee/postgres';
import { createLoader, createPageLoader, type Loader } from '@marquee/subgraph';
import { In } from 'typeorm';
import { spaceEntity } from './space.entity.ts';
import type { Space } from './space.ts';

export type SpaceQuery = {
  readonly page: KeysetPage;
  readonly venueId: string | null;
  readonly minCapacity: number | null;
};

const columns = 'id, venue_id as "venueId", name, capacity, created_at as "createdAt"';

export function createSpaceLoader(database: Database, scope: Scope): Loader<string, Space | null> {
  return createLoader(async (ids: readonly string[]) => {
    const spaces = await database.read(scope, (tx) => tx.repository(spaceEntity).findBy({ id: In(ids) }));
    const byId = new Map(spaces.map((space) => [space.id, space]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/** One more than the page holds of each venue's spaces, by name. */
export function createSpacesOfVenueLoader(
  database: Database,
  scope: Scope,
): Loader<PageKey, readonly Space[]> {
  return createPageLoader(database, scope, (tx, venueIds, page) =>
    tx.rows<Space & { parentId: string }>(
      `select s.*, v.id as "parentId"
         from unnest($1::uuid[]) as v(id)
        cross join lateral (
          select ${columns} from space
           where venue_id = v.id and ($2::text is null or (name, id) > ($2, $3::uuid))
           order by name, id limit $4) s`,
      [venueIds, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
    ),
  );
}

/** One more than the page holds, in the order of `space_by_name`. */
export async function findSpaces(tx: Transaction, query: SpaceQuery): Promise<Space[]> {
  const { page, venueId, minCapacity } = query;
  return tx.rows<Space>(
    `select ${columns} from space
      where ($1::text is null or (name, id) > ($1, $2::uuid))
        and ($3::uuid is null or venue_id = $3)
        and ($4::integer is null or capacity >= $4)
      order by name, id
      limit $5`,
    [page.after?.[0] ?? null, page.after?.[1] ?? null, venueId, minCapacity, page.first + 1],
  );
}
