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
  /** The provider's name of it; null until it was started there: nothing can have been charged before. */
  readonly reference: string | null;
  /** Where its payer must agree, while the provider waits for that. */
  readonly actionUrl: string | null;
  readonly createdAt: Date;
};

/**
 * How far a payment has come, whatever was heard first: answers, webhooks and polls tell of the same thing in any order,
 * and the one that is further counts. Money outweighs a "no": a payment that we took for failed or gave up, and that
 * the provider has charged after all, is confirmed (and given back where its places are gone).
 */
const progress: Readonly<Record<PaymentStatus, number>> = {
  CREATED: 0,
  PENDING: 1,
  AUTHORIZED: 2,
  FAILED: 3,
  CANCELLED: 4,
  CONFIRMED: 5,
  // Only a dispute leads here, and only one that is won leads back.
  CHARGED_BACK: 6,
};

/** Whether a payment that is `from` becomes `to` by an answer, webhook or poll that says so. */
export function mayBecome(from: PaymentStatus, to: Exclude<PaymentStatus, 'CHARGED_BACK'>): boolean {
  return progress[to] > progress[from];
}

/** Whether its provider may still say more of it than of how it was taken back. */
export function isOpen({ status }: Pick<Payment, 'status'>): boolean {
  return progress[status] < progress.FAILED;
}

/** The payer's bank has the money of a payment with a dispute that is open or lost. */
export function statusUnderDisputes(disputes: readonly DisputeStatus[]): 'CONFIRMED' | 'CHARGED_BACK' {
  return disputes.some((status) => status !== 'WON') ? 'CHARGED_BACK' : 'CONFIRMED';
}

export type DisputeStatus = 'OPEN' | 'WON' | 'LOST';

/** What is known of a dispute after being told once more; an end stays, whenever its opening is heard. */
export function laterDispute(known: DisputeStatus | null, told: DisputeStatus): DisputeStatus {
  return known === null || known === 'OPEN' ? told : known;
}

export type PaymentDeclined = { readonly kind: 'PaymentDeclined'; readonly message: string };
export type PaymentPending = { readonly kind: 'PaymentPending'; readonly message: string };
export type PaymentActionRequired = {
  readonly kind: 'PaymentActionRequired';
  readonly message: string;
  readonly redirectUrl: string;
  readonly payment: Payment;
};
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

export function actionRequired(
  payment: Payment,
  redirectUrl: string,
): { readonly ok: false; readonly refusal: PaymentActionRequired } {
  const message = 'The bank wants you to agree to this payment. Go there, then come back.';
  return refuse({ kind: 'PaymentActionRequired', message, redirectUrl, payment });
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
