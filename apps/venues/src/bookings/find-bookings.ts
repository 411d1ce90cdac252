import type { Database, PageKey, Scope, Transaction } from '@marquee/postgres';
import { createLoader, createPageLoader, type Loader } from '@marquee/subgraph';
import { bookingColumns, rangeOf } from './booking-rows.ts';
import type { SpaceBooking } from './booking.ts';

export type TimeRange = { readonly startsAt: Date; readonly endsAt: Date };
/** Open where it is null. */
export type BookingRange = { readonly from: Date | null; readonly to: Date | null };

export function createBookingLoader(database: Database, scope: Scope): Loader<string, SpaceBooking | null> {
  return createLoader(async (ids: readonly string[]) => {
    const bookings = await database.read(scope, (tx) =>
      tx.rows<SpaceBooking>(`select ${bookingColumns} from space_booking where id = any($1)`, [ids]),
    );
    const byId = new Map(bookings.map((booking) => [booking.id, booking]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}

export function createBookingsOfOccurrenceLoader(
  database: Database,
  scope: Scope,
): Loader<string, readonly SpaceBooking[]> {
  return createLoader(async (occurrenceIds: readonly string[]) => {
    const bookings = await database.read(scope, (tx) =>
      tx.rows<SpaceBooking>(`select ${bookingColumns} from space_booking where occurrence_id = any($1)`, [
        occurrenceIds,
      ]),
    );
    const byOccurrence = Map.groupBy(bookings, ({ occurrenceId }) => occurrenceId);
    return occurrenceIds.map((id) => byOccurrence.get(id) ?? []);
  });
}

/** One more than the page holds of each space's bookings that touch the range, by start. */
export function createBookingsOfSpaceLoader(
  database: Database,
  scope: Scope,
  { from, to }: BookingRange,
): Loader<PageKey, readonly SpaceBooking[]> {
  return createPageLoader(database, scope, (tx, spaceIds, page) =>
    tx.rows<SpaceBooking & { parentId: string }>(
      `select b.*, b."spaceId" as "parentId"
         from unnest($1::uuid[]) as s(id)
        cross join lateral (
          select ${bookingColumns} from space_booking
           where space_id = s.id and during && tstzrange($2, $3)
             and ($4::timestamptz is null or (lower(during), id) > ($4, $5::uuid))
           order by lower(during), id limit $6) b`,
      [spaceIds, from, to, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
    ),
  );
}

const conflictLimit = 100;

/** The BOOKED ones that overlap any of the ranges, by start; at most 100. */
export async function findConflicts(
  tx: Transaction,
  spaceId: string,
  ranges: readonly TimeRange[],
  exceptOccurrenceIds: readonly string[],
): Promise<SpaceBooking[]> {
  return tx.rows<SpaceBooking>(
    `select ${bookingColumns} from space_booking
      where space_id = $1 and status = 'BOOKED' and occurrence_id <> all($4::uuid[])
        and exists (select from unnest($2::timestamptz[], $3::timestamptz[]) as r(starts_at, ends_at)
                     where during && ${rangeOf('r.starts_at', 'r.ends_at')})
      order by lower(during), id limit ${conflictLimit}`,
    [
      spaceId,
      ranges.map(({ startsAt }) => startsAt),
      ranges.map(({ endsAt }) => endsAt),
      exceptOccurrenceIds,
    ],
  );
}
