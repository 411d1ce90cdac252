import { expect, test } from '@jest/globals';
import { FairQueue } from './fair-queue.ts';

const filled = (entries: Readonly<Record<string, readonly number[]>>) => {
  const queue = new FairQueue<number>();
  for (const [key, items] of Object.entries(entries)) for (const item of items) queue.add(key, item);
  return queue;
};

test('an occurrence in a rush does not keep another waiting for more than a batch', () => {
  const queue = filled({ rush: [1, 2, 3, 4, 5], other: [6] });
  expect(queue.take(2)).toEqual({ key: 'rush', items: [1, 2] });
  queue.giveBack('rush');
  expect(queue.take(2)).toEqual({ key: 'other', items: [6] });
  queue.giveBack('other');
  expect(queue.take(2)).toEqual({ key: 'rush', items: [3, 4] });
});

test('what belongs to one occurrence is taken in its order, by one at a time', () => {
  const queue = filled({ rush: [1, 2, 3] });
  queue.take(1);
  expect(queue.take(1)).toBeNull();
  queue.giveBack('rush', [1]);
  expect(queue.size).toBe(3);
  expect(queue.take(5)).toEqual({ key: 'rush', items: [1, 2, 3] });
  expect(queue.size).toBe(0);
});
