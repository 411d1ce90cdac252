import { bookingsResolvers } from './bookings/bookings.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';
import { seatMapsResolvers } from './seat-maps/seat-maps.resolvers.ts';
import { spacesResolvers } from './spaces/spaces.resolvers.ts';
import { venuesResolvers } from './venues/venues.resolvers.ts';

const features = [venuesResolvers, spacesResolvers, seatMapsResolvers, bookingsResolvers];

/** The resolvers of every feature; the root fields of each stand side by side. */
export const resolvers: Resolvers = {
  ...Object.assign({}, ...features),
  Query: Object.assign({}, ...features.map(({ Query }) => Query)),
  Mutation: Object.assign({}, ...features.map(({ Mutation }) => Mutation)),
};
