import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import type { SpaceBookingStatus } from './occurrence.ts';

/**
 * The verdict of venues on the time and space of an occurrence. It counts only for the schedule it was given for: an
 * answer to an older one comes too late. No event follows: the status is a copy of what venues said.
 */
export async function noteSpaceBooking(
  tx: Transaction,
  booking: { readonly occurrenceId: string; readonly revision: number },
  status: SpaceBookingStatus,
): Promise<void> {
  await tx.execute(
    `update occurrence set space_booking_status = $3, updated_at = now()
      where id = $1 and schedule_revision = $2 and space_booking_status <> $3`,
    [booking.occurrenceId, booking.revision, status],
  );
}

export const bookingHandlers: Handlers = {
  'venues.space-booked.v1': ({ data }, tx) => noteSpaceBooking(tx, data, 'BOOKED'),
  'venues.space-booking-refused.v1': ({ data }, tx) => noteSpaceBooking(tx, data, 'CONFLICT'),
  'venues.space-released.v1': ({ data }, tx) => noteSpaceBooking(tx, data, 'RELEASED'),
};
