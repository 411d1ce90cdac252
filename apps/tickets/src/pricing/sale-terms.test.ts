import { describe, expect, test } from '@jest/globals';
import {
  approvalOf,
  guestLimitReached,
  judgeAmounts,
  judgeSaleTerms,
  openTerms,
  unitPriceOf,
} from './sale-terms.ts';

const now = new Date('2027-03-20T19:00:00Z');
const earlier = new Date('2027-03-20T18:00:00Z');
const later = new Date('2027-03-20T20:00:00Z');
const type = (terms: object = {}) => ({
  id: 't1',
  name: 'Early bird',
  price: { amountMinor: 500n, currency: 'EUR' },
  terms: { ...openTerms, ...terms },
});

describe('the terms of a ticket type', () => {
  const judge = (terms: object, unlocked: string[] = []) => judgeSaleTerms(type(terms), { now, unlocked });

  test('let it be held within its window, the beginning included and the end not', () => {
    expect(judge({}).ok).toBe(true);
    expect(judge({ salesFrom: now, salesUntil: later }).ok).toBe(true);
    expect(judge({ salesFrom: later })).toMatchObject({
      refusal: { message: expect.stringContaining('begun') },
    });
    expect(judge({ salesFrom: earlier, salesUntil: now })).toMatchObject({
      refusal: { message: expect.stringContaining('over') },
    });
  });

  test('keep a hidden type for those who have opened it', () => {
    expect(judge({ hidden: true }).ok).toBe(false);
    expect(judge({ hidden: true }, ['t1']).ok).toBe(true);
  });

  test('let the buyer of a donation name the price, from the least up', () => {
    const give = (amountMinor: bigint, currency = 'EUR', donation = true) =>
      unitPriceOf(type({ donation }), { amountMinor, currency }, 'price');
    expect(give(700n)).toEqual({ ok: true, value: 700n });
    expect(give(499n).ok).toBe(false);
    expect(give(700n, 'CHF').ok).toBe(false);
    expect(give(10n ** 12n).ok).toBe(false);
    expect(give(700n, 'EUR', false).ok).toBe(false);
    expect(unitPriceOf(type(), null, 'price')).toEqual({ ok: true, value: 500n });
  });

  test('bound how many an order is of', () => {
    const judgeOf = (quantity: number) =>
      judgeAmounts([{ ...type({ minPerOrder: 2 }), quantity, maxPerOrder: 4 }]).ok;
    expect([1, 2, 4, 5].map(judgeOf)).toEqual([false, true, true, false]);
  });

  test('say in which time the organiser decides: the shortest of those that need it', () => {
    const needing = (decisionHours: number) => type({ needsApproval: true, decisionHours });
    expect(approvalOf([type()])).toBeNull();
    expect(approvalOf([type(), needing(48), needing(24)])).toBe(24);
  });

  test('say how many more a guest may have', () => {
    expect(guestLimitReached(type(), 4, 3).refusal).toMatchObject({ allowed: 1, ticketTypeId: 't1' });
    expect(guestLimitReached(type(), 4, 9).refusal.allowed).toBe(0);
  });
});
