import { andThen, assert, decodeId, encodeId } from '@marquee/kernel';
import {
  orBadInput,
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseOptional,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { PublishSeatMapInput, Resolvers, SeatInput } from '../generated/schema.ts';
import { publishSeatMap } from './publish-seat-map.ts';
import { checkSeatMap, type SeatDraft, type SeatMap, type SeatMapDraft } from './seat-map.ts';

const isGiven = <T>(value: T | null | undefined): value is T => value !== null && value !== undefined;

/** What was not said is left out, so that a request stays what it was when seats learn something new. */
function seatOf({ label, x, y, ...given }: SeatInput): SeatDraft {
  return {
    label,
    x,
    y,
    accessible: given.accessible ?? false,
    ...(isGiven(given.companionOf) && { companionOf: given.companionOf }),
    ...(given.restrictedView && { restrictedView: true }),
    ...(given.aisleAfter && { aisleAfter: true }),
  };
}

function draftOf({ sections, generalAdmissionAreas }: PublishSeatMapInput): SeatMapDraft {
  return {
    sections: (sections ?? []).map(({ name, rows }) => ({
      name,
      rows: rows.map(({ label, rank, seats }) => ({
        label,
        ...(isGiven(rank) && { rank }),
        seats: seats.map(seatOf),
      })),
    })),
    areas: generalAdmissionAreas ?? [],
  };
}

function readPublication(input: PublishSeatMapInput) {
  return parseAll({
    key: parseOptional(input.idempotencyKey, (key) => parseIdempotencyKey('idempotencyKey', key)),
    spaceId: parseId('Space', 'spaceId', input.spaceId),
    draft: checkSeatMap(draftOf(input)),
  });
}

async function loadPublished({ loaders }: Context, id: string): Promise<SeatMap> {
  const seatMap = await loaders.seatMap.load(id);
  assert(seatMap, `seat map ${id} is there after it was published`);
  return seatMap;
}

export const seatMapsResolvers: Resolvers = {
  Query: {
    seatMap: (_, { id }, { loaders }) => loaders.seatMap.load(orBadInput(parseId('SeatMap', 'id', id))),
  },
  Mutation: {
    publishSeatMap: async (_, { input }, context) =>
      toResult(
        await andThen(readPublication(input), ({ key, spaceId, draft }) =>
          publishSeatMap(context, key, spaceId, draft),
        ),
        ({ seatMapId }) => ({ __typename: 'SeatMapPublished', seatMap: loadPublished(context, seatMapId) }),
      ),
  },
  SeatMap: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('SeatMap', id);
      return uuid === null ? null : loaders.seatMap.load(uuid);
    },
    id: ({ id }) => encodeId('SeatMap', id),
    space: async ({ spaceId }, _, { loaders }) => {
      const space = await loaders.space.load(spaceId);
      assert(space, 'a seat map has a space: a foreign key says so');
      return space;
    },
    sections: async ({ id }, _, { loaders }) => [...(await loaders.sectionsOfMap.load(id))],
    generalAdmissionAreas: async ({ id }, _, { loaders }) => [...(await loaders.areasOfMap.load(id))],
  },
  Section: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Section', id);
      return uuid === null ? null : loaders.section.load(uuid);
    },
    id: ({ id }) => encodeId('Section', id),
    rows: async ({ id, seatMapId }, _, { loaders }) => [
      ...(await loaders.rowsOfSection.load({ seatMapId, id })),
    ],
  },
  SeatRow: { rank: ({ rank }) => rank ?? null, seats: ({ seats }) => [...seats] },
  Seat: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Seat', id);
      return uuid === null ? null : loaders.seat.load(uuid);
    },
    id: ({ id }) => encodeId('Seat', id),
    restrictedView: ({ restrictedView }) => restrictedView ?? false,
    aisleAfter: ({ aisleAfter }) => aisleAfter ?? false,
    companionOf: ({ companionOfId }, _, { loaders }) =>
      isGiven(companionOfId) ? loaders.seat.load(companionOfId) : null,
  },
  SeatsInUse: {
    seats: async ({ seatIds }, _, { loaders }) => {
      const seats = await Promise.all(seatIds.map((id) => loaders.seat.load(id)));
      return seats.filter((seat) => seat !== null);
    },
  },
  GeneralAdmissionArea: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('GeneralAdmissionArea', id);
      return uuid === null ? null : loaders.area.load(uuid);
    },
    id: ({ id }) => encodeId('GeneralAdmissionArea', id),
  },
};
