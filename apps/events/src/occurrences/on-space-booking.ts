import type { Handlers } from '@marquee/messaging';
import type { Transaction } from '@marquee/postgres';
import { deliverToSaga } from '@marquee/sagas';
import { spaceBooking, type SpaceVerdict } from '../spaces/space-booking.ts';
import type { SpaceBookingStatus } from './occurrence.ts';

type Answered = { readonly occurrenceId: string; readonly revision: number };

/**
 * The status of the booking of an occurrence's space, as venues has it. It counts only for the schedule it was given for:
 * an answer to an older one comes too late. No event follows: the status is a copy of what venues said. With `from` only
 * where it is one of these.
 */
export async function noteSpaceBooking(
  tx: Transaction,
  booking: Answered,
  status: SpaceBookingStatus,
  from: readonly SpaceBookingStatus[] | null = null,
): Promise<void> {
  await tx.execute(
    `update occurrence set space_booking_status = $3, updated_at = now()
      where id = $1 and schedule_revision = $2 and space_booking_status <> $3
        and ($4::text[] is null or space_booking_status = any($4))`,
    [booking.occurrenceId, booking.revision, status, from],
  );
}

/** Shows the verdict of venues, and tells the saga that waits for it. */
async function answer(tx: Transaction, booking: Answered, verdict: SpaceVerdict): Promise<void> {
  const { occurrenceId, revision } = booking;
  await noteSpaceBooking(tx, booking, verdict);
  const message = { type: 'answered', revision, verdict } as const;
  await deliverToSaga(tx, spaceBooking, { key: occurrenceId, message });
}

export const bookingHandlers: Handlers = {
  'venues.space-booked.v1': ({ data }, tx) => answer(tx, data, 'BOOKED'),
  'venues.space-booking-refused.v1': ({ data }, tx) => answer(tx, data, 'CONFLICT'),
  'venues.space-released.v1': ({ data }, tx) => answer(tx, data, 'RELEASED'),
};
