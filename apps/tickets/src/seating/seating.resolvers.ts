import { encodeId } from '@marquee/kernel';
import { toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { seatsOf } from '../inventory/inventory.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { holdBestAvailable } from './hold-best-available.ts';
import { readBestRequest, readPolicy } from './seating.input.ts';
import { findSeatingPolicy } from './seating-policy-rows.ts';
import { setSeatingPolicy } from './set-seating-policy.ts';

const seatIdsOf = ({ seatIds }: { readonly seatIds: readonly string[] }) =>
  seatIds.map((id) => encodeId('Seat', id));

export const seatingResolvers: Resolvers = {
  Query: {
    seatingPolicy: (_, _args, { services, viewer }) =>
      services.database.read(viewer, (tx) => findSeatingPolicy(tx, viewer.organisationId, null)),
  },
  Mutation: {
    setSeatingPolicy: async (_, { input }, { services, viewer }) =>
      toResult(
        await whenParsed(readPolicy(input), (wanted) => setSeatingPolicy(services, viewer, wanted)),
        (policy) => ({ __typename: 'SeatingPolicySet', policy }),
      ),
    holdBestAvailable: async (_, { input }, { services, viewer }) =>
      toResult(
        await whenParsed(readBestRequest(input), (request) => holdBestAvailable(services, viewer, request)),
        (hold) => ({ __typename: 'TicketsHeld', hold }),
      ),
  },
  Occurrence: {
    seatingPolicy: ({ id }, _, { loaders }) => loaders.seatingPolicy.load(id),
    keptSeats: async ({ id }, _, context) => {
      const kept = await context.loaders.keptSeats.load(id);
      return seatsOf(
        context,
        kept.map(({ seatId }) => seatId),
      );
    },
  },
  SingleSeatLeft: { seatIds: seatIdsOf },
  CompanionSeatAlone: { seatIds: seatIdsOf },
};
