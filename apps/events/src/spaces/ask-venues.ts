import { assert, decodeId, encodeId } from '@marquee/kernel';
import { isPeerUnavailable, type Peer, type Viewer } from '@marquee/subgraph';
import type { SpaceFacts } from './space-replica.ts';

export type TimeRange = { readonly startsAt: Date; readonly endsAt: Date };

export type SpaceQuestion = {
  readonly spaceId: string;
  readonly ranges: readonly TimeRange[];
  /** Their bookings are not in the way: they move. */
  readonly exceptOccurrenceIds?: readonly string[];
};

export type SpaceAnswer =
  | { readonly kind: 'known'; readonly space: SpaceFacts; readonly conflicts: readonly TimeRange[] }
  | { readonly kind: 'unknown' }
  /** Venues did not answer; nothing is known. */
  | { readonly kind: 'unavailable' };

/** Asks venues whether a space is there, and which of its bookings are in the way. */
export type AskVenues = (viewer: Viewer, question: SpaceQuestion) => Promise<SpaceAnswer>;

const document = `query SpaceConflicts($spaceId: ID!, $ranges: [TimeRangeInput!]!, $except: [ID!]) {
  spaceConflicts(spaceId: $spaceId, ranges: $ranges, exceptOccurrenceIds: $except) {
    space { id name capacity venue { id name timeZone address { city } } }
    conflicts { startsAt endsAt }
  }
}`;

type Answer = {
  readonly spaceConflicts: {
    readonly space: {
      readonly id: string;
      readonly name: string;
      readonly capacity: number;
      readonly venue: {
        readonly id: string;
        readonly name: string;
        readonly timeZone: string;
        readonly address: { readonly city: string };
      };
    };
    readonly conflicts: readonly { readonly startsAt: string; readonly endsAt: string }[];
  } | null;
};

/** What venues takes in one question. */
const maxRanges = 1000;

export function createAskVenues(venues: Peer): AskVenues {
  return async (viewer, { spaceId, ranges, exceptOccurrenceIds = [] }) => {
    const variables = {
      spaceId: encodeId('Space', spaceId),
      // Picked: what plans hold beside the times is not for venues.
      ranges: ranges.slice(0, maxRanges).map(({ startsAt, endsAt }) => ({ startsAt, endsAt })),
      except: exceptOccurrenceIds.slice(0, maxRanges).map((id) => encodeId('Occurrence', id)),
    };
    try {
      return read(spaceId, await venues.query<Answer>(viewer, document, variables));
    } catch (error) {
      if (isPeerUnavailable(error)) return { kind: 'unavailable' };
      throw error;
    }
  };
}

function read(spaceId: string, { spaceConflicts }: Answer): SpaceAnswer {
  if (!spaceConflicts) return { kind: 'unknown' };
  const { space, conflicts } = spaceConflicts;
  const venueId = decodeId('Venue', space.venue.id);
  assert(venueId, 'venues answers ids of venues');
  return {
    kind: 'known',
    space: {
      spaceId,
      venueId,
      name: space.name,
      capacity: space.capacity,
      venueName: space.venue.name,
      city: space.venue.address.city,
      timeZone: space.venue.timeZone,
    },
    conflicts: conflicts.map(({ startsAt, endsAt }) => ({
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
    })),
  };
}
