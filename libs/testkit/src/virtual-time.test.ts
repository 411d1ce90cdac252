import { expect, test } from '@jest/globals';
import { virtualTime } from './index.ts';

test('virtual time runs its timers in the order of their instants, each at its own', async () => {
  const time = virtualTime('2027-03-20T19:00:00Z');
  const log: string[] = [];
  const note = (name: string) => void log.push(`${name} ${time.now().toISOString().slice(17, 23)}`);
  time.timers.set(() => note('late'), 2_000);
  time.timers.set(() => {
    note('early');
    // Set going by a timer, and due before the end as well.
    void Promise.resolve().then(() => time.timers.set(() => note('follow-up'), 500));
  }, 1_000);
  const cancelled = time.timers.set(() => note('cancelled'), 1_500);
  time.timers.clear(cancelled);
  expect(log).toEqual([]);
  await time.advance(1_999);
  expect(log).toEqual(['early 01.000', 'follow-up 01.500']);
  expect(time.pending).toBe(1);
  await time.advance(1);
  expect(log.at(-1)).toBe('late 02.000');
  expect(time.timers.now()).toBe(time.now().getTime());
});
