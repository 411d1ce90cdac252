import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { workspaceRoot } from '../start/config.ts';
import type { CarryOutOptions } from '../rollout/carry-out.ts';
import { clusterFlags, clusterOptions, clusterUsage } from '../rollout/options.ts';
import { hookDriver } from './hook-driver.ts';
import type { Plan } from './plan.ts';
import { runRelease, type Progress } from './run.ts';
import { fileStore, lockState } from './state-file.ts';
import { ReleaseError } from './error.ts';

const usage = `npm run release -- plan OLD NEW [--documents DIR] [--json]
npm run release -- run PLAN.json --hook PROGRAM --analyses DIR --state FILE
npm run release -- run PLAN.json --driver kubernetes [--namespace NAME] [--kubeconfig FILE] [--context NAME]
npm run release -- settle PLAN.json [the same]
npm run release -- share QUEUE TRACK=PERCENT... --nats URL

Says whether version NEW may be rolled out over OLD while both run, and in which order. OLD and NEW are folders with apps and
libs in them, or commits, branches or tags. Every mixture of the two on the way is composed, and must answer the operations
that clients are known to send (the contract, the REST facade and registered documents); migrations must only expand.

  --documents DIR   registered documents (trusted-documents unless told)
  --json            the plan as JSON, for run

run carries a plan out: migrations, then each service along the steps of its analysis. At the first verdict against one, all are
taken back from there to the first. Killed at any point, it goes on where it was when it is called again.

  --hook PROGRAM    called as "migrate SERVICE" and "weight subgraph|gateway|consumers SERVICE PERCENT"; each may come twice
  --analyses DIR    SERVICE.json: analysis.json of the ConfigMap RELEASE-SERVICE-analysis; SERVICE-consumers.json for its consumers
  --state FILE      where the release stands
  --probe           where users ask the coming version too little for a verdict, the hook is called as "probe KIND SERVICE"

With --driver kubernetes it moves the weights of HTTPRoutes and the selectors of Services itself, judges by the analyses in the
cluster, and keeps where it stands in the Lease RELEASE-rollout. settle gives the traffic of a promoted canary to the stable pods
once they run the same, so that the canary may go. A --hook is asked for the weights of consumers alone, instead of --nats.

${clusterUsage}
share is for hooks: it gives each track its share of what is put into a queue from now on, such as "share usage stable=90 canary=10".

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
      probe: { type: 'boolean', default: false },
      driver: { type: 'string', default: 'hook' },
      ...clusterFlags,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { values, positionals };
}

type Values = ReturnType<typeof readOptions>['values'];

const say = (text: string) => void process.stderr.write(`${text}\n`);

function readPlan(file: string): Plan {
  if (!existsSync(file)) throw new ReleaseError(`There is no plan ${file}: write one by plan --json.`);
  return JSON.parse(readFileSync(file, 'utf8')) as Plan;
}

async function runByHook(plan: Plan, { hook, analyses, state, probe }: Values): Promise<Progress> {
  if (!hook || !analyses || !state) throw new ReleaseError('run needs --hook, --analyses and --state.');
  const unlock = lockState(state);
  try {
    return await runRelease(plan, fileStore(state), hookDriver({ hook, analyses, probe, say }));
  } finally {
    unlock();
  }
}

function inCluster(values: Values): CarryOutOptions {
  const { hook } = values;
  return clusterOptions(values, say, hook ? hookDriver({ hook, analyses: '', say }) : undefined);
}

/** Carries a plan out, or on. Answers the exit code. */
async function run(planFile: string, values: Values): Promise<number> {
  const plan = readPlan(planFile);
  if (values.driver !== 'hook' && values.driver !== 'kubernetes')
    throw new ReleaseError('--driver is hook or kubernetes.');
  const { outcome, reason } =
    values.driver === 'hook'
      ? await runByHook(plan, values)
      : await (await import('../rollout/carry-out.ts')).carryOut(plan, inCluster(values));
  process.stdout.write(`${outcome}${reason === null ? '' : `: ${reason}`}\n`);
  return outcome === 'promoted' ? 0 : 1;
}

async function settle(planFile: string, values: Values): Promise<number> {
  const { settleRelease } = await import('../rollout/carry-out.ts');
  await settleRelease(readPlan(planFile), inCluster(values));
  process.stdout.write('settled\n');
  return 0;
}

async function share(queue: string, words: readonly string[], values: Values): Promise<number> {
  const shares = words.map((word) => /^([a-z]+)=(\d+)$/.exec(word) ?? []);
  if (!values.nats || shares.length === 0 || shares.some(([, track]) => track === undefined))
    throw new ReleaseError('share needs --nats URL and shares: share usage stable=90 canary=10 --nats URL');
  const { setShares } = await import('./share.ts');
  const address = { url: values.nats, namespace: values['nats-namespace'] };
  await setShares(
    address,
    [queue],
    Object.fromEntries(shares.map(([, track, part]) => [track, Number(part)])),
  );
  return 0;
}

async function main(): Promise<number> {
  const { values, positionals } = readOptions();
  const [command, first, second, ...more] = positionals;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (command === 'run' && first && !second) return run(first, values);
  if (command === 'settle' && first && !second) return settle(first, values);
  if (command === 'share' && first) return share(first, positionals.slice(2), values);
  if (command !== 'plan' || !first || !second || more.length > 0)
    throw new ReleaseError(
      'Say: plan OLD NEW, run PLAN.json, settle PLAN.json, or share QUEUE TRACK=PERCENT...',
    );
  // Late: it brings the composition along, which a run need not wait for.
  const { printPlan } = await import('./print-plan.ts');
  return printPlan(first, second, values);
}

try {
  process.exitCode = await main();
} catch (error) {
  const { name, code, message, stack } = error as NodeJS.ErrnoException;
  const isUsage =
    name === 'ReleaseError' ||
    name === 'OperatorError' ||
    name === 'ConfigError' ||
    code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(isUsage ? `${message}\nSee npm run release -- --help.\n` : `${stack}\n`);
  process.exitCode = 2;
}
