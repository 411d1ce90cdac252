import { accept, refuse, type Money, type Outcome } from '@marquee/kernel';
import type { Order, OrderStatus } from '../orders/order.ts';

export type PaymentStatus =
  'CREATED' | 'PENDING' | 'AUTHORIZED' | 'CONFIRMED' | 'FAILED' | 'CANCELLED' | 'CHARGED_BACK';

export type Payment = {
  readonly id: string;
  readonly orderId: string;
  readonly provider: string;
  readonly status: PaymentStatus;
  readonly amount: Money;
  readonly failureReason: string | null;
  readonly createdAt: Date;
};

export type PaymentDeclined = { readonly kind: 'PaymentDeclined'; readonly message: string };
export type PaymentPending = { readonly kind: 'PaymentPending'; readonly message: string };
export type OrderExpired = { readonly kind: 'OrderExpired'; readonly message: string };
export type OrderNotPayable = {
  readonly kind: 'OrderNotPayable';
  readonly message: string;
  readonly status: OrderStatus;
};

/** Whether a payment may be started for the order at this instant. */
export function judgePayable(order: Order, now: Date): Outcome<Order, OrderExpired | OrderNotPayable> {
  if (order.status === 'EXPIRED') return orderExpired();
  if (order.status !== 'PENDING_PAYMENT') {
    const message = order.paidAt ? 'The order is paid already.' : 'The order can no longer be paid.';
    return refuse({ kind: 'OrderNotPayable', message, status: order.status });
  }
  return order.expiresAt <= now ? orderExpired() : accept(order);
}

export function orderExpired(): { readonly ok: false; readonly refusal: OrderExpired } {
  return refuse({ kind: 'OrderExpired', message: 'The order has expired; nothing was charged.' });
}

export function paymentDeclined(reason: string | null): {
  readonly ok: false;
  readonly refusal: PaymentDeclined;
} {
  return refuse({ kind: 'PaymentDeclined', message: reason ?? 'The payment was declined.' });
}

export function paymentPending(): { readonly ok: false; readonly refusal: PaymentPending } {
  return refuse({
    kind: 'PaymentPending',
    message: 'The payment provider has not answered yet. The order is paid as soon as it says yes.',
  });
}

/**
 * What an approval leads to. `confirm`: the order's own claims are still there. `re-acquire`: the approval came late
 * and the places must be taken anew. `return`: there is nothing to sell any more, so the money goes back by itself.
 */
export type Settlement = 'confirm' | 're-acquire' | 'return';

export function settleApproval(order: Order, onSale: boolean): Settlement {
  if (!onSale) return 'return';
  if (order.status === 'PENDING_PAYMENT') return 'confirm';
  return order.status === 'EXPIRED' ? 're-acquire' : 'return';
}
