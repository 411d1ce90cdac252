import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runSteps, type StepResult } from './run-steps.ts';
import { steps } from './steps.ts';

const usage = `npm run check -- [STEP ...] [--json]

Checks everything but the tests, and exits 1 when something is wrong.

  STEP     only these: ${steps.map(({ name }) => `"${name}"`).join(', ')}
  --json   ends with one line of JSON: { passed, steps: [{ name, passed, ms, output }] }
  --help
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) return print(usage, 0);
  const unknown = positionals.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) return print(`There is no step ${unknown.join(', ')}.\n\n${usage}`, 2);
  const wanted = positionals.length > 0 ? steps.filter(({ name }) => positionals.includes(name)) : steps;

  const results = await runSteps(wanted, {
    root: join(import.meta.dirname, '..', '..'),
    concurrency: Math.min(availableParallelism(), 4),
    onResult: (result) => process.stdout.write(format(result)),
  });
  const failed = results.filter((result) => !result.passed).length;
  print(`${results.length - failed} steps passed, ${failed} failed\n`, 0);
  if (values.json) print(`${JSON.stringify({ passed: failed === 0, steps: results })}\n`, 0);
  return failed === 0 ? 0 : 1;
}

function format({ name, passed, ms, output }: StepResult): string {
  const line = `${passed ? '✓' : '✗'} ${name.padEnd(16)} ${(ms / 1000).toFixed(1)} s\n`;
  if (passed) return line;
  const remedy = steps.find((step) => step.name === name)?.remedy;
  return `${line}${output.trimEnd().replaceAll(/^/gm, '    ')}\n    -> ${remedy}\n`;
}

function print(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

process.exitCode = await main();
