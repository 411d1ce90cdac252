import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Invitation } from './invitation.ts';

const columns = `id, email, role, scopes, event_ids as "eventIds", created_at as "createdAt",
  expires_at as "expiresAt", accepted_at as "acceptedAt", revoked_at as "revokedAt"`;

export async function invitationsById(tx: Transaction, ids: readonly string[]): Promise<Invitation[]> {
  return tx.rows<Invitation>(`select ${columns} from invitation where id = any($1::uuid[])`, [ids]);
}

export async function invitationsPage(tx: Transaction, { first, after }: KeysetPage): Promise<Invitation[]> {
  const [createdAt, id] = after ?? [null, null];
  return tx.rows<Invitation>(
    `select ${columns} from invitation
      where $1::timestamptz is null or (created_at, id) < ($1, $2::uuid)
      order by created_at desc, id desc limit $3`,
    [createdAt, id, first + 1],
  );
}

export async function insertInvitation(
  tx: Transaction,
  invitation: Pick<Invitation, 'id' | 'email' | 'role' | 'scopes' | 'eventIds' | 'expiresAt'> & {
    readonly digest: Buffer;
    readonly invitedBy: string;
  },
): Promise<void> {
  await tx.execute(
    `insert into invitation (organisation_id, id, email, role, scopes, event_ids, digest, invited_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      tx.organisationId,
      invitation.id,
      invitation.email,
      invitation.role,
      invitation.scopes && [...invitation.scopes],
      invitation.eventIds && [...invitation.eventIds],
      invitation.digest,
      invitation.invitedBy,
      invitation.expiresAt,
    ],
  );
}

/** In the system scope: who holds the token need not be in the organisation yet. Locked until the transaction ends. */
export async function lockByDigest(
  tx: Transaction,
  digest: Buffer,
): Promise<(Invitation & { readonly organisationId: string }) | null> {
  return findByDigest(tx, digest, 'for update');
}

/** In the system scope, as it is now. */
export async function findByDigest(
  tx: Transaction,
  digest: Buffer,
  lock: 'for update' | '' = '',
): Promise<(Invitation & { readonly organisationId: string }) | null> {
  const [invitation] = await tx.rows<Invitation & { organisationId: string }>(
    `select ${columns}, organisation_id as "organisationId" from invitation where digest = $1 ${lock}`,
    [digest],
  );
  return invitation ?? null;
}

/** Whether this closed it: an invitation that is accepted, revoked or over stays what it is. */
export async function closeInvitation(
  tx: Transaction,
  id: string,
  as: 'accepted' | 'revoked',
): Promise<boolean> {
  const changed = await tx.execute(
    `update invitation set ${as}_at = now()
      where id = $1 and accepted_at is null and revoked_at is null and expires_at > now()`,
    [id],
  );
  return changed === 1;
}
