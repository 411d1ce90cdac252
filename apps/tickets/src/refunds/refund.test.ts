import { describe, expect, test } from '@jest/globals';
import type { Order } from '../orders/order.ts';
import { planRefund, refundable } from './refund.ts';

const amount = (amountMinor: bigint, currency = 'EUR') => ({ amountMinor, currency });
const now = new Date('2027-03-20T18:00:00Z');
const paid: Order = {
  id: 'o',
  number: 'N',
  holdId: 'h',
  occurrenceId: 'c',
  guestId: 'g',
  placedBy: 'someone',
  status: 'PAID',
  quantity: 1,
  total: amount(5000n),
  paid: amount(5000n),
  refunded: amount(2000n),
  expiresAt: now,
  createdAt: now,
  paidAt: now,
};

describe('a refund', () => {
  test('without an amount gives back everything that is left', () => {
    expect(planRefund(paid, null)).toEqual({
      ok: true,
      value: { amount: amount(3000n), status: 'REFUNDED' },
    });
  });

  test('of a part leaves the order partially refunded', () => {
    expect(planRefund(paid, amount(2999n))).toMatchObject({
      ok: true,
      value: { status: 'PARTIALLY_REFUNDED' },
    });
  });

  test('never exceeds what was paid and is not given back yet', () => {
    expect(planRefund(paid, amount(3001n))).toMatchObject({
      refusal: { kind: 'RefundExceedsPayments', refundable: amount(3000n) },
    });
  });

  test.each(['PENDING_PAYMENT', 'REFUNDED', 'EXPIRED'] as const)(
    'is not for an order that is %s',
    (status) => {
      expect(planRefund({ ...paid, status }, null)).toMatchObject({
        refusal: { kind: 'RefundExceedsPayments', refundable: amount(0n) },
      });
    },
  );

  test('is in the currency of the order and above zero', () => {
    expect(planRefund(paid, amount(1n, 'USD'))).toMatchObject({ refusal: { field: 'amount.currency' } });
    expect(planRefund(paid, amount(0n))).toMatchObject({ refusal: { field: 'amount.amountMinor' } });
  });

  test('counts what is on its way as given back', () => {
    expect(refundable(paid)).toEqual(amount(3000n));
  });
});
