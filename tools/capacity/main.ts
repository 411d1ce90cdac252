import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CapacityError, readMeasured, readPlan, type Measured, type Plan } from './plan.ts';
import { pageWith } from './page.ts';
import { sizeOf, type Need } from './size.ts';

const plans = join(import.meta.dirname, 'plans');
const examples = ['million-visitors.json', 'ten-thousand-events.json'].map((name) => join(plans, name));

const usage = `npm run capacity -- [PLAN.json …] [--measured FILE] [--json]

What a plan of traffic needs: processes of each service, their CPU and memory, cores of PostgreSQL and NATS, by queueing
theory (Erlang-C) from what one operation was measured to cost. docs/sre/capacity.md explains plan and reasoning. Without a
plan: a million waiting visitors, and 10,000 simultaneous events.

  --measured FILE   other figures than tools/capacity/measured.json, as \`npm run capacity:measure\` prints them
  --docs            writes the table of docs/sre/capacity.md instead
  --json            ends with one line of JSON: [{ plan, needs: [{ service, replicas, … }] }]
  --help
`;

const columns: readonly (readonly [title: string, text: (need: Need) => string])[] = [
  ['service', ({ service }) => service],
  ['a second', ({ arrivalsPerSecond }) => arrivalsPerSecond.toFixed(0)],
  ['CPU ms', ({ serviceMs }) => serviceMs.toFixed(3)],
  ['erlangs', ({ offered }) => offered.toFixed(1)],
  [
    'replicas',
    ({ replicas, service }) => `${replicas}${service === 'postgres' || service === 'nats' ? ' cores' : ''}`,
  ],
  ['busy', ({ utilisation }) => `${(100 * utilisation).toFixed(0)} %`],
  ['late', ({ late }) => `${(100 * late).toFixed(2)} %`],
  ['CPU request', ({ requestCpuMilli }) => `${requestCpuMilli}m`],
  ['memory limit', ({ limitMemoryMiB }) => (limitMemoryMiB === null ? '' : `${limitMemoryMiB}Mi`)],
];

function tableOf(plan: Plan, measured: Measured, needs: readonly Need[]): string {
  const rows = [
    columns.map(([title]) => title),
    ...needs.map((each) => columns.map(([, text]) => text(each))),
  ];
  const widths = columns.map((_, place) => Math.max(...rows.map((row) => row[place]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, place) => cell.padEnd(widths[place]!))
      .join('  ')
      .trimEnd(),
  );
  const { share, waitMs, zones } = plan.target;
  return [
    `${plan.name}`,
    `figures of ${measured.date}: ${measured.machine}`,
    `late: waits longer than ${waitMs} ms for a core${zones > 1 ? `, with one of ${zones} zones lost` : ''}; at most ${(100 * (1 - share)).toFixed(1)} % may`,
    '',
    ...lines,
    '',
    '',
  ].join('\n');
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      measured: { type: 'string', default: join(import.meta.dirname, 'measured.json') },
      docs: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const measured = readMeasured(values.measured, readFileSync(values.measured, 'utf8'));
  const sized = (positionals.length > 0 ? positionals : examples).map((file) => {
    const plan = readPlan(file, readFileSync(file, 'utf8'));
    return { plan, needs: sizeOf(plan, measured) };
  });
  if (values.docs) {
    const page = join(import.meta.dirname, '../../docs/sre/capacity.md');
    writeFileSync(page, pageWith(readFileSync(page, 'utf8'), measured, sized));
    return 0;
  }
  for (const { plan, needs } of sized) process.stdout.write(tableOf(plan, measured, needs));
  if (values.json)
    process.stdout.write(`${JSON.stringify(sized.map(({ plan, needs }) => ({ plan: plan.name, needs })))}\n`);
  return 0;
}

try {
  process.exitCode = main();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!(error instanceof CapacityError) && code !== 'ENOENT' && !code?.startsWith('ERR_PARSE_ARGS'))
    throw error;
  process.stderr.write(`${message}\n`);
  process.exitCode = 2;
}
