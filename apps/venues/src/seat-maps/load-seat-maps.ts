import type { Database, PageKey, Scope, Transaction } from '@marquee/postgres';
import { createLoader, createPageLoader, type Loader } from '@marquee/subgraph';
import type { Area, Seat, SeatMap, SeatRow, Section } from './seat-map.ts';

const mapColumns =
  'id, space_id as "spaceId", version, seat_count as "seatCount", published_at as "publishedAt"';
const sectionColumns = `s.section_id as id, s.seat_map_id as "seatMapId", s.name, s.seat_count as "seatCount"`;

const seatColumns = `id, row_label as "rowLabel", label, x, y, accessible, restricted_view as "restrictedView",
  aisle_after as "aisleAfter", companion_of as "companionOfId"`;

/** One value for each key, or null, from one statement. */
function loadOne<T>(
  database: Database,
  scope: Scope,
  keyOf: (row: T) => string,
  read: (tx: Transaction, keys: readonly string[]) => Promise<T[]>,
): Loader<string, T | null> {
  return createLoader(async (keys: readonly string[]) => {
    const rows = await database.read(scope, (tx) => read(tx, keys));
    const byKey = new Map(rows.map((row) => [keyOf(row), row]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

/** All values of each key, in the statement's order. */
function loadMany<T extends { readonly seatMapId: string }>(
  database: Database,
  scope: Scope,
  read: (tx: Transaction, seatMapIds: readonly string[]) => Promise<T[]>,
): Loader<string, readonly T[]> {
  return createLoader(async (keys: readonly string[]) => {
    const byMap = Map.groupBy(
      await database.read(scope, (tx) => read(tx, keys)),
      ({ seatMapId }) => seatMapId,
    );
    return keys.map((key) => byMap.get(key) ?? []);
  });
}

/** Every loader of seat maps, for one request. */
export function createSeatMapLoaders(database: Database, scope: Scope) {
  return {
    seatMap: loadOne<SeatMap>(
      database,
      scope,
      ({ id }) => id,
      (tx, ids) => tx.rows(`select ${mapColumns} from seat_map where id = any($1)`, [ids]),
    ),
    /** By space. */
    newestSeatMap: loadOne<SeatMap>(
      database,
      scope,
      ({ spaceId }) => spaceId,
      (tx, spaceIds) =>
        tx.rows(
          `select distinct on (space_id) ${mapColumns} from seat_map
            where space_id = any($1) order by space_id, version desc`,
          [spaceIds],
        ),
    ),
    seatMapsOfSpace: createSeatMapsOfSpaceLoader(database, scope),
    /** The newest version's, by the section's id. */
    section: loadOne<Section>(
      database,
      scope,
      ({ id }) => id,
      (tx, ids) =>
        tx.rows(
          `select distinct on (s.section_id) ${sectionColumns} from seat_map_section s
             join seat_map m on m.id = s.seat_map_id
            where s.section_id = any($1) order by s.section_id, m.version desc`,
          [ids],
        ),
    ),
    sectionsOfMap: loadMany<Section>(database, scope, (tx, ids) =>
      tx.rows(
        `select ${sectionColumns} from seat_map_section s where seat_map_id = any($1) order by seat_map_id, position`,
        [ids],
      ),
    ),
    rowsOfSection: createRowsLoader(database, scope),
    seat: loadOne<Seat>(
      database,
      scope,
      ({ id }) => id,
      (tx, ids) => tx.rows(`select ${seatColumns} from seat where id = any($1)`, [ids]),
    ),
    area: loadOne<Area>(
      database,
      scope,
      ({ id }) => id,
      (tx, ids) =>
        tx.rows(
          `select distinct on (a.area_id) a.area_id as id, a.name, a.capacity from seat_map_area a
             join seat_map m on m.id = a.seat_map_id
            where a.area_id = any($1) order by a.area_id, m.version desc`,
          [ids],
        ),
    ),
    areasOfMap: loadMany<Area & { readonly seatMapId: string }>(database, scope, (tx, ids) =>
      tx.rows(
        `select area_id as id, seat_map_id as "seatMapId", name, capacity from seat_map_area
          where seat_map_id = any($1) order by seat_map_id, position`,
        [ids],
      ),
    ),
  };
}

/** Newest version first; the page's key is the version. */
function createSeatMapsOfSpaceLoader(database: Database, scope: Scope): Loader<PageKey, readonly SeatMap[]> {
  return createPageLoader(database, scope, (tx, spaceIds, page) =>
    tx.rows<SeatMap & { parentId: string }>(
      `select m.*, m."spaceId" as "parentId"
         from unnest($1::uuid[]) as s(id)
        cross join lateral (
          select ${mapColumns} from seat_map
           where space_id = s.id and ($2::integer is null or version < $2)
           order by version desc limit $3) m`,
      [spaceIds, page.after?.[0] ?? null, page.first + 1],
    ),
  );
}

type SectionKey = { readonly seatMapId: string; readonly id: string };

function createRowsLoader(database: Database, scope: Scope): Loader<SectionKey, readonly SeatRow[]> {
  const cacheKey = ({ seatMapId, id }: SectionKey) => `${seatMapId} ${id}`;
  return createLoader(
    async (keys: readonly SectionKey[]) => {
      const sections = await database.read(scope, (tx) =>
        tx.rows<SectionKey & { rows: SeatRow[] }>(
          `select s.section_id as id, s.seat_map_id as "seatMapId", s.rows from seat_map_section s
             join unnest($1::uuid[], $2::uuid[]) as k(seat_map_id, section_id) using (seat_map_id, section_id)`,
          [keys.map(({ seatMapId }) => seatMapId), keys.map(({ id }) => id)],
        ),
      );
      const byKey = new Map(sections.map((section) => [cacheKey(section), section.rows]));
      return keys.map((key) => byKey.get(cacheKey(key)) ?? []);
    },
    { cacheKey },
  );
}
