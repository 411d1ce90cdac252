import type { Money } from '@marquee/kernel';
import type { Counter, Metrics } from '@marquee/telemetry';
import type { SalesChange } from './change.ts';

/**
 * What the platform sells, over all organisations: each counted event adds to it once it is committed, in the one process
 * that counts. What an event takes back is a counter of its own, since a counter only grows.
 */
export function measureSales(metrics: Metrics): (type: string, change: SalesChange) => void {
  const sold = metrics.counter('marquee_tickets_sold_total', 'Tickets of paid orders');
  const cancelled = metrics.counter('marquee_tickets_cancelled_total', 'Tickets that admit nobody any more');
  const expired = metrics.counter('marquee_holds_expired_total', 'Holds that ended unused');
  const revenue = metrics.counter('marquee_revenue_minor_total', 'Paid, in minor units of its currency');
  const refunds = metrics.counter('marquee_refunds_minor_total', 'Refunded or charged back, in minor units');
  // A rate can be told from the first sale on.
  for (const counter of [sold, cancelled, expired]) counter.add(0);
  return (type, change) => {
    if (change.sold > 0) sold.add(change.sold);
    if (change.cancelled > 0) cancelled.add(change.cancelled);
    if (type === 'tickets.hold-expired.v1') expired.add(1);
    addMoney(revenue, change.paid);
    addMoney(refunds, change.refunded);
  };
}

function addMoney(counter: Counter, money: Money | null): void {
  if (money && money.amountMinor > 0n) counter.add(Number(money.amountMinor), { currency: money.currency });
}
