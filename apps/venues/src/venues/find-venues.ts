import type { Database, KeysetPage, Scope, Transaction } from '@marquee/postgres';
import { createLoader, type Loader } from '@marquee/subgraph';
import { In } from 'typeorm';
import { venueEntity } from './venue.entity.ts';
import type { Venue } from './venue.ts';

export type VenueQuery = {
  readonly page: KeysetPage;
  readonly text: string | null;
  readonly city: string | null;
  readonly countryCode: string | null;
};

export function createVenueLoader(database: Database, scope: Scope): Loader<string, Venue | null> {
  return createLoader(async (ids: readonly string[]) => {
    const venues = await database.read(scope, (tx) => tx.repository(venueEntity).findBy({ id: In(ids) }));
    const byId = new Map(venues.map((venue) => [venue.id, venue]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

/**
 * One more than the page holds, in the order of `venue_by_name`. The filters are judged along that scan: an
 * organisation has tens of venues, and an index on text could not be used below row-level security anyway.
 */
export async function findVenues(tx: Transaction, query: VenueQuery): Promise<Venue[]> {
  const { page, text, city, countryCode } = query;
  return tx.rows<Venue>(
    `select id, name, time_zone as "timeZone", address_line1 as "addressLine1", address_line2 as "addressLine2",
            postal_code as "postalCode", city, region, country_code as "countryCode", latitude, longitude,
            created_at as "createdAt"
       from venue
      where ($1::text is null or (name, id) > ($1, $2::uuid))
        and ($3::text is null or strpos(lower(name), lower($3)) > 0)
        and ($4::text is null or lower(city) = lower($4))
        and ($5::text is null or country_code = $5)
      order by name, id
      limit $6`,
    [page.after?.[0] ?? null, page.after?.[1] ?? null, text, city, countryCode, page.first + 1],
  );
}
