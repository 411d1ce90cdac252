import { eventsResolvers } from './events/events.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';
import { importsResolvers } from './imports/imports.resolvers.ts';
import { occurrencesResolvers } from './occurrences/occurrences.resolvers.ts';
import { seriesResolvers } from './series/series.resolvers.ts';

const features = [eventsResolvers, occurrencesResolvers, seriesResolvers, importsResolvers];

/** The resolvers of every feature; the root fields of each stand side by side. */
export const resolvers: Resolvers = {
  ...Object.assign({}, ...features),
  Query: Object.assign({}, ...features.map(({ Query }) => Query)),
  Mutation: Object.assign({}, ...features.map(({ Mutation }) => Mutation)),
};
