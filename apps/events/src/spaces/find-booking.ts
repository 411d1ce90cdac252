import { encodeId } from '@marquee/kernel';
import { serviceViewer, type Peer } from '@marquee/subgraph';
import type { SpacePlan } from './space-booking.ts';

type Wanted = Pick<SpacePlan, 'occurrenceId' | 'spaceId' | 'startsAt' | 'endsAt'>;

/** Asks venues whether the space is booked for just this occurrence at just this time. Throws where venues is silent. */
export type FindBooking = (organisationId: string, wanted: Wanted) => Promise<'BOOKED' | 'FREE'>;

const document = `query SpaceBookingOf($spaceId: ID!, $ranges: [TimeRangeInput!]!) {
  spaceConflicts(spaceId: $spaceId, ranges: $ranges) { conflicts { startsAt endsAt occurrence { id } } }
}`;

type Answer = {
  readonly spaceConflicts: {
    readonly conflicts: readonly {
      readonly startsAt: string;
      readonly endsAt: string;
      readonly occurrence: { readonly id: string } | null;
    }[];
  } | null;
};

export function createFindBooking(venues: Peer): FindBooking {
  return async (organisationId, { occurrenceId, spaceId, startsAt, endsAt }) => {
    const { spaceConflicts } = await venues.query<Answer>(serviceViewer('events', organisationId), document, {
      spaceId: encodeId('Space', spaceId),
      ranges: [{ startsAt, endsAt }],
    });
    const id = encodeId('Occurrence', occurrenceId);
    const own = spaceConflicts?.conflicts.some(
      (booking) =>
        booking.occurrence?.id === id &&
        Date.parse(booking.startsAt) === Date.parse(startsAt) &&
        Date.parse(booking.endsAt) === Date.parse(endsAt),
    );
    return own ? 'BOOKED' : 'FREE';
  };
}
