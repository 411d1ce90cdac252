/**
 * What the chart's Job runs: `npm run release -- run|settle` without what only a checkout has, such as the planning.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Plan } from '../release/plan.ts';
import { carryOut, settleRelease } from './carry-out.ts';
import { clusterFlags, clusterOptions, clusterUsage } from './options.ts';

const usage = `node tools/rollout/main.ts run|settle PLAN.json

${clusterUsage}
Exits with 1 where the release was taken back, and with 2 where it could not be carried out: called again, it goes on.
`;

const say = (text: string) => void process.stdout.write(`${text}\n`);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: clusterFlags });
  const [command, file, ...more] = positionals;
  if ((command !== 'run' && command !== 'settle') || !file || more.length > 0) {
    process.stderr.write(usage);
    return 2;
  }
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  const options = clusterOptions(values, say);
  if (command === 'settle') {
    await settleRelease(plan, options);
    say('settled');
    return 0;
  }
  const { outcome, reason } = await carryOut(plan, options);
  say(`${outcome}${reason === null ? '' : `: ${reason}`}`);
  return outcome === 'promoted' ? 0 : 1;
}

// The first process of a container has to heed it by itself. What comes after it goes on where it was.
process.once('SIGTERM', () => process.exit(2));

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
