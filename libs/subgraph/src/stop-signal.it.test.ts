import { spawn } from 'node:child_process';
import { expect, test } from '@jest/globals';

const module = `file://${import.meta.dirname}/stop-signal.ts`;

/** Runs a process that stops as told, sends it SIGTERM once it is up, and answers how it ended. */
function stopProcess(stop: string): Promise<{ readonly code: number | null; readonly output: string }> {
  const script = `
    import { onStopSignal } from '${module}';
    const logger = { info() {}, error() { process.stdout.write('logged'); } };
    setInterval(() => {}, 1000);
    onStopSignal(${stop}, logger);
    process.stdout.write('up');`;
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let output = '';
    child.stdout.on('data', (chunk) => {
      if (output === '') child.kill('SIGTERM');
      output += chunk;
    });
    child.on('close', (code) => resolve({ code, output }));
  });
}

test('a process that drains ends with 0', async () => {
  const { code, output } = await stopProcess("async () => { process.stdout.write(' drained'); }");
  expect({ code, output }).toEqual({ code: 0, output: 'up drained' });
});

test('a process that cannot drain says so and ends with 1', async () => {
  expect(await stopProcess("async () => { throw new Error('no'); }")).toEqual({
    code: 1,
    output: 'uplogged',
  });
});
