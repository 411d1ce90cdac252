import { expect, test } from '@jest/globals';
import { formatWaitingRoom, simulateWaitingRoom } from './waiting-room.ts';

test('a waiting room is fair to ten thousand visitors: by lot before it opens, by arrival after', () => {
  const result = simulateWaitingRoom(10_000, () => undefined);
  const { correlationOfArrival, largestShareOfATenth, ...exact } = result.fairness;
  expect(exact).toEqual({ inversions: 0, overtaken: 0, statesAsPromised: 1 });
  // Five standard deviations of chance.
  expect(Math.abs(correlationOfArrival)).toBeLessThan(0.06);
  expect(largestShareOfATenth).toBeLessThan(0.16);
  expect(formatWaitingRoom(result)).toMatch(/10,000 visitors in one waiting room, 7,000 of them/);
});
