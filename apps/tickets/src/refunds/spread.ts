import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Share } from '../orders/order-parts.ts';

/** What a payment confirmed and neither refunds nor its payer's bank took back yet. */
export type PaymentLeft = { readonly id: string; readonly leftMinor: bigint };

/** One refund of one payment. */
export type Spread = { readonly paymentId: string | null; readonly shares: readonly Share[] };

const sumOf = (shares: readonly Share[]) => shares.reduce((sum, { amount }) => sum + amount.amountMinor, 0n);

/**
 * A refund over the payments that it goes back to, in their sequence, none giving back more than it has: what falls to
 * the parts of the order stays as it is, cut where one payment ends. Nothing to give back is one refund of nothing.
 */
export function spreadOver(payments: readonly PaymentLeft[], shares: readonly Share[]): Spread[] {
  const whole = sumOf(shares);
  if (whole === 0n) return [{ paymentId: payments[0]?.id ?? null, shares }];
  const spread: Spread[] = [];
  let open = shares.filter(({ amount }) => amount.amountMinor > 0n);
  for (const { id, leftMinor } of payments) {
    const { taken, rest } = cut(open, leftMinor);
    if (taken.length > 0) spread.push({ paymentId: id, shares: taken });
    open = rest;
  }
  assert(open.length === 0, 'the payments of an order have what is left to refund of it');
  return spread;
}

function cut(
  shares: readonly Share[],
  atMinor: bigint,
): { readonly taken: readonly Share[]; readonly rest: Share[] } {
  const taken: Share[] = [];
  const rest: Share[] = [];
  let left = atMinor;
  for (const share of shares) {
    const { amountMinor, currency } = share.amount;
    const fits = amountMinor < left ? amountMinor : left;
    if (fits > 0n) taken.push({ ...share, amount: { amountMinor: fits, currency } });
    if (fits < amountMinor) rest.push({ ...share, amount: { amountMinor: amountMinor - fits, currency } });
    left -= fits;
  }
  return { taken, rest };
}

/** For an order that this transaction has locked: its payments, newest first, with what is left of each. */
export async function findPaymentsLeft(tx: Transaction, orderId: string): Promise<PaymentLeft[]> {
  const rows = await tx.rows<{ id: string; left_minor: string }>(
    `select p.id, greatest(0, p.amount_minor
       - (select coalesce(sum(r.amount_minor), 0) from refund r where r.payment_id = p.id and r.status <> 'FAILED')
       - (select coalesce(sum(d.amount_minor), 0) from payment_dispute d where d.payment_id = p.id
          and d.status <> 'WON')) as left_minor
     from payment p where p.order_id = $1 and p.status in ('CONFIRMED', 'CHARGED_BACK')
     order by p.created_at desc, p.id desc`,
    [orderId],
  );
  return rows.map((row) => ({ id: row.id, leftMinor: BigInt(row.left_minor) }));
}
