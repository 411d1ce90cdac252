import type { Transaction } from '@marquee/postgres';

/**
 * Gives an owner that this transaction has locked and found live more time for its claims. Answers how many seats it
 * has: fewer than it should have where someone took one over in the moment in which it expired; then the caller must
 * roll back.
 */
export async function extendClaims(tx: Transaction, ownerId: string, expiresAt: Date): Promise<number> {
  const seats = await tx.execute(
    `update seat_claim set expires_at = $2 where owner_id = $1 and (occurrence_id, seat_id) in (
       select occurrence_id, seat_id from seat_claim where owner_id = $1 order by occurrence_id, seat_id for update)`,
    [ownerId, expiresAt],
  );
  await tx.execute('update quota_claim set expires_at = $2 where owner_id = $1', [ownerId, expiresAt]);
  return seats;
}
