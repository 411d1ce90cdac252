import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { runSteps, type StepResult } from './run-steps.ts';
import type { Step } from './steps.ts';

function step(name: string, script: string, after: string[] = []): Step {
  return { name, remedy: 'none', command: ['-e', script], after };
}

function run(steps: readonly Step[], onResult?: (result: StepResult) => void): Promise<StepResult[]> {
  return runSteps(steps, { root: tmpdir(), concurrency: 2, ...(onResult ? { onResult } : {}) });
}

test('Every step is run although one fails, and answers in the order of the steps', async () => {
  const results = await run([
    step('first', 'console.log("a"); process.exitCode = 3;'),
    step('second', 'console.error("b")'),
  ]);
  expect(results.map(({ name, passed }) => [name, passed])).toEqual([
    ['first', false],
    ['second', true],
  ]);
  expect(results.map(({ output }) => output.trim())).toEqual(['a', 'b']);
});

test('A step waits for those that it comes after, even when they stand behind it', async () => {
  const order: string[] = [];
  await run([step('lint', '', ['graph']), step('graph', ''), step('types', '')], ({ name }) =>
    order.push(name),
  );
  expect(order.indexOf('graph')).toBeLessThan(order.indexOf('lint'));
  expect(order).toHaveLength(3);
});
