import { consentResolvers } from './consent/consent.resolvers.ts';
import { guestsResolvers } from './guests/guests.resolvers.ts';
import { notificationsResolvers } from './notifications/notifications.resolvers.ts';
import { privacyResolvers } from './privacy/privacy.resolvers.ts';
import { viewerResolvers } from './viewer/viewer.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';

/** Every feature's resolvers; a guest's fields come from several of them. */
export const resolvers: Resolvers = {
  ...viewerResolvers,
  ...consentResolvers,
  ...privacyResolvers,
  ...notificationsResolvers,
  ...guestsResolvers,
  Query: { ...viewerResolvers.Query, ...guestsResolvers.Query },
  Mutation: { ...guestsResolvers.Mutation, ...consentResolvers.Mutation, ...privacyResolvers.Mutation },
  Guest: {
    ...guestsResolvers.Guest,
    ...consentResolvers.Guest,
    ...privacyResolvers.Guest,
    ...notificationsResolvers.Guest,
  },
};
