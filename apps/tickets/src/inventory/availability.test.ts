import { expect, test } from '@jest/globals';
import { availabilityOf, availableOfType } from './availability.ts';

const quota = (quotaId: string, size: number, available: number) => ({ quotaId, size, available });

test('a type can be sold as often as its scarcest quota allows', () => {
  expect(availableOfType([quota('a', 100, 60), quota('b', 50, 7)])).toBe(7);
});

test('nothing is for sale without ticket types or while the occurrence is not on sale', () => {
  expect(availabilityOf(true, [])).toEqual({ status: 'NOT_ON_SALE', available: 0 });
  expect(availabilityOf(false, [[quota('a', 10, 10)]])).toEqual({ status: 'NOT_ON_SALE', available: 0 });
});

test('types with quotas of their own add up', () => {
  expect(availabilityOf(true, [[quota('a', 100, 60)], [quota('b', 50, 50)]])).toEqual({
    status: 'AVAILABLE',
    available: 110,
  });
});

test('types that share a quota are not counted twice', () => {
  const shared = quota('a', 100, 60);
  expect(availabilityOf(true, [[shared], [shared]])).toEqual({ status: 'AVAILABLE', available: 60 });
});

test('a tenth or less is told as limited, and nothing as sold out', () => {
  expect(availabilityOf(true, [[quota('a', 100, 10)]]).status).toBe('LIMITED');
  expect(availabilityOf(true, [[quota('a', 100, 11)]]).status).toBe('AVAILABLE');
  expect(availabilityOf(true, [[quota('a', 100, 0)]]).status).toBe('SOLD_OUT');
});
