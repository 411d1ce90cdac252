import type { Transaction } from '@marquee/postgres';

/** What events keeps of a space of venues: enough to search the catalogue by city and venue. */
export type SpaceFacts = {
  readonly spaceId: string;
  readonly venueId: string;
  readonly name: string;
  readonly capacity: number;
  readonly venueName: string;
  readonly city: string;
  readonly timeZone: string;
};

/** Keeps what venues says; writing the same again changes nothing. */
export async function saveSpace(tx: Transaction, space: SpaceFacts): Promise<void> {
  await tx.execute(
    `insert into space_replica (organisation_id, space_id, venue_id, name, capacity, venue_name, city, time_zone)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (organisation_id, space_id) do update
        set venue_id = excluded.venue_id, name = excluded.name, capacity = excluded.capacity,
            venue_name = excluded.venue_name, city = excluded.city, time_zone = excluded.time_zone`,
    [
      tx.organisationId,
      space.spaceId,
      space.venueId,
      space.name,
      space.capacity,
      space.venueName,
      space.city,
      space.timeZone,
    ],
  );
}

/** Takes the spaces of a venue out of sight of searches, or back. */
export async function markVenueDeleted(tx: Transaction, venueId: string, deleted: boolean): Promise<void> {
  await tx.execute('update space_replica set venue_deleted = $2 where venue_id = $1', [venueId, deleted]);
}

export async function removeSpacesOf(tx: Transaction, venueId: string): Promise<void> {
  await tx.execute('delete from space_replica where venue_id = $1', [venueId]);
}
