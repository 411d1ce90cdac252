import { accept, andThen, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseEmail,
  parseId,
  parseKeysetPage,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { readEventIds, readKey, readScopes } from '../input.ts';
import { reload } from '../load.ts';
import { invitationInvalid } from '../refusals.ts';
import { accountIdOf } from '../viewer.ts';
import { invitationsPage } from './invitation-rows.ts';
import { statusOf } from './invitation.ts';
import { acceptInvitation, inviteMember, revokeInvitation } from './invite-member.ts';

export const invitationsResolvers: Resolvers = {
  Mutation: {
    inviteMember: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        email: parseEmail('email', input.email),
        role: accept(input.role),
        scopes: readScopes(input.scopes),
        eventIds: readEventIds(input.eventIds),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, email, ...rights }) =>
        inviteMember({ ...context, idempotencyKey }, { email, rights }),
      );
      return toResult(outcome, ({ invitationId }) => ({
        __typename: 'MemberInvited',
        invitation: reload(context.loaders.invitation, invitationId),
      }));
    },
    revokeInvitation: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        invitationId: parseId('Invitation', 'invitationId', input.invitationId),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, invitationId }) =>
        revokeInvitation({ ...context, idempotencyKey }, invitationId),
      );
      return toResult(outcome, ({ invitationId }) => ({
        __typename: 'InvitationRevoked',
        invitation: reload(context.loaders.invitation, invitationId),
      }));
    },
    acceptInvitation: async (_, { input }, context) => {
      const accountId = accountIdOf(context.viewer);
      const outcome = await andThen(parseText('token', input.token, { max: 100 }), async (token) =>
        accountId === null ? invitationInvalid() : acceptInvitation(context, { accountId, token }),
      );
      return toResult(outcome, ({ organisationId }) => ({
        __typename: 'InvitationAccepted',
        organisationId: encodeId('Organisation', organisationId),
      }));
    },
  },
  Organisation: {
    invitations: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const invitations = await database.read(viewer, (tx) => invitationsPage(tx, page));
      return toConnection(invitations, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
  },
  Invitation: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('Invitation', id);
      if (uuid === null || !viewer.scopes.includes('members:read')) return null;
      return loaders.invitation.load(uuid);
    },
    id: ({ id }) => encodeId('Invitation', id),
    status: (invitation, _, { clock }) => statusOf(invitation, clock.now()),
    eventIds: ({ eventIds }) => eventIds && eventIds.map((id) => encodeId('Event', id)),
  },
};
