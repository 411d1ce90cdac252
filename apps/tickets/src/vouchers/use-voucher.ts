import { accept, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { isUsedUp, voucherNotUsable, type Voucher, type VoucherNotUsable } from './voucher.ts';
import { lockVoucher } from './voucher-rows.ts';

/**
 * The voucher, locked, with a use left for this guest. Uses of orders that ended unpaid are taken back where they are
 * needed; nobody waits for a sweeper.
 */
export async function lockUsableVoucher(
  tx: Transaction,
  voucherId: string,
  guestId: string,
): Promise<Outcome<Voucher, VoucherNotUsable>> {
  let voucher = await lockVoucher(tx, voucherId);
  if (!voucher) return voucherNotUsable('NOT_VALID_NOW');
  const byGuest = () => countUses(tx, voucherId, guestId);
  const guestIsDone = async (max: number | null) => max !== null && (await byGuest()) >= max;
  if (isUsedUp(voucher) || (await guestIsDone(voucher.maxUsesPerGuest))) {
    await releaseDeadUses(tx, voucherId);
    voucher = (await lockVoucher(tx, voucherId)) ?? voucher;
  }
  if (isUsedUp(voucher)) return voucherNotUsable('USED_UP');
  if (await guestIsDone(voucher.maxUsesPerGuest)) return voucherNotUsable('USED_BY_GUEST');
  return accept(voucher);
}

async function countUses(tx: Transaction, voucherId: string, guestId: string): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    `select count(*)::integer as count from voucher_use
     where voucher_id = $1 and guest_id = $2 and released_at is null`,
    [voucherId, guestId],
  );
  return row?.count ?? 0;
}

/** Under the voucher's lock: an order that revives takes it too (`reviveUse`), so none is released and revived at once. */
async function releaseDeadUses(tx: Transaction, voucherId: string): Promise<void> {
  await tx.execute(
    `with dead as (
       update voucher_use u set released_at = now() from ticket_order o
       where u.voucher_id = $1 and u.released_at is null and o.id = u.order_id and o.status in ('EXPIRED', 'CANCELLED')
       returning u.discount_minor)
     update voucher set uses = uses - (select count(*) from dead),
       spent_minor = spent_minor - (select coalesce(sum(discount_minor), 0) from dead)
     where id = $1`,
    [voucherId],
  );
}

/** For a voucher that this transaction has locked and found usable. */
export async function recordUse(
  tx: Transaction,
  use: {
    readonly voucherId: string;
    readonly orderId: string;
    readonly guestId: string;
    readonly discountMinor: bigint;
  },
): Promise<void> {
  await tx.execute(
    `with used as (
       update voucher set uses = uses + 1, spent_minor = spent_minor + $5 where id = $2 returning id)
     insert into voucher_use (organisation_id, voucher_id, order_id, guest_id, discount_minor)
     select $1, id, $3, $4, $5 from used`,
    [tx.organisationId, use.voucherId, use.orderId, use.guestId, `${use.discountMinor}`],
  );
}

/** For an expired order that was paid after all: its use counts again. False where others have used the voucher up. */
export async function reviveUse(tx: Transaction, orderId: string): Promise<boolean> {
  const [use] = await tx.rows<{ voucher_id: string; guest_id: string }>(
    'select voucher_id, guest_id from voucher_use where order_id = $1',
    [orderId],
  );
  if (!use) return true;
  const usable = await lockUsableVoucher(tx, use.voucher_id, use.guest_id);
  // Read under the lock: only now is it certain whether someone took it back.
  const [now] = await tx.rows<{ released: boolean; fits: boolean }>(
    `select u.released_at is not null as released,
       v.budget_minor is null or v.spent_minor + u.discount_minor <= v.budget_minor as fits
     from voucher_use u join voucher v on v.id = u.voucher_id where u.order_id = $1`,
    [orderId],
  );
  if (!now?.released) return true;
  if (!usable.ok || !now.fits) return false;
  await tx.execute(
    `with revived as (
       update voucher_use set released_at = null where order_id = $1 returning voucher_id, discount_minor)
     update voucher v set uses = v.uses + 1, spent_minor = v.spent_minor + revived.discount_minor
     from revived where v.id = revived.voucher_id`,
    [orderId],
  );
  return true;
}

/** Occurrences of orders that are overdue and still keep a use of the voucher: once they are expired it is free again. */
export async function overdueOccurrences(tx: Transaction, voucherId: string): Promise<string[]> {
  const rows = await tx.rows<{ occurrence_id: string }>(
    `select distinct o.occurrence_id from voucher_use u join ticket_order o on o.id = u.order_id
     where u.voucher_id = $1 and u.released_at is null and o.expires_at <= now()
       and o.status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') limit 50`,
    [voucherId],
  );
  return rows.map((row) => row.occurrence_id);
}
