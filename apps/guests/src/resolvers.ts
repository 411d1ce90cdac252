import { consentResolvers } from './consent/consent.resolvers.ts';
import { guestsResolvers } from './guests/guests.resolvers.ts';
import { privacyResolvers } from './privacy/privacy.resolvers.ts';
import { viewerResolvers } from './viewer/viewer.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';

/** Every feature's resolvers; a guest's fields come from three of them. */
export const resolvers: Resolvers = {
  ...viewerResolvers,
  ...consentResolvers,
  ...privacyResolvers,
  ...guestsResolvers,
  Query: { ...viewerResolvers.Query, ...guestsResolvers.Query },
  Mutation: { ...guestsResolvers.Mutation, ...consentResolvers.Mutation, ...privacyResolvers.Mutation },
  Guest: { ...guestsResolvers.Guest, ...consentResolvers.Guest, ...privacyResolvers.Guest },
};
