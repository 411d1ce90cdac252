import { expect, test } from '@jest/globals';
import { priceTickets, type PriceTier } from './price-tier.ts';

const euros = (amountMinor: bigint) => ({ amountMinor, currency: 'EUR' });
const now = new Date('2027-03-01T12:00:00Z');
const tier = (over: Partial<PriceTier>): PriceTier => ({
  id: 't',
  name: 'Early bird',
  price: euros(1000n),
  startsAt: null,
  endsAt: null,
  quotaId: null,
  ...over,
});
const price = (quantity: number, tiers: readonly PriceTier[], left: Record<string, number> = {}) =>
  priceTickets(quantity, { price: euros(3000n), tiers }, new Map(Object.entries(left)), now).map(
    (part) => [part.quantity, part.unitPrice.amountMinor] as const,
  );

test('without tiers every ticket costs what its type does', () => {
  expect(price(3, [])).toEqual([[3, 3000n]]);
});

test('the first open tier with something left is the price, ticket by ticket', () => {
  const early = tier({ quotaId: 'q' });
  const second = tier({ price: euros(2000n), quotaId: 'r' });
  expect(price(4, [early, second], { q: 2, r: 1 })).toEqual([
    [2, 1000n],
    [1, 2000n],
    [1, 3000n],
  ]);
  expect(price(2, [early, second], { q: 0, r: 9 })).toEqual([[2, 2000n]]);
});

test('a tier counts from its start up to its end', () => {
  const at = (startsAt: string | null, endsAt: string | null) =>
    tier({
      startsAt: startsAt === null ? null : new Date(startsAt),
      endsAt: endsAt === null ? null : new Date(endsAt),
    });
  expect(price(1, [at('2027-03-01T12:00:00Z', null)])).toEqual([[1, 1000n]]);
  expect(price(1, [at('2027-03-01T12:00:01Z', null)])).toEqual([[1, 3000n]]);
  expect(price(1, [at(null, '2027-03-01T12:00:00Z')])).toEqual([[1, 3000n]]);
});
