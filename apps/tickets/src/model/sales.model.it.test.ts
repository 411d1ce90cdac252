import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { times } from '@marquee/testkit';
import {
  createWorld,
  givenOccurrence,
  givenTicketType,
  violations,
  type World,
} from '../harness.test-support.ts';
import { salesCommands } from './sales-commands.test-support.ts';
import { expectAgreement, freeOf, newModel, newReal } from './sales-model.test-support.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const numRuns = times({ test: 8, soak: 2_000 });

test(
  'whatever is done in whatever order, sales come out as the simplest account of them does',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(salesCommands, { maxCommands: 30, size: 'max' }), async (commands) => {
        const model = newModel(6);
        const occurrence = await givenOccurrence(world);
        const type = await givenTicketType(world, occurrence, { quotaSize: model.size });
        const real = newReal(world, occurrence, type);
        await fc.asyncModelRun(() => ({ model, real }), commands);
        expect(freeOf(model)).toBeGreaterThanOrEqual(0);
        await expectAgreement(model, real);
      }),
      { numRuns },
    );
    expect(await violations(world)).toEqual([]);
  },
  60_000 + numRuns * 10_000,
);

test('a fault is told by the few commands that it takes', async () => {
  // As if a paid order could be refunded and yet admit: the model is told a lie, and the shortest way to it is named.
  const outcome = await fc.check(
    fc.asyncProperty(fc.commands(salesCommands, { maxCommands: 30, size: 'max' }), async (commands) => {
      const model = newModel(6);
      const occurrence = await givenOccurrence(world);
      // One place less than the model has.
      const type = await givenTicketType(world, occurrence, { quotaSize: model.size - 1 });
      const real = newReal(world, occurrence, type);
      await fc.asyncModelRun(() => ({ model, real }), commands);
    }),
    { numRuns: 50, seed: 7, endOnFailure: false },
  );
  expect(outcome.failed).toBe(true);
  const shortest = String(outcome.counterexample);
  // Two holds suffice, as four and two places; or one who waits where there is room.
  expect(shortest.split(',').length).toBeLessThanOrEqual(3);
});
