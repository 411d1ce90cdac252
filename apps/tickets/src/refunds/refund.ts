import {
  accept,
  invalid,
  refuse,
  subtractMoney,
  type InvalidInput,
  type Money,
  type Outcome,
} from '@marquee/kernel';
import type { Order } from '../orders/order.ts';

export type RefundStatus = 'CREATED' | 'TRANSIT' | 'DONE' | 'FAILED' | 'EXTERNAL';

export type Refund = {
  readonly id: string;
  readonly orderId: string;
  readonly status: RefundStatus;
  readonly amount: Money;
  readonly reason: string | null;
  readonly createdAt: Date;
  /** Of chosen tickets: which, and what of their price the cancellation policy kept. */
  readonly ticketIds: readonly string[];
  readonly kept: Money;
  readonly paymentId: string | null;
  /** What the provider, or whoever gave it back by hand, calls it. */
  readonly reference: string | null;
};

export type RefundExceedsPayments = {
  readonly kind: 'RefundExceedsPayments';
  readonly message: string;
  readonly refundable: Money;
};

export type RefundPlan = { readonly amount: Money; readonly status: 'PARTIALLY_REFUNDED' | 'REFUNDED' };

/** What is paid and not yet given back or on its way back. */
export function refundable(order: Order): Money {
  return subtractMoney(order.paid, order.refunded);
}

/** Whether anything of the order can go back at all. */
export function judgeRefundable(order: Order): Outcome<true, RefundExceedsPayments> {
  return order.status === 'PAID' || order.status === 'PARTIALLY_REFUNDED'
    ? accept(true)
    : refundExceeds({ amountMinor: 0n, currency: order.total.currency });
}

/** Judges a refund of `amount`, or of everything that is left. Refunds never exceed confirmed payments. */
export function planRefund(
  order: Order,
  amount: Money | null,
): Outcome<RefundPlan, RefundExceedsPayments | InvalidInput> {
  const left = refundable(order);
  const inCurrency = judgeAmount(order, amount);
  if (!inCurrency.ok) return inCurrency;
  const open = judgeRefundable(order);
  if (!open.ok) return open;
  const wanted = amount ?? left;
  if (wanted.amountMinor > left.amountMinor) return refundExceeds(left);
  return accept({
    amount: wanted,
    status: wanted.amountMinor === left.amountMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED',
  });
}

/** Whether an amount that someone gave is one of this order. */
export function judgeAmount(order: Order, amount: Money | null): Outcome<true, InvalidInput> {
  if (amount && amount.currency !== order.total.currency)
    return invalid('amount.currency', `must be ${order.total.currency}, in which the order was paid`);
  if (amount && amount.amountMinor <= 0n) return invalid('amount.amountMinor', 'must be at least 1');
  return accept(true);
}

export function refundExceeds(left: Money): { readonly ok: false; readonly refusal: RefundExceedsPayments } {
  const message =
    left.amountMinor === 0n ? 'Nothing is left to refund.' : 'That is more than is left to refund.';
  return refuse({ kind: 'RefundExceedsPayments', message, refundable: left });
}
