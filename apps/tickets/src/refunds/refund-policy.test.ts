import { describe, expect, test } from '@jest/globals';
import { keptOf, ticketValues } from './refund-policy.ts';
import { spreadOver } from './spread.ts';
import type { OrderPart } from '../orders/order-parts.ts';

const startsAt = new Date('2027-03-20T19:00:00Z');
const before = (hours: number) => new Date(startsAt.getTime() - hours * 3_600_000);
const steps = [
  { fromHoursBefore: 24, keptBp: 5_000 },
  { fromHoursBefore: 168, keptBp: 1_000 },
  { fromHoursBefore: 0, keptBp: 10_000 },
];

describe('what is kept of a ticket that is cancelled', () => {
  test.each([
    [169, 0],
    [168, 1_000],
    [25, 1_000],
    [24, 5_000],
    [1, 5_000],
    [0, 10_000],
    [-3, 10_000],
  ])('%d hours before the start is %d basis points', (hours, keptBp) => {
    expect(keptOf(steps, startsAt, before(hours))).toBe(keptBp);
  });

  test('is nothing where no policy says otherwise', () => {
    expect(keptOf([], startsAt, before(1))).toBe(0);
  });
});

describe('what tickets are worth', () => {
  test('adds up to what their line and the fees that go back cost, whatever does not divide', () => {
    const values = ticketValues(
      [
        { id: 'l1', holdId: 'h1', quantity: 3, paidMinor: 1_000n },
        { id: 'l2', holdId: 'h2', quantity: 1, paidMinor: 0n },
      ],
      [
        { id: 'd', lineId: 'l2', place: 0 },
        { id: 'c', lineId: 'l1', place: 2 },
        { id: 'a', lineId: 'l1', place: 0 },
        { id: 'b', lineId: 'l1', place: 1 },
      ],
      100n,
    );
    expect(values).toEqual([
      { ticketId: 'a', holdId: 'h1', priceMinor: 334n, feesMinor: 34n },
      { ticketId: 'b', holdId: 'h1', priceMinor: 333n, feesMinor: 33n },
      { ticketId: 'c', holdId: 'h1', priceMinor: 333n, feesMinor: 33n },
      { ticketId: 'd', holdId: 'h2', priceMinor: 0n, feesMinor: 0n },
    ]);
  });
});

describe('a refund over several payments', () => {
  const part = (holdId: string): OrderPart => ({
    orderId: 'o',
    holdId,
    occurrenceId: holdId,
    quantity: 1,
    total: { amountMinor: 5_000n, currency: 'EUR' },
    refunded: { amountMinor: 0n, currency: 'EUR' },
  });
  const share = (holdId: string, amountMinor: bigint) => ({
    part: part(holdId),
    amount: { amountMinor, currency: 'EUR' },
  });
  const told = (spread: ReturnType<typeof spreadOver>) =>
    spread.map(({ paymentId, shares }) => [
      paymentId,
      ...shares.map(({ part: { holdId }, amount }) => `${holdId} ${amount.amountMinor}`),
    ]);

  test('takes from the first as much as it has, and cuts what falls to a part where a payment ends', () => {
    const payments = [
      { id: 'newest', leftMinor: 700n },
      { id: 'empty', leftMinor: 0n },
      { id: 'oldest', leftMinor: 900n },
    ];
    expect(told(spreadOver(payments, [share('h1', 500n), share('h2', 600n)]))).toEqual([
      ['newest', 'h1 500', 'h2 200'],
      ['oldest', 'h2 400'],
    ]);
  });

  test('of nothing is one refund of nothing', () => {
    expect(told(spreadOver([], [share('h1', 0n)]))).toEqual([[null, 'h1 0']]);
  });

  test('of more than the payments have is a fault', () => {
    expect(() => spreadOver([{ id: 'p', leftMinor: 10n }], [share('h1', 11n)])).toThrow('payments');
  });
});
