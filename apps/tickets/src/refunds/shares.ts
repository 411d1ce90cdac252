import type { Transaction } from '@marquee/postgres';
import type { Share } from '../orders/order-parts.ts';

/** What of a refund falls to a part of its order, as its row keeps it. */
export type StoredShare = {
  readonly holdId: string;
  readonly occurrenceId: string;
  readonly amountMinor: string;
};

/** What nothing of the refund falls to is not told of; where there is nothing to share, the first part tells. */
export function sharesOf(shares: readonly Share[]): readonly Share[] {
  const some = shares.filter(({ amount }) => amount.amountMinor > 0n);
  return some.length > 0 ? some : shares.slice(0, 1);
}

export function storedShares(shares: readonly Share[]): StoredShare[] {
  return shares.map(({ part, amount }) => ({
    holdId: part.holdId,
    occurrenceId: part.occurrenceId,
    amountMinor: `${amount.amountMinor}`,
  }));
}

/** What has gone back of each part cannot go back again. */
export async function takeFromParts(tx: Transaction, shares: readonly Share[]): Promise<void> {
  await tx.execute(
    `update order_part p set refunded_minor = p.refunded_minor + s."amountMinor"
     from jsonb_to_recordset($1) as s("holdId" uuid, "amountMinor" bigint) where p.hold_id = s."holdId"`,
    [JSON.stringify(storedShares(shares))],
  );
}
