import type { Transaction } from '@marquee/postgres';
import type { SpaceBooking } from './booking.ts';

export const bookingColumns = `id, occurrence_id as "occurrenceId", space_id as "spaceId", lower(during) as "startsAt",
  upper(during) as "endsAt", status, revision`;

/** A range that holds its start; one without length still stands in the way of what runs over it. */
export const rangeOf = (start: string, end: string) =>
  `tstzrange(${start}, ${end}, case when ${start} = ${end} then '[]' else '[)' end)`;

/** The booking of an occurrence, kept from changing until the transaction ends. */
export async function lockBooking(tx: Transaction, occurrenceId: string): Promise<SpaceBooking | null> {
  const [booking] = await tx.rows<SpaceBooking>(
    `select ${bookingColumns} from space_booking where occurrence_id = $1 for update`,
    [occurrenceId],
  );
  return booking ?? null;
}

/** Writes the booking unless it is BOOKED and another BOOKED one overlaps; answers whether it stands. */
export async function placeBooking(tx: Transaction, booking: SpaceBooking): Promise<boolean> {
  // Removed and written anew: only an insert can give way to an exclusion constraint without an error, and an error
  // would cost a savepoint for each booking.
  await tx.execute('delete from space_booking where id = $1', [booking.id]);
  const written = await tx.execute(
    `insert into space_booking (id, organisation_id, occurrence_id, space_id, during, status, revision)
     values ($1, $2, $3, $4, ${rangeOf('$5::timestamptz', '$6::timestamptz')}, $7, $8)
     on conflict on constraint space_booking_no_overlap do nothing`,
    [
      booking.id,
      tx.organisationId,
      booking.occurrenceId,
      booking.spaceId,
      booking.startsAt,
      booking.endsAt,
      booking.status,
      booking.revision,
    ],
  );
  return written > 0;
}

/** The first BOOKED one in the way of this one. */
export async function conflictingOccurrence(tx: Transaction, booking: SpaceBooking): Promise<string | null> {
  const [conflict] = await tx.rows<{ occurrenceId: string }>(
    `select occurrence_id as "occurrenceId" from space_booking
      where space_id = $1 and status = 'BOOKED' and during && ${rangeOf('$2::timestamptz', '$3::timestamptz')}
      order by lower(during) limit 1`,
    [booking.spaceId, booking.startsAt, booking.endsAt],
  );
  return conflict?.occurrenceId ?? null;
}

/** When a space that somebody had, or that was deleted, can be booked again. */
export type FreedRange = Pick<SpaceBooking, 'spaceId' | 'startsAt' | 'endsAt'>;

/** How many refused bookings are tried when a space becomes free. */
const waitingLimit = 100;

/** The refused ones that the freed range touches; who came first is tried first. */
export async function refusedWithin(tx: Transaction, freed: FreedRange): Promise<SpaceBooking[]> {
  return tx.rows<SpaceBooking>(
    `select ${bookingColumns} from space_booking
      where space_id = $1 and status = 'REFUSED' and during && ${rangeOf('$2::timestamptz', '$3::timestamptz')}
      order by updated_at, id limit ${waitingLimit} for update`,
    [freed.spaceId, freed.startsAt, freed.endsAt],
  );
}
