import { describe, expect, test } from '@jest/globals';
import { foldOrder, orderNumber, type OrderFact } from './order.ts';

const amount = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const at = new Date('2027-03-20T18:00:00Z');
const placed: OrderFact = { kind: 'placed' };
const paid: OrderFact = { kind: 'paid', at, amount: amount(5000n) };

describe('an order as its events tell it', () => {
  test('is nothing before it was placed', () => {
    expect(foldOrder([])).toBeNull();
    expect(foldOrder([paid])).toBeNull();
  });

  test.each<[OrderFact[], object]>([
    [[placed], { status: 'PENDING_PAYMENT', paidAt: null }],
    [[placed, { kind: 'expired' }], { status: 'EXPIRED' }],
    [[placed, { kind: 'cancelled' }], { status: 'CANCELLED' }],
    [[placed, { kind: 'expired' }, paid], { status: 'PAID', paidAt: at, paidMinor: 5000n }],
    [
      [placed, paid, { kind: 'refunded', amount: amount(2000n), status: 'PARTIALLY_REFUNDED' }],
      { status: 'PARTIALLY_REFUNDED', refundedMinor: 2000n },
    ],
    [
      [
        placed,
        paid,
        { kind: 'refunded', amount: amount(5000n), status: 'REFUNDED' },
        { kind: 'refund-failed', amount: amount(5000n) },
      ],
      { status: 'REFUNDED', refundedMinor: 0n },
    ],
  ])('stands after %j', (facts, state) => {
    expect(foldOrder(facts)).toMatchObject(state);
  });
});

test('an order number is read aloud and typed without a mistake', () => {
  const number = orderNumber(new Uint8Array(20).map((_, place) => place * 13));
  expect(number).toMatch(/^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{5}-[23456789ABCDEFGHJKMNPQRSTVWXYZ]{5}$/);
  expect(() => orderNumber(new Uint8Array(19))).toThrow('20 random bytes');
});
