import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { workspaceRoot } from '../start/config.ts';
import { hookDriver } from './hook-driver.ts';
import type { Plan } from './plan.ts';
import { runRelease } from './run.ts';
import { fileStore, lockState } from './state-file.ts';
import { ReleaseError } from './trees.ts';

const usage = `npm run release -- plan OLD NEW [--documents DIR] [--json]
npm run release -- run PLAN.json --hook PROGRAM --analyses DIR --state FILE

Says whether version NEW may be rolled out over OLD while both run, and in which order. OLD and NEW are folders with apps and
libs in them, or commits, branches or tags. Every mixture of the two on the way is composed, and must answer the operations
that clients are known to send (the contract, the REST facade and registered documents); migrations must only expand.

  --documents DIR   registered documents (trusted-documents unless told)
  --json            the plan as JSON, for run

run carries a plan out: migrations, then each service along the steps of its analysis. At the first verdict against one, all are
taken back from there to the first. Killed at any point, it goes on where it was when it is called again.

  --hook PROGRAM    called as "migrate SERVICE" and "weight subgraph|gateway|consumers SERVICE PERCENT"; each may come twice
  --analyses DIR    SERVICE.json: analysis.json of the ConfigMap RELEASE-SERVICE-analysis
  --state FILE      where the release stands
  --help

Exits with 1 where it must not be released so, or was taken back, and says why.
`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      documents: { type: 'string', default: join(workspaceRoot, 'trusted-documents') },
      hook: { type: 'string' },
      analyses: { type: 'string' },
      state: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { values, positionals };
}

type Values = ReturnType<typeof readOptions>['values'];

/** Carries a plan out, or on. Answers the exit code. */
async function run(planFile: string, { hook, analyses, state }: Values): Promise<number> {
  if (!hook || !analyses || !state) throw new ReleaseError('run needs --hook, --analyses and --state.');
  if (!existsSync(planFile))
    throw new ReleaseError(`There is no plan ${planFile}: write one by plan --json.`);
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan;
  const unlock = lockState(state);
  try {
    const say = (text: string) => void process.stderr.write(`${text}\n`);
    const { outcome, reason } = await runRelease(plan, fileStore(state), hookDriver({ hook, analyses, say }));
    process.stdout.write(`${outcome}${reason === null ? '' : `: ${reason}`}\n`);
    return outcome === 'promoted' ? 0 : 1;
  } finally {
    unlock();
  }
}

async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  const [command, first, second, ...more] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (command === 'run' && first && !second) return run(first, values);
  if (command !== 'plan' || !first || !second || more.length > 0)
    throw new ReleaseError('Say: plan OLD NEW, or run PLAN.json');
  // Late: it brings the composition along, which a run need not wait for.
  const { printPlan } = await import('./print-plan.ts');
  return printPlan(first, second, values);
}

try {
  process.exitCode = await main();
} catch (error) {
  const { name, code, message, stack } = error as NodeJS.ErrnoException;
  const isUsage = name === 'ReleaseError' || name === 'ConfigError' || code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(isUsage ? `${message}\nSee npm run release -- --help.\n` : `${stack}\n`);
  process.exitCode = 2;
}
