import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createGraphClient } from '../client/graph-client.ts';
import { locate } from '../cli/sources.ts';
import { createTokens } from '../client/tokens.ts';
import { checkInvariants, openForCheck } from '../invariants/check.ts';
import { formatFindings } from '../invariants/report.ts';
import { readRunning } from '../start/run-state.ts';
import { keysDirectory } from '../token/config.ts';
import { simulate } from './simulate.ts';
import { formatSummary, type Tally } from './tally.ts';

const usage = `Makes believable traffic on the platform that runs on this machine: people browse, hold, pay (or let it be),
read their tickets and are scanned at the door.

  npm run simulate -- [--rate N] [--minutes N] [options]
  npm run simulate -- --waiting-room [--visitors N]

  --rate N         visits begun a second, on average (default 5)
  --minutes N      how long (default 1)
  --seed TEXT      another seed, other people and choices (default marquee)
  --url URL        of the graph (default: the one that runs on this home)
  --no-invariants  does not check all invariants at the end (see npm run invariants); with --url it is not done either
  --waiting-room   instead: visitors in front of one rush, through the rules of the waiting room; needs no platform
  --visitors N     how many of them (default 1,000,000)
  --json           ends with the summary as one line of JSON
  --help

Ctrl-C ends it early and still prints the summary.
`;

class UsageError extends Error {
  override readonly name = 'UsageError';
}

function readOptions() {
  const { values } = parseArgs({
    options: {
      rate: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '1' },
      seed: { type: 'string', default: 'marquee' },
      url: { type: 'string' },
      'waiting-room': { type: 'boolean', default: false },
      visitors: { type: 'string', default: '1000000' },
      'no-invariants': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    rate: parsePositive('--rate', values.rate, 1_000),
    visitors: Math.floor(parsePositive('--visitors', values.visitors, 10_000_000)),
    durationMs: parsePositive('--minutes', values.minutes, 24 * 60) * 60_000,
  };
}

function parsePositive(name: string, value: string, max: number): number {
  const number = Number(value);
  if (number > 0 && number <= max) return number;
  throw new UsageError(`${name} is a number above 0, at most ${max}.`);
}

/** On a terminal one line is written over and over; in a file each would stay, so only one every ten seconds. */
function showProgress(tally: Tally, seconds: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${tally.line(seconds)}`);
  else if (Math.round(seconds) % 10 === 0) process.stderr.write(`${tally.line(seconds)}\n`);
}

async function run(): Promise<void> {
  const options = readOptions();
  if (options.help) return void process.stdout.write(usage);
  if (options['waiting-room']) return runWaitingRoom(options);
  const home = dirname(keysDirectory());
  const url = options.url ?? readRunning(home)?.url;
  if (!url)
    throw new UsageError('No platform runs on this home: start one with npm start, or name its --url.');
  const client = createGraphClient({ url, client: 'marquee simulate' });
  const tokens = createTokens(home);
  const calledOff = new AbortController();
  process.once('SIGINT', () => calledOff.abort());
  const summary = await simulate({
    client,
    token: (organisationId, role, email) => tokens.token({ organisationId, role, ...(email && { email }) }),
    rate: options.rate,
    durationMs: options.durationMs,
    seed: options.seed,
    onProgress: showProgress,
    signal: calledOff.signal,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(`${formatSummary(summary)}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  await client.close();
  if (!options['no-invariants'] && options.url === undefined) await checkRunning();
}

async function runWaitingRoom({ visitors, json }: ReturnType<typeof readOptions>): Promise<void> {
  // So that the heap is measured and not what is still to be swept out of it.
  setFlagsFromString('--expose-gc');
  globalThis.gc = runInNewContext('gc') as NodeJS.GCFunction;
  const { formatWaitingRoom, simulateWaitingRoom } = await import('./waiting-room.ts');
  const result = simulateWaitingRoom(visitors, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${done.toLocaleString('en')} visitors`);
  });
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  process.stdout.write(`${formatWaitingRoom(result)}\n`);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

/** Traffic may not break what is never broken: checked on the platform that took it. */
async function checkRunning(): Promise<void> {
  const checked = await Promise.all(
    locate({ all: () => [], text: () => undefined }).map(async ({ service, url }) => ({
      service,
      database: await openForCheck(url),
    })),
  );
  try {
    const findings = await checkInvariants(checked);
    process.stdout.write(`\n${formatFindings(findings, { all: false })}\n`);
    if (!findings.ok) process.exitCode = 1;
  } finally {
    await Promise.all(checked.map(({ database }) => database.close()));
  }
}

run().catch((error: unknown) => {
  const known =
    error instanceof UsageError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(`${known ? (error as Error).message : (error as Error).stack}\n`);
  process.exitCode = known ? 2 : 1;
});
