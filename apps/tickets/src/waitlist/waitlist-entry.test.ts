import { expect, test } from '@jest/globals';
import { judgeJoin } from './waitlist-entry.ts';

test('one waits for more than can be held now', () => {
  expect(judgeJoin(3, 10, 2).ok).toBe(true);
  expect(judgeJoin(2, 10, 2)).toMatchObject({ refusal: { kind: 'TicketsAvailable', available: 2 } });
});

test.each([0, 11, 1.5])('one does not wait for %d where an order may have 10', (quantity) => {
  expect(judgeJoin(quantity, 10, 0)).toMatchObject({ refusal: { kind: 'InvalidInput', field: 'quantity' } });
});
