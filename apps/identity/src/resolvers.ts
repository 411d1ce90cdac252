import { accountsResolvers } from './accounts/accounts.resolvers.ts';
import { auditResolvers } from './audit/audit.resolvers.ts';
import type { Resolvers } from './generated/schema.ts';
import { invitationsResolvers } from './invitations/invitations.resolvers.ts';
import { keysResolvers } from './keys/keys.resolvers.ts';
import { membersResolvers } from './members/members.resolvers.ts';
import { orderLinksResolvers } from './order-links/order-links.resolvers.ts';
import { organisationsResolvers } from './organisations/organisations.resolvers.ts';
import { removalResolvers } from './removal/removal.resolvers.ts';
import { sessionsResolvers } from './sessions/sessions.resolvers.ts';
import { credentialsResolvers } from './sign-in/credentials.resolvers.ts';

const features: readonly Resolvers[] = [
  accountsResolvers,
  organisationsResolvers,
  membersResolvers,
  invitationsResolvers,
  sessionsResolvers,
  orderLinksResolvers,
  removalResolvers,
  keysResolvers,
  credentialsResolvers,
  auditResolvers,
];

/** The resolvers of every feature; the root fields and an organisation's fields stand side by side. */
export const resolvers: Resolvers = {
  ...Object.assign({}, ...features),
  Query: Object.assign({}, ...features.map(({ Query }) => Query)),
  Mutation: Object.assign({}, ...features.map(({ Mutation }) => Mutation)),
  Organisation: Object.assign({}, ...features.map(({ Organisation }) => Organisation)),
};
