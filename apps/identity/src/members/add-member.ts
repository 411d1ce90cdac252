import { appendEvents, streamId } from '@marquee/event-log';
import type { Transaction } from '@marquee/postgres';
import { insertMembership } from './member-rows.ts';
import type { Membership, Rights } from './membership.ts';

/** Makes an account a member of the transaction's organisation; null where it is one already. */
export async function addMember(
  tx: Transaction,
  member: Rights & { readonly accountId: string },
  invitationId: string | null,
): Promise<Membership | null> {
  const made = await insertMembership(tx, member);
  if (!made) return null;
  await appendEvents(tx, {
    streamId: streamId('membership', made.id),
    expectedVersion: 'none',
    events: [{ type: 'identity.member-joined.v1', data: { ...factsOf(made), invitationId } }],
  });
  return made;
}

/** A member as events tell of it. */
export function factsOf({ id, accountId, role, scopes, eventIds }: Membership) {
  return {
    membershipId: id,
    accountId,
    role,
    scopes: scopes && [...scopes],
    eventIds: eventIds && [...eventIds],
  };
}
