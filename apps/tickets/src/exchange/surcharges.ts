import type { Transaction } from '@marquee/postgres';

/** What was paid on top for a ticket by the order of an exchange, and is left of it. */
export type Surcharge = { readonly ticketId: string; readonly orderId: string; readonly leftMinor: bigint };

const surcharges = `
  select e.ticket_id, e.order_id, o.paid_minor - o.charged_back_minor - o.refunded_minor as left_minor
  from exchange_order e
  join ticket_order o on o.id = e.order_id and o.status in ('PAID', 'PARTIALLY_REFUNDED')
  join ticket t on t.id = e.ticket_id`;

type Row = { readonly ticket_id: string; readonly order_id: string; readonly left_minor: string };
const read = (row: Row): Surcharge => ({
  ticketId: row.ticket_id,
  orderId: row.order_id,
  leftMinor: BigInt(row.left_minor),
});

/** Of the order's tickets, at one occurrence where told; of each the newest first. */
export async function findSurcharges(
  tx: Transaction,
  orderId: string,
  occurrenceId: string | null = null,
): Promise<Surcharge[]> {
  const rows = await tx.rows<Row>(
    `${surcharges} where t.order_id = $1 and ($2::uuid is null or t.occurrence_id = $2)
     order by e.ticket_id, e.place desc`,
    [orderId, occurrenceId],
  );
  return rows.map(read);
}

/**
 * The ticket that has its place by this order, which is paid; null where the order exchanged none, or the ticket is
 * cancelled. One that is revoked by a dispute may come back.
 */
export async function ticketPaidOnTop(tx: Transaction, orderId: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(
    `select t.id from exchange_order e join ticket t on t.id = e.ticket_id
     where e.order_id = $1 and t.status <> 'CANCELLED'`,
    [orderId],
  );
  return row?.id ?? null;
}

/** Of so much, what each of them has, in their sequence; those that nothing falls to are left out. */
export function takeFrom(surcharges: readonly Surcharge[], amountMinor: bigint): Surcharge[] {
  let left = amountMinor;
  return surcharges.flatMap((each) => {
    const leftMinor = each.leftMinor < left ? each.leftMinor : left;
    left -= leftMinor;
    return leftMinor > 0n ? [{ ...each, leftMinor }] : [];
  });
}

export const sumOfSurcharges = (surcharges: readonly Surcharge[]) =>
  surcharges.reduce((sum, { leftMinor }) => sum + leftMinor, 0n);
