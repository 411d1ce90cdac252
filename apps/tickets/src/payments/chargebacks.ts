import type { NewEvent } from '@marquee/contracts';
import { splitMoney, type Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { findParts, type OrderPart } from '../orders/order-parts.ts';
import type { Order } from '../orders/order.ts';

/**
 * For an order that this transaction has locked: counts anew what banks have taken back of its payments, never more
 * than was paid and not given back by ourselves. Made from the disputes' rows alone, so that the order in which
 * refunds and disputes were heard changes nothing. Answers the event of the difference, if there is one.
 */
export async function countChargebacks(
  tx: Transaction,
  order: Pick<Order, 'id' | 'occurrenceId' | 'total' | 'paidAt'>,
  /** What was counted before this transaction changed it. */
  beforeMinor?: string,
): Promise<NewEvent[]> {
  const [row] = await tx.rows<{ before: string; after: string }>(
    `with before as (select charged_back_minor as minor from ticket_order where id = $1),
     disputed as (
       select least(p.amount_minor, sum(d.amount_minor)) as minor
       from payment p join payment_dispute d on d.payment_id = p.id
       where p.order_id = $1 and d.status <> 'WON' group by p.id, p.amount_minor)
     update ticket_order o
     set charged_back_minor =
       greatest(0, least((select coalesce(sum(minor), 0) from disputed), o.paid_minor - o.refunded_minor))
     where o.id = $1
     returning (select minor from before) as before, charged_back_minor as after`,
    [order.id],
  );
  const before = BigInt(beforeMinor ?? row?.before ?? 0);
  const after = BigInt(row?.after ?? 0);
  // An order that was never paid brought no revenue that could go.
  if (before === after || order.paidAt === null) return [];
  return eventsOf(order, await findParts(tx, [order.id]), before, after);
}

/** Told once for each part: what of the old sum fell to it against what of the new one does, so that all of it returns. */
function eventsOf(
  order: Pick<Order, 'id' | 'total'>,
  parts: readonly OrderPart[],
  before: bigint,
  after: bigint,
): NewEvent[] {
  const { currency } = order.total;
  const split = (amountMinor: bigint) => sharesByTotal(parts, { amountMinor, currency });
  const [old, now] = [split(before), split(after)];
  return parts.flatMap(({ occurrenceId }, place) => {
    const difference = now[place]!.amountMinor - old[place]!.amountMinor;
    if (difference === 0n) return [];
    const amount = { amountMinor: `${difference < 0n ? -difference : difference}`, currency };
    const data = { orderId: order.id, occurrenceId, amount };
    return [
      difference > 0n
        ? { type: 'tickets.order-charged-back.v1' as const, data }
        : { type: 'tickets.chargeback-reversed.v1' as const, data },
    ];
  });
}

function sharesByTotal(parts: readonly OrderPart[], sum: Money): Money[] {
  return splitMoney(
    sum,
    parts.map(({ total }) => Number(total.amountMinor)),
  );
}
