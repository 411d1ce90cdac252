import { accept } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { carryOut, type CarriedOut } from '@marquee/sagas';
import { isPeerUnavailable } from '@marquee/subgraph';
import { noteSpaceBooking } from '../occurrences/on-space-booking.ts';
import type { FindBooking } from './find-booking.ts';
import { spaceBooking, type SpacePlan } from './space-booking.ts';

/** Venues has not let go of the space yet; it does when the news of the cancellation reaches it. */
export class StillBookedError extends Error {
  override readonly name = 'StillBookedError';
}

type Planned = Omit<SpacePlan, 'spaceId' | 'startsAt' | 'endsAt'> & {
  readonly spaceId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
};

/** Does what the sagas of space bookings ask for. */
export function carryOutSpaceBookings(database: Database, findBooking: FindBooking): CarriedOut {
  return carryOut(spaceBooking, {
    ask: {
      run: async (plan, { organisationId }) => {
        try {
          return accept(await findBooking(organisationId, plan));
        } catch (error) {
          // An answer too: the saga has its own patience.
          if (isPeerUnavailable(error)) return accept('SILENT' as const);
          throw error;
        }
      },
    },
    note: {
      within: async (tx, { status, ...booking }) => {
        // Only what is still waiting: the verdict itself may have come meanwhile.
        await noteSpaceBooking(tx, booking, status, ['PENDING', 'TIMED_OUT']);
        return accept(null);
      },
    },
    release: {
      // A day's worth of tries; then people have to look.
      attempts: 1_000,
      backoff: { firstMs: 500, maxMs: 90_000 },
      run: async ({ occurrenceId }, { organisationId }) => {
        const [planned] = await database.read({ organisationId }, (tx) =>
          tx.rows<Planned>(
            `select id as "occurrenceId", schedule_revision as revision, space_id as "spaceId",
               starts_at as "startsAt", ends_at as "endsAt" from occurrence where id = $1`,
            [occurrenceId],
          ),
        );
        if (!planned?.spaceId) return accept(null);
        const { spaceId, startsAt, endsAt } = planned;
        const range = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
        const answer = await findBooking(organisationId, { occurrenceId, spaceId, ...range });
        if (answer === 'BOOKED') throw new StillBookedError('venues has not released the space yet');
        return accept(null);
      },
    },
  });
}
