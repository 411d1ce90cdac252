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

/** Judges a refund of `amount`, or of everything that is left. Refunds never exceed confirmed payments. */
export function planRefund(
  order: Order,
  amount: Money | null,
): Outcome<RefundPlan, RefundExceedsPayments | InvalidInput> {
  const left = refundable(order);
  if (amount && amount.currency !== order.total.currency) {
    return invalid('amount.currency', `must be ${order.total.currency}, in which the order was paid`);
  }
  if (amount && amount.amountMinor <= 0n) return invalid('amount.amountMinor', 'must be at least 1');
  const wanted = amount ?? left;
  const refundableNow = order.status === 'PAID' || order.status === 'PARTIALLY_REFUNDED';
  if (!refundableNow) return exceeds({ amountMinor: 0n, currency: left.currency });
  if (wanted.amountMinor > left.amountMinor) return exceeds(left);
  return accept({
    amount: wanted,
    status: wanted.amountMinor === left.amountMinor ? 'REFUNDED' : 'PARTIALLY_REFUNDED',
  });
}

function exceeds(left: Money): { readonly ok: false; readonly refusal: RefundExceedsPayments } {
  const message =
    left.amountMinor === 0n ? 'Nothing is left to refund.' : 'That is more than is left to refund.';
  return refuse({ kind: 'RefundExceedsPayments', message, refundable: left });
}
