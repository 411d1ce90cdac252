import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { nextStep, type OccurrenceFacts, type SpaceBooking } from './booking.ts';
import {
  conflictingOccurrence,
  lockBooking,
  placeBooking,
  refusedWithin,
  type FreedRange,
} from './booking-rows.ts';

/**
 * Brings the booking of an occurrence to what events says of it, once for each revision: books, moves or releases
 * the space. Whether the space is free is the exclusion constraint's judgement alone.
 */
export async function applyOccurrence(tx: Transaction, facts: OccurrenceFacts): Promise<void> {
  const known = await lockSpaces(tx, facts);
  const existing = await lockBooking(tx, facts.occurrenceId);
  const step = nextStep(existing, facts);
  if (step.kind === 'none') return;
  const booking: SpaceBooking = {
    id: existing?.id ?? newUuid(),
    occurrenceId: facts.occurrenceId,
    spaceId: step.spaceId,
    startsAt: facts.startsAt,
    endsAt: facts.endsAt,
    status: step.kind === 'book' ? 'BOOKED' : 'RELEASED',
    revision: facts.revision,
  };
  if (step.kind === 'release') {
    await placeBooking(tx, booking);
    if (existing?.status === 'BOOKED') await append(tx, booking.id, released(booking));
  } else if (known.has(step.spaceId)) await book(tx, booking);
  else await refuse(tx, booking, 'UNKNOWN_SPACE');
  if (existing?.status === 'BOOKED') await bookWaiting(tx, existing);
}

/**
 * Locks the occurrence, then the spaces it leaves and takes in the order of their ids: two occurrences that swap
 * their spaces wait for each other's turn instead of deadlocking inside the constraint. Rows of bookings are touched
 * only below both. Answers the spaces that exist.
 */
async function lockSpaces(tx: Transaction, facts: OccurrenceFacts): Promise<ReadonlySet<string>> {
  // A statement of its own: the next one must see where the booking is once the lock is held.
  await tx.execute('select pg_advisory_xact_lock(hashtextextended($1, 0))', [facts.occurrenceId]);
  const spaces = await tx.rows<{ id: string }>(
    `select id from space
      where id = $1 or id = (select space_id from space_booking where occurrence_id = $2)
      order by id for no key update`,
    [facts.spaceId, facts.occurrenceId],
  );
  return new Set(spaces.map(({ id }) => id));
}

async function book(tx: Transaction, booking: SpaceBooking): Promise<void> {
  if (await placeBooking(tx, booking)) await append(tx, booking.id, booked(booking));
  else await refuse(tx, booking, 'CONFLICT');
}

async function refuse(
  tx: Transaction,
  booking: SpaceBooking,
  reason: 'CONFLICT' | 'UNKNOWN_SPACE',
): Promise<void> {
  const conflictingOccurrenceId = reason === 'CONFLICT' ? await conflictingOccurrence(tx, booking) : null;
  await placeBooking(tx, { ...booking, status: 'REFUSED' });
  const data = { ...takenUp(booking), reason, conflictingOccurrenceId };
  await append(tx, booking.id, { type: 'venues.space-booking-refused.v1', data });
}

/** The space, which is locked, is free then: those who were refused there get their turn, first come first served. */
export async function bookWaiting(tx: Transaction, freed: FreedRange): Promise<void> {
  for (const waiting of await refusedWithin(tx, freed)) {
    const booking: SpaceBooking = { ...waiting, status: 'BOOKED' };
    if (await placeBooking(tx, booking)) await append(tx, booking.id, booked(booking));
    else await placeBooking(tx, waiting);
  }
}

function takenUp({ spaceId, occurrenceId, startsAt, endsAt, revision }: SpaceBooking) {
  return {
    spaceId,
    occurrenceId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    revision,
  };
}

function booked(booking: SpaceBooking): NewEvent {
  return { type: 'venues.space-booked.v1', data: { bookingId: booking.id, ...takenUp(booking) } };
}

function released({ spaceId, occurrenceId, revision }: SpaceBooking): NewEvent {
  return { type: 'venues.space-released.v1', data: { spaceId, occurrenceId, revision } };
}

async function append(tx: Transaction, bookingId: string, event: NewEvent): Promise<void> {
  await appendEvents(tx, { streamId: streamId('booking', bookingId), events: [event] });
}
