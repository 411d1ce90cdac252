import { assert, type Money } from '@marquee/kernel';

/** A tax rate as it was when the order was placed. */
export type TaxRateFacts = {
  readonly id: string;
  readonly name: string;
  readonly rateBp: number;
  readonly inclusive: boolean;
};

export type OrderStatus =
  | 'DRAFT'
  | 'PENDING_APPROVAL'
  | 'PENDING_PAYMENT'
  | 'PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'EXPIRED'
  | 'CANCELLED';

export type GuestName = { readonly id: string; readonly name: string };

export type Order = {
  readonly id: string;
  readonly number: string;
  /** The first of its cart; each hold is a part of the order. */
  readonly holdId: string;
  /** Of the first hold; lines and tickets have their own. */
  readonly occurrenceId: string;
  readonly guestId: string;
  readonly placedBy: string;
  readonly status: OrderStatus;
  readonly quantity: number;
  readonly total: Money;
  readonly paid: Money;
  readonly refunded: Money;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
};

/** An order as it is read: now, or as it stood at `asOf`. */
export type OrderView = Order & { readonly asOf: Date | null };

export type OrderLine = {
  readonly id: string;
  readonly orderId: string;
  readonly holdId: string;
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly seatIds: readonly string[];
  /** What was taken off all of it. */
  readonly discount: Money;
  /** Of all of it, without the tax; net and tax are what it costs. */
  readonly net: Money;
  readonly tax: Money;
  readonly taxRate: TaxRateFacts | null;
};

/** No 0/O, 1/I/L, U: read aloud and typed without a mistake. */
const numberAlphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `7F3KQ-9MXPA` from random bytes (at least 20): 30^10 numbers, so that guessing one is hopeless. */
export function orderNumber(random: Uint8Array): string {
  assert(random.length >= 20, 'an order number needs 20 random bytes');
  const letters = Array.from({ length: 10 }, (_, place) => {
    // Two bytes a letter: the bias of 65536 % 30 is beyond noticing.
    const value = random[2 * place]! * 256 + random[2 * place + 1]!;
    return numberAlphabet[value % numberAlphabet.length]!;
  });
  return `${letters.slice(0, 5).join('')}-${letters.slice(5).join('')}`;
}

/** What the log says of an order: enough to tell how it stood at any instant. */
export type OrderFact =
  | { readonly kind: 'placed'; readonly status?: OrderStatus }
  | { readonly kind: 'waits'; readonly status: OrderStatus; readonly until: Date }
  | { readonly kind: 'instalment-paid'; readonly amount: Money; readonly payBy: Date }
  | { readonly kind: 'paid'; readonly at: Date; readonly amount: Money }
  | { readonly kind: 'refunded'; readonly amount: Money; readonly status: 'PARTIALLY_REFUNDED' | 'REFUNDED' }
  | { readonly kind: 'refund-failed'; readonly amount: Money }
  | { readonly kind: 'expired' }
  | { readonly kind: 'cancelled' };

export type OrderState = {
  readonly status: OrderStatus;
  readonly paidAt: Date | null;
  readonly paidMinor: bigint;
  readonly refundedMinor: bigint;
  /** Until when it waits, where that was changed after it was placed. */
  readonly until?: Date;
};

const placed: OrderState = { status: 'PENDING_PAYMENT', paidAt: null, paidMinor: 0n, refundedMinor: 0n };

/** The order's state after these facts, oldest first; null where it was not placed yet. */
export function foldOrder(facts: readonly OrderFact[]): OrderState | null {
  return facts.reduce<OrderState | null>((state, fact) => applyFact(state, fact), null);
}

function applyFact(state: OrderState | null, fact: OrderFact): OrderState | null {
  if (fact.kind === 'placed') return { ...placed, status: fact.status ?? placed.status };
  if (!state) return null;
  switch (fact.kind) {
    case 'waits':
      return { ...state, status: fact.status, until: fact.until };
    case 'instalment-paid':
      return { ...state, paidMinor: state.paidMinor + fact.amount.amountMinor, until: fact.payBy };
    case 'paid':
      return {
        ...state,
        status: 'PAID',
        paidAt: fact.at,
        // Told part by part, all of it: what came in instalments is in that.
        paidMinor: (state.status === 'PAID' ? state.paidMinor : 0n) + fact.amount.amountMinor,
      };
    case 'refunded':
      return { ...state, status: fact.status, refundedMinor: state.refundedMinor + fact.amount.amountMinor };
    case 'refund-failed':
      return { ...state, refundedMinor: state.refundedMinor - fact.amount.amountMinor };
    case 'expired':
      return { ...state, status: 'EXPIRED' };
    case 'cancelled':
      return { ...state, status: 'CANCELLED' };
  }
}
