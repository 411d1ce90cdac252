import { spawn } from 'node:child_process';
import type { Step } from './steps.ts';

export type StepResult = {
  readonly name: string;
  readonly passed: boolean;
  readonly ms: number;
  readonly output: string;
};

type Options = {
  readonly root: string;
  readonly concurrency: number;
  readonly onResult?: (result: StepResult) => void;
};

/** Runs all steps, some at once, and answers their results in the order of the steps. None is left out by a failure. */
export async function runSteps(steps: readonly Step[], options: Options): Promise<StepResult[]> {
  const results = new Map<string, StepResult>();
  const running = new Map<string, Promise<void>>();
  const waiting = [...steps];
  while (waiting.length > 0 || running.size > 0) {
    const names = new Set([...waiting.map((step) => step.name), ...running.keys()]);
    const next = waiting.findIndex((step) => !step.after?.some((name) => names.has(name)));
    if (next >= 0 && running.size < options.concurrency) {
      const [step] = waiting.splice(next, 1);
      running.set(
        step!.name,
        run(step!, options.root).then((result) => {
          results.set(result.name, result);
          running.delete(result.name);
          options.onResult?.(result);
        }),
      );
    } else {
      await Promise.race(running.values());
    }
  }
  return steps.map((step) => results.get(step.name)!);
}

function run(step: Step, root: string): Promise<StepResult> {
  const from = performance.now();
  return new Promise((resolve) => {
    const output: Buffer[] = [];
    const child = spawn(process.execPath, step.command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (data: Buffer) => output.push(data));
    child.stderr.on('data', (data: Buffer) => output.push(data));
    const end = (passed: boolean, note = '') =>
      resolve({
        name: step.name,
        passed,
        ms: Math.round(performance.now() - from),
        output: Buffer.concat(output).toString() + note,
      });
    child.once('error', (error) => end(false, error.message));
    child.once('close', (code) => end(code === 0));
  });
}
