import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  notFound,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { decide, type Command } from '../command.ts';
import { lockOrganisation } from '../organisations/organisation-rows.ts';
import { beyondOwnScopes, lastOwner, type BeyondOwnScopes, type LastOwner } from '../refusals.ts';
import { revokeTokensOf } from '../sessions/revoke-session.ts';
import { factsOf } from './add-member.ts';
import { grantedScopes } from './granted-scopes.ts';
import { countOtherOwners, deleteMembership, membershipsById, updateMembership } from './member-rows.ts';
import { beyond, isWholeOwner, type Membership, type Rights } from './membership.ts';
import { ownEvents } from './own-events.ts';

export type MemberRefusal = NotFound | LastOwner | BeyondOwnScopes | InvalidInput | Unavailable;

/** The member, the organisation locked before it: owners come and go one after another. */
async function lockMember(tx: Transaction, membershipId: string): Promise<Membership | null> {
  await lockOrganisation(tx);
  const [member] = await membershipsById(tx, [membershipId]);
  return member ?? null;
}

/** Gives a member other rights. Tokens that were issued before say the old ones, so they stop at once. */
export async function changeMember(
  command: Command,
  { membershipId, rights }: { readonly membershipId: string; readonly rights: Rights },
): Promise<Outcome<{ readonly membershipId: string }, MemberRefusal | IdempotencyConflict>> {
  const { database, viewer } = command;
  const [before] = await database.read(viewer, (tx) => membershipsById(tx, [membershipId]));
  const events = await ownEvents(command, rights.eventIds, before?.eventIds ?? []);
  const request = { membershipId, rights };
  return decide<{ readonly membershipId: string }, MemberRefusal>(
    command,
    'changeMember',
    request,
    async (tx) => {
      const member = await lockMember(tx, membershipId);
      if (!member) return notFound('The member');
      const excess = beyond(grantedScopes(rights), viewer.scopes);
      if (excess.length > 0) return beyondOwnScopes(excess);
      if (!events.ok) return events;
      if (isWholeOwner(member) && !isWholeOwner(rights) && (await countOtherOwners(tx, member.id)) === 0)
        return lastOwner();
      const changed: Membership = { ...member, ...rights, eventIds: events.value };
      await updateMembership(tx, changed);
      await appendEvents(tx, {
        streamId: streamId('membership', member.id),
        events: [{ type: 'identity.member-changed.v1', data: factsOf(changed) }],
      });
      await revokeTokensOf(tx, member.accountId);
      return accept({ membershipId });
    },
  );
}

/** Ends a membership and every session that stands on it. With `members:manage`, or one's own. */
export async function removeMember(
  command: Command,
  membershipId: string,
): Promise<Outcome<{ readonly membershipId: string }, NotFound | LastOwner | IdempotencyConflict>> {
  return decide<{ readonly membershipId: string }, NotFound | LastOwner>(
    command,
    'removeMember',
    { membershipId },
    async (tx) => {
      const member = await lockMember(tx, membershipId);
      if (!member) return notFound('The member');
      if (isWholeOwner(member) && (await countOtherOwners(tx, member.id)) === 0) return lastOwner();
      await deleteMembership(tx, member.id);
      await appendEvents(tx, {
        streamId: streamId('membership', member.id),
        events: [{ type: 'identity.member-removed.v1', data: { membershipId, accountId: member.accountId } }],
      });
      await revokeTokensOf(tx, member.accountId, { sessions: 'member-removed' });
      return accept({ membershipId });
    },
  );
}
