import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import { asTenant, systemScope, type Transaction } from '@marquee/postgres';
import { accountByEmail, accountsById, markEmailVerified } from '../accounts/account-rows.ts';
import { decide, type Command, type Services } from '../command.ts';
import { post } from '../mail/mail.ts';
import { addMember } from '../members/add-member.ts';
import { grantedScopes } from '../members/granted-scopes.ts';
import { membershipsOf } from '../members/member-rows.ts';
import { beyond, type Rights } from '../members/membership.ts';
import { ownEvents } from '../members/own-events.ts';
import { lockOrganisation } from '../organisations/organisation-rows.ts';
import {
  alreadyMember,
  beyondOwnScopes,
  invitationInvalid,
  type AlreadyMember,
  type BeyondOwnScopes,
  type InvitationInvalid,
} from '../refusals.ts';
import { digestOf, newToken } from '../secrets.ts';
import { closeInvitation, insertInvitation, lockByDigest } from './invitation-rows.ts';
import { invitationDays } from './invitation.ts';

export type InviteRefusal = NotFound | AlreadyMember | BeyondOwnScopes | InvalidInput | Unavailable;

/** Asks somebody by mail to join. Only who reads the mail can accept: the token is in it, and its digest here. */
export async function inviteMember(
  command: Command,
  { email, rights }: { readonly email: string; readonly rights: Rights },
): Promise<Outcome<{ readonly invitationId: string }, InviteRefusal | IdempotencyConflict>> {
  const known = await command.database.read(systemScope, (tx) => accountByEmail(tx, email));
  const events = await ownEvents(command, rights.eventIds);
  const request = { email, rights };
  return decide<{ readonly invitationId: string }, InviteRefusal>(
    command,
    'inviteMember',
    request,
    async (tx) => {
      const excess = beyond(grantedScopes(rights), command.viewer.scopes);
      if (excess.length > 0) return beyondOwnScopes(excess);
      if (!events.ok) return events;
      const organisation = await lockOrganisation(tx);
      if (!organisation) return notFound('The organisation');
      if (known && (await membershipsOf(tx, known.id)).length > 0) return alreadyMember();
      const invitationId = newUuid();
      const { token, digest } = newToken();
      const expiresAt = new Date(command.clock.now().getTime() + invitationDays * 86_400_000);
      const invitedBy = command.viewer.subject;
      const given = { ...rights, eventIds: events.value };
      await insertInvitation(tx, { id: invitationId, email, ...given, digest, invitedBy, expiresAt });
      await appendEvents(tx, {
        streamId: streamId('invitation', invitationId),
        expectedVersion: 'none',
        events: [
          {
            type: 'identity.member-invited.v1',
            data: { invitationId, role: rights.role, expiresAt: expiresAt.toISOString() },
          },
        ],
      });
      await postInvitation(tx, command, { email, organisation: organisation.name, token });
      return accept({ invitationId });
    },
  );
}

/** The post belongs to nobody's tenant: written in this transaction, in the system's scope. */
async function postInvitation(
  tx: Transaction,
  { publicUrl }: Services,
  {
    email,
    organisation,
    token,
  }: { readonly email: string; readonly organisation: string; readonly token: string },
): Promise<void> {
  await asSystem(tx, (system) =>
    post(system, {
      recipient: email,
      subject: `Join ${organisation}`,
      body:
        `You are invited to work with ${organisation}.\n\n` +
        `Accept within ${invitationDays} days:\n${publicUrl}/sign-in/invitation?token=${token}\n\n` +
        'If you know nothing of it, ignore this mail.\n',
    }),
  );
}

/** Part of a tenant's transaction in the system scope, for what belongs to no tenant. */
export async function asSystem<T>(tx: Transaction, work: (tx: Transaction) => Promise<T>): Promise<T> {
  await tx.execute('set local role marquee_system');
  const value = await work(tx);
  await tx.execute('set local role none');
  return value;
}

/** Closes an invitation so that nobody can accept it. */
export async function revokeInvitation(
  command: Command,
  invitationId: string,
): Promise<Outcome<{ readonly invitationId: string }, NotFound | IdempotencyConflict>> {
  return decide<{ readonly invitationId: string }, NotFound>(
    command,
    'revokeInvitation',
    { invitationId },
    async (tx) => {
      if (!(await closeInvitation(tx, invitationId, 'revoked'))) return notFound('An open invitation');
      await appendEvents(tx, {
        streamId: streamId('invitation', invitationId),
        events: [{ type: 'identity.invitation-revoked.v1', data: { invitationId } }],
      });
      return accept({ invitationId });
    },
  );
}

/**
 * Makes an account a member by the token of the mail. The mail went to that address, so the account must have it; and who
 * holds the token has read the mail, which proves the address.
 */
export async function acceptInvitation(
  { database, onCommit }: Services,
  { accountId, token }: { readonly accountId: string; readonly token: string },
): Promise<Outcome<{ readonly organisationId: string }, InvitationInvalid | AlreadyMember>> {
  return database.decide<{ readonly organisationId: string }, InvitationInvalid | AlreadyMember>(
    systemScope,
    async (tx) => {
      const invitation = await lockByDigest(tx, digestOf(token));
      const [account] = await accountsById(tx, [accountId]);
      if (!invitation || !account || account.email.toLowerCase() !== invitation.email.toLowerCase())
        return invitationInvalid();
      const { id, organisationId, role, scopes, eventIds } = invitation;
      const joined = await asTenant(tx, organisationId, async (own) => {
        if (!(await closeInvitation(own, id, 'accepted'))) return 'closed';
        return addMember(own, { accountId, role, scopes, eventIds }, id);
      });
      if (joined === 'closed') return invitationInvalid();
      if (joined === null) return alreadyMember();
      await markEmailVerified(tx, accountId);
      tx.afterCommit(onCommit);
      return accept({ organisationId });
    },
  );
}
