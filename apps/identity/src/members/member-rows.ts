import { newUuid } from '@marquee/kernel';
import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Membership, Rights } from './membership.ts';

const columns = `id, organisation_id as "organisationId", account_id as "accountId", role, scopes,
  event_ids as "eventIds", joined_at as "joinedAt"`;

export async function membershipsById(tx: Transaction, ids: readonly string[]): Promise<Membership[]> {
  return tx.rows<Membership>(`select ${columns} from membership where id = any($1::uuid[])`, [ids]);
}

export async function membershipsPage(tx: Transaction, { first, after }: KeysetPage): Promise<Membership[]> {
  const [joinedAt, id] = after ?? [null, null];
  return tx.rows<Membership>(
    `select ${columns} from membership
      where $1::timestamptz is null or (joined_at, id) > ($1, $2::uuid)
      order by joined_at, id limit $3`,
    [joinedAt, id, first + 1],
  );
}

/** What somebody is in this transaction's organisation; in the system scope, in each of its organisations. */
export async function membershipsOf(tx: Transaction, accountId: string): Promise<Membership[]> {
  return tx.rows<Membership>(
    `select ${columns} from membership where account_id = $1 order by joined_at, id`,
    [accountId],
  );
}

/** Null where the account is a member already. */
export async function insertMembership(
  tx: Transaction,
  member: Rights & { readonly accountId: string },
): Promise<Membership | null> {
  const [made] = await tx.rows<Membership>(
    `insert into membership (organisation_id, id, account_id, role, scopes, event_ids)
     values ($1, $2, $3, $4, $5, $6)
     on conflict on constraint membership_account do nothing returning ${columns}`,
    [
      tx.organisationId,
      newUuid(),
      member.accountId,
      member.role,
      member.scopes && [...member.scopes],
      member.eventIds && [...member.eventIds],
    ],
  );
  return made ?? null;
}

export async function updateMembership(
  tx: Transaction,
  { id, role, scopes, eventIds }: Membership,
): Promise<void> {
  await tx.execute('update membership set role = $2, scopes = $3, event_ids = $4 where id = $1', [
    id,
    role,
    scopes && [...scopes],
    eventIds && [...eventIds],
  ]);
}

export async function deleteMembership(tx: Transaction, id: string): Promise<void> {
  await tx.execute('delete from membership where id = $1', [id]);
}

/** Owners who may do all that an owner may, other than this member. The caller holds the organisation's lock. */
export async function countOtherOwners(tx: Transaction, membershipId: string): Promise<number> {
  const [row] = await tx.rows<{ owners: string }>(
    `select count(*) as owners from membership
      where role = 'OWNER' and scopes is null and event_ids is null and id <> $1`,
    [membershipId],
  );
  return Number(row!.owners);
}
