import type { Resolvers } from '../generated/schema.ts';
import { seatsOf } from '../inventory/inventory.resolvers.ts';

export const seatingResolvers: Resolvers = {
  Occurrence: {
    keptSeats: async ({ id }, _, context) => {
      const kept = await context.loaders.keptSeats.load(id);
      return seatsOf(
        context,
        kept.map(({ seatId }) => seatId),
      );
    },
  },
};
