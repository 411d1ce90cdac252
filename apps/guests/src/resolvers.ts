import { consentResolvers } from './consent/consent.resolvers.ts';
import { guestsResolvers } from './guests/guests.resolvers.ts';
import { viewerResolvers } from './viewer/viewer.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';

/** Every feature's resolvers; a guest's fields come from two of them. */
export const resolvers: Resolvers = {
  ...viewerResolvers,
  ...consentResolvers,
  ...guestsResolvers,
  Query: { ...viewerResolvers.Query, ...guestsResolvers.Query },
  Mutation: { ...guestsResolvers.Mutation, ...consentResolvers.Mutation },
  Guest: { ...guestsResolvers.Guest, ...consentResolvers.Guest },
};
