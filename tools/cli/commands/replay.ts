import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { connectOperator, type Operator, type ProcessStatus } from '@marquee/messaging';
import { systemScope } from '@marquee/postgres';
import { workspaceRoot } from '../../start/config.ts';
import { sourceOptions, type Call, type Command } from '../command.ts';
import { CliError, exitCodes, UsageError } from '../errors.ts';
import { formatPosition, parsePosition } from '../log/position.ts';
import { runningNats, theOne, withSources, type Source } from '../sources.ts';

async function run(call: Call): Promise<number> {
  const [projection, from] = [call.text('projection'), call.text('from')];
  if (projection === undefined || from === undefined || call.words.length > 0) {
    throw new UsageError('Say which and from where: --service NAME --projection NAME --from start');
  }
  if (call.text('database') !== undefined) {
    throw new UsageError('replay asks the running service, which has the handlers: leave --database out.');
  }
  return withSources(call, 'messaging_checkpoint', async (sources) => {
    const source = theOne(sources, 'A projection');
    const operator = await connectOperator(runningNats());
    try {
      const processes = await operator.status(source.service);
      const refusal = judge(source.service, projection, from, processes);
      if (refusal === 'rebuild') return await rebuild(source.service);
      if (refusal) throw new CliError(refusal);
      return await rewind(call, operator, source, projection);
    } finally {
      await operator.close();
    }
  });
}

/** Why it may not be done; `rebuild` where the service has a safe way of its own; null where it may. */
function judge(
  service: string,
  projection: string,
  from: string,
  processes: readonly ProcessStatus[],
): string | null {
  if (processes.length === 0)
    return `${service} does not run, and it has the handlers. Start the platform: npm start`;
  const names = new Set(processes.flatMap(({ subscriptions }) => subscriptions.map(({ name }) => name)));
  if (!names.has(projection)) {
    return `${service} has no projection ${projection}; it has: ${[...names].join(', ') || 'none'}.`;
  }
  if (processes.some(({ replayable }) => replayable.includes(projection))) return null;
  const why = `The handlers of ${projection} are not declared replayable: to be given an event twice would count it twice, or tell others again.`;
  if (!hasRebuild(service)) {
    return `${why} Nothing was done. Where that is not so, say replayable: true to project() in apps/${service}.`;
  }
  if (from === 'start') return 'rebuild';
  return `${why} ${service} can be rebuilt from the start only: --from start`;
}

function hasRebuild(service: string): boolean {
  return existsSync(join(workspaceRoot, 'apps', service, 'src', 'rebuild.ts'));
}

/** The service's own: beside the live tables, which it replaces at the end. */
function rebuild(service: string): Promise<number> {
  const child = spawn(process.execPath, [join(workspaceRoot, 'tools', 'rebuild', 'main.ts'), service], {
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? exitCodes.failed));
  });
}

async function rewind(call: Call, operator: Operator, source: Source, projection: string): Promise<number> {
  const from = call.text('from')!;
  const logs = await logsOf(source, projection);
  const of = call.text('of');
  if (of !== undefined && !logs.includes(of)) {
    throw new UsageError(
      `${projection} has handled nothing of ${of}; it reads: ${logs.join(', ') || 'nothing yet'}.`,
    );
  }
  if (from !== 'start' && of === undefined && logs.length > 1) {
    throw new UsageError(
      `A position is of one log, and ${projection} reads ${logs.join(', ')}: name one with --of.`,
    );
  }
  const to = parsePosition(from);
  for (const log of of === undefined ? logs : [of]) {
    const rewound = await operator.rewind(source.service, projection, log, to);
    const outcome = { service: source.service, projection, of: log, from: formatPosition(to), rewound };
    if (call.flag('json')) await call.io.out(`${JSON.stringify(outcome)}\n`);
    else {
      const what = rewound
        ? `is handled again from ${from}`
        : `has not come as far as ${from}: nothing to do`;
      await call.io.out(`${projection}: ${log} ${what}.\n`);
    }
  }
  if (!call.flag('json')) await call.io.out('See how far it is: marquee events projections\n');
  return exitCodes.done;
}

/** The services whose logs the projection has read. */
async function logsOf({ database }: Source, projection: string): Promise<string[]> {
  const rows = await database.read(systemScope, (tx) =>
    tx.rows<{ source: string }>(
      'select source from messaging_checkpoint where subscription = $1 order by source',
      [projection],
    ),
  );
  return rows.map((row) => row.source);
}

export const replay: Command = {
  name: 'replay',
  summary: 'Has a projection handle events again, from the start or from a position',
  forms: ['--service NAME --projection NAME --from start|POSITION [--of SERVICE]'],
  notes: `Where the handlers are declared replayable, the checkpoint goes back and the running service reads on from there; what
it wrote stays and is written over. Where they are not, such as counters, a service with a rebuild of its own (npm
run rebuild) is rebuilt beside the live tables, from the start only; everything else is refused. A checkpoint never
moves forward, which would skip events. Dead letters stay: retry them, or they stay as a record.`,
  options: {
    projection: { value: 'NAME', help: 'as the command projections lists it' },
    from: { value: 'PLACE', help: 'start, or a position as query --json and tail --json print it' },
    of: {
      value: 'SERVICE',
      help: "whose log the position is in, where the projection reads several services'",
    },
    ...sourceOptions,
  },
  examples: [
    'replay --service events --projection spaces --from start',
    'replay --service tickets --projection replicas --of guests --from 412/98',
  ],
  run,
};
