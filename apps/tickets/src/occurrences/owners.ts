import { accept, decodeId, encodeId, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { isPeerUnavailable, type Peer, type Viewer } from '@marquee/subgraph';
import type { Occurrence } from './occurrence.ts';
import { createSharedQuestions } from './shared-questions.ts';

/** The newest seat map of a space. */
export type SeatMapFacts = {
  readonly spaceId: string;
  readonly seatMapId: string;
  readonly version: number;
  readonly sections: readonly SectionFacts[];
  readonly areas: readonly { readonly id: string; readonly name: string }[];
};
export type SectionFacts = {
  readonly id: string;
  readonly name: string;
  /** Row by row, as people sit. */
  readonly seats: readonly SeatFacts[];
};
export type SeatFacts = {
  readonly id: string;
  readonly rowLabel: string;
  readonly label: string;
  /** Absent, with all that follows, where the one who told knew the names alone. */
  readonly x?: number;
  readonly y?: number;
  readonly rowRank?: number;
  readonly accessible?: boolean;
  readonly companionOf?: string;
  readonly restrictedView?: boolean;
  readonly aisleAfter?: boolean;
};

/** A space as people find it. */
export type SpaceFacts = { readonly name: string; readonly venue: string; readonly address: string };

/**
 * The services that own what this one keeps replicas of. Asked where a replica would lead to a refusal. Each rejects
 * with an error that `isOwnerUnavailable` knows when no answer came.
 */
export type Owners = {
  occurrence(viewer: Viewer, occurrenceId: string): Promise<Occurrence | null>;
  /** All occurrences of an event; null where there is no such event. */
  eventOccurrences(viewer: Viewer, eventId: string): Promise<readonly Occurrence[] | null>;
  /** Null where the space has no seat map. */
  seatMap(viewer: Viewer, spaceId: string): Promise<SeatMapFacts | null>;
  /** Where it takes place, for people to read; null where there is no such space. */
  space?(viewer: Viewer, spaceId: string): Promise<SpaceFacts | null>;
  /** Makes sure the guest exists and answers its id; a guest who exists keeps the name it has. */
  ensureGuest(
    viewer: Viewer,
    guest: { readonly email: string; readonly name: string },
  ): Promise<Outcome<string, InvalidInput>>;
};

export const isOwnerUnavailable = isPeerUnavailable;

const occurrenceFields = 'id startsAt endsAt timeZone status spaceId revision event { id title status }';

type WireOccurrence = {
  readonly id: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly timeZone: string;
  readonly status: Occurrence['status'];
  readonly spaceId: string | null;
  readonly revision: number;
  readonly event: { readonly id: string; readonly title: string; readonly status: Occurrence['eventStatus'] };
};
type WireConnection = {
  readonly edges: readonly { readonly node: WireOccurrence }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};
type WireSeat = {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly accessible: boolean;
  readonly companionOf: { readonly id: string } | null;
  readonly restrictedView: boolean;
  readonly aisleAfter: boolean;
};
type WireSeatMap = {
  readonly id: string;
  readonly version: number;
  readonly sections: readonly {
    readonly id: string;
    readonly name: string;
    readonly rows: readonly {
      readonly label: string;
      readonly rank: number | null;
      readonly seats: readonly WireSeat[];
    }[];
  }[];
  readonly generalAdmissionAreas: readonly { readonly id: string; readonly name: string }[];
};

async function askOccurrence(events: Peer, viewer: Viewer, occurrenceId: string): Promise<Occurrence | null> {
  const document = `query($id: ID!) { occurrence(id: $id) { ${occurrenceFields} } }`;
  const { occurrence } = await events.query<{ occurrence: WireOccurrence | null }>(viewer, document, {
    id: encodeId('Occurrence', occurrenceId),
  });
  return occurrence && readOccurrence(occurrence);
}

/** More pages of occurrences than this (10,000) no event has; beyond it the replica fills itself from events. */
const maxPages = 100;

export function peerOwners(peers: {
  readonly events: Peer;
  readonly venues: Peer;
  readonly guests: Peer;
}): Owners {
  const share = createSharedQuestions<Occurrence | null>();
  return {
    // What is seen depends on the organisation and the rights of who asks, and on nothing else.
    occurrence: (viewer, occurrenceId) =>
      share([viewer.organisationId, viewer.role, ...viewer.scopes, occurrenceId].join(' '), () =>
        askOccurrence(peers.events, viewer, occurrenceId),
      ),
    eventOccurrences: (viewer, eventId) => askEvent(peers.events, viewer, encodeId('Event', eventId)),
    seatMap: async (viewer, spaceId) => {
      const document = `query($id: ID!) { space(id: $id) { seatMap { id version sections { id name
        rows { label rank seats { id label x y accessible companionOf { id } restrictedView aisleAfter } } } generalAdmissionAreas { id name } } } }`;
      const { space } = await peers.venues.query<{ space: { seatMap: WireSeatMap | null } | null }>(
        viewer,
        document,
        {
          id: encodeId('Space', spaceId),
        },
      );
      return space?.seatMap ? readSeatMap(spaceId, space.seatMap) : null;
    },
    space: async (viewer, spaceId) => {
      const document = `query($id: ID!) { space(id: $id) { name venue { name address { line1 city } } } }`;
      type Answer = {
        readonly space: {
          readonly name: string;
          readonly venue: {
            readonly name: string;
            readonly address: { readonly line1: string | null; readonly city: string | null } | null;
          };
        } | null;
      };
      const { space } = await peers.venues.query<Answer>(viewer, document, {
        id: encodeId('Space', spaceId),
      });
      if (!space) return null;
      const { name, address } = space.venue;
      return {
        name: space.name,
        venue: name,
        address: [address?.line1, address?.city].filter(Boolean).join(', '),
      };
    },
    ensureGuest: async (viewer, guest) => {
      const document = `mutation($input: RegisterGuestInput!) { registerGuest(input: $input) { __typename
        ... on GuestRegistered { guestId } ... on InvalidInput { field message } } }`;
      const { registerGuest } = await peers.guests.query<{ registerGuest: WireRegistration }>(
        viewer,
        document,
        {
          input: guest,
        },
      );
      if (registerGuest.__typename === 'GuestRegistered')
        return accept(uuidOf('Guest', registerGuest.guestId));
      return invalid(`guest.${registerGuest.field}`, registerGuest.message);
    },
  };
}

type WireRegistration =
  | { readonly __typename: 'GuestRegistered'; readonly guestId: string }
  | { readonly __typename: 'InvalidInput'; readonly field: string; readonly message: string };

async function askEvent(events: Peer, viewer: Viewer, id: string): Promise<readonly Occurrence[] | null> {
  const document = `query($id: ID!, $after: String) { event(id: $id) { occurrences(first: 100, after: $after) {
    edges { node { ${occurrenceFields} } } pageInfo { hasNextPage endCursor } } } }`;
  const found: Occurrence[] = [];
  let after: string | null = null;
  for (let page = 0; page < maxPages; page++) {
    type Answer = { readonly event: { readonly occurrences: WireConnection } | null };
    const answer: Answer = await events.query<Answer>(viewer, document, { id, after });
    if (!answer.event) return null;
    const { edges, pageInfo } = answer.event.occurrences;
    found.push(...edges.map(({ node }) => readOccurrence(node)));
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return found;
}

function readOccurrence(wire: WireOccurrence): Occurrence {
  return {
    id: uuidOf('Occurrence', wire.id),
    eventId: uuidOf('Event', wire.event.id),
    eventTitle: wire.event.title,
    eventStatus: wire.event.status,
    spaceId: wire.spaceId === null ? null : uuidOf('Space', wire.spaceId),
    startsAt: new Date(wire.startsAt),
    endsAt: new Date(wire.endsAt),
    timeZone: wire.timeZone,
    status: wire.status,
    revision: wire.revision,
  };
}

function readSeatMap(spaceId: string, wire: WireSeatMap): SeatMapFacts {
  return {
    spaceId,
    seatMapId: uuidOf('SeatMap', wire.id),
    version: wire.version,
    sections: wire.sections.map((section) => ({
      id: uuidOf('Section', section.id),
      name: section.name,
      seats: section.rows.flatMap((row) => row.seats.map((seat) => readSeat(row, seat))),
    })),
    areas: wire.generalAdmissionAreas.map(({ id, name }) => ({
      id: uuidOf('GeneralAdmissionArea', id),
      name,
    })),
  };
}

function readSeat(
  row: { readonly label: string; readonly rank: number | null },
  { id, companionOf, ...seat }: WireSeat,
): SeatFacts {
  return {
    ...seat,
    id: uuidOf('Seat', id),
    rowLabel: row.label,
    ...(row.rank !== null && { rowRank: row.rank }),
    ...(companionOf && { companionOf: uuidOf('Seat', companionOf.id) }),
  };
}

/** A malformed id from a peer is a fault of the peer's, never of the caller's. */
function uuidOf(type: Parameters<typeof decodeId>[0], id: string): string {
  const uuid = decodeId(type, id);
  if (uuid === null) throw new Error(`a peer answered ${id}, which is not the id of a ${type}`);
  return uuid;
}
