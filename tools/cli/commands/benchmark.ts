import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { workspaceRoot } from '../../start/config.ts';
import type { Call, Command } from '../command.ts';
import { exitCodes } from '../errors.ts';

/** The harness says itself which benches there are, and starts servers of its own. */
async function run(call: Call): Promise<number> {
  const flags = ['json', 'quick'].filter((flag) => call.flag(flag)).map((flag) => `--${flag}`);
  const runs = call.text('runs');
  const words = call.words.length > 0 ? call.words : ['--list'];
  const args = [...words, ...flags, ...(runs === undefined ? [] : ['--runs', runs])];
  const child = spawn(process.execPath, [join(workspaceRoot, 'tools', 'bench', 'main.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGINT');
  call.io.signal.addEventListener('abort', stop);
  const told = [
    forEachText(child.stdout, (text) => call.io.out(text)),
    forEachText(child.stderr, async (text) => call.io.err(text)),
  ];
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    await Promise.all(told);
    return code ?? exitCodes.failed;
  } finally {
    call.io.signal.removeEventListener('abort', stop);
  }
}

async function forEachText(stream: Readable, take: (text: string) => Promise<void>): Promise<void> {
  stream.setEncoding('utf8');
  for await (const text of stream) await take(String(text));
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
