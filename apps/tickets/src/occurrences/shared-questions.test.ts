import { expect, test } from '@jest/globals';
import { createSharedQuestions } from './shared-questions.ts';

test('all who come while a question is on its way share the next one, and nobody gets an answer from before', async () => {
  const share = createSharedQuestions<number>();
  const asked: PromiseWithResolvers<number>[] = [];
  const ask = () => {
    const question = Promise.withResolvers<number>();
    asked.push(question);
    return question.promise;
  };
  const first = share('a', ask);
  const late = [share('a', ask), share('a', ask)];
  const other = share('b', ask);
  expect(asked).toHaveLength(2);
  asked[0]!.resolve(1);
  asked[1]!.resolve(2);
  expect([await first, await other]).toEqual([1, 2]);
  expect(asked).toHaveLength(3);
  asked[2]!.resolve(3);
  expect(await Promise.all(late)).toEqual([3, 3]);
  const afresh = share('a', ask);
  asked[3]!.resolve(4);
  expect(await afresh).toBe(4);
});

test('a question that failed fails those who asked it, and the next is asked all the same', async () => {
  const share = createSharedQuestions<number>();
  const first = share('a', () => Promise.reject(new Error('away')));
  const second = share('a', () => Promise.resolve(1));
  await expect(first).rejects.toThrow('away');
  expect(await second).toBe(1);
});
