import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from '../../start/config.ts';
import type { Call, Command } from '../command.ts';
import { exitCodes } from '../errors.ts';

/** The harness says itself which benches there are, and starts servers of its own. */
function run(call: Call): Promise<number> {
  const flags = ['json', 'quick'].filter((flag) => call.flag(flag)).map((flag) => `--${flag}`);
  const runs = call.text('runs');
  const words = call.words.length > 0 ? call.words : ['--list'];
  const args = [...words, ...flags, ...(runs === undefined ? [] : ['--runs', runs])];
  const child = spawn(process.execPath, [join(workspaceRoot, 'tools', 'bench', 'main.ts'), ...args], {
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? exitCodes.failed));
  });
}

export const benchmark: Command = {
  name: 'benchmark',
  summary:
    'Measures the backbone on this machine, beside its peers; without a NAME, lists what can be measured',
  forms: ['[NAME] [options]'],
  notes: `The same as npm run bench -- NAME. It starts what it needs, and touches no running platform.`,
  options: {
    quick: { help: 'short measurements, to see that it works' },
    runs: { value: 'N', help: 'measurements of each contender (default 3)' },
  },
  examples: ['benchmark', 'benchmark append --quick'],
  run,
};
