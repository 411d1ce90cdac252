import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import {
  claimSeats,
  ensureBuckets,
  moveBuckets,
  reclaimExpired,
  type QuotaChange,
} from '../inventory/capacity.ts';
import { occurrencesOf } from '../orders/order-parts.ts';
import type { Order, OrderLine } from '../orders/order.ts';
import { areStillThere } from '../seating/taken-seats.ts';

/** Whether the map still has every chosen seat. */
export async function seatsAreStillThere(tx: Transaction, lines: readonly OrderLine[]): Promise<boolean> {
  for (const line of lines) {
    if (!(await areStillThere(tx, line.occurrenceId, line.seatIds))) return false;
  }
  return true;
}

/** All chosen seats for good, whatever of them was lost meanwhile and is free again; false where someone has one. */
async function claimAllSeats(tx: Transaction, order: Order, lines: readonly OrderLine[]): Promise<boolean> {
  for (const occurrenceId of occurrencesOf(lines)) {
    const seatIds = lines.flatMap((line) => (line.occurrenceId === occurrenceId ? line.seatIds : []));
    const taken = await claimSeats(tx, { occurrenceId, ownerId: order.id, seatIds, expiresAt: null });
    if (taken.length > 0) return false;
  }
  return true;
}

/** Held becomes sold. False where a seat was lost after expiry and cannot be had. */
export async function takeOwnClaims(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
  passed: readonly QuotaChange[],
): Promise<boolean> {
  // Also takes seats back that are nobody's: the order's own claims may have expired without being touched.
  if (!(await claimAllSeats(tx, order, lines))) return false;
  const quotas = await tx.rows<ClaimRow>(
    'update quota_claim set expires_at = null where owner_id = $1 returning quota_id, occurrence_id, quantity',
    [order.id],
  );
  assert(quotas.length > 0, 'an order that waits for its payment has claims');
  const sold = quotas.map(({ quota_id: quotaId, occurrence_id: occurrenceId, quantity }) => ({
    quotaId,
    occurrenceId,
    held: -quantity,
    sold: quantity,
  }));
  const short = await moveBuckets(tx, order.occurrenceId, [...passed, ...sold]);
  assert(!short, 'moving from held to sold takes nothing');
  return true;
}

type ClaimRow = { readonly quota_id: string; readonly occurrence_id: string; readonly quantity: number };

/**
 * The approval came after the order had expired: its places are taken anew, as anyone's would be. False where something
 * of them cannot be had.
 */
export async function reacquire(
  tx: Transaction,
  order: Order,
  lines: readonly OrderLine[],
  passed: readonly QuotaChange[],
): Promise<boolean> {
  const reclaimed: QuotaChange[] = [...passed];
  for (const occurrenceId of occurrencesOf(lines)) {
    const { changes } = await reclaimExpired(tx, occurrenceId, { wait: false });
    reclaimed.push(...changes);
  }
  if (!(await claimAllSeats(tx, order, lines))) return false;
  const quotas = await tx.rows<ClaimRow>(
    `insert into quota_claim (organisation_id, owner_id, quota_id, occurrence_id, quantity, expires_at)
     select $1, $2, tq.quota_id, l.occurrence_id, sum(l.quantity), null
     from order_line l join ticket_type_quota tq on tq.ticket_type_id = l.ticket_type_id
     where l.order_id = $2 group by tq.quota_id, l.occurrence_id returning quota_id, occurrence_id, quantity`,
    [tx.organisationId, order.id],
  );
  for (const [occurrenceId, own] of Map.groupBy(quotas, (row) => row.occurrence_id)) {
    await ensureBuckets(
      tx,
      occurrenceId,
      own.map((row) => row.quota_id),
    );
  }
  const wanted = quotas.map(({ quota_id: quotaId, occurrence_id: occurrenceId, quantity }) => ({
    quotaId,
    occurrenceId,
    held: 0,
    sold: quantity,
  }));
  return !(await moveBuckets(tx, order.occurrenceId, [...reclaimed, ...wanted]));
}
