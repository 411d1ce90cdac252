import { parseArgs } from 'node:util';
import { openScratch } from '../start/scratch.ts';
import { missingPrograms } from './child.ts';
import { faults, isFault } from './faults.ts';
import { formatReport, gatesOf } from './report.ts';

const usage = `npm run rehearse -- [--strategy canary|bluegreen] [--fault ${faults.join('|')}]
                    [--rate N] [--requests N] [--quick] [--kill] [--json] [--keep]

Releases version N+1 of a service and of the graph over N, as helm/platform renders it, on this machine: migration, subgraph,
gateway and consumers by "npm run release -- run", both versions as processes behind HAProxy, judged by a real Prometheus,
under load that does not wait for answers. Exits 1 when a gate does not hold.

  --strategy S    canary (default): weights along the steps of the analysis. bluegreen: a preview, then all at once
  --fault F       what N+1 does wrong (default none: it must be promoted with no request failed)
  --rate N        requests a second (default 450)
  --requests N    makes the steps so long that so many are sent in all (default 250000 without a fault)
  --quick         steps of a few seconds, whatever --requests says
  --kill          kills the driver of the release half-way, and gives the same command again
  --json          ends with one line of JSON: { run, gates, passed }
  --keep          leaves configurations and logs, and says where
`;

function numberOf(name: string, given: string, min: number, max: number): number {
  const value = Number(given);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new TypeError(`${name} is a whole number from ${min} to ${max}.`);
  return value;
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      strategy: { type: 'string', default: 'canary' },
      fault: { type: 'string', default: 'none' },
      rate: { type: 'string', default: '450' },
      requests: { type: 'string', default: '250000' },
      quick: { type: 'boolean', default: false },
      kill: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { strategy, fault } = values;
  if (strategy !== 'canary' && strategy !== 'bluegreen')
    throw new TypeError('--strategy is canary or bluegreen.');
  if (!isFault(fault)) throw new TypeError(`--fault is one of ${faults.join(', ')}.`);
  const perSecond = numberOf('--rate', values.rate, 1, 5_000);
  const requests = numberOf('--requests', values.requests, 100, 100_000_000);
  // Of two services: a canary has four steps, blue and green are watched before and after. Consumers have three.
  const steps = 2 * (strategy === 'canary' ? 4 : 2) + 3;
  const long = Math.max(2, Math.ceil(requests / perSecond / steps));
  // What crashes after a while must have the while before it gets everything.
  const short = strategy === 'canary' ? 2 : 4;
  const stepSeconds = values.quick || fault !== 'none' ? short : long;
  return { ...values, strategy, fault, perSecond, stepSeconds } as const;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const missing = missingPrograms();
  if (missing.length > 0) {
    process.stderr.write(
      `A rehearsal needs ${missing.join(' and ')}: apt-get install ${missing.join(' ')}\n`,
    );
    return 2;
  }
  const scratch = await openScratch('marquee-rehearsal');
  const say = (text: string) => process.stderr.write(`${text}\n`);
  try {
    // Late: it brings the composition along, which a mistyped option need not wait for.
    const { rehearse } = await import('./rehearse.ts');
    const run = await rehearse({ ...options, directory: scratch.path, say });
    const gates = gatesOf(run);
    const passed = gates.every(({ held }) => held);
    process.stdout.write(
      `${formatReport(run, gates)}\n${passed ? 'Every gate holds.' : 'A gate does not hold.'}\n`,
    );
    if (options.json) process.stdout.write(`${JSON.stringify({ run, gates, passed })}\n`);
    return passed ? 0 : 1;
  } finally {
    if (options.keep) say(`configurations and logs: ${scratch.keep()}`);
    else scratch.remove();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    error instanceof TypeError ? `${error.message}\n\n${usage}` : `${(error as Error).stack}\n`,
  );
  process.exitCode = 2;
}
