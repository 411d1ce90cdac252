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

test('what belongs to one occurrence is taken in its order, by two at most', () => {
  const queue = filled({ rush: [1, 2, 3] });
  expect(queue.take(1)).toEqual({ key: 'rush', items: [1] });
  expect(queue.take(1)).toEqual({ key: 'rush', items: [2] });
  expect(queue.take(1)).toBeNull();
  queue.giveBack('rush');
  expect(queue.take(5)).toEqual({ key: 'rush', items: [3] });
  expect(queue.size).toBe(0);
});

test('a long line is halved, so that the second half is made ready while the first is written', () => {
  const queue = filled({ rush: Array.from({ length: 100 }, (_, place) => place) });
  expect(queue.take(500)?.items).toHaveLength(50);
  expect(queue.take(500)?.items).toHaveLength(50);
});

test('what must be judged again comes first, once all before it are settled, and beside nobody', () => {
  const queue = filled({ rush: [1, 2, 3, 4] });
  queue.take(1);
  queue.take(1);
  queue.giveBack('rush', [2]);
  expect(queue.size).toBe(3);
  expect(queue.take(5)).toBeNull();
  queue.giveBack('rush');
  expect(queue.take(2)).toEqual({ key: 'rush', items: [2, 3] });
  expect(queue.take(5)).toBeNull();
  queue.giveBack('rush');
  expect(queue.take(5)).toEqual({ key: 'rush', items: [4] });
});
