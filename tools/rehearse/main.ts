import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { missingPrograms } from './child.ts';
import { faults, isFault } from './faults.ts';
import { formatReport, gatesOf } from './report.ts';

const usage = `npm run rehearse -- [--strategy canary|bluegreen] [--fault ${faults.join('|')}]
                    [--rate N] [--requests N] [--quick] [--json] [--keep]

Rolls version N+1 of the gateway out beside N, as helm/platform renders it, on this machine: two versions as processes
behind HAProxy, judged by a real Prometheus, under load that does not wait for answers. Exits 1 when a gate does not hold.

  --strategy S    canary (default): weights along the steps of the analysis. bluegreen: a preview, then all at once
  --fault F       what N+1 does wrong (default none: it must be promoted with no request failed)
  --rate N        requests a second (default 300)
  --requests N    makes the steps so long that so many are sent in all (default 250000 without a fault)
  --quick         steps of four seconds, whatever --requests says
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
      rate: { type: 'string', default: '300' },
      requests: { type: 'string', default: '250000' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { strategy, fault } = values;
  if (strategy !== 'canary' && strategy !== 'bluegreen')
    throw new TypeError('--strategy is canary or bluegreen.');
  if (!isFault(fault)) throw new TypeError(`--fault is one of ${faults.join(', ')}.`);
  const perSecond = numberOf('--rate', values.rate, 10, 5_000);
  const requests = numberOf('--requests', values.requests, 100, 100_000_000);
  // A canary has four steps, blue and green are watched before and after.
  const steps = strategy === 'canary' ? 4 : 2;
  const long = Math.max(4, Math.ceil(requests / perSecond / steps));
  const stepSeconds = values.quick || fault !== 'none' ? 4 : long;
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
  const directory = mkdtempSync(join(tmpdir(), 'marquee-rehearsal-'));
  const say = (text: string) => process.stderr.write(`${text}\n`);
  try {
    // Late: it brings the composition along, which a mistyped option need not wait for.
    const { rehearse } = await import('./rehearse.ts');
    const run = await rehearse({ ...options, directory, say });
    const gates = gatesOf(run);
    const passed = gates.every(({ held }) => held);
    process.stdout.write(
      `${formatReport(run, gates)}\n${passed ? 'Every gate holds.' : 'A gate does not hold.'}\n`,
    );
    if (options.json) process.stdout.write(`${JSON.stringify({ run, gates, passed })}\n`);
    return passed ? 0 : 1;
  } finally {
    if (options.keep) say(`configurations and logs: ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
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
