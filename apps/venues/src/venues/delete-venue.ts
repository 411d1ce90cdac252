import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, refuse, type NotFound, type Outcome } from '@marquee/kernel';
import { createSoftDeletion, type Deleted, type SoftDeletion, type Transaction } from '@marquee/postgres';
import { bookWaiting } from '../bookings/apply-occurrence.ts';
import { decide, type Command } from '../command.ts';

/** The venue is booked for what is still to come. */
export type VenueInUse = {
  readonly kind: 'VenueInUse';
  readonly message: string;
  readonly occurrencesToCome: number;
};

const ofVenue = 'space_id in (select id from space where venue_id = $1)';

export const createVenueDeletion = (retentionDays: number): SoftDeletion =>
  createSoftDeletion(
    { table: 'venue', name: 'name', parts: { seat_map: ofVenue, space: 'venue_id = $1' } },
    retentionDays,
  );

/** Hides the venue with its spaces. What took place there keeps its booking. Doing it again changes nothing. */
export async function deleteVenue(
  command: Command,
  venueId: string,
): Promise<Outcome<Deleted, NotFound | VenueInUse>> {
  const { venueDeletion } = command;
  return decide<Deleted, NotFound | VenueInUse>(command, async (tx) => {
    const found = await venueDeletion.lock(tx, venueId);
    if (!found) return notFound('The venue');
    if (found.deleted) return accept(found.deleted);
    const occurrencesToCome = await lockAndCountBookings(tx, venueId);
    if (occurrencesToCome > 0) return venueInUse(occurrencesToCome);
    const deleted = await venueDeletion.hide(tx, venueId);
    const restorableUntil = deleted.restorableUntil.toISOString();
    await append(tx, venueId, { type: 'venues.venue-deleted.v1', data: { venueId, restorableUntil } });
    return accept(deleted);
  });
}

/** Brings the venue back; who was refused one of its spaces meanwhile gets it. Done again it changes nothing. */
export async function restoreVenue(
  command: Command,
  venueId: string,
): Promise<Outcome<{ readonly venueId: string }, NotFound>> {
  const { venueDeletion } = command;
  return decide<{ readonly venueId: string }, NotFound>(command, async (tx) => {
    const found = await venueDeletion.lock(tx, venueId);
    if (!found) return notFound('The venue');
    if (!found.deleted) return accept({ venueId });
    await venueDeletion.show(tx, venueId);
    await append(tx, venueId, { type: 'venues.venue-restored.v1', data: { venueId } });
    for (const { id } of await lockSpaces(tx, venueId)) {
      await bookWaiting(tx, { spaceId: id, startsAt: found.deleted.deletedAt, endsAt: endOfTime });
    }
    return accept({ venueId });
  });
}

/** Removes a deleted venue with all that was of it, for ever. */
export async function purgeVenue(tx: Transaction, venueId: string): Promise<void> {
  const ofMap = `seat_map_id in (select id from seat_map where ${ofVenue})`;
  for (const [table, condition] of [
    ['seat_map_section', ofMap],
    ['seat_map_area', ofMap],
    ['seat_map', ofVenue],
    ['seat', ofVenue],
    ['space_booking', ofVenue],
    ['space', 'venue_id = $1'],
    ['venue', 'id = $1'],
  ] as const) {
    await tx.execute(`delete from ${table} where ${condition}`, [venueId]);
  }
  await append(tx, venueId, { type: 'venues.venue-purged.v1', data: { venueId } });
}

/** Farther than anybody plans, and short of what a driver cannot write. */
const endOfTime = new Date('9999-01-01T00:00:00Z');

/**
 * Whoever books a space locks it first. One that came before is counted; one that comes after waits for the venue to be
 * gone, and finds no space.
 */
async function lockAndCountBookings(tx: Transaction, venueId: string): Promise<number> {
  const spaces = await lockSpaces(tx, venueId);
  const [row] = await tx.rows<{ count: number }>(
    `select count(*)::integer as count from space_booking
      where space_id = any($1) and status = 'BOOKED' and upper(during) > now()`,
    [spaces.map(({ id }) => id)],
  );
  return row!.count;
}

async function lockSpaces(tx: Transaction, venueId: string): Promise<{ readonly id: string }[]> {
  return tx.rows('select id from space where venue_id = $1 order by id for update', [venueId]);
}

function venueInUse(occurrencesToCome: number): { readonly ok: false; readonly refusal: VenueInUse } {
  const some = occurrencesToCome === 1 ? 'one occurrence' : `${occurrencesToCome} occurrences`;
  const message = `The venue is booked for ${some} to come: cancel or move them first.`;
  return refuse({ kind: 'VenueInUse', message, occurrencesToCome });
}

async function append(tx: Transaction, venueId: string, event: NewEvent): Promise<void> {
  await appendEvents(tx, { streamId: streamId('venue', venueId), events: [event] });
}
