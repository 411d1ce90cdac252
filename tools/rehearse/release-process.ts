import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '../release/plan.ts';
import { inheritedEnvironment } from './config.ts';
import { releasedServices } from './rendered.ts';
import type { Stage } from './stage.ts';
import type { Move } from './weigh.ts';

/** How a release came out, by the word of `npm run release -- run`. */
export type Released = {
  readonly outcome: 'promoted' | 'rolled-back';
  readonly reason: string;
  readonly moves: readonly Move[];
  /** How often its driver was killed. */
  readonly kills: number;
};

const quoted = (word: string) => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** The plan, the analyses and the hook, as an operator has them at hand. */
function layOutRelease(stage: Stage, plan: Plan) {
  const { directory } = stage.options;
  const file = (name: string) => join(directory, name);
  writeFileSync(file('plan.json'), JSON.stringify(plan));
  mkdirSync(file('analyses'), { recursive: true });
  for (const service of releasedServices) {
    const { analysis, consumers } = stage.rendered[service];
    writeFileSync(join(file('analyses'), `${service}.json`), JSON.stringify(analysis));
    writeFileSync(join(file('analyses'), `${service}-consumers.json`), JSON.stringify(consumers));
  }
  const hook = [process.execPath, join(import.meta.dirname, 'hook.ts'), stage.stageFile].map(quoted);
  writeFileSync(file('move'), `#!/bin/sh\nexec ${hook.join(' ')} "$@"\n`, { mode: 0o755 });
  const words = ['run', file('plan.json'), '--hook', file('move'), '--analyses', file('analyses')];
  return [
    join(import.meta.dirname, '../release/main.ts'),
    ...words,
    '--state',
    file('release.json'),
    '--probe',
  ];
}

/** What has been moved so far. */
export function movesOf({ movesFile }: Stage): Move[] {
  const lines = readFileSync(movesFile, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Move);
}

/** Ends the driver while the gateway is on its way: all before that is done, and all after it is not. */
async function killHalfWay(stage: Stage, ended: () => boolean, kill: () => void): Promise<number> {
  const isHalfWay = () => movesOf(stage).some(({ kind }) => kind === 'gateway');
  while (!isHalfWay()) {
    if (ended()) return 0;
    await wait(20);
  }
  kill();
  return 1;
}

/** Runs the release as an operator does, in a process of its own; where it was killed, the same command again. */
export async function runRelease(stage: Stage, plan: Plan): Promise<Released> {
  const { say, kill } = stage.options;
  const command = layOutRelease(stage, plan);
  let kills = 0;
  for (;;) {
    const child = spawn(process.execPath, command, {
      env: inheritedEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    createInterface(child.stderr).on('line', say);
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const ended = () => child.exitCode !== null || child.signalCode !== null;
    if (kill && kills === 0) {
      kills += await killHalfWay(stage, ended, () => child.kill('SIGKILL'));
      if (kills > 0) say('the driver of the release was killed; the same command again');
    }
    const [out, [code]] = await Promise.all([text(child.stdout), exited]);
    if (code === null) continue;
    const [, outcome, reason = ''] = /^(promoted|rolled-back)(?:: (.*))?$/m.exec(out) ?? [];
    if (!outcome) throw new Error(`the release ended with ${code}: ${out}`);
    return {
      outcome: outcome as Released['outcome'],
      reason: reason || 'every measurement was good',
      moves: movesOf(stage),
      kills,
    };
  }
}
