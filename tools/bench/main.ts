import { parseArgs } from 'node:util';
import { abuseBench } from './abuse.bench.ts';
import { appendBench } from './append.bench.ts';
import { checkInBench } from './check-in.bench.ts';
import { encryptBench } from './encrypt.bench.ts';
import { gatewayBench } from './gateway.bench.ts';
import { graphBench } from './graph.bench.ts';
import { formatTable, type Bench } from './harness.ts';
import { liveBench } from './live.bench.ts';
import { pluginsBench } from './plugins.bench.ts';
import { projectionsBench } from './projections.bench.ts';
import { memoryBench } from './memory.bench.ts';
import { relayBench } from './relay.bench.ts';
import { rehydrateBench } from './rehydrate.bench.ts';
import { rushBench } from './rush.bench.ts';
import { webhooksBench } from './webhooks.bench.ts';

/** Every benchmark there is. To add one: write `NAME.bench.ts` beside this file and list it here. */
const benches: readonly Bench[] = [
  graphBench,
  gatewayBench,
  abuseBench,
  appendBench,
  rehydrateBench,
  encryptBench,
  projectionsBench,
  rushBench,
  relayBench,
  memoryBench,
  liveBench,
  webhooksBench,
  pluginsBench,
  checkInBench,
];

const help = `npm run bench -- NAME [--json] [--runs N] [--quick]

Measures and compares with a peer. It starts what it needs, warms up, takes the median of several
runs with the peers interleaved, and prints a table; a ratio above 1 is better than the peer.

  --list      the benchmarks there are
  --runs N    measurements of each contender (default 3)
  --quick     short measurements, to see that it works
  --json      ends with one line of JSON: { bench, rows: [{ name, value, unit, peer, peerValue, ratio }] }
  --help`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      runs: { type: 'string', default: '3' },
      quick: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const list = benches.map((bench) => `  ${bench.name.padEnd(12)}${bench.summary}`).join('\n');
  if (values.help) return print(help);
  if (values.list) return print(list);
  const bench = benches.find((each) => each.name === positionals[0]);
  const runs = Number(values.runs);
  if (!bench || positionals.length !== 1) return complain(`Which benchmark? There is:\n${list}\n\n${help}`);
  if (!Number.isInteger(runs) || runs < 1 || runs > 50)
    return complain('--runs is a whole number from 1 to 50.');

  // Progress goes to stderr: with --json, stdout ends with the one line that a script reads.
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const rows = await bench.run({ runs: values.quick ? 1 : runs, quick: values.quick, log });
  print(formatTable(rows));
  if (values.json) print(JSON.stringify({ bench: bench.name, rows }));
  return 0;
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(text: string): number {
  process.stderr.write(`${text}\n`);
  return 2;
}

process.exitCode = await main().catch((error: unknown) =>
  complain(error instanceof Error ? error.message : String(error)),
);
