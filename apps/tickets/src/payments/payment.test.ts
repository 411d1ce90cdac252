import { describe, expect, test } from '@jest/globals';
import type { Order } from '../orders/order.ts';
import { judgePayable, paymentDeclined, settleApproval } from './payment.ts';

const now = new Date('2027-03-20T18:00:00Z');
const amount = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const order: Order = {
  id: 'o',
  number: 'N',
  holdId: 'h',
  occurrenceId: 'c',
  guestId: 'g',
  placedBy: 'someone',
  status: 'PENDING_PAYMENT',
  quantity: 1,
  total: amount(5000n),
  paid: amount(0n),
  refunded: amount(0n),
  expiresAt: new Date(now.getTime() + 1),
  createdAt: now,
  paidAt: null,
};

describe('paying', () => {
  test('is possible until the order expires', () => {
    expect(judgePayable(order, now).ok).toBe(true);
    expect(judgePayable({ ...order, expiresAt: now }, now)).toMatchObject({
      refusal: { kind: 'OrderExpired' },
    });
    expect(judgePayable({ ...order, status: 'EXPIRED' }, now)).toMatchObject({
      refusal: { kind: 'OrderExpired' },
    });
  });

  test('is not possible twice, nor for what was cancelled', () => {
    expect(judgePayable({ ...order, status: 'PAID', paidAt: now }, now)).toMatchObject({
      refusal: { kind: 'OrderNotPayable', status: 'PAID', message: 'The order is paid already.' },
    });
    expect(judgePayable({ ...order, status: 'CANCELLED' }, now)).toMatchObject({
      refusal: { kind: 'OrderNotPayable', status: 'CANCELLED' },
    });
  });

  test('that is declined says why', () => {
    expect(paymentDeclined('No money.').refusal.message).toBe('No money.');
    expect(paymentDeclined(null).refusal.message).toBe('The payment was declined.');
  });
});

describe('an approval', () => {
  test.each([
    ['PENDING_PAYMENT', true, 'confirm'],
    ['EXPIRED', true, 're-acquire'],
    ['CANCELLED', true, 'return'],
    ['PAID', true, 'return'],
    ['PENDING_PAYMENT', false, 'return'],
  ] as const)('for an order that is %s and on sale: %s leads to: %s', (status, onSale, settlement) => {
    expect(settleApproval({ ...order, status }, onSale)).toBe(settlement);
  });
});
