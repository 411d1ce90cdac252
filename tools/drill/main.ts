import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openScratch } from '../start/scratch.ts';
import { formatDrilled } from './gates.ts';

const drills = ['backup', 'restore', 'failover', 'chaos'] as const;
type Drill = (typeof drills)[number];

const usage = `npm run drill -- ${drills.join('|')} [--seconds N] [--json] [--keep]

Rehearses the bad days on this machine: the whole platform on servers of its own, on loopback, with people who go on
buying. Prints what was measured and the gates; exits 1 when a gate does not hold.

  backup     PostgreSQL (physical, with its log archived) and the streams are backed up while people buy
  restore    the same; then a table is dropped, and later both servers are lost with their disks. PostgreSQL is
             restored to the instant before, the streams as they were last, and logs and streams are reconciled
  failover   the leader of a stream of three replicas is killed; then a primary, whose synchronous replica is promoted
  chaos      kill -9, SIGSTOP, latency, resets and partitions, one after the other; then all invariants are checked

  --seconds N   how long people buy between one step and the next (default 2)
  --mib N       data beside the platform's own, for backup and restore (default 512)
  --json        ends with one line of JSON: { drills, passed }
  --keep        leaves data and logs, and says where
  --help
`;

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '2' },
      mib: { type: 'string', default: '512' },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [drill, ...more] = positionals;
  const isDrill = (name: string | undefined): name is Drill => drills.some((each) => each === name);
  if (!values.help && (!isDrill(drill) || more.length > 0))
    throw new TypeError(`Say one of ${drills.join(', ')}.`);
  const pause = Number(values.seconds);
  if (!(pause >= 0.1 && pause <= 3_600)) throw new TypeError('--seconds is a number from 0.1 to 3600.');
  const mebibytes = Number(values.mib);
  if (!(Number.isInteger(mebibytes) && mebibytes >= 0 && mebibytes <= 100_000))
    throw new TypeError('--mib is a whole number from 0 to 100000.');
  return { ...values, mebibytes, drill: drill as Drill, pause };
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  // Late: they bring the whole platform along, which a mistyped option need not wait for.
  const [{ drillBackup, drillRestore }, { drillBroker, drillDatabase }, { drillChaos }, { withStops }] =
    await Promise.all([
      import('./backup.ts'),
      import('./failover.ts'),
      import('./chaos.ts'),
      import('./world.ts'),
    ]);
  const parts = {
    backup: [drillBackup],
    restore: [drillRestore],
    failover: [drillBroker, drillDatabase],
    chaos: [drillChaos],
  }[options.drill];
  const scratch = await openScratch('marquee-drill');
  const say = (text: string) => void process.stderr.write(`${text}\n`);
  const drilled = [];
  try {
    for (const [place, part] of parts.entries()) {
      const own = join(scratch.path, `${place + 1}`);
      const done = await withStops(say, (stops) =>
        part({ directory: own, stops, say, seconds: options.pause, mebibytes: options.mebibytes }),
      );
      drilled.push(done);
      process.stdout.write(`${formatDrilled(done)}\n`);
    }
    const passed = drilled.every(({ gates }) => gates.every(({ held }) => held));
    process.stdout.write(passed ? 'Every gate holds.\n' : 'A gate does not hold.\n');
    if (options.json) process.stdout.write(`${JSON.stringify({ drills: drilled, passed })}\n`);
    return passed ? 0 : 1;
  } finally {
    if (options.keep) say(`data and logs: ${scratch.keep()}`);
    else scratch.remove();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof TypeError && !('cause' in error);
  process.stderr.write(isUsage ? `${error.message}\n\n${usage}` : `${(error as Error).stack}\n`);
  process.exitCode = 2;
}
